//! Headers that an endpoint or a trait cannot set.

use crate::diagnostics::Diagnostics;
use crate::model::Endpoint;
use crate::parse::headers::ConstantHeader;
use crate::parse::param_kind::ParamKind;

/// Headers that belong to the connection: a wrong one desynchronizes it, and HTTP/2 forbids some.
const CONNECTION: [&str; 6] = ["connection", "content-length", "host", "keep-alive", "transfer-encoding", "upgrade"];

pub(super) fn constant_headers(headers: &[ConstantHeader], diagnostics: &Diagnostics) {
    for (index, header) in headers.iter().enumerate() {
        let written = header.text.value();
        if let Some(message) = reserved(written.split(':').next().unwrap_or_default()) {
            diagnostics.report(&header.text, message);
        }
        if headers[..index].iter().any(|other| other.name == header.name && other.value == header.value) {
            let message = format!("`{}` stands here twice with one value\nhelp: remove one", header.name);
            diagnostics.report(&header.text, message);
        }
    }
}

pub(super) fn headers(endpoint: &Endpoint<'_>, diagnostics: &Diagnostics) {
    let args = &endpoint.verb.args;
    constant_headers(&args.headers, diagnostics);
    if let (Some(accept), true) = (&args.accept, args.headers.iter().any(|header| header.name == "accept")) {
        diagnostics.report(accept, "`Accept` is set twice, here and in `headers`\nhelp: remove one");
    }
    for param in endpoint.params.iter().filter(|param| matches!(param.kind, ParamKind::Header { .. })) {
        if let Some(given) = &param.given_name
            && let Some(message) = reserved(&given.value())
        {
            diagnostics.report(given, message);
        }
    }
    if let Some(key) = &args.idempotency_key
        && let Some(message) = reserved(&key.header)
    {
        diagnostics.report_at(key.span, message);
    }
}

/// Says why a header is not for a trait to set.
fn reserved(name: &str) -> Option<String> {
    let lower = name.to_ascii_lowercase();
    if lower == "content-type" {
        let message = "`Content-Type` comes from the body\nhelp: write its media type there, as in \
                       `#[json(\"application/scim+json\")]`";
        return Some(message.to_owned());
    }
    let is_reserved = CONNECTION.contains(&&*lower);
    is_reserved.then(|| format!("`{name}` belongs to the connection, which the transport keeps\nhelp: remove it"))
}
