//! The fields of GitHub's models that this program uses.

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum State {
    Open,
    Closed,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Issue {
    pub(crate) number: u64,
    pub(crate) title: String,
    pub(crate) state: State,
}

#[derive(Debug, Default, Serialize)]
pub(crate) struct NewIssue<'a> {
    pub(crate) title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) body: Option<&'a str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub(crate) labels: &'a [&'a str],
}

#[derive(Debug, Default, Serialize)]
pub(crate) struct IssueChange {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) state: Option<State>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) state_reason: Option<&'static str>,
}

/// Filters of a list of issues. All of them are optional.
#[derive(Debug, Default, Serialize)]
pub(crate) struct IssueFilter<'a> {
    pub(crate) state: Option<State>,
    pub(crate) assignee: Option<&'a str>,
    pub(crate) per_page: Option<u8>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Found<T> {
    pub(crate) total_count: u64,
    pub(crate) items: Vec<T>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Repository {
    pub(crate) full_name: String,
    pub(crate) stargazers_count: u64,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Asset {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) size: u64,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Event {
    #[serde(rename = "type")]
    pub(crate) kind: String,
}

/// The body of GitHub's errors.
#[derive(Debug, Deserialize)]
pub(crate) struct Problem {
    pub(crate) message: String,
    #[serde(default)]
    pub(crate) errors: Vec<FieldProblem>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct FieldProblem {
    pub(crate) field: String,
    pub(crate) code: String,
}
