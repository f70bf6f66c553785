// The fields of a form are not those of the document: 4 errors
use kestra_auth::{Error, api};

#[api(openapi = "flows.yaml")]
trait LoginApi {
    #[post("/login")]
    async fn renamed(&self, #[field("name")] name: &str) -> Result<(), Error>; //~
}

#[api(openapi = "flows.yaml")]
trait MisspelledApi {
    #[post("/login")]
    async fn misspelled(&self, #[field("user")] user: Option<&str>, #[field("agee")] age: u8) -> Result<(), Error>; //~
}

#[api(openapi = "flows.yaml")]
trait MissingApi {
    #[post("/login")]
    async fn missing(&self, #[field("age")] age: u8) -> Result<(), Error>; //~
}

fn main() {}
