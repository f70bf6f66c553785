//! Spans of calls and requests, with OpenTelemetry's
//! [conventions for HTTP clients](https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-client-span).
//!
//! What is hard here: a span must not show a value. URLs and paths have values, so spans have the path *template*, and
//! methods and hosts that the trait and the client declare.

use std::borrow::Cow;

use http::StatusCode;
use tracing::field::{Empty, display};
use tracing::{Instrument, Span, info_span};
use url::Url;

use super::observers::Observers;
use super::report::CallOutcome;
use super::sent::Sent;
use crate::client::base_url::BaseUrl;
use crate::endpoint::Endpoint;
use crate::error::kind::ErrorKind;
use crate::transport::wire_request::WireRequest;

/// The [methods that are shown](https://opentelemetry.io/docs/specs/semconv/registry/attributes/http/#http-request-method).
const KNOWN_METHODS: [&str; 9] = ["CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE"];

/// The span of a call, with all its attempts.
#[derive(Default)]
pub(super) struct CallSpan(Option<Span>);

impl CallSpan {
    pub(super) fn new(endpoint: &'static Endpoint, base: &BaseUrl) -> Self {
        let span = info_span!(
            target: "kestra_auth",
            "call",
            "otel.name" = %format_args!("{}::{}", endpoint.api(), endpoint.operation()),
            "otel.kind" = "internal",
            "http.request.method" = known_method(endpoint),
            "url.template" = template(endpoint),
            "server.address" = base.host(),
            "server.port" = base.port(),
            "http.response.status_code" = Empty,
            "error.type" = Empty,
            "otel.status_code" = Empty,
        );
        Self(Some(span).filter(|span| !span.is_disabled()))
    }

    pub(super) fn is_none(&self) -> bool {
        self.0.is_none()
    }

    /// Returns the span, to enter it.
    pub(super) fn span(&self) -> Span {
        self.0.clone().unwrap_or_else(Span::none)
    }

    /// Ends the span. Being canceled is not an error.
    pub(super) fn end(self, outcome: CallOutcome, status: Option<StatusCode>) {
        let Some(span) = self.0 else { return };
        if let Some(status) = status {
            span.record("http.response.status_code", status.as_u16());
        }
        match (outcome, status) {
            (CallOutcome::Error(ErrorKind::Status), Some(status)) => fail_with_status(&span, status),
            (CallOutcome::Error(kind), _) => fail(&span, kind),
            (CallOutcome::Success | CallOutcome::Canceled, _) => {}
        }
    }
}

/// The span of one request on the wire. It ends with the body of the response.
#[derive(Clone, Default)]
pub(super) struct RequestSpan(Option<Span>);

impl RequestSpan {
    /// Starts the span of a request.
    pub(super) fn new(
        call: &CallSpan,
        observers: &Observers,
        request: &WireRequest<'_>,
        base: &BaseUrl,
        sent: Sent,
    ) -> Self {
        let endpoint = request.endpoint;
        let template = || template(endpoint).filter(|_| !sent.follows_redirect);
        // A layer may have moved the request to another task, where nothing is entered.
        let parent = call.0.as_ref().filter(|_| Span::current().is_none());
        let _entered = parent.map(Span::enter);
        let span = info_span!(
            target: "kestra_auth",
            "request",
            "otel.name" = %display_name(endpoint, template()),
            "otel.kind" = "client",
            "http.request.method" = known_method(endpoint),
            "http.request.method_original" = unknown_method(endpoint),
            "http.request.resend_count" = (sent.requests > 0).then_some(sent.requests),
            "url.template" = template(),
            "url.full" = observers.traces_urls.then(|| redacted_url(template(), request.url, base)),
            "server.address" = &*server(request.url, base).0,
            "server.port" = server(request.url, base).1,
            "http.response.status_code" = Empty,
            "error.type" = Empty,
            "otel.status_code" = Empty,
        );
        Self(Some(span).filter(|span| !span.is_disabled()))
    }

