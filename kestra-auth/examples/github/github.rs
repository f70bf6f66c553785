//! A part of [GitHub's REST API](https://docs.github.com/rest).

use kestra_auth::{ApiError, Body, ByteStream, Error, Link, Response, Text, api};

use crate::models::{Asset, Event, Found, Issue, IssueChange, IssueFilter, NewIssue, Problem, Repository};

/// A repository. Its owner and name are arguments of `RepositoryApiClient::new`.
#[api(
    base = "/repos/{owner}/{repo}",
    headers("Accept: application/vnd.github+json", "X-GitHub-Api-Version: 2022-11-28")
)]
pub(crate) trait RepositoryApi {
    #[get("/issues")]
    async fn issues(
        &self,
        #[query(flatten)] filter: &IssueFilter<'_>,
        #[query(csv)] labels: &[&str],
    ) -> Result<Response<Vec<Issue>>, Error>;

    /// Returns the page that a `Link` header points to.
    #[get]
    async fn issues_at(&self, #[url] page: &Link) -> Result<Response<Vec<Issue>>, Error>;

    #[get("/issues/{number}", none(404, 410))]
    async fn issue(&self, number: u64) -> Result<Option<Issue>, Error>;

    #[post("/issues")]
    async fn create_issue(&self, #[json] issue: &NewIssue<'_>) -> Result<Response<Issue>, ApiError<Problem>>;

    #[patch("/issues/{number}")]
    async fn change_issue(&self, number: u64, #[json] change: &IssueChange) -> Result<Issue, Error>;

    #[delete("/issues/{number}/labels/{name}")]
    async fn remove_label(&self, number: u64, name: &str) -> Result<(), Error>;

    /// Returns the content of a file, not wrapped in JSON.
    #[get("/contents/{**path}", accept = "application/vnd.github.raw+json")]
    async fn file(&self, path: &str, #[query("ref")] revision: Option<&str>) -> Result<Text, Error>;

    /// Returns an archive of a revision, or of the default branch. GitHub redirects to another host.
    #[get("/tarball/{revision?}", redirects = "any")]
    async fn archive(&self, revision: Option<&str>) -> Result<ByteStream, Error>;

    #[get("/releases/assets/{id}", accept = "application/octet-stream", redirects = "any")]
    async fn download(&self, id: u64) -> Result<ByteStream, Error>;

    #[get("/events")]
    async fn events(&self, #[query] per_page: u8) -> Result<Response<Vec<Event>>, Error>;
}

/// Repositories themselves, search, stars and Markdown.
#[api(headers("Accept: application/vnd.github+json", "X-GitHub-Api-Version: 2022-11-28"))]
pub(crate) trait GitHubApi {
    /// Returns the repository, unless it has not changed since the response with `etag`.
    ///
    /// It is not part of `RepositoryApi`, where its path would end in a slash, which GitHub rejects.
    #[get("/repos/{owner}/{repo}", also(304))]
    async fn repository(
        &self,
        owner: &str,
        repo: &str,
        #[header("If-None-Match")] etag: Option<&str>,
    ) -> Result<Response<Option<Repository>>, Error>;

    #[get("/search/issues")]
    async fn search_issues(&self, #[query] q: &str, #[query] sort: Option<&str>) -> Result<Found<Issue>, Error>;

    #[put("/user/starred/{owner}/{repo}")]
    async fn star(&self, owner: &str, repo: &str) -> Result<(), Error>;

    #[delete("/user/starred/{owner}/{repo}")]
    async fn unstar(&self, owner: &str, repo: &str) -> Result<(), Error>;

    #[get("/user/starred/{owner}/{repo}", none(404))]
    async fn starred(&self, owner: &str, repo: &str) -> Result<Option<()>, Error>;

    #[post("/markdown/raw", accept = "text/html")]
    async fn render(&self, #[body("text/x-markdown")] text: &str) -> Result<Text, Error>;
}

/// Uploads, which go to another host.
#[api(base = "/repos/{owner}/{repo}", headers("X-GitHub-Api-Version: 2022-11-28"))]
pub(crate) trait UploadsApi {
    #[post("/releases/{release}/assets", timeout = "10m")]
    async fn upload(
        &self,
        release: u64,
        #[query] name: &str,
        #[body("application/zip")] content: Body,
    ) -> Result<Asset, ApiError<Problem>>;
}
