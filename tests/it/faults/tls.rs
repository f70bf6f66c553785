//! TLS on this machine, with certificates that the tests make: what is trusted, and what HTTP/2 repeats.

mod tunnels;

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use kestra_auth::{ClientBuilder, Error, Json, Retry, TlsVersion, api};
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, date_time_ymd};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::pki_types::PrivatePkcs8KeyDer;
use tokio_rustls::rustls::server::WebPkiClientVerifier;
use tokio_rustls::rustls::version::TLS12;
use tokio_rustls::rustls::{RootCertStore, ServerConfig};
use tokio_rustls::server::TlsStream;

use crate::support::{client_builder, printed};

#[api]
trait Secure {
    #[get("/{id}")]
    async fn read(&self, id: &str) -> Result<Json<String>, Error>;

    #[post("/{id}")]
    async fn write(&self, id: &str, #[json] body: &str) -> Result<Json<String>, Error>;
}

/// An authority that signs certificates.
struct Authority {
    certificate: rcgen::Certificate,
    issuer: Issuer<'static, KeyPair>,
}

/// A certificate and its key.
struct Signed {
    certificate: rcgen::Certificate,
    key: KeyPair,
}

impl Authority {
    fn new() -> Self {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.push(DnType::CommonName, "MARK-1");
        let key = KeyPair::generate().unwrap();
        let certificate = params.self_signed(&key).unwrap();
        Self { certificate, issuer: Issuer::new(params, key) }
    }

    /// Signs a certificate for a host name, after `change` has changed it.
    fn sign(&self, host: &str, change: impl FnOnce(&mut CertificateParams)) -> Signed {
        let mut params = CertificateParams::new([host.to_owned()]).unwrap();
        params.distinguished_name.push(DnType::CommonName, "MARK-2");
        change(&mut params);
        let key = KeyPair::generate().unwrap();
        Signed { certificate: params.signed_by(&key, &self.issuer).unwrap(), key }
    }
}

/// A TLS server on a free port of this machine. The requests that arrive are counted.
struct TlsServer {
    address: SocketAddr,
    arrived: Arc<AtomicUsize>,
}

impl TlsServer {
    /// Starts a server with this certificate. It asks clients for one of `clients`, if there is such an authority.
    async fn start(signed: &Signed, clients: Option<&Authority>, protocol: Protocol) -> Self {
        let builder = match protocol {
            Protocol::Tls12 => ServerConfig::builder_with_protocol_versions(&[&TLS12]),
            Protocol::Http1 | Protocol::Http2 { .. } => ServerConfig::builder(),
        };
        let builder = match clients {
            None => builder.with_no_client_auth(),
            Some(authority) => {
                let mut roots = RootCertStore::empty();
                roots.add(authority.certificate.der().clone()).unwrap();
                let verifier = WebPkiClientVerifier::builder(Arc::new(roots)).build().unwrap();
                builder.with_client_cert_verifier(verifier)
            }
        };
        let key = PrivatePkcs8KeyDer::from(signed.key.serialize_der());
        let mut config = builder.with_single_cert(vec![signed.certificate.der().clone()], key.into()).unwrap();
        if matches!(protocol, Protocol::Http2 { .. }) {
            config.alpn_protocols = vec![b"h2".to_vec()];
        }
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let arrived = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&arrived);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (acceptor, count) = (acceptor.clone(), Arc::clone(&count));
                tokio::spawn(async move {
                    // A client that rejects the certificate ends the handshake.
                    let Ok(stream) = acceptor.accept(stream).await else { return };
                    match protocol {
                        Protocol::Http1 | Protocol::Tls12 => serve_http1(stream, &count).await,
                        Protocol::Http2 { refuses } => serve_http2(stream, &count, refuses).await,
                    }
                });
            }
        });
        Self { address, arrived }
    }

    fn builder(&self, host: &str) -> ClientBuilder {
        client_builder(&format!("https://{host}:{}", self.address.port()))
            .bearer_token("MARK-3")
            .timeout(Duration::from_secs(10))
            .resolve(host, self.address)
    }

    /// A client that trusts this authority.
    fn client(&self, host: &str, authority: &Authority) -> SecureClient {
        SecureClient::new(trusting(self.builder(host), authority).build().unwrap())
    }

    fn arrived(&self) -> usize {
        self.arrived.load(Ordering::SeqCst)
    }
}

