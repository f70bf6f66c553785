//! Bodies of responses: of wrong length, endless, slow, where none belongs, or with the wrong content.

use std::io::Write as _;
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;
use kestra_auth::ErrorKind::{Body, Decode, Protocol, Status, Timeout};

use super::super::server::{Step, send};
use super::{BOTH, Call, Case, ok, responds, response, then};

const CHUNKED: &str = "transfer-encoding: chunked\r\n";

pub(super) fn wrong_lengths() -> Vec<Case> {
    vec![
        responds("closes before the declared length", ok("content-length: 99\r\n", "\"MARK")).fails(BOTH, Body, 200),
        then("resets before the declared length", [send(ok("content-length: 99\r\n", "\"MARK")), Step::Reset])
            .fails(BOTH, Body, 200),
        then("stalls before the declared length", [send(ok("content-length: 99\r\n", "\"MARK")), Step::Hang])
            .fails(BOTH, Timeout, 200),
        responds("sends more than the declared length", ok("content-length: 6\r\n", "\"fine\"MARK"))
            .gives(BOTH, "fine"),
        then(
            "sends another response after the declared length",
            [
                send(ok("content-length: 6\r\n", "\"fine\"HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\n\"evil\"")),
                Step::Hang,
            ],
        )
        .gives(BOTH, "fine"),
        responds("declares the same length twice", ok("content-length: 6\r\ncontent-length: 6\r\n", "\"fine\""))
            .gives(BOTH, "fine"),
        responds("declares two lengths", ok("content-length: 6\r\ncontent-length: 9\r\n", "\"evil\""))
            .fails(BOTH, Protocol, None),
        responds("declares a negative length", ok("content-length: -6\r\n", "\"evil\"")).fails(BOTH, Protocol, None),
        responds("declares a length with a sign", ok("content-length: +6\r\n", "\"evil\"")).fails(BOTH, Protocol, None),
        responds("declares a length that is not a number", ok("content-length: MARK\r\n", "\"evil\""))
            .fails(BOTH, Protocol, None),
        responds("declares a length beyond 64 bits", ok("content-length: 99999999999999999999\r\n", "\"evil\""))
            .fails(BOTH, Protocol, None),
        responds("declares a length above the limit", ok("content-length: 65537\r\n", "\"MARK")).fails(BOTH, Body, 200),
        responds("declares the largest length", ok("content-length: 18446744073709551613\r\n", "\"MARK"))
            .fails(BOTH, Body, 200),
        responds("declares no length", ok("", "\"fine\"")).gives(BOTH, "fine"),
        then(
            "resets a body without a length",
            [send(ok("", "\"MARK")), Step::Pause(Duration::from_millis(20)), Step::Reset],
        )
        .fails(BOTH, Body, 200),
    ]
}

pub(super) fn chunks() -> Vec<Case> {
    let fine = [
        responds("sends chunks", ok(CHUNKED, "3\r\n\"fi\r\n3\r\nne\"\r\n0\r\n\r\n")),
        responds("sends extensions of chunks", ok(CHUNKED, "6;MARK=\"MARK\"\r\n\"fine\"\r\n0;MARK\r\n\r\n")),
        responds("sends trailers", ok(CHUNKED, "6\r\n\"fine\"\r\n0\r\nx-mark: MARK\r\n\r\n")),
        responds("sends sizes with zeros", ok(CHUNKED, "0006\r\n\"fine\"\r\n000\r\n\r\n")),
        responds(
            "declares chunks and a length",
            ok(&format!("content-length: 99\r\n{CHUNKED}"), "6\r\n\"fine\"\r\n0\r\n\r\n"),
        ),
    ];
    let broken = [
        responds("sends no final chunk", ok(CHUNKED, "6\r\n\"MARK\"\r\n")),
        responds("closes inside a chunk", ok(CHUNKED, "9\r\n\"MARK")),
        responds("closes inside the size of a chunk", ok(CHUNKED, "6")),
        responds("sends no size", ok(CHUNKED, "\r\n\"MARK\"\r\n0\r\n\r\n")),
        responds("sends a size that is not a number", ok(CHUNKED, "MARK\r\n\"MARK\"\r\n0\r\n\r\n")),
        responds("sends a negative size", ok(CHUNKED, "-6\r\n\"MARK\"\r\n0\r\n\r\n")),
        responds("sends a size beyond 64 bits", ok(CHUNKED, "fffffffffffffffff\r\n\"MARK\"\r\n0\r\n\r\n")),
        responds("sends a chunk longer than its size", ok(CHUNKED, "3\r\n\"MARK\"\r\n0\r\n\r\n")),
        responds("sends a chunk shorter than its size", ok(CHUNKED, "7\r\n\"MARK\"\r\n0\r\n\r\n")),
        responds("sends an endless extension", ok(CHUNKED, format!("6;{}\r\n\"MARK\"", "MARK".repeat(20_000)))),
        responds(
            "sends trailers without end",
            ok(CHUNKED, format!("6\r\n\"MARK\"\r\n0\r\n{}", "x-mark: MARK\r\n".repeat(20_000))),
        ),
    ];
    let fine = fine.map(|case| case.gives(BOTH, "fine"));
    let broken = broken.map(|case| case.fails(BOTH, Body, 200));
    fine.into_iter().chain(broken).collect()
}

