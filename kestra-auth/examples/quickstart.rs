//! Calls Kestra's authentication API and shows each request and its answer.
//!
//! ```text
//! cargo run -p kestra-auth --example quickstart
//! ```
//!
//! By itself it starts a look-alike of Kestra on this machine and calls all six endpoints. With `KESTRA_URL` it
//! calls that server instead, and only what changes nothing there; `--help` says how to call the rest.

#[path = "quickstart/look_alike.rs"]
mod look_alike;
#[path = "quickstart/screen.rs"]
mod screen;
#[path = "quickstart/settings.rs"]
mod settings;

use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;

use kestra_auth::{AuthApi, AuthApiClient, Client, InvitationUserRequest, ResetPasswordRequest};

use look_alike::LookAlike;
use screen::{Log, Screen};
use settings::{Server, Settings, Values};

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Where stderr is closed, the exit code is all that is left to say.
            let _ = writeln!(io::stderr(), "error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn Error>> {
    match Settings::read()? {
        Settings::Help => Ok(writeln!(io::stdout(), "{}", settings::HELP)?),
        Settings::LookAlike => tour().await,
        Settings::Server(server) => visit(&server).await,
    }
}

/// All six endpoints of a look-alike, and two calls that fail.
async fn tour() -> Result<(), Box<dyn Error>> {
    let log = Log::default();
    let server = LookAlike::start(&log).await;
    let client = Client::builder(&server.url()).bearer_token("a-token").build()?;
    let auth = AuthApiClient::new(client);

    let mut screen = Screen::new(log);
    screen.line(&format!("The calls go to a look-alike of Kestra on {}.", server.url()))?;
    let methods = auth.index().await;
    screen.call("index", "how users may log in", methods)?;
    call_rest(&auth, &look_alike::values(), &mut screen).await?;
    screen.finish()?;

    screen.line("\nTwo calls that fail, and how their errors read:")?;
    let gone = auth.accept_invitation("long-gone").await;
    screen.refusal("accept_invitation", "an invitation that the server does not know", gone)?;
    let climbing = auth.accept_invitation("..").await;
    screen.refusal("accept_invitation", "an id that would lead to another path", climbing)
}

/// A server of the user's: `index`, and with `--all` the other five.
async fn visit(server: &Server) -> Result<(), Box<dyn Error>> {
    let log = Log::default();
    let auth = AuthApiClient::new(server.client(&log)?);

    let mut screen = Screen::new(log);
    screen.line("The calls go to the server of KESTRA_URL.")?;
    let methods = auth.index().await;
    screen.call("index", "how users may log in", methods)?;
    if let Some(values) = &server.values {
        call_rest(&auth, values, &mut screen).await?;
    }
    screen.finish()
}

/// The endpoints that change something or send an e-mail.
async fn call_rest(auth: &AuthApiClient, values: &Values, screen: &mut Screen) -> io::Result<()> {
    let accepted = auth.accept_invitation(&values.accept).await;
    screen.call("accept_invitation", "join with an existing account", accepted)?;

    let user = InvitationUserRequest::new(&values.first_name, &values.last_name, values.password.clone());
    let created = auth.create_from_invitation(&values.create, &user).await;
    screen.call("create_from_invitation", "join with a new account", created)?;

    let mailed = auth.forgotten_password(&values.username).await;
    screen.call("forgotten_password", "an e-mail to reset a password", mailed)?;

    let code = auth.request_code(&values.email).await;
    screen.call("request_code", "a login code by e-mail", code)?;

    let reset = ResetPasswordRequest::new().token(values.token.clone()).password(values.password.clone());
    let changed = auth.reset_password(&reset).await;
    screen.call("reset_password", "the new password", changed)
}