fn trusting(builder: ClientBuilder, authority: &Authority) -> ClientBuilder {
    builder.root_certificates_pem(authority.certificate.pem())
}

#[derive(Clone, Copy)]
enum Protocol {
    Http1,
    /// HTTP/1.1 over TLS 1.2 only.
    Tls12,
    /// `refuses` resets each stream with `REFUSED_STREAM`, after the request has been read.
    Http2 {
        refuses: bool,
    },
}

async fn serve_http1(mut stream: TlsStream<TcpStream>, count: &AtomicUsize) {
    let mut head = Vec::new();
    while !head.windows(4).any(|window| window == b"\r\n\r\n") {
        if stream.read_buf(&mut head).await.unwrap_or(0) == 0 {
            return;
        }
    }
    count.fetch_add(1, Ordering::SeqCst);
    let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 10\r\n\r\n\"HTTP/1.1\"").await;
    let _ = stream.shutdown().await;
}

async fn serve_http2(stream: TlsStream<TcpStream>, count: &AtomicUsize, refuses: bool) {
    let Ok(mut connection) = h2::server::handshake(stream).await else { return };
    while let Some(Ok((_, mut respond))) = connection.accept().await {
        count.fetch_add(1, Ordering::SeqCst);
        if refuses {
            respond.send_reset(h2::Reason::REFUSED_STREAM);
        } else if let Ok(mut body) = respond.send_response(http::Response::new(()), false) {
            let _ = body.send_data(Bytes::from_static(b"\"HTTP/2\""), true);
        }
    }
}

/// The connection was rejected: the error says so, shows no value, and no request was sent, not even repeatedly.
async fn assert_rejected(server: &TlsServer, client: SecureClient) {
    for result in [client.read("MARK-4").await, client.write("MARK-5", "MARK-6").await] {
        let error = result.unwrap_err();
        assert!(error.is_tls() && error.is_connect(), "{error:?}");
        let shown = printed(&error);
        assert!(!shown.to_lowercase().contains("mark") && !shown.contains("wrong.example"), "{shown}");
    }
    assert_eq!(server.arrived(), 0);
}

#[tokio::test]
async fn accepts_a_trusted_certificate() {
    let authority = Authority::new();
    let server = TlsServer::start(&authority.sign("localhost", |_| {}), None, Protocol::Http1).await;
    let client = server.client("localhost", &authority);
    assert_eq!(client.read("1").await.unwrap().0, "HTTP/1.1");
    assert_eq!(client.write("1", "2").await.unwrap().0, "HTTP/1.1");
    assert_eq!(server.arrived(), 2);
}

#[tokio::test]
async fn rejects_a_certificate_of_another_authority() {
    let server = TlsServer::start(&Authority::new().sign("localhost", |_| {}), None, Protocol::Http1).await;
    assert_rejected(&server, server.client("localhost", &Authority::new())).await;
}

#[tokio::test]
async fn rejects_an_untrusted_certificate_by_default() {
    let server = TlsServer::start(&Authority::new().sign("localhost", |_| {}), None, Protocol::Http1).await;
    assert_rejected(&server, SecureClient::new(server.builder("localhost").build().unwrap())).await;
}

#[tokio::test]
async fn does_not_retry_a_rejected_certificate() {
    let server = TlsServer::start(&Authority::new().sign("localhost", |_| {}), None, Protocol::Http1).await;
    let builder = server.builder("localhost").retry(Retry::standard());
    let error = SecureClient::new(builder.build().unwrap()).read("1").await.unwrap_err();
    assert!(error.is_tls() && error.attempts() == 1, "{error:?}");
}

#[tokio::test]
async fn rejects_an_expired_certificate() {
    let authority = Authority::new();
    let expired = authority.sign("localhost", |params| {
        params.not_before = date_time_ymd(2001, 1, 1);
        params.not_after = date_time_ymd(2002, 1, 1);
    });
    let server = TlsServer::start(&expired, None, Protocol::Http1).await;
    assert_rejected(&server, server.client("localhost", &authority)).await;
}

