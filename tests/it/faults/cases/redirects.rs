//! Redirects of every kind. After those that are followed, the server serves the next connection well.

use kestra_auth::ErrorKind::{Connect, Redirect, Status, Timeout};

use super::super::server::{Step, send};
use super::{BOTH, Call, Case, responds, response, then};

fn to(status: &str, location: &str) -> Vec<u8> {
    response(
        &format!("{status} MARK"),
        &format!("connection: close\r\ncontent-length: 0\r\nlocation: {location}\r\n"),
        "",
    )
}

pub(super) fn followed() -> Vec<Case> {
    let loops = std::iter::repeat_with(|| {
        [Step::Read, send(response("302 MARK", "content-length: 0\r\nlocation: /MARK\r\n", ""))]
    });
    let read = &[Call::Read];
    vec![
        responds("redirects a read with 301", to("301", "/MARK")).arrived(2).gives(read, "good"),
        responds("redirects a read with 302", to("302", "MARK?MARK#MARK")).arrived(2).gives(read, "good"),
        responds("redirects a read with 303", to("303", "../MARK")).arrived(2).gives(read, "good"),
        responds("redirects with 307", to("307", "/MARK"))
            .arrived(2)
            .gives(&[Call::Read, Call::Write, Call::Replace], "good"),
        responds("redirects with 308", to("308", "/MARK")).arrived(2).gives(BOTH, "good"),
        responds("redirects to an empty location", to("307", "")).arrived(2).gives(BOTH, "good"),
        then(
            "redirects with a body without end",
            [send(response("307 MARK", "location: /MARK\r\n", "")), Step::Endless(b"MARK".repeat(1000))],
        )
        .arrived(2)
        .gives(BOTH, "good"),
        Case::new("redirects without end", vec![loops.take(20).flatten().collect()])
            .arrived(11)
            .fails(read, Redirect, 302),
        Case::new("redirects and then closes", vec![vec![Step::Read, send(to("307", "/MARK"))], vec![Step::Read]])
            .arrived(2)
            .fails(BOTH, Connect, None),
        Case::new("redirects and then stalls", {
            vec![vec![Step::Read, send(to("307", "/MARK"))], vec![Step::Read, Step::Hang]]
        })
        .arrived(2)
        .fails(BOTH, Timeout, None),
        Case::new("redirects and then fails", {
            let unavailable = response("503 MARK", "content-length: 4\r\n", "MARK");
            vec![vec![Step::Read, send(to("307", "/MARK"))], vec![Step::Read, send(unavailable)]]
        })
        .arrived(2)
        .fails(BOTH, Status, 503),
    ]
}

pub(super) fn rejected() -> Vec<Case> {
    let all = &[Call::Read, Call::Write, Call::Head];
    let elsewhere = [
        ("redirects to another host", "http://mark.example/MARK"),
        ("redirects to another port", "http://127.0.0.1:9/MARK"),
        ("redirects to another name of the same host", "http://localhost/MARK"),
        ("redirects to another host without a scheme", "//mark.example/MARK"),
        ("redirects to another host with backslashes", "\\\\mark.example/MARK"),
        ("redirects to a location with a password", "http://MARK:MARK@mark.example/"),
        ("redirects to a file", "file:///MARK"),
        ("redirects to a script", "javascript:MARK"),
        ("redirects to data", "data:text/plain,MARK"),
        ("redirects to an invalid location", "http://[MARK/"),
        ("redirects to a location with an invalid port", "http://127.0.0.1:99999/MARK"),
    ];
    let elsewhere = elsewhere.map(|(name, location)| responds(name, to("307", location)).fails(all, Redirect, 307));
    let write = [
        ("redirects a write with 301", "301", 301),
        ("redirects a write with 302", "302", 302),
        ("redirects a write with 303", "303", 303),
    ];
    let write = write.map(|(name, status, code)| {
        responds(name, to(status, "/MARK")).fails(&[Call::Write, Call::Replace], Redirect, code)
    });
    let others = [
        responds("redirects without a location", response("307 MARK", "content-length: 0\r\n", ""))
            .fails(all, Redirect, 307),
        responds("redirects to bytes that are not UTF-8", {
            [b"HTTP/1.1 307 MARK\r\ncontent-length: 0\r\nlocation: /MARK\xff\r\n\r\n".as_slice()].concat()
        })
        .fails(all, Redirect, 307),
        responds("redirects to another host in a 302", to("302", "https://mark.example/MARK")).fails(
            &[Call::Read],
            Redirect,
            302,
        ),
        responds("sends a 305 with a location", to("305", "http://mark.example/")).fails(all, Status, 305),
        responds("sends a 306 with a location", to("306", "/MARK")).fails(all, Status, 306),
        responds("sends a 304 with a location", to("304", "/MARK")).fails(all, Status, 304),
        responds("sends a 300 with a location", to("300", "/MARK")).fails(all, Status, 300),
    ];
    elsewhere.into_iter().chain(write).chain(others).collect()
}
