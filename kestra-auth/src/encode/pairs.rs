//! `name=value` pairs, which queries and forms consist of.

use super::error::EncodeError;
use super::writer::ValueWriter;

/// Takes pairs.
pub(crate) trait PairWriter {
    /// Writes a pair, whose name and value are not encoded.
    fn pair(&mut self, name: &str, value: &str) -> Result<(), EncodeError>;
}

/// Writes a scalar, or each item of a sequence, under one name.
pub(crate) struct NamedValueWriter<'a> {
    pub(crate) pairs: &'a mut dyn PairWriter,
    pub(crate) name: &'a str,
}

impl ValueWriter for NamedValueWriter<'_> {
    fn text(&mut self, text: &str) -> Result<(), EncodeError> {
        self.pairs.pair(self.name, text)
    }

    fn begin_sequence(&mut self) -> Result<(), EncodeError> {
        Ok(())
    }
}

/// Takes a name: the key of a map, or the first element of a pair.
#[derive(Default)]
pub(crate) struct NameWriter(pub(crate) Option<String>);

impl ValueWriter for NameWriter {
    fn text(&mut self, text: &str) -> Result<(), EncodeError> {
        self.0 = Some(text.to_owned());
        Ok(())
    }

    fn none(&mut self) -> Result<(), EncodeError> {
        Err(EncodeError::NotPair)
    }

    fn begin_sequence(&mut self) -> Result<(), EncodeError> {
        Err(EncodeError::NotPair)
    }
}
