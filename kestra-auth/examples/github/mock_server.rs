//! A mock of GitHub on this machine: a server for the API, and another one for files.

use std::fmt::Write as _;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

const JSON: &str = "application/json; charset=utf-8";

pub(crate) struct MockServer {
    /// The base URL of the API.
    pub(crate) api: String,
    /// The base URL of uploads.
    pub(crate) uploads: String,
    pub(crate) log: Log,
}

/// The requests that have not been shown yet, one per line, and what the server remembers.
#[derive(Clone, Default)]
pub(crate) struct Log(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    lines: Vec<String>,
    /// What is wrong with a request that arrived.
    violation: Option<String>,
    issue: Option<Value>,
    starred: bool,
    asset: Vec<u8>,
}

impl Log {
    pub(crate) fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.state().lines)
    }

    /// Returns what is wrong with a request that arrived.
    pub(crate) fn violation(&self) -> Option<Box<dyn std::error::Error>> {
        self.state().violation.clone().map(Into::into)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct Request {
    method: String,
    target: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Request {
    fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(found, _)| found == name).map_or("", |(_, value)| value)
    }
}

struct Response {
    status: &'static str,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

impl Response {
    fn new(status: &'static str, media_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self { status, headers: vec![("Content-Type", media_type.to_owned())], body: body.into() }
    }

    fn json(status: &'static str, body: &Value) -> Self {
        Self::new(status, JSON, body.to_string())
    }

    fn empty(status: &'static str) -> Self {
        Self { status, headers: Vec::new(), body: Vec::new() }
    }

    fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

impl MockServer {
    pub(crate) async fn start() -> io::Result<Self> {
        let (api, files) = (TcpListener::bind("127.0.0.1:0").await?, TcpListener::bind("127.0.0.1:0").await?);
        let log = Log::default();
        let url = |listener: &TcpListener| Ok::<_, io::Error>(format!("http://{}", listener.local_addr()?));
        let (api_url, files_url) = (url(&api)?, url(&files)?);
        let files_at = files_url.clone();
        listen(api, log.clone(), move |request, state| respond(request, state, &files_at));
        listen(files, log.clone(), respond_with_file);
        Ok(Self { api: api_url, uploads: format!("{files_url}/uploads"), log })
    }
}

fn listen(
    listener: TcpListener,
    log: Log,
    respond: impl Fn(&Request, &mut State) -> Response + Clone + Send + Sync + 'static,
) {
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (log, respond) = (log.clone(), respond.clone());
            // A client that disconnects is not an error.
            tokio::spawn(async move { serve(stream, &log, respond).await });
        }
    });
}

async fn serve(stream: TcpStream, log: &Log, respond: impl Fn(&Request, &mut State) -> Response) -> Option<()> {
    let mut stream = BufReader::new(stream);
    loop {
        let request = read(&mut stream).await?;
        let response = {
            let mut state = log.state();
            let response = respond(&request, &mut state);
            state.lines.push(format!("{} {} -> {}", request.method, request.target, response.status));
            response
        };
        // Writing to a `String` does not fail.
        let mut head = format!("HTTP/1.1 {}\r\n", response.status);
        for (name, value) in &response.headers {
            let _ = write!(head, "{name}: {value}\r\n");
        }
        let _ = write!(head, "Content-Length: {}\r\n\r\n", response.body.len());
        stream.write_all(head.as_bytes()).await.ok()?;
        stream.write_all(&response.body).await.ok()?;
        stream.flush().await.ok()?;
    }
}

async fn read(stream: &mut BufReader<TcpStream>) -> Option<Request> {
    let mut first = String::new();
    stream.read_line(&mut first).await.ok()?;
    let mut words = first.split(' ');
    let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await.ok()?;
        let Some((name, value)) = line.split_once(':') else { break };
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let mut request = Request { method, target, headers, body: Vec::new() };
    request.body = vec![0; request.header("content-length").parse().unwrap_or(0)];
    stream.read_exact(&mut request.body).await.ok()?;
    Some(request)
}

/// Responds like the API, which requires the token.
fn respond(request: &Request, state: &mut State, files: &str) -> Response {
    if request.header("authorization") != "Bearer github_pat_example" {
        return Response::json("401 Unauthorized", &json!({"message": "Bad credentials"}));
    }
    if request.header("x-github-api-version") != "2022-11-28" || request.header("accept").is_empty() {
        state.violation = Some(format!("{} arrived without its constant headers", request.target));
    }
    let (path, query) = request.target.split_once('?').unwrap_or((&request.target, ""));
    let path = path.strip_prefix("/repos/ada/engine").unwrap_or(path);
    match (request.method.as_str(), path) {
        (_, path) if path.starts_with("/issues") => respond_with_issues(request, state, path, query),
        ("GET", "") => repository(request),
        ("GET", "/search/issues") if query == SEARCH => {
            Response::json("200 OK", &json!({"total_count": 1, "items": [issue(3)]}))
        }
        ("GET", "/events") => Response::json("200 OK", &json!([{"type": "PushEvent"}])).header("X-Poll-Interval", "60"),
        ("GET", "/contents/docs/how%20to/start.md") if query == "ref=v1%2Fbeta" => {
            Response::new("200 OK", request.header("accept"), "# Start\n")
        }
        ("POST", "/markdown/raw") if request.body == b"# Start\n" => {
            Response::new("200 OK", "text/html; charset=utf-8", "<h1>Start</h1>")
        }
        (method, "/user/starred/ada/engine") => stars(method, state),
        ("GET", "/tarball") => Response::empty("302 Found").header("Location", format!("{files}/archive")),
        ("GET", "/releases/assets/9") if request.header("accept") == "application/octet-stream" => {
            Response::empty("302 Found").header("Location", format!("{files}/asset?signature=s"))
        }
        _ => not_found(),
    }
}

