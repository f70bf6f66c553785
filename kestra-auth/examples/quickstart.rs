//! Calls Kestra's authentication API and shows each request and its response.
//!
//! ```text
//! cargo run -p kestra-auth --example quickstart
//! ```
//!
//! It starts a mock server on this machine and calls all six endpoints. Then it makes calls that take several requests,
//! and calls that fail. With `KESTRA_URL`, it calls that server instead, and only the endpoint that changes nothing.
//! `--help` explains how to call the others.

#[path = "quickstart/mock_server.rs"]
mod mock_server;
#[path = "quickstart/screen.rs"]
mod screen;
#[path = "quickstart/settings.rs"]
mod settings;

use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;

use kestra_auth::{
    AuthApi, AuthApiClient, Client, ClientCredentials, InvitationUserRequest, ResetPasswordRequest, Retry,
};

use mock_server::MockServer;
use screen::{Log, Screen};
use settings::{Server, Settings, Values};

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // If stderr is closed, the exit code still reports the error.
            let _ = writeln!(io::stderr(), "error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn Error>> {
    match Settings::read()? {
        Settings::Help => Ok(writeln!(io::stdout(), "{}", settings::HELP)?),
        Settings::MockServer => tour().await,
        Settings::Server(server) => call_server(&server).await,
    }
}

/// Calls all six endpoints of a mock server, and makes calls that take several requests and calls that fail.
async fn tour() -> Result<(), Box<dyn Error>> {
    let log = Log::default();
    let server = MockServer::start(&log).await;
    let client = Client::builder(&server.url()).bearer_token("a-token").build()?;
    let auth = AuthApiClient::new(client);

    let mut screen = Screen::new(log);
    screen.line(&format!("The calls go to a mock server on {}.", server.url()))?;
    let methods = auth.index().await;
    screen.call("index", "how users can log in", methods)?;
    call_others(&auth, &mock_server::values(), &mut screen).await?;

    screen.line("\nTwo calls that take several requests:")?;
    let busy = Client::builder(&format!("{}/busy", server.url())).retry(Retry::standard()).build()?;
    let methods = AuthApiClient::new(busy).index().await;
    screen.call("index", "a server that is busy at first", methods)?;
    let source = ClientCredentials::new(format!("{}/oauth/token", server.url()), "quickstart", "a-secret");
    let strict = Client::builder(&format!("{}/strict", server.url())).credential_source(source).build()?;
    let methods = AuthApiClient::new(strict).index().await;
    screen.call("index", "a token that the server has revoked", methods)?;
    screen.finish()?;

    screen.line("\nTwo calls that fail, with their errors:")?;
    let unknown = auth.accept_invitation("long-gone").await;
    screen.failing_call("accept_invitation", "an invitation that the server does not know", unknown)?;
    let traversal = auth.accept_invitation("..").await;
    screen.failing_call("accept_invitation", "an id that would change the path", traversal)
}

/// Calls `index` of the user's server, and with `--all` the other five endpoints.
async fn call_server(server: &Server) -> Result<(), Box<dyn Error>> {
    let log = Log::default();
    let auth = AuthApiClient::new(Server::client(&log)?);

    let mut screen = Screen::new(log);
    screen.line("The calls go to the server at KESTRA_URL.")?;
    let methods = auth.index().await;
    screen.call("index", "how users can log in", methods)?;
    if let Some(values) = &server.values {
        call_others(&auth, values, &mut screen).await?;
    }
    screen.finish()
}

/// Calls the endpoints that change something or send an e-mail.
async fn call_others(auth: &AuthApiClient, values: &Values, screen: &mut Screen) -> io::Result<()> {
    let accepted = auth.accept_invitation(&values.accept).await;
    screen.call("accept_invitation", "join with an existing account", accepted)?;

    let user = InvitationUserRequest::new(&values.first_name, &values.last_name, values.password.clone());
    let created = auth.create_from_invitation(&values.create, &user).await;
    screen.call("create_from_invitation", "join with a new account", created)?;

    let mailed = auth.forgotten_password(&values.username).await;
    screen.call("forgotten_password", "send an e-mail to reset a password", mailed)?;

    let code = auth.request_code(&values.email).await;
    screen.call("request_code", "send a login code by e-mail", code)?;

    let reset = ResetPasswordRequest::new().token(values.token.clone()).password(values.password.clone());
    let changed = auth.reset_password(&reset).await;
    screen.call("reset_password", "set the new password", changed)
}
