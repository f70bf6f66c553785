// A macro generates the trait, its path and its names.
use kestra_auth::{Client, Error, api};

macro_rules! flows {
    ($name:ident, $path:literal, $argument:ident: $type:ty => $result:ty) => {
        #[api]
        trait $name {
            #[get($path)]
            async fn list(&self, $argument: $type, #[query] page: u32) -> Result<$result, Error>;
        }
    };
}

flows!(Flows, "/flows/{id}", id: &str => Vec<u32>);

// The methods are the caller's, with the caller's `self`.
macro_rules! jobs {
    ($($method:tt)*) => {
        #[api(dyn)]
        trait Jobs {
            $($method)*

            #[delete("/jobs")]
            async fn clear(&self) -> Result<(), Error>;
        }
    };
}

jobs! {
    #[get("/jobs/{id}")]
    async fn job(&self, id: &str) -> Result<u32, Error>;

    #[get("/jobs")]
    async fn count(&self) -> Result<u32, Error>;
}

async fn used_behind_a_pointer(jobs: Box<dyn DynJobs>) -> Result<u32, Error> {
    jobs.clear().await?;
    Ok(jobs.count().await? + jobs.job("id").await?)
}

async fn used(client: Client) -> Result<Vec<u32>, Error> {
    FlowsClient::new(client).list("id", 1).await
}

fn main() {
    let _ = used;
    let _ = used_behind_a_pointer;
    let _ = JobsClient::new;
}
