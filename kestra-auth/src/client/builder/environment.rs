//! Settings from the environment.
//!
//! What is hard here: a value may be a secret that has ended up in the wrong variable, so errors name the variable and
//! never show its value, not even that of a path or a URL.

use std::env;
use std::ffi::OsString;

use super::{ClientBuilder, CredentialSetting};
use crate::client::base_url::BaseUrl;
use crate::client::credential::Credential;
use crate::error::Error;

/// The environment.
impl ClientBuilder {
    /// Starts building a client with settings from environment variables, whose names start with `prefix` and `_`.
    ///
    /// | variable, for the prefix `KESTRA` | setting |
    /// | --- | --- |
    /// | `KESTRA_URL` | The base URL, as in [`Client::builder`](crate::Client::builder). It is required. |
    /// | `KESTRA_TOKEN` | [`bearer_token`](Self::bearer_token) |
    /// | `KESTRA_USER` and `KESTRA_PASSWORD` | [`basic_auth`](Self::basic_auth), instead of a token |
    /// | `KESTRA_CA_FILE` | A file of certificates in PEM form that are trusted besides those of the system (`root_certificates_pem`) |
    /// | `KESTRA_PROXY` | [`proxy`](Self::proxy) |
    ///
    /// An empty variable counts as missing. What is set afterwards, in the program, overrides the variables. An invalid
    /// variable is reported by [`build`](Self::build), which names the variable and does not show its value.
    ///
    /// ```no_run
    /// # fn main() -> Result<(), kestra_auth::Error> {
    /// use std::time::Duration;
    /// use kestra_auth::ClientBuilder;
    ///
    /// let client = ClientBuilder::from_env("KESTRA").timeout(Duration::from_secs(30)).build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn from_env(prefix: &str) -> Self {
        // `env::var_os` can panic with other names.
        if prefix.is_empty() || !prefix.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
            let mut builder = Self::new("");
            builder.report(Error::build("invalid prefix for `from_env`: expected letters, digits and `_`"));
            return builder;
        }
        Self::from_variables(&Variables { prefix: prefix.trim_end_matches('_'), read: &|name| env::var_os(name) })
    }

    fn from_variables(variables: &Variables<'_>) -> Self {
        let mut builder = Self::new("");
        for read in [Self::read_url, Self::read_credential, Self::read_ca_file, Self::read_proxy] {
            if let Err(error) = read(&mut builder, variables) {
                builder.report(error);
            }
        }
        builder
    }

    fn read_url(&mut self, variables: &Variables<'_>) -> Result<(), Error> {
        let (name, url) = variables.get("URL")?;
        let url = url.ok_or_else(|| Error::build(format!("missing environment variable `{name}`")))?;
        // The message of the base URL would show the host.
        if !url.contains("://") {
            return Err(invalid(&name, "missing scheme: write `https://` or `http://` before the host"));
        }
        BaseUrl::parse(&url).map_err(|error| invalid(&name, &error.to_string()))?;
        self.base = url;
        Ok(())
    }

    fn read_credential(&mut self, variables: &Variables<'_>) -> Result<(), Error> {
        let (token_name, token) = variables.get("TOKEN")?;
        let (user_name, user) = variables.get("USER")?;
        let (password_name, password) = variables.get("PASSWORD")?;
        let credential = match (token, user, password) {
            (None, None, None) => return Ok(()),
            (Some(token), None, None) => {
                Credential::bearer(token).map_err(|error| invalid(&token_name, &error.to_string()))
            }
            (None, Some(user), Some(password)) => {
                let names = format!("{user_name}` and `{password_name}");
                Credential::basic(user, password).map_err(|error| invalid(&names, &error.to_string()))
            }
            (Some(_), _, _) => Err(Error::build(format!(
                "expected either `{token_name}` or `{user_name}` and `{password_name}` in the environment, found both"
            ))),
            (None, Some(_), None) => Err(Error::build(format!(
                "missing environment variable `{password_name}`, which belongs to `{user_name}`"
            ))),
            (None, None, Some(_)) => Err(Error::build(format!(
                "missing environment variable `{user_name}`, which belongs to `{password_name}`"
            ))),
        };
        self.credential = Some(CredentialSetting::Fixed(credential?));
        Ok(())
    }

    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    fn read_ca_file(&mut self, variables: &Variables<'_>) -> Result<(), Error> {
        let (name, path) = variables.get("CA_FILE")?;
        let Some(path) = path else { return Ok(()) };
        // Only the kind, because the message of an I/O error can have the path.
        let pem = std::fs::read(path)
            .map_err(|error| invalid(&name, &format!("the file cannot be read: {}", error.kind())))?;
        let setting = Self::root_certificates(pem).map_err(|error| invalid(&name, &error.to_string()))?;
        self.settings.add(setting);
        Ok(())
    }

    #[cfg(not(any(feature = "rustls", feature = "native-tls")))]
    #[expect(clippy::unused_self, reason = "has the form of the other functions")]
    fn read_ca_file(&mut self, variables: &Variables<'_>) -> Result<(), Error> {
        match variables.get("CA_FILE")? {
            (_, None) => Ok(()),
            (name, Some(_)) => Err(invalid(&name, "it needs the feature `rustls` or `native-tls`")),
        }
    }

    fn read_proxy(&mut self, variables: &Variables<'_>) -> Result<(), Error> {
        let (name, url) = variables.get("PROXY")?;
        let Some(url) = url else { return Ok(()) };
        let setting = Self::proxy_setting(&url).map_err(|error| invalid(&name, &error.to_string()))?;
        self.settings.add(setting);
        Ok(())
    }
}

