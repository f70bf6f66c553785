//! Cookie parameters.

use super::Request;
use crate::encode::cookie::CookieWriter;
use crate::encode::param_value::ParamValue;

impl Request<'_> {
    /// Writes a parameter with `#[cookie]`.
    pub fn cookie<Via, T: ParamValue<Via> + ?Sized>(&mut self, name: &'static str, value: &T) {
        let written = value.write(&mut CookieWriter { cookies: &mut self.cookies, name });
        if let Err(error) = written {
            self.report(|| format!("cookie `{name}` {error}"));
        }
    }
}
