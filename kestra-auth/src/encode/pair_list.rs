//! Sequences of `(name, value)` pairs, for queries and forms.

use serde::ser::{Impossible, SerializeSeq, SerializeTuple};
use serde::{Serialize, Serializer};

use super::error::EncodeError;
use super::pairs::{NameWriter, NamedValueWriter, PairWriter};
use super::scalar::ScalarSerializer;
use super::unsupported::unsupported;

/// Serializes one element of the sequence: a tuple or a sequence of two elements.
pub(super) struct PairSerializer<'a>(pub(super) &'a mut dyn PairWriter);

impl<'a> PairSerializer<'a> {
    fn elements(self) -> PairElements<'a> {
        PairElements { pairs: self.0, name: None, len: 0 }
    }
}

impl<'a> Serializer for PairSerializer<'a> {
    type Ok = ();
    type Error = EncodeError;
    type SerializeSeq = PairElements<'a>;
    type SerializeTuple = PairElements<'a>;
    type SerializeTupleStruct = Impossible<(), EncodeError>;
    type SerializeTupleVariant = Impossible<(), EncodeError>;
    type SerializeMap = Impossible<(), EncodeError>;
    type SerializeStruct = Impossible<(), EncodeError>;
    type SerializeStructVariant = Impossible<(), EncodeError>;

    fn serialize_seq(self, _: Option<usize>) -> Result<PairElements<'a>, EncodeError> {
        Ok(self.elements())
    }

    fn serialize_tuple(self, _: usize) -> Result<PairElements<'a>, EncodeError> {
        Ok(self.elements())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), EncodeError> {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), EncodeError> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), EncodeError> {
        Err(EncodeError::NotPair)
    }

    /// Skips a pair that is `None`.
    fn serialize_none(self) -> Result<(), EncodeError> {
        Ok(())
    }

    unsupported! {
        EncodeError::NotPair => serialize_bool(bool);
        EncodeError::NotPair => serialize_i8(i8);
        EncodeError::NotPair => serialize_i16(i16);
        EncodeError::NotPair => serialize_i32(i32);
        EncodeError::NotPair => serialize_i64(i64);
        EncodeError::NotPair => serialize_u8(u8);
        EncodeError::NotPair => serialize_u16(u16);
        EncodeError::NotPair => serialize_u32(u32);
        EncodeError::NotPair => serialize_u64(u64);
        EncodeError::NotPair => serialize_f32(f32);
        EncodeError::NotPair => serialize_f64(f64);
        EncodeError::NotPair => serialize_char(char);
        EncodeError::NotPair => serialize_str(&str);
        EncodeError::NotPair => serialize_bytes(&[u8]);
        EncodeError::NotPair => serialize_unit();
        EncodeError::NotPair => serialize_unit_struct(&'static str);
        EncodeError::NotPair => serialize_unit_variant(&'static str, u32, &'static str);
        EncodeError::NotPair => serialize_tuple_struct(&'static str, usize) -> SerializeTupleStruct;
        EncodeError::NotPair => serialize_tuple_variant(&'static str, u32, &'static str, usize) -> SerializeTupleVariant;
        EncodeError::NotPair => serialize_map(Option<usize>) -> SerializeMap;
        EncodeError::NotPair => serialize_struct(&'static str, usize) -> SerializeStruct;
        EncodeError::NotPair => serialize_struct_variant(&'static str, u32, &'static str, usize) -> SerializeStructVariant;
    }
}

/// Serializes name and value of a pair.
pub(super) struct PairElements<'a> {
    pairs: &'a mut dyn PairWriter,
    name: Option<String>,
    len: usize,
}

impl PairElements<'_> {
    fn element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), EncodeError> {
        self.len += 1;
        match (self.len, self.name.as_deref()) {
            (1, _) => {
                let mut first = NameWriter::default();
                value.serialize(ScalarSerializer::new(&mut first))?;
                self.name = first.0;
                Ok(())
            }
            (2, Some(name)) => {
                value.serialize(ScalarSerializer::new(&mut NamedValueWriter { pairs: self.pairs, name }))
            }
            _ => Err(EncodeError::NotPair),
        }
    }

    fn finish(&self) -> Result<(), EncodeError> {
        if self.len == 2 { Ok(()) } else { Err(EncodeError::NotPair) }
    }
}

impl SerializeTuple for PairElements<'_> {
    type Ok = ();
    type Error = EncodeError;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), EncodeError> {
        self.element(value)
    }

    fn end(self) -> Result<(), EncodeError> {
        self.finish()
    }
}

impl SerializeSeq for PairElements<'_> {
    type Ok = ();
    type Error = EncodeError;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), EncodeError> {
        self.element(value)
    }

    fn end(self) -> Result<(), EncodeError> {
        self.finish()
    }
}