#[tokio::test]
async fn rejects_a_certificate_that_is_not_yet_valid() {
    let authority = Authority::new();
    let future = authority.sign("localhost", |params| {
        params.not_before = date_time_ymd(2999, 1, 1);
        params.not_after = date_time_ymd(3000, 1, 1);
    });
    let server = TlsServer::start(&future, None, Protocol::Http1).await;
    assert_rejected(&server, server.client("localhost", &authority)).await;
}

#[tokio::test]
async fn rejects_the_certificate_of_another_host() {
    let authority = Authority::new();
    let server = TlsServer::start(&authority.sign("mark.example", |_| {}), None, Protocol::Http1).await;
    assert_rejected(&server, server.client("wrong.example", &authority)).await;
}

#[tokio::test]
async fn sends_a_client_certificate_that_the_server_requires() {
    let authority = Authority::new();
    let signed = authority.sign("localhost", |_| {});
    let server = TlsServer::start(&signed, Some(&authority), Protocol::Http1).await;
    let own = authority.sign("MARK-7", |_| {});
    let identity = format!("{}{}", own.certificate.pem(), own.key.serialize_pem());
    let builder = trusting(server.builder("localhost"), &authority).client_identity_pem(identity);
    let client = SecureClient::new(builder.build().unwrap());
    assert_eq!(client.read("1").await.unwrap().0, "HTTP/1.1");
    assert_eq!(server.arrived(), 1);
}

#[tokio::test]
async fn fails_without_the_client_certificate_that_the_server_requires() {
    let authority = Authority::new();
    let signed = authority.sign("localhost", |_| {});
    let server = TlsServer::start(&signed, Some(&authority), Protocol::Http1).await;
    assert_rejected(&server, server.client("localhost", &authority)).await;
}

#[tokio::test]
async fn fails_where_the_server_does_not_speak_tls() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = TlsServer { address: listener.local_addr().unwrap(), arrived: Arc::default() };
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = stream.write_all(b"HTTP/1.1 400 MARK-8\r\n\r\n").await;
            // Read to the end, because a reset could overtake the response.
            let _ = tokio::io::copy(&mut stream, &mut tokio::io::sink()).await;
        }
    });
    assert_rejected(&server, server.client("localhost", &Authority::new())).await;
}

#[tokio::test]
async fn rejects_a_version_of_tls_below_the_minimum() {
    let authority = Authority::new();
    let server = TlsServer::start(&authority.sign("localhost", |_| {}), None, Protocol::Tls12).await;
    let minimum = |version| {
        let builder = trusting(server.builder("localhost"), &authority).min_tls_version(version);
        SecureClient::new(builder.build().unwrap())
    };
    assert_rejected(&server, minimum(TlsVersion::V1_3)).await;
    assert_eq!(minimum(TlsVersion::V1_2).read("1").await.unwrap().0, "HTTP/1.1");
}

#[tokio::test]
async fn negotiates_http2() {
    let authority = Authority::new();
    let protocol = Protocol::Http2 { refuses: false };
    let server = TlsServer::start(&authority.sign("localhost", |_| {}), None, protocol).await;
    let client = server.client("localhost", &authority);
    assert_eq!(client.read("1").await.unwrap().0, "HTTP/2");
    assert_eq!(client.write("1", "2").await.unwrap().0, "HTTP/2");
    assert_eq!(server.arrived(), 2);
}

/// By default, reqwest repeats such a request. Whether a call is repeated must be decided by the client alone.
#[tokio::test]
async fn does_not_repeat_a_write_on_a_refused_stream() {
    let authority = Authority::new();
    let protocol = Protocol::Http2 { refuses: true };
    let server = TlsServer::start(&authority.sign("localhost", |_| {}), None, protocol).await;
    let error = server.client("localhost", &authority).write("MARK-9", "MARK-10").await.unwrap_err();
    assert_eq!(server.arrived(), 1, "{error:?}");
    assert!(!printed(&error).to_lowercase().contains("mark"), "{error:?}");
}
