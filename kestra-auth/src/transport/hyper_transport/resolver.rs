//! Looking up hosts, except for those whose addresses are set.

use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use hyper_util::client::legacy::connect::dns::{GaiResolver, Name};
use tower_service::Service;

use crate::error::connect_failure::ConnectFailure;

/// Finds the addresses of a host: those that are set, or those that the system knows.
#[derive(Clone)]
pub(super) struct Resolver {
    hosts: Arc<[(String, Vec<SocketAddr>)]>,
    system: GaiResolver,
}

impl Resolver {
    pub(super) fn new(hosts: Vec<(String, Vec<SocketAddr>)>) -> Self {
        Self { hosts: hosts.into(), system: GaiResolver::new() }
    }
}

impl Service<Name> for Resolver {
    type Response = std::vec::IntoIter<SocketAddr>;
    type Error = ConnectFailure;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, ConnectFailure>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), ConnectFailure>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, name: Name) -> Self::Future {
        if let Some((_, addresses)) = self.hosts.iter().find(|(host, _)| host == name.as_str()) {
            let addresses = addresses.clone();
            return Box::pin(async move { Ok(addresses.into_iter()) });
        }
        let addresses = self.system.call(name);
        Box::pin(async move {
            let addresses = addresses.await.map_err(ConnectFailure::Dns)?;
            Ok(addresses.collect::<Vec<_>>().into_iter())
        })
    }
}
