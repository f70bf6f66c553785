//! The numbers of `serde_json`.

/// The name of the struct in which `serde_json` passes on a number, and of its only field, if a crate of the build enables
/// the feature `arbitrary_precision`. The field has the text of the number.
pub(crate) const NUMBER_TOKEN: &str = "$serde_json::private::Number";
