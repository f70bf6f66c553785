//! `#[api(dyn)]`: clients and fakes behind a pointer, which implements the trait as well.

use std::marker::PhantomData;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use kestra_auth::{ApiClient, CallOptions, Error, Text, api};
use serde::Serialize;

use crate::support::{Seen, client_builder, memory_client};

#[api(dyn)]
pub(crate) trait Dynamic {
    #[get("/one/{id}")]
    async fn one(&self, id: &str, #[query] names: &[&str]) -> Result<Text, Error>;

    /// Owned arguments need not be `Send`, because they are encoded before the future first waits.
    #[get("/owned")]
    async fn owned(&self, #[query] names: OwnedNames) -> Result<(), Error>;

    #[post("/two")]
    async fn two<'a>(&self, #[json] body: &'a u8, #[header("X-A")] a: Option<&'a str>) -> Result<(), Error>;
}

/// Not `Send`.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub(crate) struct OwnedNames {
    names: Vec<&'static str>,
    #[serde(skip)]
    pointer: PhantomData<*const ()>,
}

#[allow(async_fn_in_trait, reason = "it is private")]
trait Described: Dynamic {
    async fn described(&self) -> Result<String, Error> {
        Ok(format!("<{}>", self.one("d", &[]).await?.0))
    }
}

impl<T: Dynamic> Described for T {}

fn targets(seen: &Seen) -> Vec<String> {
    seen.all().iter().map(|request| request.uri().path_and_query().unwrap().to_string()).collect()
}

#[tokio::test]
async fn pointers_implement_the_trait() {
    async fn any(api: impl Dynamic) -> String {
        api.two(&1, Some("a")).await.unwrap();
        api.one("x/y", &["n", "m"]).await.unwrap().0
    }
    let (seen, client) = memory_client("http://localhost", "text");
    let shared: Arc<dyn DynDynamic> = Arc::new(DynamicClient::new(client.clone()));
    let owned: Box<dyn DynDynamic> = Box::new(DynamicClient::new(client));
    assert_eq!(any(Arc::clone(&shared)).await, "text");
    assert_eq!(any(owned).await, "text");
    assert_eq!(shared.described().await.unwrap(), "<text>");
    assert_eq!(tokio::spawn(async move { any(shared).await }).await.unwrap(), "text");
    assert_eq!(targets(&seen)[..2], ["/two", "/one/x%2Fy?names=n&names=m"]);
}

/// `Dynamic` and `DynDynamic` are both in scope here, and a call is not ambiguous.
#[tokio::test]
async fn calls_through_a_pointer_reach_the_trait() {
    let (seen, client) = memory_client("http://localhost", "text");
    let shared: Arc<dyn DynDynamic> = Arc::new(DynamicClient::new(client));
    shared.two(&1, None).await.unwrap();
    let borrowed: &dyn DynDynamic = &*shared;
    borrowed.two(&2, None).await.unwrap();
    let call = borrowed.owned(OwnedNames { names: vec!["a", "b"], pointer: PhantomData });
    tokio::task::spawn_blocking(|| ()).await.unwrap();
    call.await.unwrap();
    assert_eq!(targets(&seen), ["/two", "/two", "/owned?names=a&names=b"]);
}

#[tokio::test]
async fn fakes_work_behind_a_pointer() {
    struct Fake;
    impl Dynamic for Fake {
        async fn one(&self, id: &str, _: &[&str]) -> Result<Text, Error> {
            Ok(Text(id.to_owned()))
        }
    }
    let fake: Box<dyn DynDynamic> = Box::new(Fake);
    assert_eq!(fake.one("x", &[]).await.unwrap().0, "x");
    assert!(fake.two(&1, None).await.unwrap_err().is_unimplemented());
}

#[test]
fn traits_and_their_futures_are_send() {
    fn is_send<T: Send>(_: &T) {}
    fn shared<A: Dynamic + 'static>(api: A) -> Arc<dyn DynDynamic> {
        is_send(&api.one("a", &[]));
        Arc::new(api)
    }
    let client = client_builder("http://localhost").build().unwrap();
    drop(shared(DynamicClient::new(client)));
}

