//! Generated code neither captures nor collides with a user's names.
#![allow(dead_code, reason = "many names exist only to shadow others")]

use std::fmt::Debug;

use kestra_auth::{ApiClient, CallOptions, Client, Error, api};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::support::{Seen, memory_client};

fn client() -> (Seen, Client) {
    memory_client("http://localhost", "null")
}

fn target(seen: &Seen) -> String {
    seen.only().uri().path_and_query().unwrap().to_string()
}

/// Arguments with the names that generated code uses, or that careless generated code would use.
#[api]
trait Arguments {
    #[post("/{url}/{path}/{type}/{this}/{__request}")]
    #[allow(clippy::too_many_arguments, reason = "one of each")]
    async fn all(
        &self,
        url: &str,
        path: &str,
        r#type: &str,
        this: &str,
        __request: &str,
        #[query] query: &str,
        #[query] request: &str,
        #[query] response: &str,
        #[query] client: &str,
        #[query] endpoint: &str,
        #[query] result: &str,
        #[query] error: &str,
        #[query] r#async: &str,
        #[query] target: &str,
        #[query] send: &str,
        #[query] options: &str,
        #[query] rejection: &str,
        #[query] __all: &str,
        #[header("X-Headers")] headers: &str,
        #[json] body: &str,
    ) -> Result<(), Error>;
}

#[tokio::test]
async fn arguments_can_have_any_name() {
    let (seen, client) = client();
    ArgumentsClient::new(client)
        .all(
            "1", "2", "3", "4", "5", "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "headers", "body",
        )
        .await
        .unwrap();
    assert_eq!(
        target(&seen),
        "/1/2/3/4/5?query=a&request=b&response=c&client=d&endpoint=e&result=f&error=g&async=h&target=i&send=j\
         &options=k&rejection=l&__all=m"
    );
    assert_eq!(seen.only().headers()["x-headers"], "headers");
    assert_eq!(seen.only().body(), "\"body\"");
}

/// Endpoints with the names of methods that every client has.
#[api]
trait Methods {
    #[get("/new")]
    async fn new(&self) -> Result<(), Error>;
    #[get("/from")]
    async fn from(&self) -> Result<(), Error>;
    #[get("/clone")]
    async fn clone(&self) -> Result<(), Error>;
    #[get("/fmt")]
    async fn fmt(&self) -> Result<(), Error>;
    #[get("/as_ref")]
    async fn as_ref(&self) -> Result<(), Error>;
    #[get("/client")]
    async fn client(&self) -> Result<(), Error>;
    #[get("/send")]
    async fn send(&self) -> Result<(), Error>;
    #[get("/type")]
    async fn r#type(&self) -> Result<(), Error>;
    #[get("/request")]
    async fn request(&self) -> Result<(), Error>;
}

#[tokio::test]
async fn methods_can_have_any_name() {
    let (seen, client) = client();
    let api = MethodsClient::new(client);
    api.new().await.unwrap();
    api.from().await.unwrap();
    Methods::clone(&api).await.unwrap();
    Methods::fmt(&api).await.unwrap();
    Methods::as_ref(&api).await.unwrap();
    api.client().await.unwrap();
    api.send().await.unwrap();
    api.r#type().await.unwrap();
    api.request().await.unwrap();
    let paths: Vec<String> = seen.all().iter().map(|request| request.uri().path().to_owned()).collect();
    assert_eq!(paths, ["/new", "/from", "/clone", "/fmt", "/as_ref", "/client", "/send", "/type", "/request"]);
}

/// A module in which no name of the prelude has its usual meaning.
#[allow(unused_macros, clippy::too_many_arguments, reason = "they exist only to shadow others")]
mod hostile {
    struct Result;
    struct Ok;
    struct Err;
    struct Option;
    struct Some;
    struct None;
    struct String;
    struct Vec;
    struct Box;
    struct Error;
    struct Client;
    struct Endpoint;
    struct ApiClient;
    struct Duration;
    struct Pin;
    trait Send {}
    trait Sync {}
    trait Sized {}
    trait Future {}
    trait Clone {}
    trait Debug {}
    trait From {}
    trait Into {}
    trait AsRef {}
    trait ParamValue {}
    trait ProbeDefaults {}
    mod core {}
    mod std {}
    mod alloc {}
    mod kestra_auth {}
    mod http {}
    mod serde {}

