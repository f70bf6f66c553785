//! The macro, the runtime and a server together, one module for each subject.
#![allow(missing_docs, reason = "nobody reads the docs of a test")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "helper functions of tests are not `#[test]` functions")]

mod auth_api;
mod bodies;
mod breaks;
mod clients;
mod codings;
mod concurrency;
mod configuration;
mod contract;
mod credential_sources;
mod credentials;
mod dynamic;
mod errors;
mod fakes;
mod faults;
mod generated;
mod headers;
mod hygiene;
mod hyper_transport;
mod layers;
mod links;
pub mod lints;
mod multipart;
mod numbers;
mod oauth;
mod oauth_faults;
mod observability;
mod options;
mod paths;
mod properties;
mod proxies;
mod queries;
mod redirects;
mod response_limits;
mod response_values;
mod responses;
mod retries;
mod runtimes;
mod soak;
mod streams;
mod traits;
mod transport_errors;
mod values;

#[path = "../support/mod.rs"]
mod support;
