//! A serializer that takes scalars, and around them what the sink welcomes.

use std::fmt::Display;

use serde::ser::{Impossible, SerializeSeq};
use serde::{Serialize, Serializer};

use super::error::Fault;
use super::unsupported::unsupported;
use super::writer::Sink;

/// Public for `#[query(with = "…")]`, whose function is handed one.
#[derive(Debug)]
pub struct Scalar<'a> {
    sink: &'a mut dyn Sink,
    in_sequence: bool,
}

impl<'a> Scalar<'a> {
    pub(crate) fn new(sink: &'a mut dyn Sink) -> Self {
        Self { sink, in_sequence: false }
    }

    fn display(self, value: impl Display) -> Result<(), Fault> {
        self.sink.text(&value.to_string())
    }
}

/// Scalars that print as their `Display`.
macro_rules! displayed {
    ($($method:ident: $type:ty),* $(,)?) => {$(
        fn $method(self, value: $type) -> Result<(), Fault> {
            self.display(value)
        }
    )*};
}

impl<'a> Serializer for Scalar<'a> {
    type Ok = ();
    type Error = Fault;
    type SerializeSeq = Elements<'a>;
    type SerializeTuple = Impossible<(), Fault>;
    type SerializeTupleStruct = Impossible<(), Fault>;
    type SerializeTupleVariant = Impossible<(), Fault>;
    type SerializeMap = Impossible<(), Fault>;
    type SerializeStruct = Impossible<(), Fault>;
    type SerializeStructVariant = Impossible<(), Fault>;

    displayed! {
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64, serialize_i128: i128,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64, serialize_u128: u128,
    }

    fn serialize_bool(self, value: bool) -> Result<(), Fault> {
        self.sink.text(if value { "true" } else { "false" })
    }

    fn serialize_f32(self, value: f32) -> Result<(), Fault> {
        if value.is_finite() { self.display(value) } else { Err(Fault::NotFinite) }
    }

    fn serialize_f64(self, value: f64) -> Result<(), Fault> {
        if value.is_finite() { self.display(value) } else { Err(Fault::NotFinite) }
    }

    fn serialize_char(self, value: char) -> Result<(), Fault> {
        self.sink.text(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<(), Fault> {
        self.sink.text(value)
    }

    fn serialize_none(self) -> Result<(), Fault> {
        // A null item of a sequence is skipped.
        if self.in_sequence { Ok(()) } else { self.sink.none() }
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Fault> {
        value.serialize(self)
    }

    /// JSON's `null` comes out as a unit.
    fn serialize_unit(self) -> Result<(), Fault> {
        self.serialize_none()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Fault> {
        self.sink.text(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), Fault> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), Fault> {
        Err(Fault::Variant)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Elements<'a>, Fault> {
        if self.in_sequence {
            return Err(Fault::NestedSequence);
        }
        self.sink.begin_sequence()?;
        Ok(Elements(self.sink))
    }

    unsupported! {
        Fault::Bytes => serialize_bytes(&[u8]);
        Fault::NoText => serialize_unit_struct(&'static str);
        Fault::Tuple => serialize_tuple(usize) -> SerializeTuple;
        Fault::Tuple => serialize_tuple_struct(&'static str, usize) -> SerializeTupleStruct;
        Fault::Variant => serialize_tuple_variant(&'static str, u32, &'static str, usize) -> SerializeTupleVariant;
        Fault::Map => serialize_map(Option<usize>) -> SerializeMap;
        Fault::Map => serialize_struct(&'static str, usize) -> SerializeStruct;
        Fault::Variant => serialize_struct_variant(&'static str, u32, &'static str, usize) -> SerializeStructVariant;
    }
}

/// The elements of a sequence.
#[derive(Debug)]
pub struct Elements<'a>(&'a mut dyn Sink);

impl SerializeSeq for Elements<'_> {
    type Ok = ();
    type Error = Fault;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Fault> {
        value.serialize(Scalar { sink: self.0, in_sequence: true })
    }

    fn end(self) -> Result<(), Fault> {
        Ok(())
    }
}

#[cfg(test)]
mod tests;
