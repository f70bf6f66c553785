//! What a Rust type can be told to be by its spelling: enough to contradict a document, seldom enough to agree.

use syn::{GenericArgument, PathArguments, Type, TypePath};

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Spelled {
    /// One value, for sure.
    Scalar,
    /// Several, for sure.
    Sequence,
    Unknown,
}

const SCALARS: [&str; 18] = [
    "str", "String", "bool", "char", "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128",
    "isize", "f32", "f64",
];

/// Whether a type is spelled `Option<…>`.
pub(crate) fn is_option(ty: &Type) -> bool {
    inside(ty, "Option").is_some()
}

pub(crate) fn spelled(ty: &Type) -> Spelled {
    match ty {
        Type::Reference(reference) => spelled(&reference.elem),
        Type::Paren(paren) => spelled(&paren.elem),
        Type::Group(group) => spelled(&group.elem),
        Type::Slice(_) => Spelled::Sequence,
        Type::Path(path) => {
            if let Some(inner) = inside(ty, "Option") {
                return spelled(inner);
            }
            match last(path) {
                Some(name) if SCALARS.contains(&&*name) => Spelled::Scalar,
                Some(name) if name == "Vec" => Spelled::Sequence,
                _ => Spelled::Unknown,
            }
        }
        _ => Spelled::Unknown,
    }
}

/// The argument of `wrapper<…>`, through references.
pub(crate) fn inside<'t>(ty: &'t Type, wrapper: &str) -> Option<&'t Type> {
    let path = match ty {
        Type::Reference(reference) => return inside(&reference.elem, wrapper),
        Type::Group(group) => return inside(&group.elem, wrapper),
        Type::Path(path) => path,
        _ => return None,
    };
    let segment = path.path.segments.last().filter(|segment| segment.ident == wrapper)?;
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else { return None };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}

fn last(path: &TypePath) -> Option<String> {
    let segment = path.path.segments.last()?;
    Some(segment.ident.to_string())
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::*;

    #[test]
    fn spellings() {
        for (ty, expected) in [
            (parse_quote!(&str), Spelled::Scalar),
            (parse_quote!(Option<u32>), Spelled::Scalar),
            (parse_quote!(&[String]), Spelled::Sequence),
            (parse_quote!(std::option::Option<&[Id]>), Spelled::Sequence),
            (parse_quote!(Vec<u8>), Spelled::Sequence),
            (parse_quote!(Ids), Spelled::Unknown),
            (parse_quote!(T), Spelled::Unknown),
        ] {
            assert_eq!(spelled(&ty), expected);
        }
        assert!(is_option(&parse_quote!(&Option<u8>)) && !is_option(&parse_quote!(Optional)));
    }
}
