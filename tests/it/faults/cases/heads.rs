//! Heads of responses: what is not HTTP, what breaks its rules, and what is unusual but valid.

use std::time::Duration;

use kestra_auth::ErrorKind::{Connect, Protocol, Status, Timeout};

use super::super::server::{Step, send};
use super::{BOTH, Case, ok, responds, response, then};

const GOOD: &str = "content-length: 6\r\n";

pub(super) fn not_http() -> Vec<Case> {
    [
        responds("speaks SSH", "SSH-2.0-MARK_9.6\r\n"),
        responds("sends a TLS alert", [21, 3, 3, 0, 2, 2, 40]),
        responds("sends zeros", [0; 64]),
        responds("sends random bytes", [0x9c, 0x11, 0xff, 0x00, 0x0a, 0x0d, 0x0a, 0x80, 0xc3, 0x28]),
        responds("speaks HTTP/0.9", "<html>MARK</html>\r\n\r\n"),
        responds("speaks HTTP/2 in clear", b"\0\0\0\x04\0\0\0\0\0"),
        responds("speaks another version", "HTTP/3.0 200 MARK\r\ncontent-length: 6\r\n\r\n\"evil\""),
        responds("speaks ICY", "ICY 200 OK\r\ncontent-length: 6\r\n\r\n\"evil\""),
        responds("sends a status that is not a number", "HTTP/1.1 MARK OK\r\ncontent-length: 6\r\n\r\n\"evil\""),
        responds("sends a status of two digits", "HTTP/1.1 20 MARK\r\ncontent-length: 6\r\n\r\n\"evil\""),
        responds("sends a status of four digits", "HTTP/1.1 2000 MARK\r\ncontent-length: 6\r\n\r\n\"evil\""),
        responds("sends the status 000", "HTTP/1.1 000 MARK\r\ncontent-length: 6\r\n\r\n\"evil\""),
        responds("sends a negative status", "HTTP/1.1 -20 MARK\r\ncontent-length: 6\r\n\r\n\"evil\""),
        responds("sends a status with NUL", "HTTP/1.1 20\0 MARK\r\ncontent-length: 6\r\n\r\n\"evil\""),
        responds("speaks HTTP/0.9 without lines", "MARK".repeat(100)),
        responds("speaks HTTP/1.2", "HTTP/1.2 200 MARK\r\ncontent-length: 6\r\n\r\n\"evil\""),
        responds("speaks RTSP", "RTSP/1.0 200 MARK\r\ncontent-length: 6\r\n\r\n\"evil\""),
        responds("sends the status 099", "HTTP/1.1 099 MARK\r\ncontent-length: 6\r\n\r\n\"evil\""),
        responds("echoes the request", "POST /MARK HTTP/1.1\r\nauthorization: Bearer MARK\r\n\r\n"),
    ]
    .map(|case| case.fails(BOTH, Protocol, None))
    .into()
}

pub(super) fn wrong_headers() -> Vec<Case> {
    let many = "x-mark: MARK\r\n".repeat(3_000);
    [
        responds("sends a header without a colon", ok("MARK\r\ncontent-length: 6\r\n", "\"evil\"")),
        responds("sends a space before a colon", ok("x-MARK : MARK\r\ncontent-length: 6\r\n", "\"evil\"")),
        responds("sends an empty header name", ok(": MARK\r\ncontent-length: 6\r\n", "\"evil\"")),
        responds("sends NUL in a header", ok("x-mark: MA\0RK\r\ncontent-length: 6\r\n", "\"evil\"")),
        responds("sends a lone CR in a header", ok("x-mark: MA\rRK\r\ncontent-length: 6\r\n", "\"evil\"")),
        responds("folds a header", ok("x-mark: MARK\r\n MARK\r\ncontent-length: 6\r\n", "\"evil\"")),
        responds("folds the first header", "HTTP/1.1 200 OK\r\n x-MARK: MARK\r\ncontent-length: 6\r\n\r\n\"evil\""),
        responds("folds a header with a tab", ok("x-mark: MARK\r\n\tMARK\r\ncontent-length: 6\r\n", "\"evil\"")),
        responds("sends NUL in a header name", ok("x-\0MARK: MARK\r\ncontent-length: 6\r\n", "\"evil\"")),
        responds("sends a header name outside ASCII", ok("x-\u{fc}-MARK: MARK\r\ncontent-length: 6\r\n", "\"evil\"")),
        responds("sends a header name of 100 KB", ok(&format!("{}: MARK\r\n", "x".repeat(100_000)), "\"evil\"")),
        responds("sends a header name of 1 MB", ok(&format!("{}: MARK\r\n", "x".repeat(1 << 20)), "\"evil\"")),
        responds("sends a DEL in a header", ok("x-mark: MA\x7fRK\r\ncontent-length: 6\r\n", "\"evil\"")),
        responds("sends 3,000 headers", ok(&many, "\"evil\"")),
        responds("sends a header of 1 MB", ok(&format!("x-mark: {}\r\n", "MARK".repeat(250_000)), "\"evil\"")),
        then(
            "sends headers without end",
            [send("HTTP/1.1 200 OK\r\n"), Step::Endless(b"x-mark: MARK\r\n".repeat(500))],
        ),
        then("sends a status line without end", [send("HTTP/1.1 200 "), Step::Endless(b"MARK".repeat(1000))]),
    ]
    .map(|case| case.fails(BOTH, Protocol, None))
    .into()
}