/// An implementation that wraps another.
struct Counted<A>(A, Arc<AtomicUsize>);

impl<A: Dynamic> Dynamic for Counted<A> {
    async fn one(&self, id: &str, names: &[&str]) -> Result<Text, Error> {
        self.1.fetch_add(1, Ordering::Relaxed);
        self.0.one(id, names).await
    }

    fn try_with_options(&self, options: CallOptions) -> Option<Self> {
        self.0.try_with_options(options).map(|own| Self(own, Arc::clone(&self.1)))
    }
}

#[tokio::test]
async fn options_reach_the_client_behind_a_pointer() {
    let (seen, client) = memory_client("http://localhost", "text");
    let options = || CallOptions::new().header("X-Tenant", "acme");
    let count = Arc::new(AtomicUsize::new(0));
    let client = DynamicClient::new(client);
    let plain: Arc<dyn DynDynamic> = Arc::new(client.clone());
    let boxed: Box<dyn DynDynamic> = Box::new(client.clone());
    let wrapped: [Arc<dyn DynDynamic>; 3] = [
        Arc::new(Counted(client, Arc::clone(&count))),
        Arc::new(Counted(Arc::clone(&plain), Arc::clone(&count))),
        Arc::new(Counted(boxed, Arc::clone(&count))),
    ];
    for api in wrapped.into_iter().chain([Arc::clone(&plain)]) {
        api.with_options(options()).one("a", &[]).await.unwrap();
    }
    plain.one("b", &[]).await.unwrap();
    assert_eq!(count.load(Ordering::Relaxed), 3);
    let tenants: Vec<_> = seen.all().iter().map(|request| request.headers().get("X-Tenant").cloned()).collect();
    assert!(tenants[..4].iter().all(|tenant| tenant.as_ref().is_some_and(|tenant| tenant == "acme")), "{tenants:?}");
    assert_eq!(tenants[4], None);
}

#[tokio::test]
async fn test_doubles_behind_a_pointer_ignore_options() {
    struct Fake;
    impl Dynamic for Fake {
        async fn one(&self, id: &str, _: &[&str]) -> Result<Text, Error> {
            Ok(Text(id.to_owned()))
        }
    }
    let fake: Arc<dyn DynDynamic> = Arc::new(Fake);
    let same = fake.with_options(CallOptions::new().header("X-Tenant", "acme"));
    assert!(Arc::ptr_eq(&fake, &same));
    assert_eq!(same.one("a", &[]).await.unwrap().0, "a");
}

/// Every implementation has all endpoints, and says whether it takes options.
#[api(dyn, no_defaults)]
trait Complete {
    #[get("/one")]
    async fn one(&self) -> Result<Text, Error>;

    async fn twice(&self) -> Result<[Text; 2], Error> {
        Ok([self.one().await?, self.one().await?])
    }
}

#[tokio::test]
async fn traits_without_default_bodies_work_behind_a_pointer() {
    struct Forwarding<A>(A);
    impl<A: Complete> Complete for Forwarding<A> {
        async fn one(&self) -> Result<Text, Error> {
            self.0.one().await
        }

        fn try_with_options(&self, options: CallOptions) -> Option<Self> {
            self.0.try_with_options(options).map(Self)
        }
    }
    let (seen, client) = memory_client("http://localhost", "text");
    let api: Arc<dyn DynComplete> = Arc::new(Forwarding(CompleteClient::new(client)));
    assert_eq!(api.with_options(CallOptions::new()).twice().await.unwrap().map(|text| text.0), ["text", "text"]);
    assert_eq!(targets(&seen), ["/one", "/one"]);
}
