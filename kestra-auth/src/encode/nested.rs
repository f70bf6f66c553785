//! Structs and maps as `name=value` pairs, for queries and forms.
//!
//! What is hard here: the name of a pair is the path to its value, and the styles differ in what a sequence adds to
//! it: `filter[tags]=a`, `a[b][0]=`, `a.b=`.

use serde::ser::{Impossible, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant};
use serde::{Serialize, Serializer};

use super::error::EncodeError;
use super::pair_list::PairSerializer;
use super::pairs::{NameWriter, NamedValueWriter, PairWriter};
use super::scalar::ScalarSerializer;
use super::unsupported::unsupported;
use crate::json::number::NUMBER_TOKEN;

/// How values inside values are named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NestedStyle {
    /// They are rejected: a field is a scalar, an option or a sequence of scalars.
    Flat,
    /// `a[b]`, as in OpenAPI's `deepObject`. A sequence repeats its name.
    DeepObject,
    /// `a[b][0]`
    Brackets,
    /// `a.b`. A sequence of scalars repeats its name, and a sequence of structs has `a[0].b`.
    Dots,
}

/// Writes the pairs of a value. With an empty `name`, the names consist of the fields only.
pub(crate) fn write<T: Serialize + ?Sized>(
    value: &T,
    name: &str,
    style: NestedStyle,
    pairs: &mut dyn PairWriter,
) -> Result<(), EncodeError> {
    value.serialize(NestedSerializer { pairs, name: name.to_owned(), style, position: Position::Top })
}

#[derive(Clone, Copy, PartialEq)]
enum Position {
    /// The value is the parameter itself.
    Top,
    /// The value is a field of a struct or an entry of a map.
    Field,
    /// The value is an item of a sequence, with this index.
    Item(usize),
}

struct NestedSerializer<'a> {
    pairs: &'a mut dyn PairWriter,
    name: String,
    style: NestedStyle,
    position: Position,
}

impl<'a> NestedSerializer<'a> {
    fn scalar(self, write: impl FnOnce(ScalarSerializer<'_>) -> Result<(), EncodeError>) -> Result<(), EncodeError> {
        // Only fields have names, so a scalar that is the parameter itself has none.
        if self.position == Position::Top {
            return Err(EncodeError::NotFields);
        }
        let name = match (self.style, self.position) {
            (NestedStyle::Brackets, Position::Item(index)) => format!("{}[{index}]", self.name),
            _ => self.name,
        };
        write(ScalarSerializer::new(&mut NamedValueWriter { pairs: self.pairs, name: &name }))
    }

    fn object(self) -> Result<Fields<'a>, EncodeError> {
        let is_nested = self.position != Position::Top;
        if is_nested && self.style == NestedStyle::Flat {
            return Err(EncodeError::Nested);
        }
        let prefix = match self.position {
            Position::Item(index) => format!("{}[{index}]", self.name),
            Position::Top | Position::Field => self.name,
        };
        Ok(Fields { pairs: self.pairs, prefix, style: self.style, key: None })
    }

    fn items(self) -> Result<Items<'a>, EncodeError> {
        match self.position {
            Position::Item(_) if matches!(self.style, NestedStyle::Flat | NestedStyle::DeepObject) => {
                Err(EncodeError::NestedSequence)
            }
            Position::Item(index) => {
                let name = format!("{}[{index}]", self.name);
                Ok(Items { serializer: NestedSerializer { name, ..self }, index: 0 })
            }
            Position::Top | Position::Field => Ok(Items { serializer: self, index: 0 }),
        }
    }
}

macro_rules! scalars {
    ($($method:ident($($type:ty),*);)*) => {$(
        scalars!(@ $method, value: $($type),*);
    )*};
    (@ $method:ident, $value:ident: $type:ty) => {
        fn $method(self, $value: $type) -> Result<(), EncodeError> {
            self.scalar(|scalar| scalar.$method($value))
        }
    };
}

impl<'a> Serializer for NestedSerializer<'a> {
    type Ok = ();
    type Error = EncodeError;
    type SerializeSeq = Items<'a>;
    type SerializeTuple = Impossible<(), EncodeError>;
    type SerializeTupleStruct = Impossible<(), EncodeError>;
    type SerializeTupleVariant = Impossible<(), EncodeError>;
    type SerializeMap = Fields<'a>;
    type SerializeStruct = StructOrNumber<'a>;
    type SerializeStructVariant = Fields<'a>;