    pub(super) fn in_scope<T>(&self, run: impl FnOnce() -> T) -> T {
        match &self.0 {
            Some(span) => span.in_scope(run),
            None => run(),
        }
    }

    /// Enters the span whenever the future is polled.
    pub(super) fn enter_while<F: Future>(&self, future: F) -> impl Future<Output = F::Output> + use<F> {
        // The span around the call stays the current one if this one is disabled.
        future.instrument(self.0.clone().unwrap_or_else(Span::current))
    }

    /// Records the status of the response. Unlike for the call, no status from 400 is a success.
    pub(super) fn head(&self, status: StatusCode) {
        let Some(span) = &self.0 else { return };
        span.record("http.response.status_code", status.as_u16());
        if status.is_client_error() || status.is_server_error() {
            fail_with_status(span, status);
        }
    }

    /// Records an error.
    pub(super) fn fail(&self, kind: ErrorKind) {
        if let Some(span) = &self.0 {
            fail(span, kind);
        }
    }
}

fn fail(span: &Span, kind: ErrorKind) {
    span.record("error.type", display(kind));
    span.record("otel.status_code", "ERROR");
}

fn fail_with_status(span: &Span, status: StatusCode) {
    span.record("error.type", status.as_str());
    span.record("otel.status_code", "ERROR");
}

/// Returns the name of the span of a request, such as `GET /api/v1/auths`.
fn display_name(endpoint: &Endpoint, template: Option<&str>) -> String {
    let method = Some(known_method(endpoint)).filter(|method| *method != "_OTHER").unwrap_or("HTTP");
    template.map_or_else(|| method.to_owned(), |template| format!("{method} {template}"))
}

fn known_method(endpoint: &Endpoint) -> &'static str {
    KNOWN_METHODS.into_iter().find(|method| *method == endpoint.method()).unwrap_or("_OTHER")
}

/// Returns a method that a trait declares. Other methods are known only to the caller, who may not want to see them.
fn unknown_method(endpoint: &Endpoint) -> Option<&'static str> {
    Some(endpoint.method()).filter(|method| !method.is_empty() && !KNOWN_METHODS.contains(method))
}

/// Returns the path template. A request that no trait declares has none, and neither has one for a link.
fn template(endpoint: &Endpoint) -> Option<&'static str> {
    Some(endpoint.template()).filter(|template| template.starts_with('/'))
}

/// Returns the host and port of a URL.
fn server<'a>(url: &str, base: &'a BaseUrl) -> (Cow<'a, str>, Option<u16>) {
    if base.is_same_origin(url) {
        return (base.host().into(), Some(base.port()));
    }
    let url = Url::parse(url).ok();
    let host = url.as_ref().and_then(Url::host_str).unwrap_or_default();
    (host.trim_matches(['[', ']']).to_owned().into(), url.as_ref().and_then(Url::port_or_known_default))
}

/// Returns a URL with `REDACTED` in place of each value. Names of query parameters can be values, too.
fn redacted_url(template: Option<&str>, url: &str, base: &BaseUrl) -> String {
    let template = template.filter(|_| base.is_same_origin(url));
    let mut redacted = match template {
        Some(template) => format!("{}{}", base.as_str(), without_placeholders(template)),
        // A link, a redirect or a layer has chosen the path.
        None => Url::parse(url)
            .map_or_else(|_| "REDACTED".to_owned(), |url| format!("{}/REDACTED", url.origin().ascii_serialization())),
    };
    if url.contains('?') {
        redacted.push(if redacted.contains('?') { '&' } else { '?' });
        redacted.push_str("REDACTED");
    }
    redacted
}

fn without_placeholders(template: &str) -> String {
    let mut text = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((literal, (_, after))) =
        rest.split_once('{').and_then(|(literal, placeholder)| Some((literal, placeholder.split_once('}')?)))
    {
        text.push_str(literal);
        text.push_str("REDACTED");
        rest = after;
    }
    text.push_str(rest);
    text
}
