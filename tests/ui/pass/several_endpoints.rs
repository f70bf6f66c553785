// Endpoints with the same path and verb, whose requests differ.
use http::HeaderMap;
use kestra_auth::{Client, Error, EventStream, Text, api};
use serde::{Deserialize, Serialize};

#[derive(Serialize)]
struct Request<'a> {
    query: &'a str,
}

#[derive(Serialize)]
struct Filter {
    state: String,
}

#[derive(Deserialize)]
struct Flow {}

#[derive(Deserialize)]
struct Execution {}

#[api]
trait Api {
    // GraphQL: the same body for all, with results of its own.
    #[post("/graphql")]
    async fn flow(&self, #[json] request: &Request<'_>) -> Result<Flow, Error>;
    #[post("/graphql")]
    async fn executions(&self, #[json] request: &Request<'_>) -> Result<Vec<Execution>, Error>;
    #[post("/graphql")]
    async fn filtered(&self, #[json] filter: &Filter) -> Result<Flow, Error>;
    #[post("/graphql")]
    async fn subscribe(&self, #[json] request: &Request<'_>) -> Result<EventStream<Flow>, Error>;

    // Both are meant, although they send the same request.
    #[get("/flows/{id}")]
    async fn by_id(&self, id: &str) -> Result<Flow, Error>;
    #[get("/flows/{slug}", allow_duplicate)]
    async fn by_slug(&self, slug: &str) -> Result<Flow, Error>;

    // The same upload in several media types.
    #[put("/flows")]
    async fn upload_json(&self, #[json] flow: &Filter) -> Result<(), Error>;
    #[put("/flows")]
    async fn upload_yaml(&self, #[body("application/x-yaml")] flow: &str) -> Result<(), Error>;
    #[put("/flows")]
    async fn upload_text(&self, #[body("text/plain")] flow: &str) -> Result<(), Error>;
    #[put("/flows")]
    async fn upload_form(&self, #[form] flow: &Filter) -> Result<(), Error>;
    #[put("/flows")]
    async fn upload_part(&self, #[part("file")] flow: &str) -> Result<(), Error>;
    #[put("/flows")]
    async fn upload_nothing(&self) -> Result<(), Error>;

    // Kubernetes distinguishes patches by their media type.
    #[patch("/pods/{name}")]
    async fn merge(&self, name: &str, #[json("application/merge-patch+json")] patch: &Filter) -> Result<(), Error>;
    #[patch("/pods/{name}")]
    async fn strategic(
        &self,
        name: &str,
        #[json("application/strategic-merge-patch+json")] patch: &Filter,
    ) -> Result<(), Error>;

    // Searches by different keys.
    #[get("/users")]
    async fn all(&self) -> Result<Vec<Flow>, Error>;
    #[get("/users")]
    async fn by_email(&self, #[query] email: &str) -> Result<Vec<Flow>, Error>;
    #[get("/users")]
    async fn by_name(&self, #[query] name: &str) -> Result<Vec<Flow>, Error>;
    #[get("/users")]
    async fn by_email_if_any(&self, #[query] email: Option<&str>) -> Result<Vec<Flow>, Error>;
    #[get("/users")]
    async fn by_filter(&self, #[query(flatten)] filter: &Filter) -> Result<Vec<Flow>, Error>;
    #[get("/users")]
    async fn by_tenant(&self, #[header("X-Tenant")] email: &str) -> Result<Vec<Flow>, Error>;
    #[get("/users")]
    async fn by_session(&self, #[cookie("X-Tenant")] email: &str) -> Result<Vec<Flow>, Error>;
    #[get("/users")]
    async fn by_headers(&self, #[headers] headers: &HeaderMap) -> Result<Vec<Flow>, Error>;
    #[get("/users?state=active")]
    async fn active(&self) -> Result<Vec<Flow>, Error>;
    #[get("/users?state=deleted")]
    async fn deleted(&self) -> Result<Vec<Flow>, Error>;

    // Constant headers, the credential and the media type of the response.
    #[get("/users", headers("X-Version: 2"))]
    async fn version_2(&self) -> Result<Vec<Flow>, Error>;
    #[get("/users", headers("X-Version: 3"))]
    async fn version_3(&self) -> Result<Vec<Flow>, Error>;
    #[get("/users", anonymous)]
    async fn public(&self) -> Result<Vec<Flow>, Error>;
    #[get("/users", accept = "text/csv")]
    async fn accepting_csv(&self) -> Result<Vec<Flow>, Error>;
    #[get("/users")]
    async fn as_text(&self) -> Result<Text, Error>;

    // The steps of OAuth 2.0.
    #[post("/token")]
    async fn code(&self, #[field] grant_type: &str, #[field] code: &str) -> Result<Flow, Error>;
    #[post("/token")]
    async fn refresh(&self, #[field] grant_type: &str, #[field] refresh_token: &str) -> Result<Flow, Error>;
}

async fn used(client: Client) -> Result<(), Error> {
    ApiClient::new(client).upload_nothing().await
}

fn main() {
    let _ = used;
}
