//! What the spelling of a Rust type reveals. A macro cannot resolve aliases, so `Unknown` never contradicts the
//! document.

use syn::Type;

use super::spelled_type::type_arguments;

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum TypeShape {
    /// Certainly one value.
    Scalar,
    /// Certainly several values.
    Sequence,
    Unknown,
}

const SCALARS: [&str; 18] = [
    "str", "String", "bool", "char", "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128",
    "isize", "f32", "f64",
];

/// Whether a type is spelled `Option<…>`, possibly behind references.
pub(crate) fn is_option(ty: &Type) -> bool {
    option_argument(ty).is_some()
}

/// The shape of a type, with references and `Option` removed.
pub(crate) fn type_shape(ty: &Type) -> TypeShape {
    match ty {
        Type::Reference(reference) => type_shape(&reference.elem),
        Type::Paren(paren) => type_shape(&paren.elem),
        Type::Group(group) => type_shape(&group.elem),
        Type::Slice(_) => TypeShape::Sequence,
        Type::Path(path) => {
            if let Some(inner) = option_argument(ty) {
                return type_shape(inner);
            }
            let name = path.path.segments.last().map(|segment| segment.ident.to_string());
            match name.as_deref() {
                Some("Vec") => TypeShape::Sequence,
                Some(name) if SCALARS.contains(&name) => TypeShape::Scalar,
                _ => TypeShape::Unknown,
            }
        }
        _ => TypeShape::Unknown,
    }
}

/// The argument of `Option<…>`, possibly behind references.
fn option_argument(ty: &Type) -> Option<&Type> {
    let path = match ty {
        Type::Reference(reference) => return option_argument(&reference.elem),
        Type::Group(group) => return option_argument(&group.elem),
        Type::Path(path) => path,
        _ => return None,
    };
    let segment = path.path.segments.last().filter(|segment| segment.ident == "Option")?;
    type_arguments(segment).next()
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::*;

    #[test]
    fn shape_follows_the_spelling() {
        for (ty, expected) in [
            (parse_quote!(&str), TypeShape::Scalar),
            (parse_quote!(Option<u32>), TypeShape::Scalar),
            (parse_quote!(&[String]), TypeShape::Sequence),
            (parse_quote!(std::option::Option<&[Id]>), TypeShape::Sequence),
            (parse_quote!(Vec<u8>), TypeShape::Sequence),
            (parse_quote!(Ids), TypeShape::Unknown),
            (parse_quote!(T), TypeShape::Unknown),
        ] {
            assert_eq!(type_shape(&ty), expected);
        }
        assert!(is_option(&parse_quote!(&Option<u8>)) && !is_option(&parse_quote!(Optional)));
    }
}
