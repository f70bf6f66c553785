// The parts are not those of the document: 6 errors
use kestra_auth::{Error, api};

#[api(openapi = "flows.yaml")]
trait UploadApi {
    #[post("/upload")]
    async fn renamed(&self, #[part("fileUpload2")] file: Vec<u8>) -> Result<(), Error>; //~
}

#[api(openapi = "flows.yaml")]
trait MisspelledApi {
    #[post("/upload")]
    async fn misspelled(
        &self,
        #[part("fileUpload", media = "application/zip")] //~
        file: Option<&[&str]>, //~
        #[part("mata")] meta: &str, //~
    ) -> Result<(), Error>;
}

#[api(openapi = "flows.yaml")]
trait MissingApi {
    #[post("/upload")]
    async fn missing(&self, #[part("meta")] meta: &str) -> Result<(), Error>; //~
}

fn main() {}
