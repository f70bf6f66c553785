// A trait can have any visibility.
#![deny(unreachable_pub, private_interfaces, private_bounds)]

mod inner {
    use kestra_auth::{Error, api};

    #[derive(serde::Deserialize)]
    pub(super) struct Flow;

    #[api]
    pub(super) trait Flows {
        #[get("/flows")]
        async fn flow(&self) -> Result<Flow, Error>;
    }
}

use inner::Flows;

async fn used(client: kestra_auth::Client) {
    let _ = inner::FlowsClient::new(client).flow().await;
}

fn main() {
    let _ = used;
}
