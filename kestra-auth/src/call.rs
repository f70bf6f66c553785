//! One call: what was decided about it, its attempts, and the reading of the response.

pub(crate) mod limits;
pub(crate) mod redirect;
