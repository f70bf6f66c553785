//! The entries of an object, while the path is tracked.

use std::borrow::Cow;

use serde::de::{DeserializeSeed, IgnoredAny, MapAccess};

use super::context::Context;
use super::key::{KeyDeserializer, KeySeed};
use super::tracking::{Form, TrackingSeed};
use super::type_error::{Step, TypeError};

/// The key of the object in which `serde_json` passes on a number, if a crate of the build has turned its feature
/// `arbitrary_precision` on.
pub(super) const NUMBER_TOKEN: &str = "$serde_json::private::Number";

/// Reads the entries of `inner`.
pub(super) struct TrackingMap<'h, 'de, A> {
    inner: A,
    context: &'h Context,
    form: Form,
    /// The number of the object in the document, and how many of its entries have been read.
    object: usize,
    entries: usize,
    /// A key that was read to see whether this is a number.
    first: Option<Cow<'de, str>>,
    /// The step to the value after the last key.
    step: Option<Step>,
}

impl<'h, 'de, A: MapAccess<'de>> TrackingMap<'h, 'de, A> {
    pub(super) fn new(inner: A, form: Form, context: &'h Context) -> Self {
        Self { inner, context, form, object: context.count_object(), entries: 0, first: None, step: None }
    }

    /// Returns the number that this object stands for, unless the type takes the object.
    pub(super) fn number(&mut self) -> Result<Option<Cow<'de, str>>, TypeError> {
        if matches!(self.form, Form::Any) {
            return Ok(None);
        }
        self.first = self.next_name()?;
        if self.first.as_deref() != Some(NUMBER_TOKEN) {
            return Ok(None);
        }
        self.context.release(self.inner.next_value_seed(KeySeed)).map(Some)
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
        let value = self.context.release(self.inner.next_value_seed(TrackingSeed { seed, context: self.context }));
        value.map_err(|error| error.inside(self.step))
    }
}
