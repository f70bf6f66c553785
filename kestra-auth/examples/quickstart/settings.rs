//! What the environment and the command line say.

use std::collections::HashMap;
use std::env::{self, VarError};
use std::ffi::OsString;
use std::time::Duration;

use kestra_auth::transport::Next;
use kestra_auth::{Body, Client, Error};
use secrecy::{ExposeSecret, SecretString};
use tower::layer::layer_fn;
use tower::util::MapRequest;

use crate::screen::{Log, Sent};

pub(crate) const HELP: &str = "\
Calls Kestra's authentication API and shows each request and its answer.

  cargo run -p kestra-auth --example quickstart [-- FLAGS]

By itself it calls all six endpoints of a look-alike on this machine. With KESTRA_URL it calls `index` of that
server, which changes nothing, and with these flags the other five as well:

  --all               accept an invitation, create an account, send two e-mails and set a password, with
  --accept ID         the invitation to accept
  --create ID         the invitation to create an account from
  --first-name NAME   whose account it is to be
  --last-name NAME
  --username NAME     who has forgotten the password
  --email ADDRESS     where a login code goes

Of the environment:
  KESTRA_URL                    where the server is, as https://kestra.example.com
  KESTRA_TOKEN                  a token to call with, or
  KESTRA_USER, KESTRA_PASSWORD  a user to call as
  KESTRA_NEW_PASSWORD           for --all: the password of the new account, and the one that is set
  KESTRA_RESET_TOKEN            for --all: the token of the e-mail that lets a password be set";

/// Values that `--all` needs. The secret ones come from the environment, for a command line is readable to
/// every user of a machine.
const VALUE_FLAGS: [&str; 6] = ["--accept", "--create", "--first-name", "--last-name", "--username", "--email"];

/// What to do.
pub(crate) enum Settings {
    Help,
    LookAlike,
    Server(Box<Server>),
}

/// A server of the user's.
pub(crate) struct Server {
    url: SecretString,
    login: Login,
    /// What to call the endpoints with that change something, if they are to be called.
    pub(crate) values: Option<Values>,
}

enum Login {
    None,
    Token(SecretString),
    Password(SecretString, SecretString),
}

/// The arguments of the endpoints that have some.
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
        let Some(url) = variable("KESTRA_URL")? else {
            if flags.is_empty() {
                return Ok(Self::LookAlike);
            }
            return Err("flags are for a server of yours: set KESTRA_URL, or leave them out".to_owned());
        };
        let server = Server { url: url.into(), login: Login::read()?, values: flags.into_values()? };
        Ok(Self::Server(Box::new(server)))
    }
}

impl Server {
    /// A client that notes in `log` what leaves it.
    pub(crate) fn client(&self, log: &Log) -> Result<Client, Error> {
        let log = log.clone();
        let noted = layer_fn(move |next: Next| {
            let log = log.clone();
            MapRequest::new(next, move |request| note(&log, request))
        });
        let builder = Client::builder(self.url.expose_secret()).timeout(Duration::from_secs(30)).attempt_layer(noted);
        match &self.login {
            Login::None => builder,
            Login::Token(token) => builder.bearer_token(token.clone()),
            Login::Password(user, password) => builder.basic_auth(user.clone(), password.clone()),
        }
        .build()
    }
}

fn note(log: &Log, request: http::Request<Body>) -> http::Request<Body> {
    log.note(Sent {
        method: request.method().to_string(),
        target: request.uri().path_and_query().map(ToString::to_string).unwrap_or_default(),
        headers: request.headers().clone(),
        body: request.body().as_bytes().map(|bytes| bytes.to_vec()).unwrap_or_default(),
    });
    request
}

impl Login {
    fn read() -> Result<Self, String> {
        match (variable("KESTRA_TOKEN")?, variable("KESTRA_USER")?, variable("KESTRA_PASSWORD")?) {
            (None, None, None) => Ok(Self::None),
            (Some(token), None, None) => Ok(Self::Token(token.into())),
            (None, Some(user), Some(password)) => Ok(Self::Password(user.into(), password.into())),
            (None, _, _) => Err("KESTRA_USER and KESTRA_PASSWORD go together".to_owned()),
            (Some(_), _, _) => Err("set KESTRA_TOKEN or KESTRA_USER and KESTRA_PASSWORD, not both".to_owned()),
        }
    }
}

#[derive(Default)]
struct Flags {
    help: bool,
    all: bool,
    values: HashMap<String, String>,
}

impl Flags {
    fn read() -> Result<Self, String> {
        // `env::args` panics at what is no UTF-8.
        let arguments: Result<Vec<String>, _> = env::args_os().skip(1).map(OsString::into_string).collect();
        let mut arguments = arguments.map_err(|_| "an argument is not UTF-8")?.into_iter();
        let mut flags = Self::default();
        while let Some(flag) = arguments.next() {
            match flag.as_str() {
                "--help" | "-h" => flags.help = true,
                "--all" => flags.all = true,
                known if VALUE_FLAGS.contains(&known) => {
                    let value = arguments.next().ok_or_else(|| format!("{flag} needs a value after it"))?;
                    flags.values.insert(flag, value);
                }
                _ => return Err(format!("{flag} is none of --all, {}; --help says more", VALUE_FLAGS.join(", "))),
            }
        }
        Ok(flags)
    }

    fn is_empty(&self) -> bool {
        !self.all && self.values.is_empty()
    }

    /// The values, if `--all` is there; then every one of them has to be.
    fn into_values(mut self) -> Result<Option<Values>, String> {
        if !self.all {
            if self.values.is_empty() {
                return Ok(None);
            }
            return Err("values are for --all, which is not there".to_owned());
        }
        let mut value = |flag: &str| self.values.remove(flag).ok_or_else(|| format!("--all needs {flag} as well"));
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
    variable(name)?.map(SecretString::from).ok_or_else(|| format!("--all needs {name} in the environment as well"))
}

/// Set to nothing is not set.
fn variable(name: &str) -> Result<Option<String>, String> {
    match env::var(name) {
        Ok(value) => Ok(Some(value).filter(|value| !value.is_empty())),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err(format!("{name} is not UTF-8")),
    }
}
