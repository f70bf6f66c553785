//! The body as bytes.

use std::fmt;
use std::ops::Deref;

use bytes::Bytes;

use super::Response;
use super::from_response::FromResponse;
use crate::error::Error;

/// The body as bytes, whatever its media type.
///
/// ```
/// use kestra_auth::Binary;
///
/// let image = Binary::from(vec![0xff, 0xd8]);
/// assert_eq!(image.len(), 2);
/// assert_eq!(image.into_inner(), &b"\xff\xd8"[..]);
/// ```
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Binary(pub Bytes);

impl Binary {
    /// Returns the bytes.
    #[must_use]
    pub fn into_inner(self) -> Bytes {
        self.0
    }
}

impl From<Bytes> for Binary {
    fn from(bytes: Bytes) -> Self {
        Self(bytes)
    }
}

impl From<Vec<u8>> for Binary {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes.into())
    }
}

impl From<&[u8]> for Binary {
    fn from(bytes: &[u8]) -> Self {
        Self(Bytes::copy_from_slice(bytes))
    }
}

impl From<Binary> for Bytes {
    fn from(binary: Binary) -> Self {
        binary.0
    }
}

impl AsRef<[u8]> for Binary {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl Deref for Binary {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

/// Shows the length, because the bytes may be secret.
impl fmt::Debug for Binary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Binary({} bytes)", self.0.len())
    }
}

impl FromResponse for Binary {
    const ACCEPT: &'static str = "application/octet-stream, */*;q=0.5";
    type Body = Bytes;

    fn from_response(response: Response<Bytes>) -> Result<Self, Error> {
        Ok(Self(response.into_body()))
    }
}
