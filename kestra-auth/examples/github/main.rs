//! A part of GitHub's REST API, declared as traits and called.
//!
//! ```text
//! cargo run -p kestra-auth --example github --features stream,multipart
//! ```
//!
//! The calls go to a mock server on this machine. Each step shows its requests and their results. If a result is not as
//! expected, the program ends with an error.

mod github;
mod mock_server;
mod models;
mod screen;

use std::convert::Infallible;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bytes::Bytes;
use kestra_auth::{ApiError, Body, ByteStream, Client, Credential, Error, Link, paginate};

use github::{GitHubApi, GitHubApiClient, RepositoryApi, RepositoryApiClient, UploadsApi, UploadsApiClient};
use mock_server::MockServer;
use models::{Issue, IssueChange, IssueFilter, NewIssue, State};
use screen::{Screen, check};

const OWNER: &str = "ada";
const REPO: &str = "engine";
const TOKEN: &str = "github_pat_example";

type StepResult = Result<(), Box<dyn std::error::Error>>;

#[tokio::main]
async fn main() -> ExitCode {
    let mut screen = Screen::new();
    match tour(&mut screen).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            Screen::failure(&*error);
            ExitCode::FAILURE
        }
    }
}

async fn tour(screen: &mut Screen) -> StepResult {
    let server = MockServer::start().await?;
    screen.watch(&server);
    let client = Client::builder(&server.api).bearer_token(TOKEN).user_agent("kestra-auth-example").build()?;
    let repository = RepositoryApiClient::new(client.clone(), OWNER, REPO);
    let github = GitHubApiClient::new(client.clone());
    // At another origin, the client has no credential until it is given one.
    let uploads = client.with_base(&server.uploads)?.with_credential(Credential::bearer(TOKEN)?)?;
    let uploads = UploadsApiClient::new(uploads, OWNER, REPO);

    conditional(screen, &github).await?;
    issues(screen, &repository).await?;
    pages(screen, &repository).await?;
    stars(screen, &github).await?;
    texts(screen, &repository, &github).await?;
    files(screen, &repository, &uploads).await?;
    screen.end(&server)
}

/// Requests a repository twice. The second response is 304, because nothing has changed.
async fn conditional(screen: &mut Screen, api: &impl GitHubApi) -> StepResult {
    screen.step("A repository, and the same again with its ETag")?;
    let first = api.repository(OWNER, REPO, None).await?;
    let etag = first.headers().get("etag").and_then(|etag| etag.to_str().ok()).ok_or("no ETag")?.to_owned();
    let repository = first.body().as_ref().ok_or("no repository")?;
    screen.result(&format!("{} has {} stars; ETag {etag}", repository.full_name, repository.stargazers_count))?;
    check("full name", &*repository.full_name, "ada/engine")?;
    let second = api.repository(OWNER, REPO, Some(&etag)).await?;
    screen.result(&format!("{}: unchanged", second.status()))?;
    check("unchanged", second.body().is_none(), true)
}

async fn issues(screen: &mut Screen, api: &impl RepositoryApi) -> StepResult {
    screen.step("An issue is created, closed and found, and another does not exist")?;
    let new = NewIssue { title: "Cogs jam", body: Some("Steam & oil / 50%"), labels: &["bug"] };
    let created = api.create_issue(&new).await?;
    check("status", created.status().as_u16(), 201)?;
    let issue = created.into_body();
    screen.result(&format!("created #{} \"{}\"", issue.number, issue.title))?;
    api.remove_label(issue.number, "good first issue/easy").await?;
    let change = IssueChange { state: Some(State::Closed), state_reason: Some("completed") };
    let closed = api.change_issue(issue.number, &change).await?;
    screen.result(&format!("#{} is now {:?}", closed.number, closed.state))?;
    check("state", closed.state, State::Closed)?;
    let found = api.issue(issue.number).await?;
    check("title", found.map(|issue| issue.title).as_deref(), Some("Cogs jam"))?;
    let missing = api.issue(404).await?;
    screen.result("#404 does not exist")?;
    check("missing", missing.is_none(), true)?;

    screen.step("An issue that GitHub rejects, with its reason")?;
    match api.create_issue(&NewIssue::default()).await {
        Err(ApiError::Declared(problem)) => {
            let field = problem.body().errors.first().ok_or("no field named")?;
            let reason = format!("{}: {}, {} {}", problem.status(), problem.body().message, field.field, field.code);
            screen.result(&reason)?;
            check("code", &*field.code, "missing_field")
        }
        Err(other) => Err(other.into()),
        Ok(_) => Err("an issue without a title was accepted".into()),
    }
}

