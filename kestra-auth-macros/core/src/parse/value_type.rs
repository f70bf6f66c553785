//! The type of a parameter, as far as its tokens show what it is.

use syn::{GenericArgument, PathArguments, Type};

/// Types that serialize as one value.
const SCALARS: [&str; 18] = [
    "String", "bool", "char", "f32", "f64", "i8", "i16", "i32", "i64", "i128", "isize", "str", "u8", "u16", "u32",
    "u64", "u128", "usize",
];

/// The type of a value, and that of the items if it is a sequence or an `Option`.
pub(crate) struct ValueType<'a> {
    /// The type behind its references.
    pub(crate) whole: &'a Type,
    pub(crate) item: &'a Type,
}

impl<'a> ValueType<'a> {
    pub(crate) fn new(ty: &'a Type) -> Self {
        let whole = dereferenced(ty);
        let mut item = whole;
        while let Some(inner) = item_of(item) {
            item = dereferenced(inner);
        }
        Self { whole, item }
    }
}

fn dereferenced(mut ty: &Type) -> &Type {
    loop {
        ty = match ty {
            Type::Reference(reference) => &reference.elem,
            Type::Paren(paren) => &paren.elem,
            Type::Group(group) => &group.elem,
            _ => return ty,
        };
    }
}

fn item_of(ty: &Type) -> Option<&Type> {
    match ty {
        Type::Slice(slice) => Some(&slice.elem),
        Type::Array(array) => Some(&array.elem),
        Type::Path(path) => {
            let last = path.path.segments.last()?;
            let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
            match arguments.args.iter().collect::<Vec<_>>()[..] {
                [GenericArgument::Type(inner)] if last.ident == "Option" || last.ident == "Vec" => Some(inner),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Returns whether a type is known by its name to serialize as one value.
pub(crate) fn is_scalar(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.get_ident().is_some_and(|name| SCALARS.contains(&&*name.to_string())))
}
