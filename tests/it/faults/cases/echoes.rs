//! Servers that send back what they were sent, in every part of a response. The calls send a mark in every part.

use kestra_auth::ErrorKind::{Body, Decode, Protocol, Redirect, Status};

use super::super::server::{Step, send};
use super::{BOTH, Call, Case, then};

const LENGTH: &str = "\r\ncontent-length: 6\r\n\r\n\"fine\"";

pub(super) fn in_heads() -> Vec<Case> {
    let ignored = [
        ("echoes into the reason phrase", "HTTP/1.1 200 "),
        ("echoes into an unknown header", "HTTP/1.1 200 OK\r\nx-echo: "),
        ("echoes into a link", "HTTP/1.1 200 OK\r\nlink: "),
        ("echoes into a cookie", "HTTP/1.1 200 OK\r\nset-cookie: a="),
        ("echoes into the media type of JSON", "HTTP/1.1 200 OK\r\ncontent-type: text/"),
        ("echoes into Retry-After", "HTTP/1.1 200 OK\r\nretry-after: "),
        ("echoes into Server", "HTTP/1.1 200 OK\r\nserver: "),
    ]
    .map(|(name, before)| then(name, [Step::Echo(before, LENGTH)]).gives(BOTH, "fine"));
    let rejected = [
        ("echoes into the status", "HTTP/1.1 ", Protocol, None),
        ("echoes into the version", "HTTP/", Protocol, None),
        ("echoes instead of a response", "", Protocol, None),
        ("echoes into a header name", "HTTP/1.1 200 OK\r\n", Protocol, None),
        ("echoes into the length", "HTTP/1.1 200 OK\r\ncontent-length: 6\r\ncontent-length: ", Protocol, None),
        ("echoes into the transfer coding", "HTTP/1.1 200 OK\r\ntransfer-encoding: ", Decode, Some(200)),
        ("echoes into the content coding", "HTTP/1.1 200 OK\r\ncontent-encoding: ", Decode, Some(200)),
        ("echoes into the reason phrase of a 404", "HTTP/1.1 404 ", Status, Some(404)),
        (
            "echoes into the challenge of a 401",
            "HTTP/1.1 401 MARK\r\nwww-authenticate: Basic realm=",
            Status,
            Some(401),
        ),
        ("echoes into Retry-After of a 429", "HTTP/1.1 429 MARK\r\nretry-after: ", Status, Some(429)),
        ("echoes into a location", "HTTP/1.1 307 MARK\r\nlocation: http://", Redirect, Some(307)),
        ("echoes into the host of a location", "HTTP/1.1 308 MARK\r\nlocation: //mark.example/", Redirect, Some(308)),
    ]
    .map(|(name, before, kind, status)| then(name, [Step::Echo(before, LENGTH)]).fails(BOTH, kind, status));
    ignored.into_iter().chain(rejected).collect()
}

pub(super) fn in_bodies() -> Vec<Case> {
    let ok = "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n";
    let decoded = [
        ("echoes a whole body", "", ""),
        ("echoes before JSON", "", "\"fine\""),
        ("echoes after JSON", "\"fine\"", ""),
        ("echoes into a list", "[\"", "\"]"),
        ("echoes into a key", "{\"", "\": 1}"),
        ("echoes into an escape", "\"\\u", "\""),
        ("echoes into a page", "<html>", "</html>"),
    ]
    .map(|(name, before, after)| then(name, [send(ok), Step::Echo(before, after)]).fails(BOTH, Decode, 200));
    let of_errors = [
        ("echoes into the message of a 400", "HTTP/1.1 400 MARK\r\n\r\n{\"message\": \"", "\"}", 400),
        ("echoes into the body of a 500", "HTTP/1.1 500 MARK\r\n\r\n", "", 500),
        (
            "echoes into a problem",
            "HTTP/1.1 422 MARK\r\ncontent-type: application/problem+json\r\n\r\n{\"detail\": \"",
            "\"}",
            422,
        ),
    ]
    .map(|(name, before, after, status)| then(name, [Step::Echo(before, after)]).fails(BOTH, Status, status));
    let chunked = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    let others = [
        then("echoes into the extension of a chunk", [send(chunked), Step::Echo("6;a=", "\r\n\"fine\"\r\n0\r\n\r\n")])
            .gives(BOTH, "fine"),
        then("echoes into a trailer", [send(chunked), Step::Echo("6\r\n\"fine\"\r\n0\r\nx-echo: ", "\r\n\r\n")])
            .gives(BOTH, "fine"),
        then("echoes into the size of a chunk", [send(chunked), Step::Echo("", "\r\n\"MARK\"\r\n0\r\n\r\n")])
            .fails(BOTH, Body, 200),
        then("echoes into text", [send(ok), Step::Echo("", "")]).fails(&[Call::Read], Decode, 200),
    ];
    decoded.into_iter().chain(of_errors).chain(others).collect()
}
