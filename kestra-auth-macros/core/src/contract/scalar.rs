//! Rust types that are one value, and which of them can hold the integers of a schema.

/// A Rust type that is one value, by what it can hold. The runtime has the same enum.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Scalar {
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

/// A set of [`Scalar`]s: bit 0 is the first.
pub(crate) type Scalars = u16;

/// The bits of lists and objects, after those of the scalars.
pub(super) const LIST: Scalars = 1 << 13;
pub(super) const OBJECT: Scalars = 1 << 14;

const INTEGERS: [Scalar; 10] = [
    Scalar::U8,
    Scalar::U16,
    Scalar::U32,
    Scalar::U64,
    Scalar::U128,
    Scalar::I8,
    Scalar::I16,
    Scalar::I32,
    Scalar::I64,
    Scalar::I128,
];

impl Scalar {
    pub(super) fn bit(self) -> Scalars {
        1 << self as Scalars
    }

    /// The type that has a name in Rust.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "str" | "String" | "char" | "SecretString" => Self::String,
            "bool" => Self::Bool,
            "u8" | "NonZeroU8" => Self::U8,
            "u16" | "NonZeroU16" => Self::U16,
            "u32" | "NonZeroU32" => Self::U32,
            "u64" | "usize" | "NonZeroU64" | "NonZeroUsize" => Self::U64,
            "u128" | "NonZeroU128" => Self::U128,
            "i8" | "NonZeroI8" => Self::I8,
            "i16" | "NonZeroI16" => Self::I16,
            "i32" | "NonZeroI32" => Self::I32,
            "i64" | "isize" | "NonZeroI64" | "NonZeroIsize" => Self::I64,
            "i128" | "NonZeroI128" => Self::I128,
            "f32" | "f64" => Self::Float,
            _ => return None,
        })
    }

    /// The name that stands for the types that are alike.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::String => "String",
            Self::Bool => "bool",
            Self::U8 => "u8",
            Self::U16 => "u16",
            Self::U32 => "u32",
            Self::U64 => "u64",
            Self::U128 => "u128",
            Self::I8 => "i8",
            Self::I16 => "i16",
            Self::I32 => "i32",
            Self::I64 => "i64",
            Self::I128 => "i128",
            Self::Float => "f64",
        }
    }

    /// The least and the greatest integer that it can hold.
    #[expect(clippy::cast_precision_loss, reason = "bounds that are off by less than one in 2^53 stay in order")]
    fn range(self) -> (f64, f64) {
        match self {
            Self::U8 => (0.0, f64::from(u8::MAX)),
            Self::U16 => (0.0, f64::from(u16::MAX)),
            Self::U32 => (0.0, f64::from(u32::MAX)),
            Self::U64 => (0.0, u64::MAX as f64),
            Self::U128 => (0.0, u128::MAX as f64),
            Self::I8 => (f64::from(i8::MIN), f64::from(i8::MAX)),
            Self::I16 => (f64::from(i16::MIN), f64::from(i16::MAX)),
            Self::I32 => (f64::from(i32::MIN), f64::from(i32::MAX)),
            Self::I64 => (i64::MIN as f64, i64::MAX as f64),
            Self::I128 => (i128::MIN as f64, i128::MAX as f64),
            Self::String | Self::Bool | Self::Float => (f64::INFINITY, f64::NEG_INFINITY),
        }
    }
}

/// The integers of any width.
pub(super) fn integers() -> Scalars {
    INTEGERS.into_iter().map(Scalar::bit).sum()
}

/// The bounds that a schema documents for an integer.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Bounds {
    pub(super) minimum: Option<f64>,
    pub(super) maximum: Option<f64>,
}

impl Bounds {
    /// The bounds of a [format](https://spec.openapis.org/registry/format/). The lower one is left out: a document
    /// that uses `int64` for a count means no negative one.
    pub(super) fn of_format(format: &str) -> Self {
        let scalar = match format {
            "int8" => Scalar::I8,
            "int16" => Scalar::I16,
            "int32" => Scalar::I32,
            // Numbers beyond `i64` are rare in JSON, and many documents mean any integer by `uint64`.
            "int64" | "uint64" | "long" => Scalar::I64,
            "uint8" => Scalar::U8,
            "uint16" => Scalar::U16,
            "uint32" => Scalar::U32,
            _ => return Self::default(),
        };
        Self { minimum: None, maximum: Some(scalar.range().1) }
    }

    /// The integer types that can hold every value within the bounds.
    pub(super) fn holders(self) -> Scalars {
        let holds = |scalar: &Scalar| {
            let (least, greatest) = scalar.range();
            self.minimum.is_none_or(|minimum| least <= minimum)
                && self.maximum.is_none_or(|maximum| greatest >= maximum)
        };
        INTEGERS.into_iter().filter(holds).map(Scalar::bit).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(bounds: Bounds, name: &str) -> bool {
        bounds.holders() & Scalar::from_name(name).unwrap().bit() != 0
    }

    #[test]
    fn a_type_holds_every_documented_integer() {
        for (format, types, others) in [
            ("int64", &["i64", "u64", "i128", "usize"][..], &["i32", "u32", "u8"][..]),
            ("int32", &["i32", "u32", "i64", "u64"], &["i16", "u16", "i8"]),
            ("uint64", &["u64", "i64", "i128"], &["i32", "u32"]),
            ("unix-time", &["i8", "u8"], &[]),
        ] {
            let bounds = Bounds::of_format(format);
            for ty in types {
                assert!(holds(bounds, ty), "{ty} for {format}");
            }
            for ty in others {
                assert!(!holds(bounds, ty), "{ty} for {format}");
            }
        }
        let negative = Bounds { minimum: Some(-1.0), maximum: None };
        assert!(holds(negative, "i8") && !holds(negative, "u64"));
        let least = Bounds { minimum: Some(-9_223_372_036_854_776_000.0), maximum: None };
        assert!(holds(least, "i64") && !holds(least, "i32"));
    }
}
