//! Parses attributes, path templates and literals into typed values. The later stages see no attribute of this crate.
//!
//! What is hard here: an error must neither hide the next one nor cause one. So each argument is parsed on its own, and
//! what is invalid is read as it will be once corrected, as far as that can be known.

pub(crate) mod arguments;
pub(crate) mod attributes;
pub(crate) mod contract;
mod foreign_words;
pub(crate) mod headers;
mod leading_string;
pub(crate) mod media_types;
pub(crate) mod method_args;
pub(crate) mod method_attributes;
pub(crate) mod mismatch_kind;
pub(crate) mod param_attribute;
pub(crate) mod param_kind;
pub(crate) mod path_template;
pub(crate) mod rename_all;
pub(crate) mod request_line;
pub(crate) mod result_type;
pub(crate) mod trait_args;
pub(crate) mod type_tokens;
mod units;
pub(crate) mod value_type;
pub(crate) mod verb_attribute;
