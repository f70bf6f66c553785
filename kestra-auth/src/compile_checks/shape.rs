//! What a Rust type is in JSON, as far as the contract compares it.
//!
//! What is hard here: most types are not known, and none of them may fail to compile for it. [`TypeProbe`] has an
//! inherent constant for the types that implement [`Shaped`], and the compiler prefers it to the one of [`AnyType`],
//! which all types have.

use std::marker::PhantomData;

use crate::error::api_error::ApiError;

/// What a type is.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// Anything: the type is from another crate, or does not derive `Contract`.
    Unknown,
    /// `()`, which reads nothing.
    Unit,
    /// The body itself, as text or bytes.
    Raw,
    /// One value.
    Scalar(Scalar),
    /// A list of values.
    List(&'static Self),
    /// A map of names to values.
    Map(&'static Self),
    /// A value that may be absent.
    Optional(&'static Self),
    /// Values that are read as they arrive.
    Stream(&'static Self),
    /// A type that derives `Contract`.
    Model(Model),
}

/// A type that is one value, by what it can hold.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs, unnameable_types, reason = "each is named after a Rust type, and generated code names none")]
pub enum Scalar {
    String,
    Bool,
    U8,
    U16,
    U32,
    U64,
    U128,
    I8,
    I16,
    I32,
    I64,
    I128,
    Float,
}

/// A type that derives `Contract`.
#[derive(Clone, Copy, Debug)]
pub struct Model {
    /// The digest of its document.
    pub document: u64,
    /// The digest of the pointer to its schema.
    pub schema: u64,
    /// The name of its schema.
    pub name: &'static str,
    /// What it is in JSON: the bits of [`Expected`], or none if that is not known.
    pub kinds: u16,
    /// Whether its schema describes no properties, so that it fits everywhere.
    pub is_open: bool,
    /// The values of its variants, if it is an enum of strings.
    pub values: &'static [&'static str],
    /// Whether it can hold other values, too.
    pub has_other: bool,
    /// The properties that its type parameters determine.
    pub parameters: &'static [(&'static str, Shape)],
    /// The schemas that it can be, for some type parameters.
    pub instances: &'static [Instance],
}

/// A schema that differs from the schema of a model only in the properties that type parameters determine.
#[derive(Clone, Copy, Debug)]
pub struct Instance {
    /// The digest of the pointer to the schema.
    pub schema: u64,
    /// What the schema has for each of the [`parameters`](Model::parameters).
    pub parameters: &'static [Expected<'static>],
}

/// What a schema allows.
#[derive(Clone, Copy, Debug)]
pub struct Expected<'a> {
    /// The types of one value: bit 0 is the first `Scalar`.
    pub scalars: u16,
    /// The items, if a list is allowed.
    pub list: Option<&'a Self>,
    /// The values, if an object is allowed.
    pub map: Option<&'a Self>,
    /// The digest of the document.
    pub document: u64,
    /// The schemas whose models are allowed, that of the document first. Models of any schema are if there are none.
    pub schemas: &'a [u64],
    /// The values of an enumeration of strings.
    pub values: &'a [&'a str],
    /// Whether the type is read, so that it must be able to hold all of the values.
    pub is_read: bool,
    /// Whether everything is allowed.
    pub is_any: bool,
}

impl Expected<'_> {
    /// What allows everything.
    pub const ANY: Self = Self { is_any: true, ..Self::NOTHING };

    /// What allows nothing, to add to.
    pub const NOTHING: Self = Self {
        scalars: 0,
        list: None,
        map: None,
        document: 0,
        schemas: &[],
        values: &[],
        is_read: false,
        is_any: false,
    };
}

impl Model {
    /// A model of a schema, without anything that only some models have.
    #[must_use]
    pub const fn new(document: u64, schema: u64, name: &'static str, kinds: u16) -> Self {
        Self {
            document,
            schema,
            name,
            kinds,
            is_open: false,
            values: &[],
            has_other: false,
            parameters: &[],
            instances: &[],
        }
    }
}

impl Shape {
    /// The shape itself if it is known, and that of a container of unknown values otherwise.
    #[must_use]
    pub const fn or(self, container: Self) -> Self {
        match self {
            Self::Unknown => container,
            known => known,
        }
    }

    /// Whether the values are read as they arrive.
    pub(super) const fn is_stream(&self) -> bool {
        match self {
            Self::Stream(_) => true,
            Self::Optional(inner) => inner.is_stream(),
            _ => false,
        }
    }
}

/// A type whose shape is known.
pub trait Shaped {
    /// What it is.
    const SHAPE: Shape;
}

/// Looks up what is known of a type at compile time.
#[derive(Debug)]
pub struct TypeProbe<T: ?Sized>(PhantomData<T>);

/// What holds for every type.
pub trait AnyType {
    /// What the type is.
    const SHAPE: Shape = Shape::Unknown;
    /// What the error body of a return type is.
    const ERROR: Shape = Shape::Unknown;
    /// Whether the type is an `Option`.
    const IS_OPTION: bool = false;
    /// Whether `null` is a value of the type.
    const HOLDS_NULL: bool = false;
}

impl<T: ?Sized> AnyType for TypeProbe<T> {}

impl<T: Shaped + ?Sized> TypeProbe<T> {
    /// What the type is.
    pub const SHAPE: Shape = T::SHAPE;
}

impl<T, P: Shaped> TypeProbe<Result<T, ApiError<P>>> {
    /// What the error body is.
    pub const ERROR: Shape = P::SHAPE;
}

impl<T> TypeProbe<Option<T>> {
    /// The type is an `Option`.
    pub const IS_OPTION: bool = true;
    /// `null` is `None`.
    pub const HOLDS_NULL: bool = true;
}

impl TypeProbe<serde_json::Value> {
    /// `null` is a value of its own.
    pub const HOLDS_NULL: bool = true;
}
