//! What a raw request body can be made of.

use bytes::Bytes;
use secrecy::{ExposeSecret, SecretString};

use super::Body;

/// Converts an argument with `#[body("…")]` into a body.
///
/// It is implemented for `&str`, `String`, `&[u8]`, `Vec<u8>`, [`Bytes`], [`Body`] and [`SecretString`], and for an
/// `Option` of each: `None` sends no body.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a raw body",
    label = "not text, bytes or a stream",
    note = "a raw body is a `&str`, `String`, `&[u8]`, `Vec<u8>`, `Bytes` or `kestra_auth::Body`, or an `Option` of one",
    note = "write `#[json]` before the argument to send a value as JSON"
)]
pub trait IntoBody {
    /// Returns the body, if there is one.
    fn into_body(self) -> Option<Body>;
}

macro_rules! into_body {
    ($($type:ty: $convert:expr;)*) => {$(
        impl IntoBody for $type {
            fn into_body(self) -> Option<Body> {
                let convert: fn($type) -> Body = $convert;
                Some(convert(self))
            }
        }
    )*};
}

into_body! {
    Body: |body| body;
    Bytes: Body::from;
    &Bytes: |bytes| bytes.clone().into();
    String: Body::from;
    &String: |text| text.clone().into();
    &str: |text| text.to_owned().into();
    Vec<u8>: Body::from;
    &Vec<u8>: |bytes| bytes.clone().into();
    &[u8]: |bytes| bytes.to_vec().into();
    // The secret is sent, which is what it is for; a `Body` never shows its bytes.
    &SecretString: |secret| secret.expose_secret().to_owned().into();
    SecretString: |secret| secret.expose_secret().to_owned().into();
}

impl<T: IntoBody> IntoBody for Option<T> {
    fn into_body(self) -> Option<Body> {
        self.and_then(T::into_body)
    }
}
