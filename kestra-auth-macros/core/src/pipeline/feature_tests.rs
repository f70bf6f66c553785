//! What the macro reports without the features of kestra-auth.

use proc_macro2::TokenStream;

#[test]
fn names_the_feature_that_an_attribute_requires() {
    for (method, message) in [
        ("#[get(\"/\", end = \"x\")] async fn m(&self) -> R;", "`end` requires the feature `stream` of kestra-auth"),
        (
            "#[post(\"/\")] async fn m(&self, #[multipart] a: Form) -> R;",
            "`#[multipart]` requires the feature `multipart` of kestra-auth",
        ),
        (
            "#[post(\"/\")] async fn m(&self, #[part] a: String) -> R;",
            "`#[part]` requires the feature `multipart` of kestra-auth",
        ),
    ] {
        let item: TokenStream = format!("trait Flows {{ {method} }}").parse().unwrap();
        let expansion = super::expand_api(TokenStream::new(), &item).to_string();
        assert_eq!(expansion.matches("compile_error").count(), 1, "{method}");
        assert!(expansion.contains(message), "{method}: {expansion}");
    }
}
