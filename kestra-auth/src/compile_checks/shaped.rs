//! The shapes of the types of the standard library and of this crate.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, LinkedList, VecDeque};
use std::num::{
    NonZeroI8, NonZeroI16, NonZeroI32, NonZeroI64, NonZeroI128, NonZeroU8, NonZeroU16, NonZeroU32, NonZeroU64,
    NonZeroU128,
};
use std::rc::Rc;
use std::sync::Arc;

use secrecy::SecretString;

use super::shape::{Scalar, Shape, Shaped};
use crate::response::Response;
use crate::response::binary::Binary;
use crate::response::json::Json;
use crate::response::text::Text;
#[cfg(feature = "stream")]
use crate::stream::{byte_stream::ByteStream, event_stream::EventStream, json_lines::JsonLines};

/// `Scalar: Type, …;`
macro_rules! scalars {
    ($($scalar:ident: $($type:ty),*;)*) => {$($(
        impl Shaped for $type {
            const SHAPE: Shape = Shape::Scalar(Scalar::$scalar);
        }
    )*)*};
}

scalars! {
    String: String, str, char, SecretString;
    Bool: bool;
    U8: u8, NonZeroU8;
    U16: u16, NonZeroU16;
    U32: u32, NonZeroU32;
    U64: u64, usize, NonZeroU64;
    U128: u128, NonZeroU128;
    I8: i8, NonZeroI8;
    I16: i16, NonZeroI16;
    I32: i32, NonZeroI32;
    I64: i64, isize, NonZeroI64;
    I128: i128, NonZeroI128;
    Float: f32, f64;
}

/// `[generic parameters] Type => shape;`, where the parameter `T` is [`Shaped`].
macro_rules! containers {
    ($([$($parameter:ident $(: $bound:path)?),*] $type:ty => $shape:expr;)*) => {$(
        impl<T: Shaped, $($parameter $(: $bound)?),*> Shaped for $type {
            const SHAPE: Shape = $shape;
        }
    )*};
}

containers! {
    [] Option<T> => Shape::Optional(&T::SHAPE);
    [] [T] => Shape::List(&T::SHAPE);
    [] Vec<T> => Shape::List(&T::SHAPE);
    [] VecDeque<T> => Shape::List(&T::SHAPE);
    [] LinkedList<T> => Shape::List(&T::SHAPE);
    [] BTreeSet<T> => Shape::List(&T::SHAPE);
    [S] HashSet<T, S> => Shape::List(&T::SHAPE);
    [K] BTreeMap<K, T> => Shape::Map(&T::SHAPE);
    [K, S] HashMap<K, T, S> => Shape::Map(&T::SHAPE);
    // A result is what it reads.
    [E] Result<T, E> => T::SHAPE;
    [] Response<T> => T::SHAPE;
    [] Json<T> => T::SHAPE;
}

impl<T: Shaped, const N: usize> Shaped for [T; N] {
    const SHAPE: Shape = Shape::List(&T::SHAPE);
}

impl Shaped for serde_json::Map<String, serde_json::Value> {
    const SHAPE: Shape = Shape::Map(&Shape::Unknown);
}

impl Shaped for serde_json::Value {
    const SHAPE: Shape = Shape::Unknown;
}

impl Shaped for () {
    const SHAPE: Shape = Shape::Unit;
}

/// Types that are what they point to.
macro_rules! pointers {
    ($($type:ty),*) => {$(
        impl<T: Shaped + ?Sized> Shaped for $type {
            const SHAPE: Shape = T::SHAPE;
        }
    )*};
}

pointers!(&T, &mut T, Box<T>, Rc<T>, Arc<T>);

impl<T: Shaped + ToOwned + ?Sized> Shaped for Cow<'_, T> {
    const SHAPE: Shape = T::SHAPE;
}

/// Types that are the body itself.
macro_rules! raw {
    ($($type:ty),*) => {$(
        impl Shaped for $type {
            const SHAPE: Shape = Shape::Raw;
        }
    )*};
}

raw!(Text, Binary);

#[cfg(feature = "stream")]
raw!(ByteStream);

#[cfg(feature = "stream")]
containers! {
    [] EventStream<T> => Shape::Stream(&T::SHAPE);
    [] JsonLines<T> => Shape::Stream(&T::SHAPE);
}
