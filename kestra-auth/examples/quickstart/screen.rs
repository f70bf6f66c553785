//! Prints each call: the request as it was sent, and the response.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use http::{HeaderMap, StatusCode};
use kestra_auth::Error;
use serde::Serialize;
use serde_json::Value;

/// Replaces secrets.
const MASK: &str = "••••";

/// The headers that are shown. The transport sets the others.
const SHOWN_HEADERS: [&str; 3] = ["accept", "content-type", "authorization"];

/// A request that was sent.
pub(crate) struct Sent {
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
    /// The status of the response, if the recorder knows it.
    pub(crate) status: Option<StatusCode>,
}

/// The requests that have not been shown yet.
#[derive(Clone, Default)]
pub(crate) struct Log(Arc<Mutex<Vec<Sent>>>);

impl Log {
    pub(crate) fn record(&self, sent: Sent) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(sent);
    }

    fn take(&self) -> Vec<Sent> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Standard output. Unlike `println!`, writing to a closed pipe is an error and not a panic.
pub(crate) struct Screen {
    out: io::Stdout,
    log: Log,
    calls: usize,
    failures: usize,
}

impl Screen {
    pub(crate) fn new(log: Log) -> Self {
        Self { out: io::stdout(), log, calls: 0, failures: 0 }
    }

    pub(crate) fn line(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.out, "{text}")
    }

    /// Shows a call that should succeed. If it fails, the failure is counted, and the next call is made all the same.
    pub(crate) fn call<T: Serialize>(&mut self, name: &str, what: &str, result: Result<T, Error>) -> io::Result<()> {
        self.request(name, what)?;
        match result {
            Ok(response) => self.block("response", &pretty(&response)?),
            Err(error) => {
                self.failures += 1;
                self.error(&error)
            }
        }
    }

    /// Shows a call that should fail.
    pub(crate) fn failing_call<T: Serialize>(
        &mut self,
        name: &str,
        what: &str,
        result: Result<T, Error>,
    ) -> Result<(), Box<dyn std::error::Error>> {
        self.request(name, what)?;
        match result {
            Ok(response) => {
                self.block("response", &pretty(&response)?)?;
                Err(format!("{name} succeeded, although it should fail").into())
            }
            Err(error) => Ok(self.error(&error)?),
        }
    }

    /// Returns an error if a call failed that should have succeeded.
    pub(crate) fn finish(&self) -> Result<(), Box<dyn std::error::Error>> {
        match self.failures {
            0 => Ok(()),
            failures => Err(format!("{failures} of {} calls failed", self.calls).into()),
        }
    }

    fn request(&mut self, name: &str, what: &str) -> io::Result<()> {
        self.calls += 1;
        self.line(&format!("\n{} {name}: {what}", self.calls))?;
        let requests = self.log.take();
        if requests.is_empty() {
            return self.block("request", "(nothing was sent)");
        }
        let takes_several = requests.len() > 1;
        for sent in &requests {
            self.block("request", &describe(sent))?;
            if let Some(status) = sent.status.filter(|_| takes_several) {
                self.block("status", &status.to_string())?;
            }
        }
        Ok(())
    }

    fn error(&mut self, error: &Error) -> io::Result<()> {
        let cause = std::error::Error::source(error).map(|cause| format!(": {cause}")).unwrap_or_default();
        self.block("error", &format!("{error}{cause}"))?;
        match error.message() {
            Some(message) => self.block("server", &message.replace(char::is_control, " ")),
            None => Ok(()),
        }
    }

    /// Prints a label and, next to it, a text of any number of lines.
    fn block(&mut self, label: &str, text: &str) -> io::Result<()> {
        let labels = std::iter::once(label).chain(std::iter::repeat(""));
        labels.zip(text.lines()).try_for_each(|(label, line)| self.line(&format!("  {label:<9}{line}")))
    }
}

fn describe(sent: &Sent) -> String {
    let mut lines = vec![format!("{} {}", sent.method, sent.target)];
    for name in SHOWN_HEADERS {
        if let Some(value) = sent.headers.get(name) {
            let value = if name == "authorization" { MASK } else { value.to_str().unwrap_or("(not text)") };
            lines.push(format!("{name}: {value}"));
        }
    }
    match serde_json::from_slice::<Value>(&sent.body) {
        Ok(body) => lines.push(format!("{:#}", masked(body))),
        Err(_) if sent.body.is_empty() => {}
        Err(_) => lines.push(describe_form(&sent.body).unwrap_or_else(|| format!("({} bytes)", sent.body.len()))),
    }
    lines.join("\n")
}

/// Returns the fields of a form, one on each line.
fn describe_form(body: &[u8]) -> Option<String> {
    let fields = std::str::from_utf8(body).ok()?.split('&').map(|field| {
        let (name, value) = field.split_once('=')?;
        Some(format!("{name}={}", if is_secret(name) { MASK } else { value }))
    });
    fields.collect::<Option<Vec<_>>>().map(|fields| fields.join("\n"))
}

fn pretty(response: &impl Serialize) -> io::Result<String> {
    Ok(format!("{:#}", masked(serde_json::to_value(response)?)))
}

/// Replaces secrets, which are recognized by the names of their fields.
fn masked(value: Value) -> Value {
    match value {
        Value::Array(items) => items.into_iter().map(masked).collect(),
        Value::Object(fields) => fields.into_iter().map(|(name, value)| mask_field(name, value)).collect(),
        scalar => scalar,
    }
}

fn mask_field(name: String, value: Value) -> (String, Value) {
    let value = if value.is_string() && is_secret(&name) { MASK.into() } else { masked(value) };
    (name, value)
}

fn is_secret(name: &str) -> bool {
    let lower = name.to_lowercase();
    ["password", "token", "secret"].iter().any(|word| lower.contains(word))
}
