//! https through proxies, with and without TLS to the proxy.

use std::sync::Mutex;

use tokio::io::{AsyncRead, AsyncWrite};

use super::*;

const PROXY: &str = "proxy.test";
const HOST: &str = "kestra.test";

/// A proxy that connects to one server, whatever host it is asked for. What it is asked with is kept.
struct Proxy {
    address: SocketAddr,
    heads: Arc<Mutex<Vec<String>>>,
}

impl Proxy {
    /// Starts a proxy, which speaks TLS if it has a certificate.
    async fn start(server: SocketAddr, signed: Option<&Signed>) -> Self {
        let acceptor = signed.map(|signed| {
            let key = PrivatePkcs8KeyDer::from(signed.key.serialize_der());
            let chain = vec![signed.certificate.der().clone()];
            let mut config = ServerConfig::builder().with_no_client_auth().with_single_cert(chain, key.into()).unwrap();
            // A client must not choose HTTP/2 for a tunnel of HTTP/1.1.
            config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
            TlsAcceptor::from(Arc::new(config))
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let heads = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&heads);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (acceptor, seen) = (acceptor.clone(), Arc::clone(&seen));
                tokio::spawn(async move {
                    match acceptor {
                        None => tunnel(stream, server, &seen).await,
                        Some(acceptor) => tunnel(acceptor.accept(stream).await.ok()?, server, &seen).await,
                    }
                });
            }
        });
        Self { address, heads }
    }
}

async fn tunnel(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    server: SocketAddr,
    heads: &Mutex<Vec<String>>,
) -> Option<()> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.ok()?);
    }
    heads.lock().unwrap().push(String::from_utf8(head).unwrap());
    stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.ok()?;
    let mut server = TcpStream::connect(server).await.ok()?;
    tokio::io::copy_bidirectional(&mut stream, &mut server).await.ok()?;
    Some(())
}

fn client(base: &str, scheme: &str, proxy: SocketAddr, authority: &Authority) -> SecureClient {
    let builder = client_builder(base)
        .allow_plain_http()
        .bearer_token("MARK-3")
        .proxy(&format!("{scheme}://user:pass@{PROXY}:{}", proxy.port()))
        .resolve(PROXY, proxy);
    SecureClient::new(trusting(builder, authority).build().unwrap())
}

#[tokio::test]
async fn https_passes_a_proxy_in_a_tunnel() {
    let authority = Authority::new();
    let (of_server, of_proxy) = (authority.sign(HOST, |_| {}), authority.sign(PROXY, |_| {}));
    for (protocol, version) in [(Protocol::Http1, "HTTP/1.1"), (Protocol::Http2 { refuses: false }, "HTTP/2")] {
        for (scheme, signed) in [("http", None), ("https", Some(&of_proxy))] {
            let server = TlsServer::start(&of_server, None, protocol).await;
            let proxy = Proxy::start(server.address, signed).await;
            let client = client(&format!("https://{HOST}/MARK-4"), scheme, proxy.address, &authority);
            assert_eq!(client.read("MARK-5").await.unwrap().0, version, "{scheme}");
            assert_eq!(client.write("MARK-6", "MARK-7").await.unwrap().0, version, "{scheme}");
            assert_eq!(server.arrived(), 2);
            let heads = proxy.heads.lock().unwrap();
            // A connection with HTTP/2 is used again; the server closes those with HTTP/1.1.
            assert_eq!(heads.len(), if version == "HTTP/2" { 1 } else { 2 }, "{scheme} {version}");
            for head in &*heads {
                let lower = head.to_lowercase();
                assert!(head.starts_with("CONNECT kestra.test:443 HTTP/1.1\r\n"), "{head}");
                assert!(lower.contains("\r\nproxy-authorization: basic dxnlcjpwyxnz\r\n"), "{head}");
                assert!(!lower.contains("mark"), "{head}");
            }
        }
    }
}

#[tokio::test]
async fn checks_the_certificates_of_server_and_proxy() {
    let authority = Authority::new();
    let (of_server, of_proxy) = (authority.sign(HOST, |_| {}), authority.sign(PROXY, |_| {}));
    let other = authority.sign("other.test", |_| {});
    for (of_server, of_proxy) in [(&of_server, &other), (&other, &of_proxy)] {
        let server = TlsServer::start(of_server, None, Protocol::Http1).await;
        let proxy = Proxy::start(server.address, Some(of_proxy)).await;
        let client = client(&format!("https://{HOST}"), "https", proxy.address, &authority);
        assert_rejected(&server, client).await;
    }
}

#[tokio::test]
async fn a_proxy_with_tls_forwards_http() {
    let authority = Authority::new();
    let proxy = TlsServer::start(&authority.sign(PROXY, |_| {}), None, Protocol::Http1).await;
    let client = client(&format!("http://{HOST}"), "https", proxy.address, &authority);
    assert_eq!(client.read("1").await.unwrap().0, "HTTP/1.1");
    assert_eq!(proxy.arrived(), 1);
}
