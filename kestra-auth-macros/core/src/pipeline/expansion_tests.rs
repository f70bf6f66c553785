//! Golden expansions, one for each form of the syntax.
//!
//! To rewrite them, run `UPDATE_EXPECT=1 cargo test -p kestra-auth-macros`.
#![allow(clippy::needless_raw_string_hashes, reason = "`expect-test` writes them")]

mod clients;
mod methods;
mod trait_objects;

use expect_test::{Expect, expect};
use proc_macro2::TokenStream;
use quote::quote;
use syn::{Item, TraitItem};

/// Compares the expansion of a trait, of which only the items that contain one of `keep` are of interest.
fn check(args: &str, item: &str, keep: &[&str], expected: &Expect) {
    let tokens = super::expand_api(args.parse().unwrap(), &item.parse::<TokenStream>().unwrap());
    let file = syn::parse2::<syn::File>(tokens).unwrap();
    let items = file.items.iter().map(|item| prettyplease::unparse(&syn::parse_quote!(#item)));
    let text: String = items.filter(|item| keep.iter().any(|word| item.contains(word))).collect();
    assert!(text.lines().count() <= 60, "{} lines", text.lines().count());
    expected.assert_eq(&text);
}

/// Compares the endpoints of a trait, without what the trait itself has.
fn check_endpoints(args: &str, methods: &str, expected: &Expect) {
    let item: TokenStream = format!("trait Flows {{ {methods} }}").parse().unwrap();
    let file = syn::parse2::<syn::File>(super::expand_api(args.parse().unwrap(), &item)).unwrap();
    let items = file.items.iter().flat_map(|item| if let Item::Trait(item) = item { &*item.items } else { &[] });
    let endpoints =
        items.filter(|item| !matches!(item, TraitItem::Fn(method) if method.sig.ident == "__Flows_request"));
    let text = prettyplease::unparse(&syn::parse2(quote!(trait Flows { #(#endpoints)* })).unwrap());
    assert!(text.lines().count() <= 60, "{} lines", text.lines().count());
    expected.assert_eq(&text);
}

#[test]
fn plain_trait() {
    check(
        "",
        "/// Flows.\npub trait Flows: Debug { /// All.\n #[get(\"/flows\")] #[must_use] async fn list(&self) -> Result<u8, Error>; }",
        &["pub trait", "static", "const _", "use "],
        &expect![[r##"
            #[allow(unused_imports)]
            use ::kestra_auth::__private_0_1::{self as __Flows, ProbeDefaults as _};
            /// Flows.
            #[diagnostic::on_unimplemented(
                message = "`{Self}` does not implement the API `Flows`",
                label = "expected `FlowsClient`, or a type with `impl Flows`",
                note = "an API cannot be the supertrait of another; to use both, put their clients into a struct"
            )]
            pub trait Flows: Debug + ::core::marker::Send + ::core::marker::Sync {
                /// All.
                #[must_use]
                fn list(&self) -> impl __Flows::Future<Output = Result<u8, Error>> + __Flows::Send {
                    static __ENDPOINT: __Flows::Endpoint = __Flows::Endpoint::__new(
                            "Flows",
                            "list",
                            "GET",
                        )
                        .__path("/flows");
                    let mut __request = self.__Flows_request(&__ENDPOINT);
                    __request.literal("/flows");
                    __request.send(__Flows::reads())
                }
                #[doc(hidden)]
                fn __Flows_request(
                    &self,
                    endpoint: &'static __Flows::Endpoint,
                ) -> __Flows::Request<'_> {
                    __Flows::Request::unimplemented(endpoint)
                }
            }
            const _: () = __Flows::reject(__Flows::ResultProbe::<Result<u8, Error>>::REJECTION);
            #[allow(unused_imports)]
            pub use __Flows_client::FlowsClient;
            #[automatically_derived]
            #[allow(deprecated)]
            impl Flows for __Flows_client::FlowsClient {
                fn __Flows_request(
                    &self,
                    endpoint: &'static __Flows::Endpoint,
                ) -> __Flows::Request<'_> {
                    __Flows::Request::new(&self.client, endpoint)
                }
            }
        "##]],
    );
}

#[test]
fn method_arguments() {
    check_endpoints(
        "headers(\"X-Api: 2\", \"Accept: a/b\"), anonymous",
        "#[cfg(unix)] #[post(\"/flows/{id}/{**rest}\", accept = \"text/csv\", none(404), timeout = \"5s\", \
         attempt_timeout = \"2s\", read_timeout = \"1s\", \
         limit = \"1kB\", retry = \"never\", redirects = \"none\", idempotency_key, headers(\"X-B: 1\"))] \
         async fn list(&self, id: u8, rest: &str) -> Result<Option<Text>, Error>;",
        &expect![[r#"
            trait Flows {
                #[cfg(unix)]
                fn list(
                    &self,
                    id: u8,
                    rest: &str,
                ) -> impl __Flows::Future<Output = Result<Option<Text>, Error>> + __Flows::Send {
                    static __ENDPOINT: __Flows::Endpoint = __Flows::Endpoint::__new(
                            "Flows",
                            "list",
                            "POST",
                        )
                        .__path("/flows/{id}/{**rest}")
                        .__headers(&[("x-b", "1"), ("accept", "text/csv"), ("x-api", "2")])
                        .__timeout(::core::time::Duration::from_millis(5000u64))
                        .__attempt_timeout(::core::time::Duration::from_millis(2000u64))
                        .__read_timeout(::core::time::Duration::from_millis(1000u64))
                        .__limit(1000u64)
                        .__absent(&[404u16])
                        .__idempotency_key("idempotency-key")
                        .__retry(__Flows::RetryMode::Never)
                        .__redirects(__Flows::Redirects::None)
                        .__anonymous();
                    let mut __request = self.__Flows_request(&__ENDPOINT);
                    __request.literal("/flows/");
                    __request.path("id", &id);
                    __request.path_rest("rest", &rest);
                    __request.send(__Flows::reads_optional())
                }
            }
        "#]],
    );
}

#[test]
fn no_default_bodies() {
    check(
        "no_defaults",
        "trait Flows { /// All.\n #[get(\"/flows\")] async fn list(&self, #[query] page: u8) -> Result<u8, Error>; \
         async fn first(&self) -> u8 { 7 } }",
        &["trait Flows"],
        &expect![[r##"
            #[diagnostic::on_unimplemented(
                message = "`{Self}` does not implement the API `Flows`",
                label = "expected `FlowsClient`, or a type with `impl Flows`",
                note = "an API cannot be the supertrait of another; to use both, put their clients into a struct"
            )]
            trait Flows: ::core::marker::Send + ::core::marker::Sync {
                /// All.
                fn list(
                    &self,
                    page: u8,
                ) -> impl __Flows::Future<Output = Result<u8, Error>> + __Flows::Send;
                fn first(&self) -> impl __Flows::Future<Output = u8> + __Flows::Send {
                    async move { 7 }
                }
            }
        "##]],
    );
}

#[test]
fn generics_and_lifetimes() {
    check(
        "",
        "trait Flows<A> where A: Send { #[post(\"/\")] async fn m<'a, T>(&self, #[json] a: &'a T, #[query] b: impl Serialize) \
         -> Result<A, Error> where T: Serialize; }",
        &["trait", "impl<A> Flows<A>"],
        &expect![[r##"
            #[diagnostic::on_unimplemented(
                message = "`{Self}` does not implement the API `Flows`",
                label = "expected `FlowsClient`, or a type with `impl Flows`",
                note = "an API cannot be the supertrait of another; to use both, put their clients into a struct"
            )]
            trait Flows<A>: ::core::marker::Send + ::core::marker::Sync
            where
                A: Send,
            {
                fn m<'a, T>(
                    &self,
                    a: &'a T,
                    b: impl Serialize,
                ) -> impl __Flows::Future<Output = Result<A, Error>> + __Flows::Send
                where
                    T: Serialize,
                {
                    static __ENDPOINT: __Flows::Endpoint = __Flows::Endpoint::__new(
                            "Flows",
                            "m",
                            "POST",
                        )
                        .__path("/");
                    let mut __request = self.__Flows_request(&__ENDPOINT);
                    __request.literal("/");
                    __request.json(&a);
                    __request.query("b", &b);
                    __request.send(__Flows::reads())
                }
                #[doc(hidden)]
                fn __Flows_request(
                    &self,
                    endpoint: &'static __Flows::Endpoint,
                ) -> __Flows::Request<'_> {
                    __Flows::Request::unimplemented(endpoint)
                }
            }
            #[automatically_derived]
            #[allow(deprecated)]
            impl<A> Flows<A> for __Flows_client::FlowsClient
            where
                A: Send,
            {
                fn __Flows_request(
                    &self,
                    endpoint: &'static __Flows::Endpoint,
                ) -> __Flows::Request<'_> {
                    __Flows::Request::new(&self.client, endpoint)
                }
            }
        "##]],
    );
}

#[test]
fn provided_methods() {
    check(
        "",
        "trait Flows { async fn first(&self) -> u8 { 7 } fn name(&self) -> &str { \"flows\" } }",
        &["trait", "impl Flows for"],
        &expect![[r##"
            #[diagnostic::on_unimplemented(
                message = "`{Self}` does not implement the API `Flows`",
                label = "expected `FlowsClient`, or a type with `impl Flows`",
                note = "an API cannot be the supertrait of another; to use both, put their clients into a struct"
            )]
            trait Flows: ::core::marker::Send + ::core::marker::Sync {
                fn first(&self) -> impl __Flows::Future<Output = u8> + __Flows::Send {
                    async move { 7 }
                }
                fn name(&self) -> &str {
                    "flows"
                }
            }
            #[automatically_derived]
            #[allow(deprecated)]
            impl Flows for __Flows_client::FlowsClient {}
        "##]],
    );
}

#[test]
fn cfg_attributes() {
    check(
        "",
        "#[cfg(unix)] trait Flows { #[cfg(test)] #[get(\"/\")] #[allow(unused)] async fn m(&self, #[cfg(a)] #[query] a: u8) \
         -> Result<u8, Error>; }",
        &["trait Flows", "const _"],
        &expect![[r##"
            #[cfg(unix)]
            #[diagnostic::on_unimplemented(
                message = "`{Self}` does not implement the API `Flows`",
                label = "expected `FlowsClient`, or a type with `impl Flows`",
                note = "an API cannot be the supertrait of another; to use both, put their clients into a struct"
            )]
            trait Flows: ::core::marker::Send + ::core::marker::Sync {
                #[cfg(test)]
                #[allow(unused)]
                fn m(
                    &self,
                    #[cfg(a)]
                    a: u8,
                ) -> impl __Flows::Future<Output = Result<u8, Error>> + __Flows::Send {
                    static __ENDPOINT: __Flows::Endpoint = __Flows::Endpoint::__new(
                            "Flows",
                            "m",
                            "GET",
                        )
                        .__path("/");
                    let mut __request = self.__Flows_request(&__ENDPOINT);
                    __request.literal("/");
                    #[cfg(a)] __request.query("a", &a);
                    __request.send(__Flows::reads())
                }
                #[doc(hidden)]
                fn __Flows_request(
                    &self,
                    endpoint: &'static __Flows::Endpoint,
                ) -> __Flows::Request<'_> {
                    __Flows::Request::unimplemented(endpoint)
                }
            }
            #[cfg(unix)]
            #[cfg(test)]
            const _: () = __Flows::reject(__Flows::ResultProbe::<Result<u8, Error>>::REJECTION);
        "##]],
    );
}

#[test]
fn trait_with_errors() {
    check(
        "",
        "trait Flows { #[gett(\"/\")] fn m(self, (a, b): (u8, u8)); #[get(\"/b\")] async fn b(&self) -> Result<u8, Error>; }",
        &["compile_error", "trait", "impl Flows for"],
        &expect![[r#"
            ::core::compile_error! {
                "unknown attribute `#[gett]`; did you mean `#[get]`?\nhelp: write `#[get(\"/path\")]`"
            }
            ::core::compile_error! {
                "endpoint `m` must be async\nhelp: write `async fn m`"
            }
            ::core::compile_error! {
                "endpoint `m` must return a `Result`\nhelp: write `-> Result<(), Error>`, or the type of the response"
            }
            ::core::compile_error! {
                "endpoint `m` must take `&self`\nhelp: write `&self`"
            }
            ::core::compile_error! {
                "expected the name of a parameter, found a pattern\nhelp: write `a: u8`, `b: u8`"
            }
            #[diagnostic::on_unimplemented(
                message = "`{Self}` does not implement the API `Flows`",
                label = "expected `FlowsClient`, or a type with `impl Flows`",
                note = "an API cannot be the supertrait of another; to use both, put their clients into a struct"
            )]
            trait Flows: ::core::marker::Send + ::core::marker::Sync {
                #[allow(unused_variables)]
                fn m(
                    &self,
                    __argument_1: (u8, u8),
                ) -> impl __Flows::Future<
                    Output = ::core::result::Result<(), ::kestra_auth::__private_0_1::Error>,
                > + __Flows::Send {
                    __Flows::inert()
                }
                #[allow(unused_variables)]
                fn b(&self) -> impl __Flows::Future<Output = Result<u8, Error>> + __Flows::Send {
                    __Flows::inert()
                }
            }
            #[automatically_derived]
            #[allow(deprecated)]
            impl Flows for __Flows_client::FlowsClient {}
        "#]],
    );
}

#[test]
fn keeps_attributes_of_other_macros_on_provided_methods() {
    let item: TokenStream = "trait Flows { #[retry(3)] async fn first(&self) {} }".parse().unwrap();
    let expansion = super::expand_api(TokenStream::new(), &item).to_string();
    assert!(expansion.contains("# [retry (3)]") && !expansion.contains("compile_error"), "{expansion}");
}