    scalars! {
        serialize_bool(bool);
        serialize_i8(i8);
        serialize_i16(i16);
        serialize_i32(i32);
        serialize_i64(i64);
        serialize_i128(i128);
        serialize_u8(u8);
        serialize_u16(u16);
        serialize_u32(u32);
        serialize_u64(u64);
        serialize_u128(u128);
        serialize_f32(f32);
        serialize_f64(f64);
        serialize_char(char);
        serialize_str(&str);
        serialize_bytes(&[u8]);
        serialize_unit_struct(&'static str);
    }

    fn serialize_none(self) -> Result<(), EncodeError> {
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), EncodeError> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), EncodeError> {
        Ok(())
    }

    fn serialize_unit_variant(self, name: &'static str, index: u32, variant: &'static str) -> Result<(), EncodeError> {
        self.scalar(|scalar| scalar.serialize_unit_variant(name, index, variant))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), EncodeError> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), EncodeError> {
        let mut fields = self.object()?;
        fields.field(variant, value)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Items<'a>, EncodeError> {
        self.items()
    }

    unsupported! {
        EncodeError::Tuple => serialize_tuple(usize) -> SerializeTuple;
        EncodeError::Tuple => serialize_tuple_struct(&'static str, usize) -> SerializeTupleStruct;
        EncodeError::VariantWithFields => serialize_tuple_variant(&'static str, u32, &'static str, usize) -> SerializeTupleVariant;
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Fields<'a>, EncodeError> {
        self.object()
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<StructOrNumber<'a>, EncodeError> {
        if name == NUMBER_TOKEN {
            return Ok(StructOrNumber::Number(self));
        }
        self.object().map(StructOrNumber::Struct)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Fields<'a>, EncodeError> {
        let fields = self.object()?;
        let prefix = fields.name(variant);
        Ok(Fields { prefix, ..fields })
    }
}

struct Fields<'a> {
    pairs: &'a mut dyn PairWriter,
    prefix: String,
    style: NestedStyle,
    key: Option<String>,
}

impl Fields<'_> {
    fn name(&self, key: &str) -> String {
        match (self.prefix.as_str(), self.style) {
            ("", _) => key.to_owned(),
            (prefix, NestedStyle::Dots) => format!("{prefix}.{key}"),
            (prefix, _) => format!("{prefix}[{key}]"),
        }
    }

    fn field<T: Serialize + ?Sized>(&mut self, key: &str, value: &T) -> Result<(), EncodeError> {
        let name = self.name(key);
        value.serialize(NestedSerializer { pairs: self.pairs, name, style: self.style, position: Position::Field })
    }
}

impl SerializeMap for Fields<'_> {
    type Ok = ();
    type Error = EncodeError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), EncodeError> {
        let mut name = NameWriter::default();
        key.serialize(ScalarSerializer::new(&mut name))?;
        self.key = name.0;
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), EncodeError> {
        let key = self.key.take().ok_or(EncodeError::Custom)?;
        self.field(&key, value)
    }

    fn end(self) -> Result<(), EncodeError> {
        Ok(())
    }
}

/// The fields of a struct, or a number that `serde_json` passes on as one.
enum StructOrNumber<'a> {
    Struct(Fields<'a>),
    Number(NestedSerializer<'a>),
}

impl SerializeStruct for StructOrNumber<'_> {
    type Ok = ();
    type Error = EncodeError;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), EncodeError> {
        match self {
            Self::Struct(fields) => fields.field(key, value),
            Self::Number(NestedSerializer { pairs, name, style, position }) => value.serialize(NestedSerializer {
                pairs: *pairs,
                name: name.clone(),
                style: *style,
                position: *position,
            }),
        }
    }

    fn end(self) -> Result<(), EncodeError> {
        Ok(())
    }
}

impl SerializeStructVariant for Fields<'_> {
    type Ok = ();
    type Error = EncodeError;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), EncodeError> {
        self.field(key, value)
    }

    fn end(self) -> Result<(), EncodeError> {
        Ok(())
    }
}

struct Items<'a> {
    serializer: NestedSerializer<'a>,
    index: usize,
}

impl SerializeSeq for Items<'_> {
    type Ok = ();
    type Error = EncodeError;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), EncodeError> {
        let NestedSerializer { pairs, name, style, position } = &mut self.serializer;
        // Without nesting, the only sequence that has names is a sequence of pairs.
        if *position == Position::Top && *style == NestedStyle::Flat {
            return value.serialize(PairSerializer(*pairs));
        }
        let position = Position::Item(self.index);
        self.index += 1;
        value.serialize(NestedSerializer { pairs: *pairs, name: name.clone(), style: *style, position })
    }

    fn end(self) -> Result<(), EncodeError> {
        Ok(())
    }
}

#[cfg(test)]
mod tests;
