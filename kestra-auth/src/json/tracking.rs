//! A deserializer around another one, whose errors have the path to the value.
//!
//! What is hard here: the inner deserializer fixes the type of the errors that pass through it, and its own errors quote
//! values. So an error of the type goes around it: it is held in the [`Context`], while an empty error of the inner
//! deserializer takes its way, and is taken out again at the next value further outside. The inner deserializer is only
//! asked what comes next, and never for a certain type, because it would report a mismatch itself.
//!
//! Nothing is built but the type's own value, so the memory this takes does not depend on the size of the document.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::context::Context;
use super::key::{KeyDeserializer, KeySeed};
use super::number::{NUMBER_TOKEN, is_plain, visit_number};
use super::type_error::{Step, TypeError};
use super::variant::EnumVisitor;

/// Which values the type asked for.
#[derive(Clone, Copy)]
enum Form {
    /// Whatever comes, including a number of many digits as `serde_json` passes it on.
    Any,
    /// An integer that may exceed 64 bits.
    Wide,
    /// An object with the field names of a struct, or anything else.
    Known(&'static [&'static str]),
    /// An object with the name of a variant as its only key.
    Variant,
}

/// Deserializes with `inner`, and tracks the path.
struct TrackingDeserializer<'h, D> {
    inner: D,
    context: &'h Context,
}

impl<'de, D: Deserializer<'de>> TrackingDeserializer<'_, D> {
    fn visit<V: Visitor<'de>>(self, form: Form, visitor: V) -> Result<V::Value, TypeError> {
        let Self { inner, context } = self;
        context.release(inner.deserialize_any(TrackingVisitor { visitor, form, context }))
    }
}

