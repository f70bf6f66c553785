// A function for `with` has the signature of serde's `serialize_with`.
use kestra_auth::{Error, api};

fn shown<S: serde::Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(text)
}

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(
        &self,
        #[query(with = "shown")] page: u32, //~
    ) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
