// Errors in the path and in an attribute do not hide those of the other parameters. 6 errors
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[post("flows/:id", retry = "always")] //~
    async fn create(
        &self,
        id: u32,
        #[qury] page: u32, //~
        size: u32, //~
        #[json] flow: &str,
        #[form] form: &[(&str, &str)], //~
    ) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
