//! How the end of a body is marked: codings of the transfer, extensions of chunks, trailers
//! ([RFC 9112](https://www.rfc-editor.org/rfc/rfc9112#section-6)).

use std::time::Duration;

use kestra_auth::ErrorKind::{Body, Decode, Protocol, Timeout};

use super::super::server::{Step, send};
use super::{BOTH, Call, Case, ok, responds, response, then};

const CHUNKED: &str = "transfer-encoding: chunked\r\n";
const FINE: &str = "6\r\n\"fine\"\r\n0\r\n\r\n";

/// Transfer codings, alone and together with a length.
pub(super) fn codings() -> Vec<Case> {
    let fine = [
        responds(
            "declares identity and a length",
            ok("transfer-encoding: identity\r\ncontent-length: 6\r\n", "\"fine\""),
        ),
        responds("declares a length after chunks", ok(&format!("{CHUNKED}content-length: 3\r\n"), FINE)),
        responds("declares chunks in capitals", ok("TRANSFER-ENCODING: CHUNKED\r\n", FINE)),
        responds("declares chunks between spaces", ok("transfer-encoding:  chunked \t\r\n", FINE)),
        responds("declares an empty list of codings", ok("transfer-encoding: , chunked\r\n", FINE)),
        responds(
            "closes after the final chunk of a kept connection",
            ok(&format!("{CHUNKED}connection: keep-alive\r\n"), FINE),
        ),
    ];
    let wrong = [
        responds("declares chunks and then another coding", ok("transfer-encoding: chunked, MARK\r\n", FINE)),
        responds("declares a transfer coding that is not chunks", ok("transfer-encoding: MARK\r\n", FINE)),
        responds("sends compressed chunks", ok("transfer-encoding: gzip, chunked\r\n", FINE)),
    ];
    let lengths = [
        responds("declares a length in hexadecimal", ok("content-length: 0x6\r\n", "\"evil\"")),
        responds("declares a length with spaces inside", ok("content-length: 1 6\r\n", "\"evil\"")),
        responds("declares chunks in HTTP/1.0", format!("HTTP/1.0 200 OK\r\n{CHUNKED}\r\n{FINE}")),
        responds("declares an empty length", ok("content-length: \r\n", "\"evil\"")),
        responds("declares a fraction as the length", ok("content-length: 6.0\r\n", "\"evil\"")),
        responds("declares two lengths in one header", ok("content-length: 6, 9\r\n", "\"evil\"")),
        responds("declares a length with NUL", ok("content-length: 6\0\r\n", "\"evil\"")),
    ];
    let fine = fine.map(|case| case.gives(BOTH, "fine"));
    let lengths = lengths.map(|case| case.fails(BOTH, Protocol, None));
    fine.into_iter().chain(wrong.map(|case| case.fails(BOTH, Decode, 200))).chain(lengths).collect()
}

pub(super) fn extensions() -> Vec<Case> {
    // Each byte of the body comes with ten times as much that is skipped.
    let padded = |count: usize| {
        let chunks = format!("1;{}\r\n \r\n", "MARK".repeat(10)).repeat(count);
        ok(CHUNKED, format!("{chunks}{FINE}"))
    };
    vec![
        responds("sends a few long extensions", padded(100)).gives(BOTH, "fine"),
        responds("sends many long extensions", padded(5_000)).fails(BOTH, Body, 200),
        responds("sends an extension with a bare LF", ok(CHUNKED, "6;MARK\n\"evil\"\r\n0\r\n\r\n"))
            .fails(BOTH, Body, 200),
        responds("ends a chunk with a bare LF", ok(CHUNKED, "6\r\n\"evil\"\n0\r\n\r\n")).fails(BOTH, Body, 200),
        responds("sends a size with a sign", ok(CHUNKED, "+6\r\n\"evil\"\r\n0\r\n\r\n")).fails(BOTH, Body, 200),
        responds("sends a size with a prefix", ok(CHUNKED, "0x6\r\n\"evil\"\r\n0\r\n\r\n")).fails(BOTH, Body, 200),
        responds("sends a space before the size", ok(CHUNKED, " 6\r\n\"evil\"\r\n0\r\n\r\n")).fails(BOTH, Body, 200),
        responds("sends an endless size", ok(CHUNKED, "0".repeat(100_000))).fails(BOTH, Body, 200),
        then("stalls inside the size of a chunk", [send(ok(CHUNKED, "6")), Step::Hang]).fails(BOTH, Timeout, 200),
        then("stalls before the final chunk", [send(ok(CHUNKED, "6\r\n\"MARK\"\r\n")), Step::Hang])
            .fails(BOTH, Timeout, 200),
        then(
            "resets before the final chunk",
            [send(ok(CHUNKED, "6\r\n\"MARK\"\r\n")), Step::Pause(Duration::from_millis(20)), Step::Reset],
        )
        .fails(BOTH, Body, 200),
        then("half closes inside a chunk", [send(ok(CHUNKED, "9\r\n\"MA")), Step::HalfClose]).fails(BOTH, Body, 200),
        then("half closes after a body", [send(ok("content-length: 6\r\n", "\"fine\"")), Step::HalfClose])
            .gives(BOTH, "fine"),
        responds("sends a chunk for each byte", {
            let chunks = "\"fine\"".split("").filter(|char| !char.is_empty()).collect::<Vec<_>>().join("\r\n1\r\n");
            ok(CHUNKED, format!("1\r\n{chunks}\r\n0\r\n\r\n"))
        })
        .gives(BOTH, "fine"),
        responds("sends chunks in a 404", response("404 MARK", CHUNKED, FINE)).fails(
            BOTH,
            kestra_auth::ErrorKind::Status,
            404,
        ),
    ]
}

pub(super) fn trailers() -> Vec<Case> {
    let after = |trailers: &str| ok(CHUNKED, format!("6\r\n\"fine\"\r\n0\r\n{trailers}\r\n"));
    let ignored = [
        responds("sends a trailer that changes the length", after("content-length: 2\r\n")),
        responds("sends a trailer that redirects", after("location: http://mark.example/\r\n")),
        responds(
            "sends a trailer that changes the coding",
            after("content-encoding: gzip\r\ntransfer-encoding: MARK\r\n"),
        ),
        responds("announces a trailer and sends none", ok(&format!("{CHUNKED}trailer: x-mark\r\n"), FINE)),
        responds("sends a hundred trailers", after(&"x-mark: MARK\r\n".repeat(100))),
    ];
    let wrong = [
        responds("sends the status in a trailer", after(":status: 500\r\n")),
        responds("sends a trailer without a colon", after("MARK\r\n")),
        responds("sends a trailer with NUL", after("x-mark: MA\0RK\r\n")),
        responds("sends a trailer with a long name", after(&format!("{}: MARK\r\n", "x".repeat(20_000)))),
        responds("closes inside a trailer", ok(CHUNKED, "6\r\n\"MARK\"\r\n0\r\nx-mark: MA")),
    ];
    let stalled = then("stalls inside a trailer", [send(ok(CHUNKED, "6\r\n\"MARK\"\r\n0\r\nx-mark: MA")), Step::Hang]);
    let ignored = ignored.map(|case| case.gives(BOTH, "fine").gives(&[Call::Discard], ""));
    let wrong = wrong.map(|case| case.fails(BOTH, Body, 200));
    ignored.into_iter().chain(wrong).chain([stalled.fails(BOTH, Timeout, 200)]).collect()
}
