//! Attributes, path templates and literals become typed values here; no `syn::Attribute` of ours goes further.
//!
//! What is hard here: one wrong word must not hide the next one, so the arguments are cut at their commas
//! first and each is read on its own.

pub(crate) mod arguments;
pub(crate) mod attributes;
pub(crate) mod contract;
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
pub(crate) mod trait_args;
mod units;
pub(crate) mod value_type;
pub(crate) mod verb_attribute;
