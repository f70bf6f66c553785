// The types are of another kind by their spelling: 8 errors
use kestra_auth::{Error, api};

#[api(openapi = "flows.yaml")]
trait FlowsApi {
    #[get("/flows")]
    async fn list(
        &self,
        #[query] page: &str, //~
        #[query] sort: bool, //~
        #[query] labels: &[&str], //~
        #[header("X-Dry-Run")] dry_run: u8, //~
    ) -> Result<u64, Error>; //~
    #[put("/flows")]
    async fn replace(&self, #[json] flows: &str) -> Result<(), Error>; //~
    #[get("/names")]
    async fn names(&self) -> Result<Vec<u64>, Error>; //~
    #[delete("/flows/{id}")]
    async fn delete(&self, id: u64) -> Result<Vec<u64>, Error>; //~
}

fn main() {}
