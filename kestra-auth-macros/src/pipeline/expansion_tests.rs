//! Golden expansions, one for each form. To write them anew: `UPDATE_EXPECT=1 cargo test -p kestra-auth-macros`.
#![allow(clippy::needless_raw_string_hashes, reason = "`expect-test` writes them")]

mod client;
mod methods;

use expect_test::{Expect, expect};
use proc_macro2::TokenStream;

/// What the macro makes of a trait, from its first item that begins with one of `keep`.
fn check(args: &str, item: &str, keep: &[&str], expected: &Expect) {
    let tokens = super::expand(args.parse().unwrap(), &item.parse::<TokenStream>().unwrap());
    let file = syn::parse2::<syn::File>(tokens).unwrap();
    let pretty = prettyplease::unparse(&file);
    let mut items: Vec<&str> = Vec::new();
    let mut start = 0;
    // An item ends at a line that is no more indented and closes it.
    for (at, line) in pretty.match_indices('\n').map(|(at, _)| at + 1).scan(0, |from, at| {
        let line = &pretty[*from..at];
        *from = at;
        Some((at, line))
    }) {
        if line.starts_with('}') || (line.ends_with(";\n") && !line.starts_with(' ')) {
            items.push(&pretty[start..at]);
            start = at;
        }
    }
    let kept = items.into_iter().filter(|item| keep.is_empty() || keep.iter().any(|word| item.contains(word)));
    let text: String = kept.collect();
    assert!(text.lines().count() <= 60, "{} lines", text.lines().count());
    expected.assert_eq(&text);
}

#[test]
fn a_trait() {
    check(
        "",
        "/// Flows.\npub trait Flows: Debug { /// All.\n #[get(\"/flows\")] #[must_use] async fn list(&self) -> Result<u8, Error>; }",
        &["pub trait", "static", "const _"],
        &expect![[r#"
            /// Flows.
            #[diagnostic::on_unimplemented(
                message = "`{Self}` does not implement the API `Flows`",
                label = "expected `FlowsClient`, or a type with `impl Flows`",
                note = "an API is no supertrait of another: to use two as one, put their clients into a struct"
            )]
            pub trait Flows: Debug + ::core::marker::Send + ::core::marker::Sync {
                /// All.
                #[must_use]
                #[allow(unused_variables)]
                fn list(
                    &self,
                ) -> impl ::core::future::Future<Output = Result<u8, Error>> + ::core::marker::Send {
                    ::kestra_auth::__private_0_1::ResultProbe::<
                        Result<u8, Error>,
                    >::unimplemented(&__Flows__list)
                }
            }
            static __Flows__list: ::kestra_auth::__private_0_1::Endpoint = ::kestra_auth::__private_0_1::Endpoint::__new(
                "Flows",
                "list",
                "GET",
                "/flows",
            );
            const _: () = ::kestra_auth::__private_0_1::reject(
                ::kestra_auth::__private_0_1::ResultProbe::<Result<u8, Error>>::REJECTION,
            );
        "#]],
    );
}

#[test]
fn the_static_of_an_endpoint() {
    check(
        "headers(\"X-Api: 2\", \"Accept: a/b\"), anonymous",
        "trait Flows { #[cfg(unix)] #[post(\"/flows/{id}/{**rest}\", accept = \"text/csv\", none(404), timeout = \"5s\", \
         limit = \"1kB\", retry = \"never\", redirects = \"none\", idempotency_key, headers(\"X-B: 1\"))] \
         async fn list(&self, id: u8, rest: &str) -> Result<Option<Text>, Error>; }",
        &["static"],
        &expect![[r##"
            #[cfg(unix)]
            static __Flows__list: ::kestra_auth::__private_0_1::Endpoint = ::kestra_auth::__private_0_1::Endpoint::__new(
                    "Flows",
                    "list",
                    "POST",
                    "/flows/{id}/{**rest}",
                )
                .__headers(&[("x-b", "1"), ("accept", "text/csv"), ("x-api", "2")])
                .__timeout(::core::time::Duration::from_millis(5000u64))
                .__limit(1000u64)
                .__absent(&[404u16])
                .__idempotency_key("idempotency-key")
                .__retry(::kestra_auth::__private_0_1::Retry::Never)
                .__redirects(::kestra_auth::__private_0_1::Redirects::None)
                .__anonymous();
            #[cfg(unix)]
            const _: () = ::kestra_auth::__private_0_1::reject(
                ::kestra_auth::__private_0_1::ResultProbe::<Result<Option<Text>, Error>>::REJECTION,
            );
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
                note = "an API is no supertrait of another: to use two as one, put their clients into a struct"
            )]
            trait Flows<A>: ::core::marker::Send + ::core::marker::Sync
            where
                A: Send,
            {
                #[allow(unused_variables)]
                fn m<'a, T>(
                    &self,
                    a: &'a T,
                    b: impl Serialize,
                ) -> impl ::core::future::Future<Output = Result<A, Error>> + ::core::marker::Send
                where
                    T: Serialize,
                {
                    ::kestra_auth::__private_0_1::ResultProbe::<
                        Result<A, Error>,
                    >::unimplemented(&__Flows__m)
                }
            }
            #[automatically_derived]
            #[allow(deprecated)]
            impl<A> Flows<A> for FlowsClient
            where
                A: Send,
            {
                fn m<'a, T>(
                    &self,
                    a: &'a T,
                    b: impl Serialize,
                ) -> impl ::core::future::Future<Output = Result<A, Error>> + ::core::marker::Send
                where
                    T: Serialize,
                {
                    let mut __request = ::kestra_auth::__private_0_1::Request::new(
                        &self.client,
                        &__Flows__m,
                    );
                    __request.literal("/");
                    __request.json(&a);
                    __request.query("b", &b);
                    __request.send(::kestra_auth::__private_0_1::reads())
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
                note = "an API is no supertrait of another: to use two as one, put their clients into a struct"
            )]
            trait Flows: ::core::marker::Send + ::core::marker::Sync {
                fn first(&self) -> impl ::core::future::Future<Output = u8> + ::core::marker::Send {
                    async move { 7 }
                }
                fn name(&self) -> &str {
                    "flows"
                }
            }
        "##]],
    );
}

