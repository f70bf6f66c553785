//! Connections that end early, and those that are kept open too long.

use std::time::Duration;

use kestra_auth::ErrorKind::{Connect, Status, Timeout};

use super::super::server::{Step, send};
use super::{BOTH, Call, Case, ok, responds, response, then};

pub(super) fn before_a_response() -> Vec<Case> {
    vec![
        Case::new("closes without reading", vec![vec![]]).arrived(0).fails(BOTH, Connect, None),
        Case::new("resets without reading", vec![vec![Step::Reset]]).arrived(0).fails(BOTH, Connect, None),
        Case::new("closes after the head of the request", vec![vec![Step::ReadHead]]).fails(BOTH, Connect, None),
        then("closes after the request", []).fails(BOTH, Connect, None),
        then("resets after the request", [Step::Reset]).fails(BOTH, Connect, None),
        then("half closes after the request", [Step::HalfClose]).fails(BOTH, Connect, None),
        then("never responds", [Step::Hang]).fails(BOTH, Timeout, None),
        responds("closes inside the status line", "HTTP/1.1 200").fails(BOTH, Connect, None),
        responds("closes after the status line", "HTTP/1.1 200 MARK\r\n").fails(BOTH, Connect, None),
        responds("closes inside a header", "HTTP/1.1 200 OK\r\nx-MARK: MARK").fails(BOTH, Connect, None),
        then("resets inside a header", [send("HTTP/1.1 200 OK\r\nx-MARK: MARK"), Step::Reset])
            .fails(BOTH, Connect, None),
        then("stalls inside a header", [send("HTTP/1.1 200 OK\r\nx-MARK: MARK"), Step::Hang])
            .fails(BOTH, Timeout, None),
        then(
            "sends a header that never ends, slowly",
            [send("HTTP/1.1 200 OK\r\nx-MARK: "), Step::Drip(vec![b'a'; 200], Duration::from_millis(50))],
        )
        .fails(BOTH, Timeout, None),
    ]
}

/// The first call succeeds. The next one finds the connection in the state that the first one left.
pub(super) fn kept_alive() -> Vec<Case> {
    let good = || send(ok("content-length: 6\r\n", "\"kept\""));
    let noticed = Duration::from_millis(500);
    vec![
        then("closes a kept connection while it is idle", [good()]).after_a_call(noticed).gives(BOTH, "good"),
        then("resets a kept connection while it is idle", [good(), Step::Pause(noticed / 4), Step::Reset])
            .after_a_call(noticed)
            .gives(BOTH, "good"),
        then(
            "announces that the connection closes, and keeps it",
            [send(ok("connection: close\r\ncontent-length: 6\r\n", "\"kept\"")), Step::Hang],
        )
        .after_a_call(noticed)
        .gives(BOTH, "good"),
        then(
            "sends a 408 on an idle connection",
            [
                good(),
                Step::Pause(noticed / 4),
                send(response("408 MARK", "connection: close\r\ncontent-length: 0\r\n", "")),
            ],
        )
        .after_a_call(noticed)
        .gives(BOTH, "good"),
        then("sends garbage on an idle connection", [good(), Step::Pause(noticed / 4), send("MARK"), Step::Hang])
            .after_a_call(noticed)
            .gives(BOTH, "good"),
        then(
            "sends another response after the first",
            [
                send(ok("content-length: 6\r\n", "\"kept\"HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\n\"evil\"")),
                Step::Hang,
            ],
        )
        .after_a_call(noticed)
        .gives(BOTH, "good"),
        // Whether the server has processed the request is unknown, so a write must not arrive twice.
        then("closes a kept connection after the next request", [good(), Step::Read])
            .after_a_call(Duration::ZERO)
            .fails(&[Call::Write], Connect, None),
        then("resets a kept connection after the next request", [good(), Step::Read, Step::Reset])
            .after_a_call(Duration::ZERO)
            .fails(&[Call::Write], Connect, None),
        then("keeps a connection and stalls at the next request", [good(), Step::Read, Step::Hang])
            .after_a_call(Duration::ZERO)
            .fails(BOTH, Timeout, None),
    ]
}

pub(super) fn uploads() -> Vec<Case> {
    let only_head = |name, steps: Vec<Step>| Case::new(name, vec![[vec![Step::ReadHead], steps].concat()]);
    let too_large = || send(response("413 MARK", "connection: close\r\ncontent-length: 4\r\n", "MARK"));
    vec![
        only_head("rejects an upload early and reads the rest", vec![too_large(), Step::HalfClose]).fails(
            &[Call::Replace],
            Status,
            413,
        ),
        only_head("rejects an upload early and keeps the connection", vec![too_large(), Step::Hang]).fails(
            &[Call::Replace],
            Status,
            413,
        ),
        only_head(
            "accepts an upload early and closes",
            vec![send(ok("connection: close\r\ncontent-length: 6\r\n", "\"fine\"")), Step::HalfClose],
        )
        .gives(&[Call::Replace], "fine"),
        only_head(
            "redirects an upload early",
            vec![
                send(response("307 MARK", "connection: close\r\ncontent-length: 0\r\nlocation: /MARK\r\n", "")),
                Step::HalfClose,
            ],
        )
        .arrived(2)
        .gives(&[Call::Replace], "good"),
        only_head(
            "sends a 100 and reads nothing of an upload",
            vec![send("HTTP/1.1 100 Continue\r\n\r\n"), Step::Pause(Duration::from_secs(8))],
        )
        .fails(&[Call::Replace], Timeout, None),
        only_head("closes early in an upload", vec![Step::HalfClose]).fails(&[Call::Replace], Connect, None),
        only_head(
            "rejects an upload with a reset",
            vec![too_large(), Step::Pause(Duration::from_millis(20)), Step::Reset],
        )
        .fails(&[Call::Replace], Status, 413),
        only_head("resets during an upload", vec![Step::Pause(Duration::from_millis(20)), Step::Reset]).fails(
            &[Call::Replace],
            Connect,
            None,
        ),
    ]
}
