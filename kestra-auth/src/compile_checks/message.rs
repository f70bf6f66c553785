//! Messages that are put together at compile time: what a type is, is not known before.

use super::rejection::reject;
use super::shape::{Model, Scalar, Shape};

/// What the text of a message has where the description of the type belongs.
const FOUND: &[u8] = b"{found}";
/// The same for the kind of the mismatch.
const KIND: &[u8] = b"{kind}";

/// The longest message. What is longer is cut off.
const CAPACITY: usize = 2048;

/// A message with the description of a type.
pub(super) struct Message {
    bytes: [u8; CAPACITY],
    length: usize,
}

impl Message {
    pub(super) const fn new(text: &str, kind: &str, shape: &Shape) -> Self {
        let mut message = Self { bytes: [0; CAPACITY], length: 0 };
        let mut rest = text.as_bytes();
        while let Some((first, after)) = rest.split_first() {
            if starts_with(rest, FOUND) {
                message.push_shape(shape);
                rest = rest.split_at(FOUND.len()).1;
            } else if starts_with(rest, KIND) {
                message.push(kind);
                rest = rest.split_at(KIND.len()).1;
            } else {
                message.push_bytes(&[*first]);
                rest = after;
            }
        }
        message
    }

    /// Fails the compilation at the caller with the message.
    #[track_caller]
    pub(super) const fn reject(&self) {
        let (bytes, _) = self.bytes.split_at(self.length);
        match str::from_utf8(bytes) {
            Ok(message) => reject(Some(message)),
            // The message was cut off within a character.
            Err(error) => match str::from_utf8(bytes.split_at(error.valid_up_to()).0) {
                Ok(message) => reject(Some(message)),
                Err(_) => reject(Some("the type is not what the document specifies")),
            },
        }
    }

    const fn push_shape(&mut self, shape: &Shape) {
        match shape {
            Shape::Unknown => self.push("another type"),
            Shape::Unit => self.push("`()`"),
            Shape::Raw => self.push("the body as text or bytes"),
            Shape::Scalar(scalar) => self.push(name(*scalar)),
            Shape::Optional(inner) | Shape::Stream(inner) => self.push_shape(inner),
            Shape::Model(model) => self.push_model(model),
            Shape::List(inner) => {
                self.push("a list of ");
                self.push_shape(inner);
            }
            Shape::Map(inner) => {
                self.push("a map of ");
                self.push_shape(inner);
            }
        }
    }

    const fn push_model(&mut self, model: &Model) {
        self.push("`");
        self.push(model.name);
        self.push("`");
        let mut index = 0;
        while index < model.parameters.len() {
            let (name, shape) = &model.parameters[index];
            self.push(" with ");
            self.push_shape(shape);
            self.push(" as `");
            self.push(name);
            self.push("`");
            index += 1;
        }
    }

    const fn push(&mut self, text: &str) {
        self.push_bytes(text.as_bytes());
    }

    const fn push_bytes(&mut self, bytes: &[u8]) {
        let mut index = 0;
        while index < bytes.len() && self.length < CAPACITY {
            self.bytes[self.length] = bytes[index];
            self.length += 1;
            index += 1;
        }
    }
}

const fn starts_with(text: &[u8], start: &[u8]) -> bool {
    let mut index = 0;
    while index < start.len() && index < text.len() && text[index] == start[index] {
        index += 1;
    }
    index == start.len()
}

const fn name(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::String => "`String`",
        Scalar::Bool => "`bool`",
        Scalar::U8 => "`u8`",
        Scalar::U16 => "`u16`",
        Scalar::U32 => "`u32`",
        Scalar::U64 => "`u64`",
        Scalar::U128 => "`u128`",
        Scalar::I8 => "`i8`",
        Scalar::I16 => "`i16`",
        Scalar::I32 => "`i32`",
        Scalar::I64 => "`i64`",
        Scalar::I128 => "`i128`",
        Scalar::Float => "`f64`",
    }
}