/// The variables with one prefix.
struct Variables<'a> {
    prefix: &'a str,
    read: &'a dyn Fn(&str) -> Option<OsString>,
}

impl Variables<'_> {
    /// Returns the whole name of a variable, and its value unless that is empty.
    fn get(&self, name: &str) -> Result<(String, Option<String>), Error> {
        let name = format!("{}_{name}", self.prefix);
        let value = (self.read)(&name).map(OsString::into_string).transpose();
        let value = value.map_err(|_| invalid(&name, "it is not valid UTF-8"))?;
        Ok((name, value.filter(|value| !value.is_empty())))
    }
}

fn invalid(name: &str, reason: &str) -> Error {
    Error::build(format!("invalid environment variable `{name}`: {reason}"))
}

#[cfg(test)]
mod tests {
    use http::HeaderMap;
    use http::header::AUTHORIZATION;

    use super::*;
    use crate::client::Client;
    use crate::client::credential::default_credential::DefaultCredential;

    fn build(variables: &[(&str, &str)]) -> Result<Client, Error> {
        let read = |name: &str| {
            let found = variables.iter().find(|(variable, _)| name == format!("APP_{variable}"));
            found.map(|(_, value)| OsString::from(value))
        };
        ClientBuilder::from_variables(&Variables { prefix: "APP", read: &read }).build()
    }

    const URL: (&str, &str) = ("URL", "https://kestra.example.com/base/");

    fn credential(variables: &[(&str, &str)]) -> Option<String> {
        let client = build(variables).unwrap();
        assert_eq!(client.state().base.as_str(), "https://kestra.example.com/base");
        let Some(DefaultCredential::Fixed(credential)) = &client.state().credential else { return None };
        let mut headers = HeaderMap::new();
        credential.attach(&mut headers, "");
        Some(headers[AUTHORIZATION].to_str().unwrap().to_owned())
    }

    #[test]
    fn reads_base_url_and_credential() {
        assert_eq!(credential(&[URL]), None);
        assert_eq!(credential(&[URL, ("TOKEN", "t"), ("USER", ""), ("PASSWORD", "")]).unwrap(), "Bearer t");
        let basic = credential(&[URL, ("USER", "Aladdin"), ("PASSWORD", "open sesame")]);
        assert_eq!(basic.unwrap(), "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
        let both = credential(&[("URL", "https://a:b@kestra.example.com/base"), ("TOKEN", "t")]);
        assert_eq!(both.unwrap(), "Bearer t");
    }

    #[test]
    fn names_the_variable_and_not_its_value() {
        let token = ("TOKEN", "MARK");
        for (variables, name) in [
            (&[][..], "`APP_URL`"),
            (&[("URL", "")], "`APP_URL`"),
            (&[("URL", "MARK")], "`APP_URL`"),
            (&[("URL", "localhost:8080")], "`APP_URL`"),
            (&[("URL", "ftp://MARK")], "`APP_URL`"),
            (&[("URL", "https://MARK:MARK")], "`APP_URL`"),
            (&[("URL", "https://u%3a:MARK@MARK")], "`APP_URL`"),
            (&[URL, ("TOKEN", "MARK\n")], "`APP_TOKEN`"),
            (&[URL, token, ("USER", "MARK")], "`APP_USER`"),
            (&[URL, token, ("PASSWORD", "MARK")], "`APP_TOKEN`"),
            (&[URL, ("USER", "MARK")], "`APP_PASSWORD`"),
            (&[URL, ("PASSWORD", "MARK")], "`APP_USER`"),
            (&[URL, ("USER", "MARK:MARK"), ("PASSWORD", "MARK")], "`APP_USER`"),
            (&[URL, ("PROXY", "socks5://MARK")], "`APP_PROXY`"),
            (&[URL, ("CA_FILE", "MARK.pem")], "`APP_CA_FILE`"),
            (&[URL, ("CA_FILE", concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))], "`APP_CA_FILE`"),
        ] {
            let error = build(variables).unwrap_err();
            let message = format!("{error} {error:?}");
            assert!(error.is_build() && message.contains(name), "{message}");
            assert!(!message.contains("MARK") && !message.contains("8080") && !message.contains("toml"), "{message}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn names_a_variable_that_is_not_text() {
        use std::os::unix::ffi::OsStringExt as _;

        let read = |_: &str| Some(OsString::from_vec(b"MARK\xff".to_vec()));
        let builder = ClientBuilder::from_variables(&Variables { prefix: "APP", read: &read });
        let message = builder.build().unwrap_err().to_string();
        assert_eq!(message, "invalid environment variable `APP_URL`: it is not valid UTF-8");
    }

    #[test]
    fn rejects_an_invalid_prefix() {
        for prefix in ["", "A=B", "A\0", "K\u{e9}"] {
            let error = ClientBuilder::from_env(prefix).build().unwrap_err();
            assert!(error.is_build() && error.to_string().contains("`from_env`"), "{error}");
        }
        let message = ClientBuilder::from_env("KESTRA_AUTH_UNSET_").build().unwrap_err().to_string();
        assert_eq!(message, "missing environment variable `KESTRA_AUTH_UNSET_URL`");
    }
}