/// Unusual, but what HTTP allows or servers commonly do.
pub(super) fn accepted() -> Vec<Case> {
    vec![
        responds("sends no reason phrase", response("200", GOOD, "\"fine\"")).gives(BOTH, "fine"),
        responds("sends an empty reason phrase", response("200 ", GOOD, "\"fine\"")).gives(BOTH, "fine"),
        responds("sends a reason phrase outside ASCII", response("200 \u{fc}MARK", GOOD, "\"fine\""))
            .gives(BOTH, "fine"),
        responds("ends lines with LF", "HTTP/1.1 200 OK\ncontent-length: 6\n\n\"fine\"").gives(BOTH, "fine"),
        responds("sends an empty line first", ["\r\n".as_bytes(), &ok(GOOD, "\"fine\"")].concat()).gives(BOTH, "fine"),
        responds("sends header names in capitals", ok("CONTENT-LENGTH: 6\r\n", "\"fine\"")).gives(BOTH, "fine"),
        responds("sends bytes outside ASCII in a header", ok("x-mark: \u{fc}\r\ncontent-length: 6\r\n", "\"fine\""))
            .gives(BOTH, "fine"),
        responds("sends a header twice", ok("x-a: MARK\r\nx-a: MARK\r\ncontent-length: 6\r\n", "\"fine\""))
            .gives(BOTH, "fine"),
        responds("speaks HTTP/1.0", "HTTP/1.0 200 OK\r\n\r\n\"fine\"").gives(BOTH, "fine"),
        responds("sends the status 299", response("299 MARK", GOOD, "\"fine\"")).gives(BOTH, "fine"),
        responds("sends the status 600", response("600 MARK", GOOD, "\"MARK\"")).fails(BOTH, Status, 600),
        responds("sends the status 999", response("999 MARK", GOOD, "\"MARK\"")).fails(BOTH, Status, 999),
        responds("sends the status 300", response("300 MARK", GOOD, "\"MARK\"")).fails(BOTH, Status, 300),
        responds("sends a 401 with a challenge", {
            response("401 MARK", "www-authenticate: Basic realm=\"MARK\"\r\ncontent-length: 0\r\n", "")
        })
        .fails(BOTH, Status, 401),
        responds("sends a 407", response("407 MARK", "content-length: 0\r\n", "")).fails(BOTH, Status, 407),
        responds("sends a 421", response("421 MARK", "content-length: 0\r\n", "")).fails(BOTH, Status, 421),
    ]
}

/// More than a client should read before a response.
pub(super) fn floods() -> Vec<Case> {
    let hint = "HTTP/1.1 103 MARK\r\nlink: <MARK>\r\n\r\n";
    vec![
        responds("sends two hundred hints first", [hint.repeat(200).as_bytes(), &ok(GOOD, "\"fine\"")].concat())
            .gives(BOTH, "fine"),
        then("sends hints without end", [Step::Endless(hint.repeat(100).into())]).fails(BOTH, Timeout, None),
        then("sends empty lines without end", [Step::Endless(b"\r\n".repeat(500))]).fails(BOTH, Protocol, None),
        then("sends a reason phrase without end", [send("HTTP/1.1 200 "), Step::Endless(b"MARK ".repeat(1000))])
            .fails(BOTH, Protocol, None),
        then("sends hints slowly and without end", [Step::Drip(hint.repeat(20).into(), Duration::from_millis(30))])
            .fails(BOTH, Timeout, None),
    ]
}

pub(super) fn informational() -> Vec<Case> {
    let after = |first: &str| [first.as_bytes(), &ok(GOOD, "\"fine\"")].concat();
    vec![
        responds("sends a 100 first", after("HTTP/1.1 100 Continue\r\n\r\n")).gives(BOTH, "fine"),
        responds("sends a 102 first", after("HTTP/1.1 102 Processing\r\nx-mark: MARK\r\n\r\n")).gives(BOTH, "fine"),
        responds("sends early hints first", after("HTTP/1.1 103 Early Hints\r\nlink: <MARK>\r\n\r\n"))
            .gives(BOTH, "fine"),
        responds("sends three 100 first", after(&"HTTP/1.1 100 Continue\r\n\r\n".repeat(3))).gives(BOTH, "fine"),
        responds("sends a 100 and closes", "HTTP/1.1 100 Continue\r\n\r\n").fails(BOTH, Connect, None),
        then("sends a 100 and stalls", [send("HTTP/1.1 100 Continue\r\n\r\n"), Step::Hang]).fails(BOTH, Timeout, None),
        responds("switches protocols unasked", "HTTP/1.1 101 MARK\r\nupgrade: MARK\r\nconnection: upgrade\r\n\r\nMARK")
            .fails(BOTH, Protocol, 101),
    ]
}
