// OpenAPI's words for the style of a list are not arguments. 5 errors
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[post("/flows/{ids}")]
    async fn list(
        &self,
        #[path(csv)] ids: &[u32], //~
        #[query("names", style = "pipeDelimited", explode = false)] names: &[&str], //~
        #[header("X-Ids", explode = false)] header: &[u32], //~
        #[cookie("ids", csv)] cookie: &[u32], //~
        #[field(flatten)] form: &[(&str, u32)], //~
    ) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