macro_rules! forward {
    ($($method:ident => $form:expr;)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TypeError> {
            self.visit($form, visitor)
        }
    )*};
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for TrackingDeserializer<'_, D> {
    type Error = TypeError;

    forward! {
        deserialize_any => Form::Any;
        deserialize_i128 => Form::Wide;
        deserialize_u128 => Form::Wide;
        deserialize_bool => Form::Known(&[]);
        deserialize_i8 => Form::Known(&[]);
        deserialize_i16 => Form::Known(&[]);
        deserialize_i32 => Form::Known(&[]);
        deserialize_i64 => Form::Known(&[]);
        deserialize_u8 => Form::Known(&[]);
        deserialize_u16 => Form::Known(&[]);
        deserialize_u32 => Form::Known(&[]);
        deserialize_u64 => Form::Known(&[]);
        deserialize_f32 => Form::Known(&[]);
        deserialize_f64 => Form::Known(&[]);
        deserialize_char => Form::Known(&[]);
        deserialize_str => Form::Known(&[]);
        deserialize_string => Form::Known(&[]);
        deserialize_unit => Form::Known(&[]);
        deserialize_seq => Form::Known(&[]);
        deserialize_map => Form::Known(&[]);
        deserialize_identifier => Form::Known(&[]);
    }

    // JSON has no bytes, so the inner deserializer decides what they are read from.
    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TypeError> {
        let Self { inner, context } = self;
        context.release(inner.deserialize_bytes(TrackingVisitor { visitor, form: Form::Any, context }))
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TypeError> {
        self.deserialize_bytes(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TypeError> {
        let Self { inner, context } = self;
        context.release(inner.deserialize_option(TrackingVisitor { visitor, form: Form::Any, context }))
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, TypeError> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, TypeError> {
        // `serde_json` recognizes types of its own by this name.
        let Self { inner, context } = self;
        context.release(inner.deserialize_newtype_struct(name, TrackingVisitor { visitor, form: Form::Any, context }))
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, TypeError> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, TypeError> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, TypeError> {
        self.visit(Form::Known(fields), visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, TypeError> {
        self.visit(Form::Variant, EnumVisitor(visitor))
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TypeError> {
        // Skipping a value has no limit of depth, so reading it instead could find an error that is not there.
        let Self { inner, context } = self;
        context.release(inner.deserialize_ignored_any(TrackingVisitor { visitor, form: Form::Any, context }))
    }
}

/// Deserializes a value with `inner`, and tracks the path of an error in it.
pub(super) fn read<'de, S: DeserializeSeed<'de>, D: Deserializer<'de>>(
    seed: S,
    inner: D,
    context: &Context,
) -> Result<S::Value, TypeError> {
    let object = context.objects();
    let value = seed.deserialize(TrackingDeserializer { inner, context });
    value.map_err(|error| if context.objects() > object { error.in_object(object) } else { error })
}

/// Deserializes a value inside another one.
struct TrackingSeed<'h, S> {
    seed: S,
    context: &'h Context,
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for TrackingSeed<'_, S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, inner: D) -> Result<S::Value, D::Error> {
        let Self { seed, context } = self;
        context.hold(read(seed, inner, context))
    }
}

/// Passes on to `visitor` what the inner deserializer has found.
struct TrackingVisitor<'h, V> {
    visitor: V,
    form: Form,
    context: &'h Context,
}

macro_rules! pass_on {
    ($($method:ident: $type:ty;)*) => {$(
        fn $method<E: Error>(self, value: $type) -> Result<V::Value, E> {
            self.context.hold(self.visitor.$method(value))
        }
    )*};
}

impl<'de, V: Visitor<'de>> Visitor<'de> for TrackingVisitor<'_, V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.visitor.expecting(f)
    }

    pass_on! {
        visit_bool: bool;
        visit_i64: i64;
        visit_i128: i128;
        visit_u64: u64;
        visit_u128: u128;
        visit_str: &str;
        visit_borrowed_str: &'de str;
        visit_string: String;
        visit_bytes: &[u8];
        visit_borrowed_bytes: &'de [u8];
        visit_byte_buf: Vec<u8>;
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<V::Value, E> {
        let is_integer = matches!(self.form, Form::Wide) && value.fract() == 0.0;
        self.context.hold(match (is_integer, value < 0.0) {
            (false, _) => self.visitor.visit_f64(value),
            // `serde_json` only finds integers up to 64 bits when asked for any value. What is lost here does not
            // matter, because only the error counts.
            #[expect(clippy::cast_possible_truncation, reason = "saturates")]
            (true, true) => self.visitor.visit_i128(value as i128),
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates")]
            (true, false) => self.visitor.visit_u128(value as u128),
        })
    }

    fn visit_none<E: Error>(self) -> Result<V::Value, E> {
        self.context.hold(self.visitor.visit_none())
    }

    fn visit_unit<E: Error>(self) -> Result<V::Value, E> {
        self.context.hold(self.visitor.visit_unit())
    }

    fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<V::Value, D::Error> {
        self.context.hold(self.visitor.visit_some(TrackingDeserializer { inner, context: self.context }))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<V::Value, D::Error> {
        self.context.hold(self.visitor.visit_newtype_struct(TrackingDeserializer { inner, context: self.context }))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut inner: A) -> Result<V::Value, A::Error> {
        let mut elements = TrackingSeq { inner: &mut inner, context: self.context, index: 0 };
        let value = self.visitor.visit_seq(&mut elements);
        let value = value.and_then(|value| elements.end().map(|()| value));
        self.context.hold(value)
    }

    fn visit_map<A: MapAccess<'de>>(self, inner: A) -> Result<V::Value, A::Error> {
        let mut entries = TrackingMap::new(inner, self.form, self.context);
        let value = match entries.number() {
            Ok(Some(number)) => visit_number(&number, self.visitor),
            Ok(None) => self.visitor.visit_map(entries),
            Err(error) => Err(error),
        };
        self.context.hold(value)
    }
}

struct TrackingSeq<'h, A> {
    inner: A,
    context: &'h Context,
    index: usize,
}

impl<'de, A: SeqAccess<'de>> TrackingSeq<'_, A> {
    /// Checks that a type that stops reading, such as a tuple, has read all elements.
    fn end(&mut self) -> Result<(), TypeError> {
        let expected = self.index;
        while self.next_element::<IgnoredAny>()?.is_some() {}
        if self.index == expected {
            return Ok(());
        }
        let (plural, found) = (if expected == 1 { "" } else { "s" }, self.index);
        Err(TypeError::new(format!("expected an array of {expected} element{plural}, found {found}")))
    }
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for TrackingSeq<'_, A> {
    type Error = TypeError;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, TypeError> {
        let element = self.context.release(self.inner.next_element_seed(TrackingSeed { seed, context: self.context }));
        let element = element.map_err(|error| error.inside(Some(Step::Index(self.index))))?;
        self.index += usize::from(element.is_some());
        Ok(element)
    }
}