pub(super) fn slow_and_endless() -> Vec<Case> {
    let head = || send(ok("content-length: 99\r\n", ""));
    vec![
        then(
            "sends a body byte by byte",
            [send(ok("content-length: 6\r\n", "")), Step::Drip(b"\"fine\"".to_vec(), Duration::from_millis(5))],
        )
        .gives(BOTH, "fine"),
        then(
            "sends the head byte by byte",
            [Step::Drip(ok("connection: close\r\ncontent-length: 6\r\n", "\"fine\""), Duration::from_millis(1))],
        )
        .gives(BOTH, "fine"),
        then(
            "sends a body more slowly than the call may take",
            [head(), Step::Drip(b"MARK".repeat(20), Duration::from_millis(150))],
        )
        .fails(BOTH, Timeout, 200),
        then("stalls before the body", [head(), Step::Hang]).fails(BOTH, Timeout, 200),
        then("sends a body without end", [send(ok("", "")), Step::Endless(b"MARK".repeat(1000))]).fails(
            &[Call::Read, Call::Write, Call::Text],
            Body,
            200,
        ),
        then(
            "sends chunks without end",
            [send(ok(CHUNKED, "")), Step::Endless([b"fa0\r\n".as_slice(), &b"MARK".repeat(1000), b"\r\n"].concat())],
        )
        .fails(BOTH, Body, 200),
        then("sends an unneeded body without end", [send(ok("", "")), Step::Endless(b"MARK".repeat(1000))])
            .gives(&[Call::Discard], ""),
        then("stalls inside an unneeded body", [send(ok("content-length: 99\r\n", "MARK")), Step::Hang])
            .gives(&[Call::Discard], ""),
        responds("closes inside an unneeded body", ok("content-length: 99\r\n", "MARK")).gives(&[Call::Discard], ""),
    ]
}

pub(super) fn of_errors() -> Vec<Case> {
    let long = || response("503 MARK", "content-length: 99\r\n", "MARK");
    vec![
        responds("sends a 404", response("404 MARK", "content-length: 4\r\n", "MARK")).fails(BOTH, Status, 404),
        responds("closes inside the body of a 503", long()).fails(BOTH, Status, 503),
        then("resets inside the body of a 503", [send(long()), Step::Reset]).fails(BOTH, Status, 503),
        then("stalls inside the body of a 503", [send(long()), Step::Hang]).fails(BOTH, Status, 503),
        then("sends a 503 without end", [send(response("503 MARK", "", "")), Step::Endless(b"MARK".repeat(1000))])
            .fails(BOTH, Status, 503),
        responds("sends broken chunks in a 500", response("500 MARK", CHUNKED, "MARK\r\n")).fails(BOTH, Status, 500),
        responds("sends broken gzip in a 500", response("500 MARK", "content-encoding: gzip\r\n", "MARK"))
            .fails(BOTH, Status, 500),
        responds("sends a 429 with a wrong time", {
            response("429 MARK", "retry-after: MARK\r\ncontent-length: 0\r\n", "")
        })
        .fails(BOTH, Status, 429),
    ]
}