const SEARCH: &str = "q=repo%3Aada%2Fengine%20is%3Aopen%20%2250%25%20%26%20more%22&sort=created";

fn not_found() -> Response {
    Response::json("404 Not Found", &json!({"message": "Not Found"}))
}

fn issue(number: u64) -> Value {
    json!({"number": number, "title": format!("Bug {number}"), "state": "open"})
}

fn repository(request: &Request) -> Response {
    const ETAG: &str = "W/\"a1b2\"";
    if request.header("if-none-match") == ETAG {
        return Response::empty("304 Not Modified").header("ETag", ETAG);
    }
    Response::json("200 OK", &json!({"full_name": "ada/engine", "stargazers_count": 1843})).header("ETag", ETAG)
}

fn stars(method: &str, state: &mut State) -> Response {
    match method {
        "PUT" => state.starred = true,
        "DELETE" => state.starred = false,
        _ if state.starred => {}
        _ => return not_found(),
    }
    Response::empty("204 No Content")
}

fn respond_with_issues(request: &Request, state: &mut State, path: &str, query: &str) -> Response {
    let body: Value = serde_json::from_slice(&request.body).unwrap_or_default();
    match (request.method.as_str(), path) {
        ("GET", "/issues") => page_of_issues(query),
        ("POST", "/issues") if body["title"] == "" => {
            let field = json!({"resource": "Issue", "field": "title", "code": "missing_field"});
            let problem = json!({"message": "Validation Failed", "errors": [field]});
            Response::json("422 Unprocessable Entity", &problem)
        }
        ("POST", "/issues") => {
            let issue = json!({"number": 6, "title": body["title"], "state": "open"});
            state.issue = Some(issue.clone());
            Response::json("201 Created", &issue)
        }
        ("DELETE", "/issues/6/labels/good%20first%20issue%2Feasy") => Response::json("200 OK", &json!([])),
        ("PATCH", "/issues/6") if body == json!({"state": "closed", "state_reason": "completed"}) => {
            if let Some(issue) = &mut state.issue {
                issue["state"] = "closed".into();
            }
            state.issue.as_ref().map_or_else(not_found, |issue| Response::json("200 OK", issue))
        }
        ("GET", "/issues/6") => state.issue.as_ref().map_or_else(not_found, |issue| Response::json("200 OK", issue)),
        _ => not_found(),
    }
}

/// Five issues, two per page.
fn page_of_issues(query: &str) -> Response {
    const FILTER: &str = "state=open&per_page=2&labels=bug,help%20wanted";
    let page = match query.strip_prefix(FILTER) {
        Some("") => 1,
        Some(rest) => rest.strip_prefix("&page=").and_then(|page| page.parse().ok()).unwrap_or(0),
        None => 0,
    };
    let numbers = (1..=5_u64).skip(page.max(1) * 2 - 2).take(if page == 0 { 0 } else { 2 });
    let response = Response::json("200 OK", &numbers.map(issue).collect());
    if !(1..3).contains(&page) {
        return response;
    }
    response.header("Link", format!("<?{FILTER}&page={}>; rel=\"next\", <?{FILTER}&page=3>; rel=\"last\"", page + 1))
}

/// Responds like the server for files, which sees the token with uploads and not with downloads.
fn respond_with_file(request: &Request, state: &mut State) -> Response {
    let is_upload = request.method == "POST";
    let is_known = request.header("authorization") == "Bearer github_pat_example";
    if is_upload != is_known {
        state.violation = Some(format!("uploads need the token, and downloads must not have it: {}", request.target));
    }
    match (request.method.as_str(), request.target.as_str()) {
        ("POST", "/uploads/repos/ada/engine/releases/7/assets?name=engine%201.0.zip") => {
            state.asset.clone_from(&request.body);
            let size = request.body.len();
            Response::json("201 Created", &json!({"id": 9, "name": "engine 1.0.zip", "size": size}))
        }
        ("GET", "/asset?signature=s") => Response::new("200 OK", "application/octet-stream", state.asset.clone()),
        ("GET", "/archive") => Response::new("200 OK", "application/x-gzip", vec![1; 200_000]),
        _ => not_found(),
    }
}
