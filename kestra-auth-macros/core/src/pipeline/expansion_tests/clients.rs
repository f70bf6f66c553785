//! The client's struct and its implementations.

use expect_test::expect;

use super::check;

#[test]
fn client_struct() {
    check(
        "",
        "pub trait Flows {}",
        &["mod ", "pub use", "impl __Flows_client::FlowsClient", "impl ::core", "ApiClient"],
        &expect![[r##"
            #[allow(non_snake_case)]
            mod __Flows_client {
                ///A client for [`Flows`](super::Flows). It is cheap to clone, and shares its [`Client`](kestra_auth::Client) with other clients.
                #[derive(::core::clone::Clone)]
                pub struct FlowsClient {
                    pub(super) client: ::kestra_auth::Client,
                }
            }
            #[allow(unused_imports)]
            pub use __Flows_client::FlowsClient;
            impl __Flows_client::FlowsClient {
                ///Creates a client that sends the requests of [`Flows`] through `client`.
                #[must_use]
                pub const fn new(client: ::kestra_auth::Client) -> Self {
                    Self { client }
                }
            }
            #[automatically_derived]
            impl ::core::convert::From<::kestra_auth::Client> for __Flows_client::FlowsClient {
                fn from(client: ::kestra_auth::Client) -> Self {
                    Self::new(client)
                }
            }
            #[automatically_derived]
            impl ::core::convert::AsRef<::kestra_auth::Client> for __Flows_client::FlowsClient {
                fn as_ref(&self) -> &::kestra_auth::Client {
                    &self.client
                }
            }
            #[automatically_derived]
            impl ::kestra_auth::__private_0_1::ApiClient for __Flows_client::FlowsClient {
                fn with_options(&self, options: ::kestra_auth::CallOptions) -> Self {
                    Self {
                        client: self.client.with_options(options),
                    }
                }
            }
            #[automatically_derived]
            impl ::core::fmt::Debug for __Flows_client::FlowsClient {
                fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    f.debug_struct("FlowsClient")
                        .field("client", &self.client)
                        .finish_non_exhaustive()
                }
            }
        "##]],
    );
}

#[test]
fn base_with_placeholder() {
    check(
        "base = \"/api/{tenant}\", client = Flowing",
        "trait Flows { #[get(\"/flows\")] async fn list(&self) -> Result<u8, Error>; }",
        &["mod ", "impl __Flows_client::Flowing", "ApiClient", "impl Flows for"],
        &expect![[r##"
            #[allow(non_snake_case)]
            mod __Flows_client {
                ///A client for [`Flows`](super::Flows). It is cheap to clone, and shares its [`Client`](kestra_auth::Client) with other clients.
                #[derive(::core::clone::Clone)]
                pub struct Flowing {
                    pub(super) client: ::kestra_auth::Client,
                    pub(super) base_tenant: ::kestra_auth::__private_0_1::String,
                }
            }
            impl __Flows_client::Flowing {
                ///Creates a client that sends the requests of [`Flows`] through `client`. The other arguments are the placeholders of the base path.
                #[must_use]
                fn new(
                    client: ::kestra_auth::Client,
                    tenant: impl ::core::convert::Into<::kestra_auth::__private_0_1::String>,
                ) -> Self {
                    Self {
                        client: client,
                        base_tenant: ::core::convert::Into::into(tenant),
                    }
                }
            }
            #[automatically_derived]
            impl ::kestra_auth::__private_0_1::ApiClient for __Flows_client::Flowing {
                fn with_options(&self, options: ::kestra_auth::CallOptions) -> Self {
                    Self {
                        client: self.client.with_options(options),
                        base_tenant: ::core::clone::Clone::clone(&self.base_tenant),
                    }
                }
            }
            #[automatically_derived]
            #[allow(deprecated)]
            impl Flows for __Flows_client::Flowing {
                fn list(
                    &self,
                ) -> impl ::core::future::Future<Output = Result<u8, Error>> + ::core::marker::Send {
                    let mut __request = ::kestra_auth::__private_0_1::Request::new(
                        &self.client,
                        &__Flows__list,
                    );
                    __request.literal("/api/");
                    __request.path("tenant", &self.base_tenant);
                    __request.literal("/flows");
                    __request.send(::kestra_auth::__private_0_1::reads())
                }
            }
        "##]],
    );
}
