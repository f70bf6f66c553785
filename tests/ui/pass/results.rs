// Each kind of result.
use kestra_auth::{
    Binary, ByteStream, Client, Error, Event, EventStream, Json, JsonLines, Response, Text, api,
};

#[api]
trait Flows {
    #[get("/1")]
    async fn json(&self) -> Result<Json<String>, Error>;
    #[get("/2")]
    async fn text(&self) -> Result<Response<Text>, Error>;
    #[get("/3")]
    async fn binary(&self) -> Result<Binary, Error>;
    #[get("/4", none(404, 410))]
    async fn none(&self) -> Result<Option<Text>, Error>;
    #[get("/5", also(304))]
    async fn also(&self) -> Result<Response<Option<u32>>, Error>;
    #[get("/6")]
    async fn bytes(&self) -> Result<ByteStream, Error>;
    #[get("/7")]
    async fn lines(&self) -> Result<JsonLines<u32>, Error>;
    #[get("/8", end = "[DONE]")]
    async fn events(&self) -> Result<EventStream<Event>, Error>;
    #[head("/9")]
    async fn head(&self) -> Result<Response<()>, Error>;
    #[get("/10")]
    async fn borrowed(&self) -> Result<std::borrow::Cow<'static, str>, Error>;
}

async fn used(client: Client) -> Result<Option<Text>, Error> {
    FlowsClient::new(client).none().await
}

fn main() {
    let _ = used;
}