    macro_rules! panic {
        ($($tokens:tt)*) => {
            compile_error!("not this one")
        };
    }
    macro_rules! format {
        ($($tokens:tt)*) => {
            compile_error!("not this one")
        };
    }
    macro_rules! concat {
        ($($tokens:tt)*) => {
            compile_error!("not this one")
        };
    }

    #[::kestra_auth::api(base = "/base", headers("X-Constant: 1"), rename_all = "camelCase")]
    pub(super) trait Hostile {
        /// Has everything that an endpoint can have.
        #[post(
            "/{id}/{name?}/{**rest}?literal",
            headers("X-Own: 2"),
            accept = "text/csv",
            timeout = "5s",
            limit = "1MB",
            retry = "never",
            redirects = "none",
            anonymous
        )]
        async fn all(
            &self,
            id: u8,
            name: ::core::option::Option<&str>,
            rest: &str,
            #[query] snake_case: bool,
            #[query("list", csv)] list: &[&str],
            #[header("X-Header", sensitive)] header: &str,
            #[json] body: &[u8],
        ) -> ::core::result::Result<(), ::kestra_auth::Error>;

        #[head("/head")]
        async fn head(&self) -> ::core::result::Result<::kestra_auth::Response<()>, ::kestra_auth::Error>;
    }
}

#[tokio::test]
async fn works_where_every_name_of_the_prelude_is_shadowed() {
    use hostile::Hostile;
    let (seen, client) = client();
    let api = hostile::HostileClient::from(client);
    api.all(7, None, "a/b", true, &["x", "y"], "h", &[1]).await.unwrap();
    assert_eq!(target(&seen), "/base/7/a/b?literal&snakeCase=true&list=x,y");
    api.head().await.unwrap();
}

#[tokio::test]
async fn works_inside_a_function() {
    type Outcome = Result<(), Error>;

    #[api]
    trait Local {
        #[get("/local")]
        async fn local(&self) -> Outcome;
    }
    let (seen, client) = client();
    LocalClient::new(client).local().await.unwrap();
    assert_eq!(target(&seen), "/local");
}

mod shared {
    use super::{Error, api};

    #[api]
    pub(crate) trait First {
        #[get("/first")]
        async fn index(&self) -> Result<(), Error>;
    }

    #[api(client = Two)]
    pub(super) trait Second {
        #[get("/second")]
        async fn index(&self) -> Result<(), Error>;
    }

    #[api]
    trait Private {
        #[get("/private")]
        async fn index(&self) -> Result<(), Error>;
    }

    pub(super) async fn private(client: super::Client) -> Result<(), Error> {
        PrivateClient::new(client).index().await
    }
}

#[tokio::test]
async fn traits_in_one_module_do_not_collide() {
    let (seen, client) = client();
    shared::First::index(&shared::FirstClient::new(client.clone())).await.unwrap();
    shared::Second::index(&shared::Two::new(client.clone())).await.unwrap();
    shared::private(client).await.unwrap();
    let paths: Vec<String> = seen.all().iter().map(|request| request.uri().path().to_owned()).collect();
    assert_eq!(paths, ["/first", "/second", "/private"]);
}

