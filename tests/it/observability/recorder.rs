//! Records spans.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, LazyLock, Mutex};
use std::time::Duration;

use http::Method;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::DefaultGuard;
use tracing::{Event, Subscriber};
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::layer::{Context, SubscriberExt as _};
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::{Layer, Registry};

use crate::support::{client_builder, in_memory};

/// A span, with its fields as text.
#[derive(Clone, Debug, Default)]
pub(super) struct Recorded {
    pub(super) name: &'static str,
    /// The index of the parent.
    pub(super) parent: Option<usize>,
    pub(super) fields: BTreeMap<&'static str, String>,
    is_closed: bool,
}

impl Recorded {
    pub(super) fn field(&self, name: &str) -> Option<&str> {
        self.fields.get(name).map(String::as_str)
    }
}

impl Visit for Recorded {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.fields.insert(field.name(), value.to_owned());
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.fields.insert(field.name(), format!("{value:?}"));
    }
}

/// Records the spans of this thread as long as it exists.
pub(super) struct Recorder {
    spans: Arc<Mutex<Vec<Recorded>>>,
    _guard: DefaultGuard,
}

/// The index of a span, whose id may be used again.
struct Index(usize);

struct Recording(Arc<Mutex<Vec<Recorded>>>);

impl<S: Subscriber + for<'s> LookupSpan<'s>> Layer<S> for Recording {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let span = context.span(id).unwrap();
        let parent = span.parent().map(|parent| parent.extensions().get::<Index>().unwrap().0);
        let mut recorded = Recorded { name: span.name(), parent, ..Recorded::default() };
        attributes.record(&mut recorded);
        let mut spans = self.0.lock().unwrap();
        span.extensions_mut().insert(Index(spans.len()));
        spans.push(recorded);
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        let index = context.span(id).unwrap().extensions().get::<Index>().unwrap().0;
        values.record(&mut self.0.lock().unwrap()[index]);
    }

    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        assert!(!event.metadata().target().starts_with("kestra_auth"), "{event:?}");
    }

    fn on_close(&self, id: Id, context: Context<'_, S>) {
        let index = context.span(&id).unwrap().extensions().get::<Index>().unwrap().0;
        self.0.lock().unwrap()[index].is_closed = true;
    }
}

impl Recorder {
    pub(super) fn start() -> Self {
        Self::with_level(LevelFilter::INFO)
    }

    pub(super) fn with_level(level: LevelFilter) -> Self {
        LazyLock::force(&REGISTERED);
        let spans = Arc::<Mutex<Vec<Recorded>>>::default();
        let subscriber = Registry::default().with(Recording(Arc::clone(&spans)).with_filter(level));
        Self { spans, _guard: tracing::subscriber::set_default(subscriber) }
    }

    /// The spans of this crate so far. None of them has a mark.
    pub(super) fn spans(&self) -> Vec<Recorded> {
        let spans = self.spans.lock().unwrap().clone();
        let text = format!("{spans:?}");
        assert!(!text.contains("MARK"), "{text}");
        spans.into_iter().filter(|span| ["call", "request"].contains(&span.name)).collect()
    }

    /// The span of the call and those of its requests, all of which are closed.
    pub(super) fn call(&self) -> (Recorded, Vec<Recorded>) {
        let mut spans = self.spans();
        assert!(spans.iter().all(|span| span.is_closed), "{spans:?}");
        let call = spans.remove(0);
        assert_eq!((call.name, call.parent), ("call", None), "{call:?}");
        for request in &spans {
            assert_eq!((request.name, request.parent), ("request", Some(0)), "{request:?}");
        }
        (call, spans)
    }

    /// How many spans are open.
    pub(super) fn open(&self) -> usize {
        self.spans().iter().filter(|span| !span.is_closed).count()
    }
}

/// Whether the spans are known to `tracing`. It asks the subscribers once whether they are interested, and while another
/// test makes it ask, it does not notice a new subscriber.
static REGISTERED: LazyLock<()> = LazyLock::new(|| {
    let call = || {
        let _guard = tracing::subscriber::set_default(Registry::default());
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let (_, service) = in_memory(|_| http::Response::new("1".into()));
        let client = client_builder("http://localhost").transport(service).build().unwrap();
        runtime.block_on(async { client.request(Method::GET, "/").send::<u8>().await.unwrap() });
        std::thread::sleep(Duration::from_millis(20));
        tracing::callsite::rebuild_interest_cache();
    };
    std::thread::spawn(call).join().unwrap();
});
