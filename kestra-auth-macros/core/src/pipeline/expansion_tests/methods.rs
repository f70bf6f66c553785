//! The methods of the trait, for each kind of parameter, body and status.

use expect_test::{Expect, expect};

use super::check_endpoints;

/// Compares the endpoints of a trait.
fn check_method(methods: &str, expected: &Expect) {
    check_endpoints("", methods, expected);
}

#[test]
fn path_placeholders() {
    check_method(
        "#[get(\"/a/{id}/{b?}/{**c}?kind=flow\")] \
         async fn m(&self, id: &str, b: Option<u8>, #[path(encoded)] c: &str) -> Result<u8, Error>;",
        &expect![[r#"
            trait Flows {
                fn m(
                    &self,
                    id: &str,
                    b: Option<u8>,
                    c: &str,
                ) -> impl __Flows::Future<Output = Result<u8, Error>> + __Flows::Send {
                    static __ENDPOINT: __Flows::Endpoint = __Flows::Endpoint::__new(
                            "Flows",
                            "m",
                            "GET",
                        )
                        .__path("/a/{id}/{b?}/{**c}");
                    let mut __request = self.__Flows_request(&__ENDPOINT);
                    __request.literal("/a/");
                    __request.path("id", &id);
                    __request.path_optional("b", &b);
                    __request.path_rest_encoded("c", &c);
                    __request.query_literal("kind=flow");
                    __request.send(__Flows::reads())
                }
            }
        "#]],
    );
}

#[test]
fn renamed_placeholders() {
    check_method(
        "#[get(\"/{flow-id}-{rev}.json\")] \
         async fn m(&self, #[path(\"flow-id\")] id: &str, #[path(display)] rev: Rev) -> Result<u8, Error>;",
        &expect![[r#"
            trait Flows {
                fn m(
                    &self,
                    id: &str,
                    rev: Rev,
                ) -> impl __Flows::Future<Output = Result<u8, Error>> + __Flows::Send {
                    static __ENDPOINT: __Flows::Endpoint = __Flows::Endpoint::__new(
                            "Flows",
                            "m",
                            "GET",
                        )
                        .__path("/{flow-id}-{rev}.json");
                    let mut __request = self.__Flows_request(&__ENDPOINT);
                    __request.literal("/");
                    __request.path("flow-id", &id);
                    __request.literal("-");
                    __request.path("rev", &__Flows::Displayed(&rev));
                    __request.literal(".json");
                    __request.send(__Flows::reads())
                }
            }
        "#]],
    );
}

#[test]
fn query_styles() {
    check_method(
        "#[get(\"/\")] async fn m(&self, #[query] a: u8, #[query(\"b[]\", csv)] b: &[u8], #[query(flatten)] c: &C, \
         #[query(deep_object)] d: &D, #[query(flag)] e: bool, #[query(encoded)] f: &str) -> Result<u8, Error>;",
        &expect![[r#"
            trait Flows {
                fn m(
                    &self,
                    a: u8,
                    b: &[u8],
                    c: &C,
                    d: &D,
                    e: bool,
                    f: &str,
                ) -> impl __Flows::Future<Output = Result<u8, Error>> + __Flows::Send {
                    static __ENDPOINT: __Flows::Endpoint = __Flows::Endpoint::__new(
                            "Flows",
                            "m",
                            "GET",
                        )
                        .__path("/");
                    let mut __request = self.__Flows_request(&__ENDPOINT);
                    __request.literal("/");
                    __request.query("a", &a);
                    __request.query_joined("b%5B%5D", __Flows::Separator::Comma, &b);
                    __request.query_flatten("c", &c);
                    __request.query_deep_object("d", &d);
                    __request.query_flag("e", &e);
                    __request.query_encoded("f", &f);
                    __request.send(__Flows::reads())
                }
            }
        "#]],
    );
}

#[test]
fn value_encoders() {
    check_method(
        "#[get(\"/\")] async fn m(&self, #[query(display)] a: Ip, #[query(with = \"b::c\")] b: u8) -> Result<u8, Error>;",
        &expect![[r#"
            trait Flows {
                fn m(
                    &self,
                    a: Ip,
                    b: u8,
                ) -> impl __Flows::Future<Output = Result<u8, Error>> + __Flows::Send {
                    static __ENDPOINT: __Flows::Endpoint = __Flows::Endpoint::__new(
                            "Flows",
                            "m",
                            "GET",
                        )
                        .__path("/");
                    let mut __request = self.__Flows_request(&__ENDPOINT);
                    __request.literal("/");
                    __request.query("a", &__Flows::Displayed(&a));
                    __request
                        .query(
                            "b",
                            &__Flows::With::new(&b, |__value, __writer| b::c(__value, __writer)),
                        );
                    __request.send(__Flows::reads())
                }
            }
        "#]],
    );
}

#[test]
fn headers_and_cookies() {
    check_method(
        "#[get(\"/\")] async fn m(&self, #[header(\"X-A\")] a: &str, #[header(\"X-B\", sensitive)] b: &str, \
         #[header(\"X-F\", csv)] f: &[u8], #[headers] c: &HeaderMap, #[cookie] d: &str, #[options] e: CallOptions) -> Result<u8, Error>;",
        &expect![[r#"
            trait Flows {
                fn m(
                    &self,
                    a: &str,
                    b: &str,
                    f: &[u8],
                    c: &HeaderMap,
                    d: &str,
                    e: CallOptions,
                ) -> impl __Flows::Future<Output = Result<u8, Error>> + __Flows::Send {
                    static __ENDPOINT: __Flows::Endpoint = __Flows::Endpoint::__new(
                            "Flows",
                            "m",
                            "GET",
                        )
                        .__path("/");
                    let mut __request = self.__Flows_request(&__ENDPOINT);
                    __request.literal("/");
                    __request.header("x-a", &a);
                    __request.header_sensitive("x-b", &b);
                    __request.header_joined("x-f", false, &f);
                    __request.headers(&c);
                    __request.cookie("d", &d);
                    __request.options(e);
                    __request.send(__Flows::reads())
                }
            }
        "#]],
    );
}

#[test]
fn json_and_raw_bodies() {
    check_method(
        "#[post(\"/a\")] async fn a(&self, #[json] a: &A) -> Result<(), Error>; \
         #[post(\"/b\")] async fn b(&self, #[json(\"application/scim+json\")] b: &B) -> Result<(), Error>; \
         #[put(\"/c\")] async fn c(&self, #[body(\"application/x-yaml\")] c: Body) -> Result<(), Error>;",
        &expect![[r#"
            trait Flows {
                fn a(
                    &self,
                    a: &A,
                ) -> impl __Flows::Future<Output = Result<(), Error>> + __Flows::Send {
                    static __ENDPOINT: __Flows::Endpoint = __Flows::Endpoint::__new(
                            "Flows",
                            "a",
                            "POST",
                        )
                        .__path("/a");
                    let mut __request = self.__Flows_request(&__ENDPOINT);
                    __request.literal("/a");
                    __request.json(&a);
                    __request.send(__Flows::reads())
                }
                fn b(
                    &self,
                    b: &B,
                ) -> impl __Flows::Future<Output = Result<(), Error>> + __Flows::Send {
                    static __ENDPOINT: __Flows::Endpoint = __Flows::Endpoint::__new(
                            "Flows",
                            "b",
                            "POST",
                        )
                        .__path("/b");
                    let mut __request = self.__Flows_request(&__ENDPOINT);
                    __request.literal("/b");
                    __request.json_as("application/scim+json", &b);
                    __request.send(__Flows::reads())
                }
                fn c(
                    &self,
                    c: Body,
                ) -> impl __Flows::Future<Output = Result<(), Error>> + __Flows::Send {
                    static __ENDPOINT: __Flows::Endpoint = __Flows::Endpoint::__new(
                            "Flows",
                            "c",
                            "PUT",
                        )
                        .__path("/c");
                    let mut __request = self.__Flows_request(&__ENDPOINT);
                    __request.literal("/c");
                    __request.body("application/x-yaml", c);
                    __request.send(__Flows::reads())
                }
            }
        "#]],
    );
}

#[test]
fn forms() {
    check_method(
        "#[post(\"/a\")] async fn a(&self, #[form(dots)] a: &A) -> Result<(), Error>; \
         #[post(\"/b\")] async fn b(&self, #[field] user: &str, #[field(\"pass\")] word: &str, \
         #[field(pipes)] ids: &[u8]) -> Result<(), Error>;",
        &expect![[r#"
            trait Flows {
                fn a(
                    &self,
                    a: &A,
                ) -> impl __Flows::Future<Output = Result<(), Error>> + __Flows::Send {
                    static __ENDPOINT: __Flows::Endpoint = __Flows::Endpoint::__new(
                            "Flows",
                            "a",
                            "POST",
                        )
                        .__path("/a");
                    let mut __request = self.__Flows_request(&__ENDPOINT);
                    __request.literal("/a");
                    __request.form_nested("a", __Flows::NestedStyle::Dots, &a);
                    __request.send(__Flows::reads())
                }
                fn b(
                    &self,
                    user: &str,
                    word: &str,
                    ids: &[u8],
                ) -> impl __Flows::Future<Output = Result<(), Error>> + __Flows::Send {
                    static __ENDPOINT: __Flows::Endpoint = __Flows::Endpoint::__new(
                            "Flows",
                            "b",
                            "POST",
                        )
                        .__path("/b");
                    let mut __request = self.__Flows_request(&__ENDPOINT);
                    __request.literal("/b");
                    __request.field("user", &user);
                    __request.field("pass", &word);
                    __request.field_joined("ids", __Flows::Separator::Pipe, &ids);
                    __request.send(__Flows::reads())
                }
            }
        "#]],
    );
}

#[test]
fn url_parameter() {
    check_method(
        "#[get] async fn m(&self, #[query] page: u8, #[url] next: &Link) -> Result<(), Error>;",
        &expect![[r#"
            trait Flows {
                fn m(
                    &self,
                    page: u8,
                    next: &Link,
                ) -> impl __Flows::Future<Output = Result<(), Error>> + __Flows::Send {
                    static __ENDPOINT: __Flows::Endpoint = __Flows::Endpoint::__new(
                            "Flows",
                            "m",
                            "GET",
                        )
                        .__path("{link}");
                    let mut __request = self.__Flows_request(&__ENDPOINT);
                    __request.url("next", &next);
                    __request.query("page", &page);
                    __request.send(__Flows::reads())
                }
            }
        "#]],
    );
}

#[test]
fn absent_statuses() {
    check_method(
        "#[get(\"/a\", none(404))] async fn a(&self) -> Result<Option<u8>, Error>; \
         #[get(\"/b\", also(304))] async fn b(&self) -> Result<Response<Option<u8>>, Error>;",
        &expect![[r#"
            trait Flows {
                fn a(
                    &self,
                ) -> impl __Flows::Future<Output = Result<Option<u8>, Error>> + __Flows::Send {
                    static __ENDPOINT: __Flows::Endpoint = __Flows::Endpoint::__new(
                            "Flows",
                            "a",
                            "GET",
                        )
                        .__path("/a")
                        .__absent(&[404u16]);
                    let mut __request = self.__Flows_request(&__ENDPOINT);
                    __request.literal("/a");
                    __request.send(__Flows::reads_optional())
                }
                fn b(
                    &self,
                ) -> impl __Flows::Future<
                    Output = Result<Response<Option<u8>>, Error>,
                > + __Flows::Send {
                    static __ENDPOINT: __Flows::Endpoint = __Flows::Endpoint::__new(
                            "Flows",
                            "b",
                            "GET",
                        )
                        .__path("/b")
                        .__absent(&[304u16]);
                    let mut __request = self.__Flows_request(&__ENDPOINT);
                    __request.literal("/b");
                    __request.send(__Flows::reads_also())
                }
            }
        "#]],
    );
}
