//! What several benchmarks need.

pub mod callgrind;
pub mod counts;
pub mod server;
