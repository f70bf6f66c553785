use peers_common::{Peer, User};

progenitor::generate_api!(spec = "../openapi.json");

impl Peer for Client {
    fn connect(base: &str) -> Self {
        Self::new(base)
    }

    async fn index(&self) {
        self.auths().await.unwrap().into_inner();
    }

    async fn forgotten_password(&self, username: &str) {
        self.forgotten(username).await.unwrap().into_inner();
    }

    async fn create_from_invitation(&self, id: &str, user: &User) {
        let user = types::User {
            first_name: user.first_name.clone(),
            last_name: user.last_name.clone(),
            password: user.password.clone(),
        };
        self.create(id, &user).await.unwrap().into_inner();
    }
}

fn main() {
    peers_common::run::<Client>();
}
