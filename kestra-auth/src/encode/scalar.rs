//! The serializer of a parameter: scalars, and the options and sequences of scalars that the location takes.

use std::fmt::Display;

use serde::ser::{Impossible, SerializeSeq, SerializeStruct};
use serde::{Serialize, Serializer};

use super::error::EncodeError;
use super::unsupported::unsupported;
use super::writer::ValueWriter;
use crate::json::number::NUMBER_TOKEN;

/// Writes a scalar. It is public because the function of `with = "…"` receives it.
#[derive(Debug)]
pub struct ScalarSerializer<'a> {
    writer: &'a mut dyn ValueWriter,
    in_sequence: bool,
}

impl<'a> ScalarSerializer<'a> {
    pub(crate) fn new(writer: &'a mut dyn ValueWriter) -> Self {
        Self { writer, in_sequence: false }
    }

    fn display(self, value: impl Display) -> Result<(), EncodeError> {
        self.writer.text(&value.to_string())
    }
}

/// Scalars that are written as their `Display` output.
macro_rules! displayed {
    ($($method:ident: $type:ty),* $(,)?) => {$(
        fn $method(self, value: $type) -> Result<(), EncodeError> {
            self.display(value)
        }
    )*};
}

impl<'a> Serializer for ScalarSerializer<'a> {
    type Ok = ();
    type Error = EncodeError;
    type SerializeSeq = ScalarSequence<'a>;
    type SerializeTuple = Impossible<(), EncodeError>;
    type SerializeTupleStruct = Impossible<(), EncodeError>;
    type SerializeTupleVariant = Impossible<(), EncodeError>;
    type SerializeMap = Impossible<(), EncodeError>;
    type SerializeStruct = ScalarNumber<'a>;
    type SerializeStructVariant = Impossible<(), EncodeError>;

    displayed! {
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64, serialize_i128: i128,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64, serialize_u128: u128,
    }

    fn serialize_bool(self, value: bool) -> Result<(), EncodeError> {
        self.writer.text(if value { "true" } else { "false" })
    }

    // `NaN` and infinities have no form that servers agree on.
    fn serialize_f32(self, value: f32) -> Result<(), EncodeError> {
        if value.is_finite() { self.display(value) } else { Err(EncodeError::NotFinite) }
    }

    fn serialize_f64(self, value: f64) -> Result<(), EncodeError> {
        if value.is_finite() { self.display(value) } else { Err(EncodeError::NotFinite) }
    }

    fn serialize_char(self, value: char) -> Result<(), EncodeError> {
        self.writer.text(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<(), EncodeError> {
        self.writer.text(value)
    }

    fn serialize_none(self) -> Result<(), EncodeError> {
        // A sequence has no position that could stay empty, so a null item is skipped.
        if self.in_sequence { Ok(()) } else { self.writer.none() }
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), EncodeError> {
        value.serialize(self)
    }

    /// `serde_json::Value::Null` serializes as a unit.
    fn serialize_unit(self) -> Result<(), EncodeError> {
        self.serialize_none()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), EncodeError> {
        self.writer.text(variant)
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
        Err(EncodeError::VariantWithFields)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<ScalarSequence<'a>, EncodeError> {
        if self.in_sequence {
            return Err(EncodeError::NestedSequence);
        }
        self.writer.begin_sequence()?;
        Ok(ScalarSequence(self.writer))
    }

    /// A number of `serde_json` if a crate of the build enables `arbitrary_precision`. Other structs are not scalars.
    fn serialize_struct(self, name: &'static str, _: usize) -> Result<ScalarNumber<'a>, EncodeError> {
        if name == NUMBER_TOKEN { Ok(ScalarNumber(self)) } else { Err(EncodeError::Map) }
    }

    unsupported! {
        EncodeError::Bytes => serialize_bytes(&[u8]);
        EncodeError::UnitStruct => serialize_unit_struct(&'static str);
        EncodeError::Tuple => serialize_tuple(usize) -> SerializeTuple;
        EncodeError::Tuple => serialize_tuple_struct(&'static str, usize) -> SerializeTupleStruct;
        EncodeError::VariantWithFields => serialize_tuple_variant(&'static str, u32, &'static str, usize) -> SerializeTupleVariant;
        EncodeError::Map => serialize_map(Option<usize>) -> SerializeMap;
        EncodeError::VariantWithFields => serialize_struct_variant(&'static str, u32, &'static str, usize) -> SerializeStructVariant;
    }
}

/// Writes the items of a sequence.
#[derive(Debug)]
pub struct ScalarSequence<'a>(&'a mut dyn ValueWriter);

impl SerializeSeq for ScalarSequence<'_> {
    type Ok = ();
    type Error = EncodeError;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), EncodeError> {
        value.serialize(ScalarSerializer { writer: self.0, in_sequence: true })
    }

    fn end(self) -> Result<(), EncodeError> {
        Ok(())
    }
}

/// Writes a number that `serde_json` passes on as a struct, whose only field is its text.
#[derive(Debug)]
pub struct ScalarNumber<'a>(ScalarSerializer<'a>);

impl SerializeStruct for ScalarNumber<'_> {
    type Ok = ();
    type Error = EncodeError;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, _: &'static str, value: &T) -> Result<(), EncodeError> {
        value.serialize(ScalarSerializer { writer: self.0.writer, in_sequence: self.0.in_sequence })
    }

    fn end(self) -> Result<(), EncodeError> {
        Ok(())
    }
}

#[cfg(test)]
mod tests;