#[test]
fn conditions() {
    check(
        "",
        "#[cfg(unix)] trait Flows { #[cfg(test)] #[get(\"/\")] #[allow(unused)] async fn m(&self, #[cfg(a)] #[query] a: u8) \
         -> Result<u8, Error>; }",
        &["impl Flows for", "const _"],
        &expect![[r##"
            #[cfg(unix)]
            #[cfg(test)]
            const _: () = ::kestra_auth::__private_0_1::reject(
                ::kestra_auth::__private_0_1::ResultProbe::<Result<u8, Error>>::REJECTION,
            );
            #[cfg(unix)]
            #[automatically_derived]
            #[allow(deprecated)]
            impl Flows for FlowsClient {
                #[cfg(test)]
                #[allow(unused)]
                fn m(
                    &self,
                    #[cfg(a)]
                    a: u8,
                ) -> impl ::core::future::Future<Output = Result<u8, Error>> + ::core::marker::Send {
                    let mut __request = ::kestra_auth::__private_0_1::Request::new(
                        &self.client,
                        &__Flows__m,
                    );
                    __request.literal("/");
                    #[cfg(a)] __request.query("a", &a);
                    __request.send(::kestra_auth::__private_0_1::reads())
                }
            }
        "##]],
    );
}

#[test]
fn boxed_futures() {
    check(
        "dyn",
        "trait Flows { #[get(\"/{id}\")] async fn flow(&self, id: &str) -> Result<u8, Error>; }",
        &["trait DynFlows", "for __T", "Arc"],
        &expect![[r#"
            ///[`Flows`] with boxed futures, for `Arc<dyn DynFlows>`, which implements [`Flows`].
            trait DynFlows: ::core::marker::Send + ::core::marker::Sync {
                #[doc(hidden)]
                fn __dyn_flow<'__dyn>(
                    &'__dyn self,
                    id: &'__dyn str,
                ) -> ::kestra_auth::__private_0_1::BoxFuture<'__dyn, Result<u8, Error>>;
            }
            #[automatically_derived]
            #[allow(deprecated)]
            impl<__T: Flows> DynFlows for __T {
                fn __dyn_flow<'__dyn>(
                    &'__dyn self,
                    id: &'__dyn str,
                ) -> ::kestra_auth::__private_0_1::BoxFuture<'__dyn, Result<u8, Error>> {
                    ::kestra_auth::__private_0_1::Box::pin(<__T as Flows>::flow(self, id))
                }
            }
            #[automatically_derived]
            #[allow(deprecated)]
            impl<'__object> Flows for ::kestra_auth::__private_0_1::Arc<dyn DynFlows + '__object> {
                fn flow(
                    &self,
                    id: &str,
                ) -> impl ::core::future::Future<Output = Result<u8, Error>> + ::core::marker::Send {
                    async move {
                        <dyn DynFlows + '__object as DynFlows>::__dyn_flow(&**self, id).await
                    }
                }
            }
        "#]],
    );
}

#[test]
fn a_mistake() {
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
                "expected the name of a parameter, found a pattern\nhelp: write an argument for each name, as in `name: T`"
            }
            #[diagnostic::on_unimplemented(
                message = "`{Self}` does not implement the API `Flows`",
                label = "expected `FlowsClient`, or a type with `impl Flows`",
                note = "an API is no supertrait of another: to use two as one, put their clients into a struct"
            )]
            trait Flows: ::core::marker::Send + ::core::marker::Sync {
                #[allow(unused_variables)]
                fn m(
                    &self,
                    __argument_1: (u8, u8),
                ) -> impl ::core::future::Future<
                    Output = ::core::result::Result<(), ::kestra_auth::__private_0_1::Error>,
                > + ::core::marker::Send {
                    ::kestra_auth::__private_0_1::inert()
                }
                #[allow(unused_variables)]
                fn b(
                    &self,
                ) -> impl ::core::future::Future<Output = Result<u8, Error>> + ::core::marker::Send {
                    ::kestra_auth::__private_0_1::inert()
                }
            }
        "#]],
    );
}
