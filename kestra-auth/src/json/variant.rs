//! Enums, which `serde_json` reads from a string or from an object with one key.

use std::fmt;

use serde::de::value::StrDeserializer;
use serde::de::{DeserializeSeed, Deserializer, EnumAccess, Error, IgnoredAny, MapAccess, VariantAccess, Visitor};

const ONE_KEY: &str = "an object with one key";

/// Reads an enum from whatever comes.
pub(super) struct EnumVisitor<V>(pub(super) V);

impl<'de, V: Visitor<'de>> Visitor<'de> for EnumVisitor<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string or an object with one key")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<V::Value, E> {
        self.0.visit_enum(StrDeserializer::new(name))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<V::Value, A::Error> {
        let value = self.0.visit_enum(VariantReader(&mut map))?;
        let mut keys = 1;
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {
            keys += 1;
        }
        if keys == 1 { Ok(value) } else { Err(A::Error::invalid_length(keys, &ONE_KEY)) }
    }
}

/// Reads `{"Variant": content}`.
struct VariantReader<'a, A>(&'a mut A);

impl<'de, A: MapAccess<'de>> EnumAccess<'de> for VariantReader<'_, A> {
    type Error = A::Error;
    type Variant = Self;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Self), A::Error> {
        match self.0.next_key_seed(seed)? {
            Some(variant) => Ok((variant, self)),
            None => Err(A::Error::invalid_length(0, &ONE_KEY)),
        }
    }
}

impl<'de, A: MapAccess<'de>> VariantAccess<'de> for VariantReader<'_, A> {
    type Error = A::Error;

    fn unit_variant(self) -> Result<(), A::Error> {
        self.0.next_value()
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, A::Error> {
        self.0.next_value_seed(seed)
    }

    fn tuple_variant<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, A::Error> {
        self.0.next_value_seed(Content { visitor, form: ContentForm::Tuple(length) })
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, A::Error> {
        self.0.next_value_seed(Content { visitor, form: ContentForm::Struct(fields) })
    }
}

enum ContentForm {
    Tuple(usize),
    Struct(&'static [&'static str]),
}

/// Reads the content of a variant.
struct Content<V> {
    visitor: V,
    form: ContentForm,
}

impl<'de, V: Visitor<'de>> DeserializeSeed<'de> for Content<V> {
    type Value = V::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        match self.form {
            ContentForm::Tuple(length) => deserializer.deserialize_tuple(length, self.visitor),
            ContentForm::Struct(fields) => deserializer.deserialize_struct("", fields, self.visitor),
        }
    }
}
