//! Whether a value is `None`, told by serde and not by its type: a newtype or an alias of an `Option` counts.

use std::fmt;

use serde::ser::{Impossible, Serialize, Serializer};

use super::unsupported::unsupported;

pub(crate) fn is_none<T: Serialize + ?Sized>(value: &T) -> bool {
    value.serialize(Probe).is_ok()
}

/// `Ok` for `None`; for all else an error, before anything is looked at.
struct Probe;

#[derive(Debug)]
struct Something;

impl fmt::Display for Something {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }
}

impl std::error::Error for Something {}

impl serde::ser::Error for Something {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

impl Serializer for Probe {
    type Ok = ();
    type Error = Something;
    type SerializeSeq = Impossible<(), Something>;
    type SerializeTuple = Impossible<(), Something>;
    type SerializeTupleStruct = Impossible<(), Something>;
    type SerializeTupleVariant = Impossible<(), Something>;
    type SerializeMap = Impossible<(), Something>;
    type SerializeStruct = Impossible<(), Something>;
    type SerializeStructVariant = Impossible<(), Something>;

    unsupported! {
        Something => serialize_bool(bool);
        Something => serialize_i8(i8);
        Something => serialize_i16(i16);
        Something => serialize_i32(i32);
        Something => serialize_i64(i64);
        Something => serialize_u8(u8);
        Something => serialize_u16(u16);
        Something => serialize_u32(u32);
        Something => serialize_u64(u64);
        Something => serialize_f32(f32);
        Something => serialize_f64(f64);
        Something => serialize_char(char);
        Something => serialize_str(&str);
        Something => serialize_bytes(&[u8]);
        Something => serialize_unit();
        Something => serialize_unit_struct(&'static str);
        Something => serialize_unit_variant(&'static str, u32, &'static str);
        Something => serialize_seq(Option<usize>) -> SerializeSeq;
        Something => serialize_tuple(usize) -> SerializeTuple;
        Something => serialize_tuple_struct(&'static str, usize) -> SerializeTupleStruct;
        Something => serialize_tuple_variant(&'static str, u32, &'static str, usize) -> SerializeTupleVariant;
        Something => serialize_map(Option<usize>) -> SerializeMap;
        Something => serialize_struct(&'static str, usize) -> SerializeStruct;
        Something => serialize_struct_variant(&'static str, u32, &'static str, usize) -> SerializeStructVariant;
    }

    fn serialize_none(self) -> Result<(), Something> {
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, _: &T) -> Result<(), Something> {
        Err(Something)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), Something> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), Something> {
        Err(Something)
    }

    fn collect_str<T: fmt::Display + ?Sized>(self, _: &T) -> Result<(), Something> {
        Err(Something)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_none_is_none() {
        #[derive(serde::Serialize)]
        struct Newtype(Option<u8>);
        assert!(is_none(&None::<&str>));
        assert!(is_none(&&None::<&str>));
        assert!(is_none(&Newtype(None)));
        assert!(!is_none(&Newtype(Some(1))));
        assert!(!is_none(&()));
        assert!(!is_none(&serde_json::Value::Null));
        assert!(!is_none(&Some(None::<u8>)));
        assert!(!is_none(&vec![None::<u8>]));
    }
}
