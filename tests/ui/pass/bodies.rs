// Each kind of body.
use kestra_auth::multipart::{Form, Part};
use kestra_auth::{Body, Client, Error, api};

#[api]
trait Flows {
    #[post("/json")]
    async fn json(&self, #[json("application/scim+json")] flow: Option<&str>) -> Result<(), Error>;
    #[post("/form")]
    async fn form(&self, #[form(brackets)] login: &[(u8, u8)]) -> Result<(), Error>;
    #[post("/fields")]
    async fn fields(&self, #[field] name: &str, #[field("pass")] word: &str) -> Result<(), Error>;
    #[post("/parts")]
    async fn parts(
        &self,
        #[part("file", file_name = "a.zip", media = "application/zip")] zip: Vec<u8>,
        #[part(json)] meta: &[u8],
        #[part] more: Vec<Part>,
    ) -> Result<(), Error>;
    #[post("/multipart")]
    async fn multipart(&self, #[multipart] form: Form) -> Result<(), Error>;
    #[put("/raw")]
    async fn raw(&self, #[body("application/x-yaml")] flow: Body) -> Result<(), Error>;
    #[get("/search", allow_body)]
    async fn search(&self, #[json] query: &str) -> Result<(), Error>;
    #[delete("/flows")]
    async fn delete(&self, #[json] ids: &[u32]) -> Result<(), Error>;
}

async fn used(client: Client) -> Result<(), Error> {
    FlowsClient::new(client).fields("name", "word").await
}

fn main() {
    let _ = used;
}
