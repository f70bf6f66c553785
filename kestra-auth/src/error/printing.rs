//! What loggers see of an error.

use std::error::Error as StdError;
use std::fmt;
use std::io;

use super::cause::SharedCause;
use super::{Error, Inner};

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(endpoint) = self.endpoint() {
            write!(f, "{endpoint}: ")?;
        }
        f.write_str(&self.0.detail)
    }
}

/// Shows what `Display` shows, and of the cause only the kind of an I/O error, because other causes may hold values.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { kind, detail, endpoint, status, attempts, .. } = &*self.0;
        let mut debug = f.debug_struct("Error");
        debug.field("kind", kind);
        if let Some(endpoint) = endpoint {
            debug.field("endpoint", endpoint);
        }
        if let Some(status) = status {
            debug.field("status", status);
        }
        debug.field("detail", detail);
        if *attempts > 1 {
            debug.field("attempts", attempts);
        }
        if let Some(io) = self.source().and_then(|source| source.downcast_ref::<io::Error>()) {
            debug.field("source", &io.kind());
        }
        debug.finish_non_exhaustive()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        let source: &(dyn StdError + 'static) = self.0.source.as_deref()?;
        Some(source.downcast_ref::<SharedCause>().map_or(source, |shared| &*shared.0))
    }
}
