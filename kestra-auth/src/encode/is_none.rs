//! Recognizing `None`.
//!
//! serde recognizes it, not the macro: a newtype or an alias of an `Option` counts, and the macro only sees its name.

use std::fmt;

use serde::ser::{Impossible, Serialize, Serializer};

use super::unsupported::unsupported;

/// Returns whether a value serializes as `None`.
pub(crate) fn is_none<T: Serialize + ?Sized>(value: &T) -> bool {
    value.serialize(NoneSerializer).is_ok()
}

/// Succeeds for `None`, and fails for everything else before it is serialized.
struct NoneSerializer;

#[derive(Debug)]
struct NotNone;

impl fmt::Display for NotNone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not `None`")
    }
}

impl std::error::Error for NotNone {}

impl serde::ser::Error for NotNone {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

impl Serializer for NoneSerializer {
    type Ok = ();
    type Error = NotNone;
    type SerializeSeq = Impossible<(), NotNone>;
    type SerializeTuple = Impossible<(), NotNone>;
    type SerializeTupleStruct = Impossible<(), NotNone>;
    type SerializeTupleVariant = Impossible<(), NotNone>;
    type SerializeMap = Impossible<(), NotNone>;
    type SerializeStruct = Impossible<(), NotNone>;
    type SerializeStructVariant = Impossible<(), NotNone>;

    unsupported! {
        NotNone => serialize_bool(bool);
        NotNone => serialize_i8(i8);
        NotNone => serialize_i16(i16);
        NotNone => serialize_i32(i32);
        NotNone => serialize_i64(i64);
        NotNone => serialize_u8(u8);
        NotNone => serialize_u16(u16);
        NotNone => serialize_u32(u32);
        NotNone => serialize_u64(u64);
        NotNone => serialize_f32(f32);
        NotNone => serialize_f64(f64);
        NotNone => serialize_char(char);
        NotNone => serialize_str(&str);
        NotNone => serialize_bytes(&[u8]);
        NotNone => serialize_unit();
        NotNone => serialize_unit_struct(&'static str);
        NotNone => serialize_unit_variant(&'static str, u32, &'static str);
        NotNone => serialize_seq(Option<usize>) -> SerializeSeq;
        NotNone => serialize_tuple(usize) -> SerializeTuple;
        NotNone => serialize_tuple_struct(&'static str, usize) -> SerializeTupleStruct;
        NotNone => serialize_tuple_variant(&'static str, u32, &'static str, usize) -> SerializeTupleVariant;
        NotNone => serialize_map(Option<usize>) -> SerializeMap;
        NotNone => serialize_struct(&'static str, usize) -> SerializeStruct;
        NotNone => serialize_struct_variant(&'static str, u32, &'static str, usize) -> SerializeStructVariant;
    }

    fn serialize_none(self) -> Result<(), NotNone> {
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, _: &T) -> Result<(), NotNone> {
        Err(NotNone)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), NotNone> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), NotNone> {
        Err(NotNone)
    }

    fn collect_str<T: fmt::Display + ?Sized>(self, _: &T) -> Result<(), NotNone> {
        Err(NotNone)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recognizes_none_in_newtypes_and_nothing_else() {
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