pub(super) fn where_none_belongs() -> Vec<Case> {
    let all = "content-length: 4\r\n";
    vec![
        responds("sends a 204 with a body", response("204 MARK", all, "MARK"))
            .gives(&[Call::Changed, Call::Discard], ""),
        responds("sends a 204 with chunks", response("204 MARK", CHUNKED, "4\r\nMARK\r\n0\r\n\r\n"))
            .gives(&[Call::Changed, Call::Discard], ""),
        responds("sends a 304 with a body", response("304 MARK", all, "MARK")).gives(&[Call::Changed], ""),
        responds("sends a 204 where a value is expected", response("204 MARK", "", "")).fails(BOTH, Decode, 204),
        responds("sends a 304 unasked", response("304 MARK", "", "")).fails(BOTH, Status, 304),
        responds("sends a body in response to HEAD", ok(all, "MARK")).gives(&[Call::Head], ""),
        responds("sends chunks in response to HEAD", ok(CHUNKED, "4\r\nMARK\r\n0\r\n\r\n")).gives(&[Call::Head], ""),
        then(
            "declares a body in response to HEAD",
            [send(ok("connection: close\r\ncontent-length: 9\r\n", "")), Step::Hang],
        )
        .gives(&[Call::Head], ""),
        responds("declares a body above the limit in response to HEAD", ok("content-length: 99999999\r\n", ""))
            .gives(&[Call::Head], ""),
    ]
}

pub(super) fn wrong_content() -> Vec<Case> {
    let gzip = "content-encoding: gzip\r\n";
    let good = zip(b"\"fine\"");
    let mut checksum = good.clone();
    let at = checksum.len() - 8;
    checksum[at] ^= 1;
    vec![
        responds("sends gzip", ok(gzip, &good)).gives(BOTH, "fine"),
        responds("sends gzip in two members", ok(gzip, [zip(b"\"fi"), zip(b"ne\"")].concat())).gives(BOTH, "fine"),
        responds("declares gzip by its alias", ok("Content-Encoding: X-GZIP\r\n", &good)).gives(BOTH, "fine"),
        responds("cuts the second member of gzip", ok(gzip, [&good[..], &good[..12]].concat())).fails(BOTH, Body, 200),
        responds("sends an unknown content coding", ok("content-encoding: MARK\r\n", "\"MARK\""))
            .fails(BOTH, Decode, 200),
        responds("sends a coding that is not decoded", ok("content-encoding: compress\r\n", "MARK"))
            .fails(BOTH, Decode, 200),
        responds("sends JSON as plain text", ok("content-type: text/plain\r\n", "\"fine\"")).gives(BOTH, "fine"),
        responds("echoes its media type", ok("content-type: text/MARK\r\n", "\"fine\"")).gives(BOTH, "fine"),
        responds("sends two media types", ok("content-type: text/a\r\ncontent-type: MARK\r\n", "\"fine\""))
            .gives(BOTH, "fine"),
        responds("sends a byte order mark", ok("", "\u{feff}\"fine\"")).gives(BOTH, "fine"),
        responds("sends another document under a media type", ok("content-type: text/MARK\r\n", "<MARK>"))
            .fails(BOTH, Decode, 200),
        responds("declares gzip without it", ok(gzip, "\"MARK\"")).fails(BOTH, Body, 200),
        responds("cuts gzip", ok(gzip, &good[..good.len() - 9])).fails(BOTH, Body, 200),
        responds("sends gzip with a wrong checksum", ok(gzip, &checksum)).fails(BOTH, Body, 200),
        responds("sends a gzip bomb", ok(gzip, zip(&vec![b'M'; 1 << 22]))).fails(BOTH, Body, 200),
        responds("sends a body that is not JSON", ok("", "<html>MARK</html>")).fails(BOTH, Decode, 200),
        responds("sends an empty body", ok("content-length: 0\r\n", "")).fails(BOTH, Decode, 200),
        responds("sends JSON of another type", ok("", "{\"MARK\": [\"MARK\"]}")).fails(BOTH, Decode, 200),
        responds("sends JSON and more", ok("", "\"MARK\" MARK")).fails(BOTH, Decode, 200),
        responds("cuts JSON", ok("", "\"MARK")).fails(BOTH, Decode, 200),
        responds("nests JSON deeply", ok("", "[".repeat(60_000))).fails(BOTH, Decode, 200),
        responds("sends JSON in another encoding", ok("", b"\"MARK\xfc\"")).fails(BOTH, Decode, 200),
    ]
}

fn zip(content: &[u8]) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(content).unwrap();
    gzip.finish().unwrap()
}
