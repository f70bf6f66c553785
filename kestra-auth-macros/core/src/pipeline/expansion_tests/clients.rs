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
                fn __Flows_request(
                    &self,
                    endpoint: &'static __Flows::Endpoint,
                ) -> __Flows::Request<'_> {
                    let mut request = __Flows::Request::new(&self.client, endpoint);
                    request.literal("/api/");
                    request.path("tenant", &self.base_tenant);
                    request
                }
            }
        "##]],
    );
}

/// The client writes the base up to the template, so an endpoint writes only its own path.
#[test]
fn endpoint_below_a_base_with_placeholder() {
    check(
        "base = \"/api/{tenant}\"",
        "trait Flows { #[get(\"/flows\")] async fn list(&self) -> Result<u8, Error>; }",
        &["fn list"],
        &expect![[r##"
            #[diagnostic::on_unimplemented(
                message = "`{Self}` does not implement the API `Flows`",
                label = "expected `FlowsClient`, or a type with `impl Flows`",
                note = "an API cannot be the supertrait of another; to use both, put their clients into a struct"
            )]
            trait Flows: ::core::marker::Send + ::core::marker::Sync {
                fn list(&self) -> impl __Flows::Future<Output = Result<u8, Error>> + __Flows::Send {
                    static __ENDPOINT: __Flows::Endpoint = __Flows::Endpoint::__new(
                            "Flows",
                            "list",
                            "GET",
                        )
                        .__path("/api/{tenant}/flows");
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
        "##]],
    );
}
