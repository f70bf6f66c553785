//! Kestra's authentication endpoints and their models.

pub mod models;
pub mod v1;
pub mod v2;
