//! Implements the trait by which methods, and models that contain this one, know what it is.

use proc_macro2::TokenStream;
use quote::quote;

use super::model::Model;
use super::model_shape::ModelShape;

/// How many values Clippy allows in an array. It is a constant, which takes no space on the stack.
const MAX_VALUES: usize = 1024;

pub(super) fn expand(model: &Model<'_>) -> TokenStream {
    let private = model.args.private();
    let shape = ModelShape::of(model);
    let ModelShape { name, document, schema, kinds, values, .. } = &shape;
    let is_open = shape.is_open.then(|| quote!(is_open: true,));
    let allow = (values.len() > MAX_VALUES).then(|| quote!(#[allow(clippy::large_stack_arrays)]));
    let values = (!values.is_empty()).then(|| quote!(values: &[#(#values),*],));
    let has_other = shape.has_other.then(|| quote!(has_other: true,));
    let generic = (!shape.parameters.is_empty()).then(|| generic(&shape, &private));
    let mut generics = model.input.generics.clone();
    for parameter in generics.type_params_mut() {
        if shape.known_parameters().any(|found| found.inner.is_some_and(|inner| *inner == parameter.ident)) {
            parameter.bounds.push(syn::parse_quote!(#private::Shaped));
        }
    }
    let (impl_generics, _, where_clause) = generics.split_for_impl();
    let (_, ty_generics, _) = model.input.generics.split_for_impl();
    let ident = &model.input.ident;
    quote! {
        #[automatically_derived]
        #allow
        impl #impl_generics #private::Shaped for #ident #ty_generics #where_clause {
            const SHAPE: #private::Shape = #private::Shape::Model(#private::Model {
                #is_open #values #has_other #generic
                ..#private::Model::new(#document, #schema, #name, #kinds)
            });
        }
    }
}

/// The properties that type parameters determine, and the schemas that the model can be for some of them.
fn generic(shape: &ModelShape<'_>, private: &TokenStream) -> TokenStream {
    let parameters = shape.known_parameters();
    let shapes = parameters.map(|parameter| {
        let (property, ty) = (&parameter.property, parameter.ty);
        quote!((#property, <#ty as #private::Shaped>::SHAPE))
    });
    let instances = shape.instances.iter().map(|(schema, expected)| {
        let expected = expected.iter().map(|expected| expected.to_tokens(private));
        quote!(#private::Instance { schema: #schema, parameters: &[#(#expected),*] },)
    });
    quote!(parameters: &[#(#shapes),*], instances: &[#(#instances)*],)
}
