//! Servers that do not behave: scripted faults over TCP, mutated responses, TLS, and what none of them may change.
//!
//! Whatever a server does, a call ends, its error says what happened and shows no value, a request that must not be
//! repeated arrives at most once, and the next call works.

mod cases;
pub(crate) mod http2;
mod memory;
mod mutations;
pub(crate) mod server;
mod streams;
mod table;
mod tls;
