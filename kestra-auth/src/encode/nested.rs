//! Structs, maps and pairs become `name=value` pairs: a query or a form.
//!
//! What is hard here: the name of a pair is the way that led to it, and what a sequence does to it differs:
//! `filter[tags]=a`, `a[b][0]=`, `a.b=`.

use serde::ser::{Impossible, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant};
use serde::{Serialize, Serializer};

use super::error::Fault;
use super::pair_list::Pair;
use super::scalar::Scalar;
use super::unsupported::unsupported;
use super::writer::{KeySink, Pairs, Sink};

/// How a value inside a value is named.
#[derive(Clone, Copy, Debug, PartialEq)]
#[doc(hidden)]
pub enum Style {
    /// Not at all: a field is a scalar, an option or a sequence of scalars.
    Flat,
    /// `a[b]`, as OpenAPI's `deepObject`; a sequence repeats its name.
    Deep,
    /// `a[b][0]`
    Brackets,
    /// `a.b`; a sequence of scalars repeats its name, one of structs has `a[0].b`.
    Dots,
}

/// Writes a value's pairs; without a name they are named by the fields alone.
pub(crate) fn write<T: Serialize + ?Sized>(
    value: &T,
    name: &str,
    style: Style,
    pairs: &mut dyn Pairs,
) -> Result<(), Fault> {
    value.serialize(Tree { pairs, name: name.to_owned(), style, place: Place::Top })
}

#[derive(Clone, Copy, PartialEq)]
enum Place {
    /// The parameter itself.
    Top,
    /// A field of a struct or an entry of a map.
    Field,
    /// An element, with its number.
    Element(usize),
}

struct Tree<'a> {
    pairs: &'a mut dyn Pairs,
    name: String,
    style: Style,
    place: Place,
}

/// One scalar, under a name that is known.
struct Named<'a> {
    pairs: &'a mut dyn Pairs,
    name: &'a str,
}

impl Sink for Named<'_> {
    fn text(&mut self, text: &str) -> Result<(), Fault> {
        self.pairs.pair(self.name, text)
    }

    fn begin_sequence(&mut self) -> Result<(), Fault> {
        Err(Fault::NestedSequence)
    }
}

impl<'a> Tree<'a> {
    fn scalar(self, write: impl FnOnce(Scalar<'_>) -> Result<(), Fault>) -> Result<(), Fault> {
        // A scalar has no name of its own, and so none at the top, where only fields have one.
        if self.place == Place::Top {
            return Err(Fault::NoFields);
        }
        let name = match (self.style, self.place) {
            (Style::Brackets, Place::Element(index)) => format!("{}[{index}]", self.name),
            _ => self.name,
        };
        write(Scalar::new(&mut Named { pairs: self.pairs, name: &name }))
    }

    fn object(self) -> Result<Fields<'a>, Fault> {
        let inside = self.place != Place::Top;
        if inside && self.style == Style::Flat {
            return Err(Fault::Nested);
        }
        let prefix = match self.place {
            Place::Element(index) => format!("{}[{index}]", self.name),
            Place::Top | Place::Field => self.name,
        };
        Ok(Fields { pairs: self.pairs, prefix, style: self.style, key: None })
    }

    fn elements(self) -> Result<Elements<'a>, Fault> {
        match self.place {
            Place::Element(_) if matches!(self.style, Style::Flat | Style::Deep) => Err(Fault::NestedSequence),
            Place::Element(index) => {
                let name = format!("{}[{index}]", self.name);
                Ok(Elements { tree: Tree { name, ..self }, index: 0 })
            }
            Place::Top | Place::Field => Ok(Elements { tree: self, index: 0 }),
        }
    }
}

macro_rules! scalars {
    ($($method:ident($($type:ty),*);)*) => {$(
        scalars!(@ $method, value: $($type),*);
    )*};
    (@ $method:ident, $value:ident: $type:ty) => {
        fn $method(self, $value: $type) -> Result<(), Fault> {
            self.scalar(|scalar| scalar.$method($value))
        }
    };
}