/// Reads the entries of `inner`.
struct TrackingMap<'h, 'de, A> {
    inner: A,
    context: &'h Context,
    form: Form,
    /// The number of the object in the document, and how many of its entries have been read.
    object: usize,
    entries: usize,
    /// A key that was read to see whether this is a number.
    first: Option<Cow<'de, str>>,
    /// The value of that key, if this is a number that is passed on as an object.
    number: Option<Cow<'de, str>>,
    /// The step to the value after the last key.
    step: Option<Step>,
}

impl<'h, 'de, A: MapAccess<'de>> TrackingMap<'h, 'de, A> {
    fn new(inner: A, form: Form, context: &'h Context) -> Self {
        Self { inner, context, form, object: context.count_object(), entries: 0, first: None, number: None, step: None }
    }

    /// Returns the number that this object stands for.
    fn number(&mut self) -> Result<Option<Cow<'de, str>>, TypeError> {
        self.first = self.next_name()?;
        if self.first.as_deref() != Some(NUMBER_TOKEN) {
            return Ok(None);
        }
        let number = self.context.release(self.inner.next_value_seed(KeySeed))?;
        if matches!(self.form, Form::Any) {
            // Only the types of `serde_json` take the object. Others find a number in a copy of what comes, as enums do that
            // are untagged.
            if !is_plain(&number) {
                self.number = Some(number);
                return Ok(None);
            }
            self.context.note_plain_number();
        }
        Ok(Some(number))
    }

    /// Returns the next key.
    fn next_name(&mut self) -> Result<Option<Cow<'de, str>>, TypeError> {
        loop {
            let Some(name) = self.context.release(self.inner.next_key_seed(KeySeed))? else { return Ok(None) };
            self.entries += 1;
            if !self.context.leaves_out(self.object, self.entries - 1, &name) {
                return Ok(Some(name));
            }
            self.context.release(self.inner.next_value::<IgnoredAny>())?;
        }
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for TrackingMap<'_, 'de, A> {
    type Error = TypeError;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, TypeError> {
        let name = match self.first.take() {
            Some(name) => name,
            None => match self.next_name()? {
                Some(name) => name,
                None => return Ok(None),
            },
        };
        // Only names that the type knows are shown; others come from the server.
        let known = |fields: &'static [&str]| fields.iter().find(|field| **field == name).copied();
        self.step = match self.form {
            Form::Known(fields) => Some(known(fields).map_or(Step::Key, Step::Field)),
            Form::Any | Form::Wide => Some(Step::Key),
            Form::Variant => None,
        };
        let step = if matches!(self.form, Form::Variant) { None } else { Some(Step::Key) };
        seed.deserialize(KeyDeserializer(&name)).map(Some).map_err(|error| error.inside(step))
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, TypeError> {
        if let Some(number) = self.number.take() {
            return seed.deserialize(KeyDeserializer(&number));
        }
        let value = self.context.release(self.inner.next_value_seed(TrackingSeed { seed, context: self.context }));
        value.map_err(|error| error.inside(self.step))
    }
}

#[cfg(test)]
mod tests;
