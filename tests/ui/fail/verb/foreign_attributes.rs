// Media types and paths are not attributes of their own. 4 errors
use kestra_auth::{ByteStream, Error, Text, api};

#[api]
trait Flows {
    #[get("/flows")]
    #[Produces("text/csv")] //~
    async fn csv(&self) -> Result<Text, Error>;
    #[post("/flows")]
    #[consumes("application/x-yaml")] //~
    async fn create(&self, #[body("application/x-yaml")] flow: &str) -> Result<(), Error>;
    #[get("/files")]
    #[Streaming] //~
    async fn files(&self) -> Result<ByteStream, Error>;
    #[put("/files")]
    #[Multipart] //~
    async fn upload(&self, #[part("file")] file: &str) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
