//! `#[api(dyn)]`.

use expect_test::{Expect, expect};

use super::check;

/// Compares some items of the expansion of one trait.
fn check_items(keep: &[&str], expected: &Expect) {
    check(
        "dyn",
        "trait Flows { #[get(\"/{id}\")] async fn flow(&self, id: &str) -> Result<u8, Error>; \
         #[get(\"/\")] async fn count(&self) -> Result<u8, Error>; }",
        keep,
        expected,
    );
}

#[test]
fn dyn_trait() {
    check_items(
        &["trait DynFlows", "for __T"],
        &expect![[r#"
        ///[`Flows`] with boxed futures, for `Arc<dyn DynFlows>`, which implements [`Flows`].
        trait DynFlows: ::core::marker::Send + ::core::marker::Sync {
            #[doc(hidden)]
            fn __dyn_flow<'__dyn>(
                &'__dyn self,
                id: &'__dyn str,
            ) -> ::kestra_auth::__private_0_1::BoxFuture<'__dyn, Result<u8, Error>>;
            #[doc(hidden)]
            fn __dyn_count<'__dyn>(
                &'__dyn self,
            ) -> ::kestra_auth::__private_0_1::BoxFuture<'__dyn, Result<u8, Error>>;
            #[doc(hidden)]
            fn __dyn_try_with_options<'__dyn>(
                &self,
                options: ::kestra_auth::CallOptions,
            ) -> ::core::option::Option<::kestra_auth::__private_0_1::Arc<dyn DynFlows + '__dyn>>
            where
                Self: '__dyn;
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
            fn __dyn_count<'__dyn>(
                &'__dyn self,
            ) -> ::kestra_auth::__private_0_1::BoxFuture<'__dyn, Result<u8, Error>> {
                ::kestra_auth::__private_0_1::Box::pin(<__T as Flows>::count(self))
            }
            fn __dyn_try_with_options<'__dyn>(
                &self,
                options: ::kestra_auth::CallOptions,
            ) -> ::core::option::Option<::kestra_auth::__private_0_1::Arc<dyn DynFlows + '__dyn>>
            where
                Self: '__dyn,
            {
                let own = <__T as Flows>::try_with_options(self, options)?;
                ::core::option::Option::Some(::kestra_auth::__private_0_1::Arc::new(own))
            }
        }
    "#]],
    );
}

#[test]
fn pointer_to_dyn_trait() {
    check_items(
        &["Flows for ::kestra_auth::__private_0_1::Arc<", "DynApi for"],
        &expect![[r#"
            #[automatically_derived]
            #[allow(deprecated)]
            impl<'__object> Flows for ::kestra_auth::__private_0_1::Arc<dyn DynFlows + '__object> {
                fn flow(
                    &self,
                    id: &str,
                ) -> impl __Flows::Future<Output = Result<u8, Error>> + __Flows::Send {
                    async move { DynFlows::__dyn_flow(&**self, id).await }
                }
                fn count(&self) -> impl __Flows::Future<Output = Result<u8, Error>> + __Flows::Send {
                    DynFlows::__dyn_count(&**self)
                }
                fn try_with_options(
                    &self,
                    options: ::kestra_auth::CallOptions,
                ) -> ::core::option::Option<Self> {
                    DynFlows::__dyn_try_with_options(&**self, options)
                }
            }
            #[automatically_derived]
            impl<'__object> ::kestra_auth::__private_0_1::DynApi for dyn DynFlows + '__object {
                fn __try_with_options(
                    &self,
                    options: ::kestra_auth::CallOptions,
                ) -> ::core::option::Option<::kestra_auth::__private_0_1::Arc<Self>> {
                    DynFlows::__dyn_try_with_options(self, options)
                }
            }
        "#]],
    );
}