macro_rules! resource {
    ($(#[$meta:meta])* $vis:vis $name:ident: $client:ident, $path:literal, $item:ty, $argument:ident) => {
        $(#[$meta])*
        #[api(client = $client)]
        $vis trait $name {
            #[get($path)]
            async fn list(&self, #[query] page: u32, #[query] $argument: &str) -> Result<Vec<$item>, Error>;

            #[post($path)]
            async fn create(&self, #[json] item: $item) -> Result<(), Error>;
        }
    };
}

resource!(
    /// Comes from a macro.
    pub(crate) Flows: FlowsApi, "/flows", String, page_size
);
resource!(Users: UsersApi, "/users", u64, client);

#[tokio::test]
async fn works_in_the_output_of_a_macro() {
    let (seen, client) = memory_client("http://localhost", "[]");
    FlowsApi::new(client.clone()).list(1, "2").await.unwrap();
    UsersApi::new(client.clone()).list(3, "4").await.unwrap();
    UsersApi::new(client).create(5).await.unwrap();
    let paths: Vec<String> = seen.all().iter().map(|r| r.uri().path_and_query().unwrap().to_string()).collect();
    assert_eq!(paths, ["/flows?page=1&page_size=2", "/users?page=3&client=4", "/users"]);
}

mod facade {
    pub(crate) mod inner {
        pub(crate) use kestra_auth as renamed;
    }
}
use facade::inner::renamed;

#[renamed::api(crate = renamed)]
trait Renamed {
    #[get("/renamed", timeout = "1s")]
    async fn renamed(&self, #[query] q: &str) -> Result<(), Error>;
}

#[renamed::api(crate = crate::hygiene::facade::inner::renamed)]
trait ByPath {
    #[get("/by-path")]
    async fn by_path(&self) -> Result<renamed::Text, Error>;
}

#[renamed::api(crate = ::kestra_auth)]
trait Absolute {
    #[get("/absolute")]
    async fn absolute(&self) -> Result<(), Error>;
}

#[tokio::test]
async fn finds_the_crate_under_another_name() {
    let (seen, client) = client();
    RenamedClient::new(client.clone()).renamed("x").await.unwrap();
    ByPathClient::new(client.clone()).by_path().await.unwrap();
    AbsoluteClient::new(client).absolute().await.unwrap();
    assert_eq!(seen.count(), 3);
}

/// Supertraits, provided methods, generics and foreign attributes.
#[api]
trait Generic: Clone + Debug + 'static {
    #[get("/{id}")]
    async fn get<T: DeserializeOwned>(&self, id: impl Serialize) -> Result<T, Error>;

    #[post("/all")]
    async fn post<B>(&self, #[json] body: &B, #[query] q: &[impl Serialize]) -> Result<Option<u8>, Error>
    where
        B: Serialize + ?Sized;

    #[get("/lifetimes")]
    async fn lifetimes<'a>(&'a self, #[query] q: &'a str, #[query] r: &str) -> Result<(), Error>;

    #[cfg(any())]
    #[post("/never")]
    async fn never(&self, #[json] no_such_type: &Nowhere) -> Result<Nowhere, Error>;

    #[cfg(not(any()))]
    #[deprecated = "kept for old callers"]
    #[get("/old")]
    async fn old(
        &self,
        #[cfg(any())]
        #[query]
        never: &Nowhere,
        #[query] q: &str,
    ) -> Result<(), Error>;

    #[get("/names")]
    async fn names(
        &self,
        #[query]
        #[allow(non_snake_case)]
        camelCase: &str,
    ) -> Result<(), Error>;

    async fn twice(&self) -> Result<u8, Error> {
        Ok(self.get::<u8>("a").await? + self.get::<u8>(2).await?)
    }

    fn name(&self) -> &'static str {
        "generic"
    }
}

#[tokio::test]
async fn supports_generics_attributes_and_provided_methods() {
    let (seen, client) = memory_client("http://localhost", "7");
    let api = GenericClient::new(client);
    assert_eq!(api.twice().await.unwrap(), 14);
    assert_eq!(api.name(), "generic");
    assert_eq!(api.post("text", &[1, 2]).await.unwrap(), Some(7));
    api.lifetimes("a", "b").await.unwrap();
    #[expect(deprecated)]
    api.old("x").await.unwrap();
    api.names("x").await.unwrap();
    let targets: Vec<String> = seen.all().iter().map(|r| r.uri().path_and_query().unwrap().to_string()).collect();
    assert_eq!(targets, ["/a", "/2", "/all?q=1&q=2", "/lifetimes?q=a&r=b", "/old?q=x", "/names?camelCase=x"]);
}

#[test]
fn clients_have_the_documented_traits() {
    fn is_client<T: ApiClient + Send + Sync + Clone + Debug + From<Client> + AsRef<Client> + 'static>() {}
    is_client::<GenericClient>();
    is_client::<hostile::HostileClient>();
    let (_, client) = client();
    let made_in_a_constant: fn(Client) -> GenericClient = GenericClient::new;
    let api = made_in_a_constant(client).with_options(CallOptions::new());
    assert!(format!("{api:?}").contains("GenericClient"));
}