impl<'a> Serializer for Tree<'a> {
    type Ok = ();
    type Error = Fault;
    type SerializeSeq = Elements<'a>;
    type SerializeTuple = Impossible<(), Fault>;
    type SerializeTupleStruct = Impossible<(), Fault>;
    type SerializeTupleVariant = Impossible<(), Fault>;
    type SerializeMap = Fields<'a>;
    type SerializeStruct = Fields<'a>;
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

    fn serialize_none(self) -> Result<(), Fault> {
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Fault> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Fault> {
        Ok(())
    }

    fn serialize_unit_variant(self, name: &'static str, index: u32, variant: &'static str) -> Result<(), Fault> {
        self.scalar(|scalar| scalar.serialize_unit_variant(name, index, variant))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), Fault> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Fault> {
        let mut fields = self.object()?;
        fields.field(variant, value)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Elements<'a>, Fault> {
        self.elements()
    }

    unsupported! {
        Fault::Tuple => serialize_tuple(usize) -> SerializeTuple;
        Fault::Tuple => serialize_tuple_struct(&'static str, usize) -> SerializeTupleStruct;
        Fault::Variant => serialize_tuple_variant(&'static str, u32, &'static str, usize) -> SerializeTupleVariant;
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Fields<'a>, Fault> {
        self.object()
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Fields<'a>, Fault> {
        self.object()
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Fields<'a>, Fault> {
        let fields = self.object()?;
        let prefix = fields.name(variant);
        Ok(Fields { prefix, ..fields })
    }
}

struct Fields<'a> {
    pairs: &'a mut dyn Pairs,
    prefix: String,
    style: Style,
    key: Option<String>,
}

impl Fields<'_> {
    fn name(&self, key: &str) -> String {
        match (self.prefix.as_str(), self.style) {
            ("", _) => key.to_owned(),
            (prefix, Style::Dots) => format!("{prefix}.{key}"),
            (prefix, _) => format!("{prefix}[{key}]"),
        }
    }

    fn field<T: Serialize + ?Sized>(&mut self, key: &str, value: &T) -> Result<(), Fault> {
        let name = self.name(key);
        value.serialize(Tree { pairs: self.pairs, name, style: self.style, place: Place::Field })
    }
}

impl SerializeMap for Fields<'_> {
    type Ok = ();
    type Error = Fault;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Fault> {
        let mut text = KeySink(None);
        key.serialize(Scalar::new(&mut text))?;
        self.key = text.0;
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Fault> {
        let key = self.key.take().ok_or(Fault::Own)?;
        self.field(&key, value)
    }

    fn end(self) -> Result<(), Fault> {
        Ok(())
    }
}

impl SerializeStruct for Fields<'_> {
    type Ok = ();
    type Error = Fault;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Fault> {
        self.field(key, value)
    }

    fn end(self) -> Result<(), Fault> {
        Ok(())
    }
}

impl SerializeStructVariant for Fields<'_> {
    type Ok = ();
    type Error = Fault;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Fault> {
        self.field(key, value)
    }

    fn end(self) -> Result<(), Fault> {
        Ok(())
    }
}

struct Elements<'a> {
    tree: Tree<'a>,
    index: usize,
}

impl SerializeSeq for Elements<'_> {
    type Ok = ();
    type Error = Fault;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Fault> {
        let Tree { pairs, name, style, place } = &mut self.tree;
        // At the top of a flat value stands a sequence of pairs.
        if *place == Place::Top && *style == Style::Flat {
            return value.serialize(Pair(*pairs));
        }
        let place = Place::Element(self.index);
        self.index += 1;
        value.serialize(Tree { pairs: *pairs, name: name.clone(), style: *style, place })
    }

    fn end(self) -> Result<(), Fault> {
        Ok(())
    }
}

#[cfg(test)]
mod tests;
