//! A deserializer for a JSON value whose errors have the path to the value.

use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error as _, MapAccess, SeqAccess, Unexpected, VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;
use serde_json::{Map, Value, map};

use super::type_error::{Step, TypeError};

/// Deserializes a value that it borrows.
#[derive(Clone, Copy)]
pub(super) struct ValueDeserializer<'a>(&'a Value);

impl<'a> ValueDeserializer<'a> {
    pub(super) fn new(value: &'a Value) -> Self {
        Self(value)
    }

    fn object<'de, V: Visitor<'de>>(self, fields: &'static [&'static str], visitor: V) -> Result<V::Value, TypeError> {
        match self.0 {
            Value::Object(map) => visitor.visit_map(ObjectAccess { rest: map.iter(), value: None, fields }),
            _ => self.deserialize_any(visitor),
        }
    }
}

impl<'de> Deserializer<'de> for ValueDeserializer<'_> {
    type Error = TypeError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TypeError> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Number(number) => match (number.as_u64(), number.as_i64(), number.as_f64()) {
                (Some(value), _, _) => visitor.visit_u64(value),
                (_, Some(value), _) => visitor.visit_i64(value),
                (_, _, Some(value)) => visitor.visit_f64(value),
                _ => Err(TypeError::custom("a number out of range")),
            },
            Value::String(text) => visitor.visit_str(text),
            Value::Array(items) => visitor.visit_seq(ArrayAccess { items: items.iter(), index: 0 }),
            Value::Object(_) => self.object(&[], visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TypeError> {
        if self.0.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, TypeError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, TypeError> {
        self.object(fields, visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, TypeError> {
        match self.0 {
            Value::String(text) => visitor.visit_enum(StrDeserializer::new(text)),
            Value::Object(map) => match single(map) {
                Some(variant) => visitor.visit_enum(variant),
                None => Err(TypeError::new(format!("expected an object with one key, found {} keys", map.len()))),
            },
            other => Err(TypeError::invalid_type(unexpected(other), &"a string or an object with one key")),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        seq tuple tuple_struct map identifier ignored_any
    }
}

fn unexpected(value: &Value) -> Unexpected<'_> {
    match value {
        Value::Null => Unexpected::Unit,
        Value::Bool(value) => Unexpected::Bool(*value),
        Value::Number(_) => Unexpected::Signed(0),
        Value::String(text) => Unexpected::Str(text),
        Value::Array(_) => Unexpected::Seq,
        Value::Object(_) => Unexpected::Map,
    }
}

struct ArrayAccess<'a> {
    items: std::slice::Iter<'a, Value>,
    index: usize,
}

impl<'de> SeqAccess<'de> for ArrayAccess<'_> {
    type Error = TypeError;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, TypeError> {
        let Some(item) = self.items.next() else { return Ok(None) };
        let index = self.index;
        self.index += 1;
        seed.deserialize(ValueDeserializer(item)).map(Some).map_err(|error| error.inside(Step::Index(index)))
    }
}

struct ObjectAccess<'a> {
    rest: map::Iter<'a>,
    value: Option<(&'a str, &'a Value)>,
    /// The field names of a struct; empty for a map.
    fields: &'static [&'static str],
}

impl<'de> MapAccess<'de> for ObjectAccess<'_> {
    type Error = TypeError;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, TypeError> {
        let Some((key, value)) = self.rest.next() else { return Ok(None) };
        self.value = Some((key, value));
        seed.deserialize(KeyDeserializer(key)).map(Some).map_err(|error| error.inside(Step::Key))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, TypeError> {
        let (key, value) = self.value.take().ok_or_else(|| TypeError::custom("no key before the value"))?;
        // Only names that the type knows are shown; others come from the server.
        let step = self.fields.iter().find(|field| **field == key).map_or(Step::Key, |field| Step::Field(field));
        seed.deserialize(ValueDeserializer(value)).map_err(|error| error.inside(step))
    }
}

/// Deserializes a key, which is a string in JSON, and a number or a boolean where the type expects one.
struct KeyDeserializer<'a>(&'a str);

macro_rules! numbers {
    ($($method:ident: $type:ty => $visit:ident;)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TypeError> {
            match self.0.parse::<$type>() {
                Ok(number) => visitor.$visit(number),
                Err(_) => visitor.visit_str(self.0),
            }
        }
    )*};
}

impl<'de> Deserializer<'de> for KeyDeserializer<'_> {
    type Error = TypeError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TypeError> {
        visitor.visit_str(self.0)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TypeError> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, TypeError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, TypeError> {
        visitor.visit_enum(StrDeserializer::new(self.0))
    }

    numbers! {
        deserialize_bool: bool => visit_bool;
        deserialize_i8: i8 => visit_i8;
        deserialize_i16: i16 => visit_i16;
        deserialize_i32: i32 => visit_i32;
        deserialize_i64: i64 => visit_i64;
        deserialize_i128: i128 => visit_i128;
        deserialize_u8: u8 => visit_u8;
        deserialize_u16: u16 => visit_u16;
        deserialize_u32: u32 => visit_u32;
        deserialize_u64: u64 => visit_u64;
        deserialize_u128: u128 => visit_u128;
        deserialize_f32: f32 => visit_f32;
        deserialize_f64: f64 => visit_f64;
    }

    forward_to_deserialize_any! {
        char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

/// Deserializes an enum variant with content, `{"Variant": content}`.
struct VariantDeserializer<'a> {
    name: &'a str,
    content: &'a Value,
}

fn single(map: &Map<String, Value>) -> Option<VariantDeserializer<'_>> {
    let mut entries = map.iter();
    let (name, content) = entries.next()?;
    entries.next().is_none().then_some(VariantDeserializer { name, content })
}

impl<'de, 'a> EnumAccess<'de> for VariantDeserializer<'a> {
    type Error = TypeError;
    type Variant = ValueDeserializer<'a>;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, ValueDeserializer<'a>), TypeError> {
        let variant = seed.deserialize(KeyDeserializer(self.name))?;
        Ok((variant, ValueDeserializer(self.content)))
    }
}

impl<'de> VariantAccess<'de> for ValueDeserializer<'_> {
    type Error = TypeError;

    fn unit_variant(self) -> Result<(), TypeError> {
        if self.0.is_null() { Ok(()) } else { Err(TypeError::invalid_type(unexpected(self.0), &"null")) }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, TypeError> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, TypeError> {
        self.deserialize_any(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, TypeError> {
        self.object(fields, visitor)
    }
}
