//! An untyped value of a document. Keys are text, also those that YAML reads as numbers, such as the status `200`.

use std::fmt;
use std::mem;

use serde::de::{Deserialize, Deserializer, EnumAccess, IgnoredAny, MapAccess, SeqAccess, VariantAccess, Visitor};

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Null,
    Bool(bool),
    Number(f64),
    String(String),
    Array(Vec<Self>),
    Object(Object),
}

/// The entries of an object, in the document's order. Of several with one key, the last one is kept.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Object {
    entries: Vec<(String, Value)>,
    /// The indices of the entries by key, for objects with many: a document may have thousands of schemas.
    by_key: Vec<usize>,
}

/// Up to this many entries, comparing each is faster than a search by halves.
const FEW: usize = 8;

impl Value {
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Object(object) => object.get(key),
            _ => None,
        }
    }

    /// The entries of an object; nothing for another value.
    pub(crate) fn entries(&self) -> &[(String, Self)] {
        match self {
            Self::Object(object) => &object.entries,
            _ => &[],
        }
    }

    /// The items of an array; nothing for another value.
    pub(crate) fn items(&self) -> &[Self] {
        match self {
            Self::Array(items) => items,
            _ => &[],
        }
    }

    pub(crate) fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn get_str(&self, key: &str) -> Option<&str> {
        self.get(key)?.as_str()
    }

    pub(crate) fn get_bool(&self, key: &str) -> Option<bool> {
        match self.get(key)? {
            Self::Bool(flag) => Some(*flag),
            _ => None,
        }
    }

    pub(crate) fn get_number(&self, key: &str) -> Option<f64> {
        match self.get(key)? {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// Sets the value of a key, if this is an object.
    pub(super) fn set(&mut self, key: &str, value: Self) {
        if let Self::Object(object) = self {
            object.entries.retain(|(found, _)| found != key);
            object.entries.push((key.to_owned(), value));
            object.index();
        }
    }

    /// Removes a key and returns its value.
    pub(super) fn take(&mut self, key: &str) -> Option<Self> {
        let Self::Object(object) = self else { return None };
        let index = object.entries.iter().position(|(found, _)| found == key)?;
        let (_, value) = object.entries.remove(index);
        object.index();
        Some(value)
    }

    /// The values of an object, for a change in place.
    pub(super) fn entries_mut(&mut self) -> impl Iterator<Item = (&str, &mut Self)> {
        let entries = match self {
            Self::Object(object) => object.entries.as_mut_slice(),
            _ => &mut [],
        };
        entries.iter_mut().map(|(key, value)| (key.as_str(), value))
    }

    /// The items of an array, for a change in place.
    pub(super) fn items_mut(&mut self) -> &mut [Self] {
        match self {
            Self::Array(items) => items,
            _ => &mut [],
        }
    }

    /// The text of a scalar.
    pub(crate) fn scalar(&self) -> Option<String> {
        match self {
            Self::String(text) => Some(text.clone()),
            Self::Number(number) => Some(number.to_string()),
            Self::Bool(flag) => Some(flag.to_string()),
            Self::Null | Self::Array(_) | Self::Object(_) => None,
        }
    }
}

impl Object {
    pub(crate) fn new(entries: Vec<(String, Value)>) -> Self {
        let mut object = Self { entries, by_key: Vec::new() };
        object.index();
        object
    }

    fn get(&self, key: &str) -> Option<&Value> {
        if self.by_key.is_empty() {
            return self.entries.iter().find(|(found, _)| found == key).map(|(_, value)| value);
        }
        let found = self.by_key.binary_search_by(|index| self.entries[*index].0.as_str().cmp(key)).ok()?;
        Some(&self.entries[self.by_key[found]].1)
    }

    /// Sorts the keys if there are many, and keeps the last entry of each key.
    fn index(&mut self) {
        self.by_key.clear();
        let entries = &self.entries;
        if entries.len() <= FEW {
            let is_repeated =
                |(at, (key, _)): (usize, &(String, Value))| entries[..at].iter().any(|(earlier, _)| earlier == key);
            if entries.iter().enumerate().any(is_repeated) {
                self.keep_last();
            }
            return;
        }
        let mut by_key: Vec<usize> = (0..entries.len()).collect();
        by_key.sort_by(|left, right| entries[*left].0.cmp(&entries[*right].0));
        if by_key.windows(2).any(|pair| entries[pair[0]].0 == entries[pair[1]].0) {
            self.keep_last();
            return self.index();
        }
        self.by_key = by_key;
    }

    fn keep_last(&mut self) {
        let mut seen = std::collections::HashSet::new();
        let mut kept: Vec<(String, Value)> =
            mem::take(&mut self.entries).into_iter().rev().filter(|(key, _)| seen.insert(key.clone())).collect();
        kept.reverse();
        self.entries = kept;
    }

    /// Adds the entries of [merge keys](https://yaml.org/type/merge.html) that the object does not have itself.
    fn merge(&mut self, merged: Value) {
        match merged {
            Value::Object(other) => {
                let missing = other.entries.into_iter().filter(|(key, _)| self.get(key).is_none());
                let missing: Vec<_> = missing.collect();
                self.entries.extend(missing);
                self.index();
            }
            Value::Array(items) => items.into_iter().for_each(|item| self.merge(item)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}

impl<const N: usize> From<[(&str, Self); N]> for Value {
    fn from(entries: [(&str, Self); N]) -> Self {
        Self::Object(entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
    }
}

impl FromIterator<(String, Value)> for Object {
    fn from_iter<I: IntoIterator<Item = (String, Value)>>(entries: I) -> Self {
        Self::new(entries.into_iter().collect())
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

/// No comparison needs a number exactly, so that each is read as a float, however large it is.
macro_rules! visit_numbers {
    ($($visit:ident: $number:ty),*) => {$(
        fn $visit<E>(self, value: $number) -> Result<Value, E> {
            #[allow(clippy::cast_precision_loss, clippy::cast_lossless, reason = "see above")]
            Ok(Value::Number(value as f64))
        }
    )*};
}

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    visit_numbers!(visit_i64: i64, visit_u64: u64, visit_i128: i128, visit_u128: u128);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        Value::deserialize(deserializer)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Value::Number(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let (mut entries, mut merged) = (Vec::new(), Vec::new());
        while let Some((Key(key), value)) = map.next_entry()? {
            if key == "<<" {
                merged.push(value);
            } else {
                entries.push((key, value));
            }
        }
        let mut object = Object::new(entries);
        for value in merged {
            object.merge(value);
        }
        Ok(Value::Object(object))
    }

    /// A value with a tag of its own, such as `!Ref x`, is the value without it.
    fn visit_enum<A: EnumAccess<'de>>(self, tagged: A) -> Result<Value, A::Error> {
        let (IgnoredAny, value) = tagged.variant()?;
        value.newtype_variant()
    }
}

struct Key(String);

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        Ok(Self(value.scalar().unwrap_or_else(|| "null".to_owned())))
    }
}
