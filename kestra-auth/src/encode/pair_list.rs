//! A sequence of `(name, value)` pairs, element by element.

use serde::ser::{Impossible, SerializeSeq, SerializeTuple};
use serde::{Serialize, Serializer};

use super::error::Fault;
use super::scalar::Scalar;
use super::unsupported::unsupported;
use super::writer::{KeySink, Pairs, Sink};

/// `(name, value)`
pub(super) struct Pair<'a>(pub(super) &'a mut dyn Pairs);

impl<'a> Pair<'a> {
    fn parts(self) -> PairParts<'a> {
        PairParts { pairs: self.0, name: None, len: 0 }
    }
}

impl<'a> Serializer for Pair<'a> {
    type Ok = ();
    type Error = Fault;
    type SerializeSeq = PairParts<'a>;
    type SerializeTuple = PairParts<'a>;
    type SerializeTupleStruct = Impossible<(), Fault>;
    type SerializeTupleVariant = Impossible<(), Fault>;
    type SerializeMap = Impossible<(), Fault>;
    type SerializeStruct = Impossible<(), Fault>;
    type SerializeStructVariant = Impossible<(), Fault>;

    fn serialize_seq(self, _: Option<usize>) -> Result<PairParts<'a>, Fault> {
        Ok(self.parts())
    }

    fn serialize_tuple(self, _: usize) -> Result<PairParts<'a>, Fault> {
        Ok(self.parts())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Fault> {
        value.serialize(self)
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
        Err(Fault::NoPair)
    }

    /// A `None` among the pairs is left out.
    fn serialize_none(self) -> Result<(), Fault> {
        Ok(())
    }

    unsupported! {
        Fault::NoPair => serialize_bool(bool);
        Fault::NoPair => serialize_i8(i8);
        Fault::NoPair => serialize_i16(i16);
        Fault::NoPair => serialize_i32(i32);
        Fault::NoPair => serialize_i64(i64);
        Fault::NoPair => serialize_u8(u8);
        Fault::NoPair => serialize_u16(u16);
        Fault::NoPair => serialize_u32(u32);
        Fault::NoPair => serialize_u64(u64);
        Fault::NoPair => serialize_f32(f32);
        Fault::NoPair => serialize_f64(f64);
        Fault::NoPair => serialize_char(char);
        Fault::NoPair => serialize_str(&str);
        Fault::NoPair => serialize_bytes(&[u8]);
        Fault::NoPair => serialize_unit();
        Fault::NoPair => serialize_unit_struct(&'static str);
        Fault::NoPair => serialize_unit_variant(&'static str, u32, &'static str);
        Fault::NoPair => serialize_tuple_struct(&'static str, usize) -> SerializeTupleStruct;
        Fault::NoPair => serialize_tuple_variant(&'static str, u32, &'static str, usize) -> SerializeTupleVariant;
        Fault::NoPair => serialize_map(Option<usize>) -> SerializeMap;
        Fault::NoPair => serialize_struct(&'static str, usize) -> SerializeStruct;
        Fault::NoPair => serialize_struct_variant(&'static str, u32, &'static str, usize) -> SerializeStructVariant;
    }
}

/// A scalar, or each scalar of a sequence, under the name of its pair.
struct Named<'a> {
    pairs: &'a mut dyn Pairs,
    name: &'a str,
}

impl Sink for Named<'_> {
    fn text(&mut self, text: &str) -> Result<(), Fault> {
        self.pairs.pair(self.name, text)
    }

    fn begin_sequence(&mut self) -> Result<(), Fault> {
        Ok(())
    }
}

pub(super) struct PairParts<'a> {
    pairs: &'a mut dyn Pairs,
    name: Option<String>,
    len: usize,
}

impl PairParts<'_> {
    fn part<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Fault> {
        self.len += 1;
        match (self.len, self.name.as_deref()) {
            (1, _) => {
                let mut text = KeySink(None);
                value.serialize(Scalar::new(&mut text))?;
                self.name = text.0;
                Ok(())
            }
            (2, Some(name)) => value.serialize(Scalar::new(&mut Named { pairs: self.pairs, name })),
            _ => Err(Fault::NoPair),
        }
    }

    fn finish(&self) -> Result<(), Fault> {
        if self.len == 2 { Ok(()) } else { Err(Fault::NoPair) }
    }
}

impl SerializeTuple for PairParts<'_> {
    type Ok = ();
    type Error = Fault;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Fault> {
        self.part(value)
    }

    fn end(self) -> Result<(), Fault> {
        self.finish()
    }
}

impl SerializeSeq for PairParts<'_> {
    type Ok = ();
    type Error = Fault;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Fault> {
        self.part(value)
    }

    fn end(self) -> Result<(), Fault> {
        self.finish()
    }
}
