//! The settings from the environment and the command line.

use std::collections::HashMap;
use std::env::{self, VarError};
use std::ffi::OsString;
use std::time::Duration;

use kestra_auth::transport::Next;
use kestra_auth::{Body, Client, ClientBuilder, Error};
use secrecy::SecretString;
use tower::layer::layer_fn;
use tower::util::MapRequest;

use crate::screen::{Log, Sent};

pub(crate) const HELP: &str = "\
Calls Kestra's authentication API and shows each request and its response.

  cargo run -p kestra-auth --example quickstart [-- FLAGS]

Without settings, it calls all six endpoints of a mock server on this machine. With KESTRA_URL, it calls `index` of
that server, which changes nothing. With these flags, it calls the other five endpoints as well:

  --all               accept an invitation, create an account, send two e-mails and set a password, using:
  --accept ID         the invitation to accept
  --create ID         the invitation to create an account from
  --first-name NAME   the first name of the new account
  --last-name NAME    the last name of the new account
  --username NAME     the user who has forgotten the password
  --email ADDRESS     the address to send a login code to

Environment variables:
  KESTRA_URL                    the server, such as https://kestra.example.com
  KESTRA_TOKEN                  the token to authenticate with, or
  KESTRA_USER, KESTRA_PASSWORD  the user to authenticate as
  KESTRA_CA_FILE                certificates to trust besides those of the system, in PEM form
  KESTRA_PROXY                  the proxy to send the requests through
  KESTRA_NEW_PASSWORD           for --all: the password of the new account, and the password to set
  KESTRA_RESET_TOKEN            for --all: the token from the e-mail that resets a password";

/// Flags with the values that `--all` needs. The secret values come from the environment, because every user of a
/// machine can read its command lines.
const VALUE_FLAGS: [&str; 6] = ["--accept", "--create", "--first-name", "--last-name", "--username", "--email"];

/// What the program does.
pub(crate) enum Settings {
    Help,
    MockServer,
    Server(Box<Server>),
}

/// The user's server, whose address and credential are in the environment.
pub(crate) struct Server {
    /// The arguments of the endpoints that change something, if they are to be called.
    pub(crate) values: Option<Values>,
}

/// The arguments of the endpoints.
pub(crate) struct Values {
    pub(crate) accept: String,
    pub(crate) create: String,
    pub(crate) first_name: String,
    pub(crate) last_name: String,
    pub(crate) username: String,
    pub(crate) email: String,
    pub(crate) password: SecretString,
    pub(crate) token: SecretString,
}

impl Settings {
    pub(crate) fn read() -> Result<Self, String> {
        let flags = Flags::read()?;
        if flags.help {
            return Ok(Self::Help);
        }
        if variable("KESTRA_URL")?.is_some() {
            return Ok(Self::Server(Box::new(Server { values: flags.into_values()? })));
        }
        if flags.is_empty() {
            return Ok(Self::MockServer);
        }
        Err("the flags are for your own server: set KESTRA_URL, or leave them out".to_owned())
    }
}

impl Server {
    /// Builds a client that records its requests in `log`.
    pub(crate) fn client(log: &Log) -> Result<Client, Error> {
        let log = log.clone();
        let recorder = layer_fn(move |next: Next| {
            let log = log.clone();
            MapRequest::new(next, move |request| record(&log, request))
        });
        ClientBuilder::from_env("KESTRA").timeout(Duration::from_secs(30)).attempt_layer(recorder).build()
    }
}

fn record(log: &Log, request: http::Request<Body>) -> http::Request<Body> {
    log.record(Sent {
        method: request.method().to_string(),
        target: request.uri().path_and_query().map(ToString::to_string).unwrap_or_default(),
        headers: request.headers().clone(),
        body: request.body().as_bytes().map(|bytes| bytes.to_vec()).unwrap_or_default(),
        status: None,
    });
    request
}

#[derive(Default)]
struct Flags {
    help: bool,
    all: bool,
    values: HashMap<String, String>,
}

impl Flags {
    fn read() -> Result<Self, String> {
        // `env::args` panics if an argument is not UTF-8.
        let arguments: Result<Vec<String>, _> = env::args_os().skip(1).map(OsString::into_string).collect();
        let mut arguments = arguments.map_err(|_| "an argument is not UTF-8")?.into_iter();
        let mut flags = Self::default();
        while let Some(flag) = arguments.next() {
            match flag.as_str() {
                "--help" | "-h" => flags.help = true,
                "--all" => flags.all = true,
                known if VALUE_FLAGS.contains(&known) => {
                    let value = arguments.next().ok_or_else(|| format!("missing value after {flag}"))?;
                    flags.values.insert(flag, value);
                }
                _ => {
                    return Err(format!("unknown flag {flag}: expected --all, {}; see --help", VALUE_FLAGS.join(", ")));
                }
            }
        }
        Ok(flags)
    }

    fn is_empty(&self) -> bool {
        !self.all && self.values.is_empty()
    }

    /// Returns the values if `--all` is set, which requires all of them.
    fn into_values(mut self) -> Result<Option<Values>, String> {
        if !self.all {
            if self.values.is_empty() {
                return Ok(None);
            }
            return Err("these flags have no effect without --all".to_owned());
        }
        let mut value =
            |flag: &str| self.values.remove(flag).ok_or_else(|| format!("missing {flag}, which --all requires"));
        Ok(Some(Values {
            accept: value("--accept")?,
            create: value("--create")?,
            first_name: value("--first-name")?,
            last_name: value("--last-name")?,
            username: value("--username")?,
            email: value("--email")?,
            password: secret("KESTRA_NEW_PASSWORD")?,
            token: secret("KESTRA_RESET_TOKEN")?,
        }))
    }
}

fn secret(name: &str) -> Result<SecretString, String> {
    variable(name)?
        .map(SecretString::from)
        .ok_or_else(|| format!("missing {name} in the environment, which --all requires"))
}

/// Returns a variable. An empty one counts as missing.
fn variable(name: &str) -> Result<Option<String>, String> {
    match env::var(name) {
        Ok(value) => Ok(Some(value).filter(|value| !value.is_empty())),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err(format!("{name} is not UTF-8")),
    }
}