/// Follows the `Link` headers of the pages. A page is requested when its first item is needed.
async fn pages(screen: &mut Screen, api: &impl RepositoryApi) -> StepResult {
    screen.step("All open bugs, two per page")?;
    let filter = IssueFilter { state: Some(State::Open), per_page: Some(2), ..IssueFilter::default() };
    let filter = &filter;
    let mut issues = paginate(None::<Link>, async move |page| {
        let page = match page {
            None => api.issues(filter, &["bug", "help wanted"]).await?,
            Some(link) => api.issues_at(&link).await?,
        };
        let next = page.link("next").map(Some);
        Ok::<(Vec<Issue>, _), Error>((page.into_body(), next))
    });
    let mut numbers = Vec::new();
    while let Some(issue) = issues.next().await {
        numbers.push(issue?.number);
    }
    screen.result(&format!("{} issues: {numbers:?}", numbers.len()))?;
    check("numbers", numbers, vec![1, 2, 3, 4, 5])
}

async fn stars(screen: &mut Screen, api: &impl GitHubApi) -> StepResult {
    screen.step("A star is set, found and removed")?;
    check("before", api.starred(OWNER, REPO).await?.is_some(), false)?;
    api.star(OWNER, REPO).await?;
    check("between", api.starred(OWNER, REPO).await?.is_some(), true)?;
    api.unstar(OWNER, REPO).await?;
    let after = api.starred(OWNER, REPO).await?.is_some();
    screen.result("not starred, starred, not starred")?;
    check("after", after, false)
}

async fn texts(screen: &mut Screen, repository: &impl RepositoryApi, github: &impl GitHubApi) -> StepResult {
    screen.step("A search, events, a raw file, and Markdown as HTML")?;
    let found = github.search_issues("repo:ada/engine is:open \"50% & more\"", Some("created")).await?;
    screen.result(&format!("{} found, the first is \"{}\"", found.total_count, found.items[0].title))?;
    check("found", found.total_count, 1)?;
    let events = repository.events(10).await?;
    let wait = events.headers().get("x-poll-interval").and_then(|wait| wait.to_str().ok()).unwrap_or("?").to_owned();
    screen.result(&format!("{}; poll again in {wait} s", events.body()[0].kind))?;
    check("event", &*events.body()[0].kind, "PushEvent")?;
    let file = repository.file("docs/how to/start.md", Some("v1/beta")).await?;
    screen.result(&format!("docs/how to/start.md: {}", file.trim_end()))?;
    check("file", &*file, "# Start\n")?;
    let html = github.render(&file).await?;
    screen.result(&format!("as HTML: {}", html.as_str()))?;
    check("HTML", &*html, "<h1>Start</h1>")
}

async fn files(screen: &mut Screen, repository: &impl RepositoryApi, uploads: &impl UploadsApi) -> StepResult {
    const CHUNK: usize = 64 << 10;
    const CHUNKS: usize = 16;
    screen.step("A release asset is uploaded as a stream, and downloaded again")?;
    let sent = Arc::new(AtomicU64::new(0));
    let reported = Arc::clone(&sent);
    let chunks = (0..CHUNKS).map(|_| Ok::<_, Infallible>(Bytes::from(vec![7; CHUNK])));
    let content = Body::sized((CHUNK * CHUNKS) as u64, Chunks(chunks))
        .on_progress(move |bytes, _| reported.store(bytes, Ordering::Relaxed));
    let asset = uploads.upload(7, "engine 1.0.zip", content).await?;
    screen.result(&format!(
        "{}: {} bytes, of which {} were reported as sent",
        asset.name,
        asset.size,
        sent.load(Ordering::Relaxed)
    ))?;
    check("size", asset.size, (CHUNK * CHUNKS) as u64)?;
    check("progress", sent.load(Ordering::Relaxed), asset.size)?;
    let length = length(repository.download(asset.id).await?).await?;
    screen.result(&format!("{length} bytes were downloaded from another host"))?;
    check("download", length, asset.size)?;

    screen.step("An archive of the default branch, from another host, which does not see the token")?;
    let length = self::length(repository.archive(None).await?).await?;
    screen.result(&format!("{length} bytes"))?;
    check("archive", length, 200_000)
}

async fn length(mut chunks: ByteStream) -> Result<u64, Error> {
    let mut length = 0;
    while let Some(chunk) = chunks.next().await {
        length += chunk?.len() as u64;
    }
    Ok(length)
}

/// A stream over an iterator. Programs that depend on `futures` use its `stream::iter`.
struct Chunks<I>(I);

impl<I: Iterator + Unpin> futures_core::Stream for Chunks<I> {
    type Item = I::Item;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<I::Item>> {
        std::task::Poll::Ready(self.0.next())
    }
}
