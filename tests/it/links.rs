//! `#[url]` parameters: links of a response, and paging by them.

use std::convert::Infallible;

use futures_util::StreamExt;
use http::Response as HttpResponse;
use kestra_auth::transport::Next;
use kestra_auth::{Body, Error, Link, Response, api, paginate};
use tower::layer::layer_fn;
use tower::util::MapResponse;
use tower::{Service, service_fn};

use crate::support::{Reply, Seen, Server, client_builder, in_memory, raw_response};

#[api(base = "/api/v1")]
trait Flows {
    #[get("/flows")]
    async fn flows(&self, #[query] size: u8) -> Result<Response<Vec<u32>>, Error>;

    #[get]
    async fn flows_at(&self, #[url] page: &Link) -> Result<Response<Vec<u32>>, Error>;

    #[get]
    async fn more(&self, #[query] extra: u8, #[url] page: Link, #[header("X-A")] a: u8) -> Result<(), Error>;

    #[post]
    async fn act(&self, #[url] link: &Link, #[json] body: &u8) -> Result<(), Error>;
}

/// A server with three pages, whose links are relative to the URL of each response.
fn paged() -> (Seen, FlowsClient) {
    let (seen, service) = in_memory(|request| {
        let query = request.uri().query().unwrap_or_default();
        let page: u32 = query.split("page=").nth(1).and_then(|page| page.parse().ok()).unwrap_or(1);
        let link = match page {
            1 => "<?size=2&page=2>; rel=\"next\", <?page=3>; rel=last",
            2 => "</api/v1/flows?size=2&page=3>; rel=\"prefetch next\"",
            _ => "<?page=1>; rel=first",
        };
        let body = format!("[{}, {}]", page * 10, page * 10 + 1);
        HttpResponse::builder().header("link", link).body(Body::from(body)).unwrap()
    });
    let client = client_builder("http://localhost:8080/base").bearer_token("t").transport(service).build().unwrap();
    (seen, FlowsClient::new(client))
}

#[tokio::test]
async fn follows_links_to_the_next_page() {
    let (seen, api) = paged();
    let api = &api;
    let items = paginate(None::<Link>, async move |link| {
        let page = match link {
            None => api.flows(2).await?,
            Some(link) => api.flows_at(&link).await?,
        };
        let next = page.link("next").map(Some);
        Ok::<_, Error>((page.into_body(), next))
    });
    let items: Vec<u32> = items.map(Result::unwrap).collect().await;
    assert_eq!(items, [10, 11, 20, 21, 30, 31]);
    let urls: Vec<_> = seen.all().iter().map(|request| request.uri().to_string()).collect();
    assert_eq!(
        urls,
        [
            "http://localhost:8080/base/api/v1/flows?size=2",
            "http://localhost:8080/base/api/v1/flows?size=2&page=2",
            "http://localhost:8080/api/v1/flows?size=2&page=3",
        ]
    );
    assert!(seen.all().iter().all(|request| request.headers()["authorization"] == "Bearer t"));
}

/// The server redirects to https on the same host, and its links are relative to that.
#[tokio::test]
async fn pages_through_a_redirect_to_https() {
    let (seen, service) = in_memory(|request| {
        if request.uri().scheme_str() == Some("http") {
            let https = format!("https://flows.example{}", request.uri().path_and_query().unwrap());
            let response = HttpResponse::builder().status(308).header("location", https);
            return response.body(Body::empty()).unwrap();
        }
        let is_first = !request.uri().query().unwrap_or_default().contains("page=2");
        let response = HttpResponse::builder().header("link", if is_first { "<?page=2>; rel=next" } else { "<>" });
        response.body(Body::from(if is_first { "[1]" } else { "[2]" })).unwrap()
    });
    let builder = client_builder("http://flows.example").allow_redirects_to("https://flows.example");
    let api = FlowsClient::new(builder.transport(service).build().unwrap());
    let first = api.flows(2).await.unwrap();
    let second = api.flows_at(&first.link("next").unwrap()).await.unwrap();
    assert_eq!((first.body(), second.body()), (&vec![1], &vec![2]));
    assert!(second.link("next").is_none());
    let urls: Vec<_> = seen.all().iter().skip(2).map(|request| request.uri().to_string()).collect();
    assert_eq!(
        urls,
        ["http://flows.example/api/v1/flows?page=2", "https://flows.example/api/v1/flows?page=2"],
        "each page takes the same way"
    );
}

#[tokio::test]
async fn stops_paging_at_the_first_error() {
    let mut pages = paginate(1, async |page| match page {
        1 => Ok((vec!["a"], Some(2))),
        _ => Err(Error::timeout()),
    });
    assert_eq!(pages.next().await.unwrap().unwrap(), "a");
    assert!(pages.next().await.unwrap().unwrap_err().is_timeout());
    assert!(pages.next().await.is_none());
}

#[tokio::test]
async fn goes_on_after_an_empty_page() {
    let pages = paginate(1, async |page| {
        let items = if page == 2 { vec![] } else { vec![page] };
        Ok::<_, Error>((items, (page < 3).then_some(page + 1)))
    });
    assert_eq!(pages.map(Result::unwrap).collect::<Vec<_>>().await, [1, 3]);
}

#[tokio::test]
async fn appends_parameters_to_the_query_of_a_link() {
    let (seen, api) = paged();
    api.more(7, Link::parse("/elsewhere?page=9").unwrap(), 1).await.unwrap();
    api.more(7, Link::parse("http://localhost:8080/plain#fragment").unwrap(), 1).await.unwrap();
    let urls: Vec<_> = seen.all().iter().map(|request| request.uri().to_string()).collect();
    assert_eq!(urls, ["http://localhost:8080/elsewhere?page=9&extra=7", "http://localhost:8080/plain?extra=7"]);
    assert_eq!(seen.all()[0].headers()["x-a"], "1");
}

#[tokio::test]
async fn keeps_the_method_and_the_body_of_the_endpoint() {
    let (seen, api) = paged();
    api.act(&Link::parse("/act?page=1").unwrap(), &7).await.unwrap();
    let request = seen.only();
    assert_eq!((request.method().as_str(), &request.body()[..]), ("POST", &b"7"[..]));
}

#[tokio::test]
async fn rejects_links_to_another_origin() {
    for text in ["http://evil/", "//evil/x", "https://localhost:8080/", "http://localhost:8081/", "http://localhost/"] {
        let (seen, api) = paged();
        let error = api.flows_at(&Link::parse(text).unwrap()).await.unwrap_err();
        assert!(error.is_build() && error.to_string().contains("`page`"), "{error}");
        assert!(!format!("{error:?} {error}").contains("evil"));
        assert_eq!(seen.count(), 0);
    }
    assert!(Link::parse("javascript:alert(1)").unwrap_err().is_build());
    let (_, api) = paged();
    let error = api.flows_at(&Link::parse("//evil/").unwrap()).await.unwrap_err();
    assert_eq!(error.endpoint().unwrap().template(), "{link}");
}

#[tokio::test]
async fn resolves_links_against_the_final_url() {
    let server = Server::start(|request| {
        Reply::Bytes(match request.target() {
            "/api/v1/flows?size=1" => raw_response("302 Found", &[("location", "/moved/here/")], b""),
            "/moved/here/" => raw_response("200 OK", &[("link", "<next>; rel=next")], b"[1]"),
            "/moved/here/next" => raw_response("200 OK", &[], b"[2]"),
            _ => raw_response("404 Not Found", &[], b""),
        })
    })
    .await;
    let api = FlowsClient::new(server.client());
    let first = api.flows(1).await.unwrap();
    let next = first.link("next").unwrap();
    assert!(next.as_str().ends_with("/moved/here/next"));
    assert_eq!(api.flows_at(&next).await.unwrap().into_body(), [2]);
    assert!(first.link("prev").is_none());
}

/// A response from `/moved/flows`, to which `/base/api/v1/flows` redirects, with a link relative to it.
fn redirecting() -> (
    Seen,
    impl Service<http::Request<Body>, Response = HttpResponse<Body>, Error = Infallible, Future: Send> + Clone + Send + Sync,
) {
    in_memory(|request| match request.uri().path() {
        "/base/api/v1/flows" => {
            HttpResponse::builder().status(302).header("location", "/moved/flows").body(Body::empty()).unwrap()
        }
        _ => HttpResponse::builder().header("link", "<?page=2>; rel=next").body(Body::from("[]")).unwrap(),
    })
}

#[tokio::test]
async fn resolves_links_against_the_url_after_redirects_with_and_without_layers() {
    // Layers may build another response, and then its extensions are lost.
    let rebuild = layer_fn(|next: Next| {
        MapResponse::new(next, |response: HttpResponse<Body>| {
            let (parts, body) = response.into_parts();
            let mut rebuilt = HttpResponse::new(body);
            *rebuilt.headers_mut() = parts.headers;
            rebuilt
        })
    });
    let client = || client_builder("http://localhost/base").transport(redirecting().1);
    for builder in [client(), client().layer(rebuild), client().attempt_layer(layer_fn(|next: Next| next))] {
        let api = FlowsClient::new(builder.build().unwrap());
        let page = api.flows(1).await.unwrap();
        assert_eq!(page.link("next").unwrap().as_str(), "http://localhost/moved/flows?page=2");
    }
}

#[tokio::test]
async fn leaves_links_of_a_layer_that_responds_itself_unresolved() {
    let cache = layer_fn(|_: Next| {
        service_fn(|_: http::Request<Body>| async {
            let response = HttpResponse::builder().header("link", "</flows?page=2>; rel=next").body(Body::from("[]"));
            Ok::<_, Infallible>(response.unwrap())
        })
    });
    let (seen, service) = redirecting();
    let client = client_builder("http://localhost/base").transport(service).layer(cache).build().unwrap();
    let page = FlowsClient::new(client).flows(1).await.unwrap();
    assert_eq!(page.link("next").unwrap().as_str(), "/flows?page=2");
    assert_eq!(seen.count(), 0);
}
