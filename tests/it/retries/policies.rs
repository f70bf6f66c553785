//! The settings of `Retry`, the time limits, and what layers see.

use super::*;
use kestra_auth::ApiClient;

fn waits_after(outcome: Outcome, retry: Retry) -> impl Future<Output = (Vec<Duration>, Result<u8, Error>)> {
    let script = Script::with([outcome.clone(), outcome], |builder| builder.retry(retry));
    async move {
        let result = script.client.list().await;
        (script.waits(), result)
    }
}

#[tokio::test(start_paused = true)]
async fn waits_are_random_and_their_bound_doubles() {
    let mut longest = [Duration::ZERO; 2];
    for _ in 0..200 {
        let (waits, _) = waits_after(Outcome::Status(503), Retry::standard()).await;
        assert!(waits[0] < millis(202) && waits[1] < millis(402), "{waits:?}");
        longest = [longest[0].max(waits[0]), longest[1].max(waits[1])];
    }
    assert!(longest[0] > millis(150) && longest[1] > millis(300), "{longest:?}");
}

#[tokio::test(start_paused = true)]
async fn waits_as_long_as_the_server_asks() {
    let (waits, result) = waits_after(Asks(503, "30".to_owned()), Retry::standard()).await;
    assert_eq!((waits, result.unwrap()), (vec![Duration::from_secs(30); 2], 7));
    let date = httpdate::fmt_http_date(std::time::SystemTime::now() + Duration::from_secs(40));
    let (waits, result) = waits_after(Asks(429, date), Retry::standard()).await;
    assert_eq!(result.unwrap(), 7);
    assert!(waits[0] > Duration::from_secs(37) && waits[0] <= Duration::from_secs(41), "{waits:?}");
    // A date that has passed, and what is neither a number nor a date, leave the random wait.
    for value in ["Sun, 06 Nov 1994 08:49:37 GMT", "soon", "0", "-1"] {
        let (waits, result) = waits_after(Asks(429, value.to_owned()), Retry::standard()).await;
        assert!(result.is_ok() && waits.iter().all(|wait| *wait < millis(402)), "{value}: {waits:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn does_not_wait_longer_than_allowed() {
    let (waits, result) = waits_after(Asks(503, "61".to_owned()), Retry::standard()).await;
    let error = result.unwrap_err();
    assert!(waits.is_empty() && error.attempts() == 1, "{waits:?}");
    assert_eq!(error.retry_after(), Some(Duration::from_secs(61)));
    let retry = Retry::standard().longest_retry_after(Duration::from_secs(100));
    let (waits, _) = waits_after(Asks(503, "61".to_owned()), retry).await;
    assert_eq!(waits, [Duration::from_secs(61); 2]);
    // Numbers that no clock can hold.
    let retry = Retry::standard().longest_retry_after(Duration::MAX);
    let (_, result) = waits_after(Asks(503, u64::MAX.to_string()), retry.clone().attempts(1)).await;
    assert_eq!(result.unwrap_err().attempts(), 1);
    let script = Script::with([Asks(503, u64::MAX.to_string())], |builder| builder.retry(retry).timeout(millis(1)));
    assert_eq!(script.client.list().await.unwrap_err().status(), Some(StatusCode::SERVICE_UNAVAILABLE));
}

#[tokio::test(start_paused = true)]
async fn does_not_wait_beyond_the_deadline() {
    let asks = || [Asks(503, "10".to_owned()), Asks(503, "10".to_owned())];
    let within =
        |seconds| move |builder: ClientBuilder| builder.retry(Retry::standard()).timeout(Duration::from_secs(seconds));
    let script = Script::with(asks(), within(9));
    let start = Instant::now();
    let error = script.client.list().await.unwrap_err();
    assert_eq!((error.status(), error.attempts()), (Some(StatusCode::SERVICE_UNAVAILABLE), 1));
    assert_eq!(start.elapsed(), Duration::ZERO, "waiting would change nothing");
    let script = Script::with(asks(), within(15));
    assert_eq!(script.client.list().await.unwrap_err().attempts(), 2);
    let script = Script::with(asks(), within(21));
    assert_eq!(script.client.list().await.unwrap(), 7);
}

#[tokio::test(start_paused = true)]
async fn the_timeout_covers_all_attempts() {
    let slow = [Slow(Duration::from_secs(2)), Fails(io::ErrorKind::ConnectionReset), Slow(Duration::from_secs(60))];
    let script = Script::with(slow, |builder| {
        builder.retry(Retry::standard()).attempt_timeout(Duration::from_secs(1)).timeout(Duration::from_secs(2))
    });
    let start = Instant::now();
    let error = script.client.list().await.unwrap_err();
    assert!(error.is_timeout() && start.elapsed() == Duration::from_secs(2) && error.attempts() == 3, "{error:?}");
}

#[tokio::test(start_paused = true)]
async fn each_attempt_has_a_time_limit_of_its_own() {
    let limited = |builder: ClientBuilder| builder.retry(Retry::standard()).attempt_timeout(Duration::from_secs(1));
    for outcome in [Slow(Duration::from_secs(2)), Stalls(200)] {
        let script = Script::with([outcome.clone(), outcome], limited);
        assert_eq!((script.client.list().await.unwrap(), script.count()), (7, 3));
        assert!(script.waits().iter().all(|wait| *wait >= Duration::from_secs(1)));
    }
    let script = Script::with([Slow(Duration::from_secs(2))], limited);
    let error = script.client.create("a").await.unwrap_err();
    assert!(error.is_timeout() && error.attempts() == 1, "{error:?}");
    // The status of a response whose body stalls counts for more than that it does.
    let script = Script::with([Stalls(404)], limited);
    let error = script.client.list().await.unwrap_err();
    assert_eq!((error.status(), &error.body()[..]), (Some(StatusCode::NOT_FOUND), &b"7"[..]));
    let script = Script::with([Stalls(503)], limited);
    assert_eq!((script.client.list().await.unwrap(), script.count()), (7, 2));
    // Without rules, it ends the call.
    let script =
        Script::with([Slow(Duration::from_secs(2))], |builder| builder.attempt_timeout(Duration::from_secs(1)));
    assert!(script.client.list().await.unwrap_err().is_timeout());
}

#[tokio::test(start_paused = true)]
async fn attempts_are_as_many_as_allowed() {
    for (attempts, expected) in [(0, 1), (1, 1), (2, 2), (6, 6)] {
        let script = Script::with(vec![Outcome::Status(503); 9], |b| b.retry(Retry::standard().attempts(attempts)));
        assert_eq!((script.client.list().await.unwrap_err().attempts(), script.count()), (expected, expected as usize));
    }
}

#[tokio::test(start_paused = true)]
async fn the_calls_of_a_client_share_a_budget() {
    let down = || std::iter::repeat_n(Outcome::Status(503), 10_000);
    let script = Script::new(down());
    let other = script.client.with_options(CallOptions::new().header("x-other", "1"));
    // The clock stands still, because no call waits.
    let immediate = || CallOptions::new().retry(Retry::standard().delays(Duration::ZERO, Duration::ZERO));
    let (client, other) = (script.client.with_options(immediate()), other.with_options(immediate()));
    for _ in 0..500 {
        client.list().await.unwrap_err();
        other.list().await.unwrap_err();
    }
    // 1,000 calls, a fifth of that, and ten for each of ten seconds.
    assert_eq!(script.count(), 1_000 + 200 + 100);
    tokio::time::advance(Duration::from_secs(2)).await;
    let before = script.count();
    for _ in 0..20 {
        client.list().await.unwrap_err();
    }
    assert_eq!(script.count() - before, 20 + 4 + 20);

    let script = Script::with(down(), |b| b.retry(Retry::standard().budget(0, 0)));
    assert_eq!(script.client.list().await.unwrap_err().attempts(), 1);
    let script = Script::with(down(), |b| b.retry(Retry::standard().unlimited_budget()));
    for _ in 0..200 {
        assert_eq!(script.client.list().await.unwrap_err().attempts(), 3);
    }
}

#[tokio::test(start_paused = true)]
async fn a_closure_decides_what_a_failure_counts_as() {
    let retry = || {
        Retry::standard().classify(|attempt| {
            assert_eq!(attempt.endpoint().api(), "Jobs");
            assert!(format!("{attempt:?}").contains("number"));
            match attempt.status().map(|status| status.as_u16()) {
                Some(409) if attempt.body() == "start" => Failure::Transient,
                Some(429) => Failure::NotProcessed,
                Some(503) => Failure::Permanent,
                None if attempt.number() == 2 => Failure::Permanent,
                _ => attempt.failure(),
            }
        })
    };
    let script = |outcomes: Vec<Outcome>| Script::with(outcomes, |builder| builder.retry(retry()));
    assert_eq!(script(vec![Outcome::Status(409)]).client.list().await.unwrap(), 7);
    assert_eq!(script(vec![Outcome::Status(409)]).client.create("a").await.unwrap_err().attempts(), 1);
    assert_eq!(script(vec![Outcome::Status(429)]).client.create("a").await.unwrap(), 7);
    assert_eq!(script(vec![Outcome::Status(503)]).client.list().await.unwrap_err().attempts(), 1);
    let lost = Fails(io::ErrorKind::ConnectionReset);
    assert_eq!(script(vec![lost.clone(), lost]).client.list().await.unwrap_err().attempts(), 2);
    assert_eq!(script(vec![Outcome::Status(502)]).client.list().await.unwrap(), 7);
}

#[tokio::test(start_paused = true)]
async fn options_override_the_rules() {
    let unavailable = || vec![Outcome::Status(503); 9];
    let script = Script::new(unavailable());
    let attempts = |options: CallOptions| {
        let client = script.client.with_options(options);
        async move { client.list().await.unwrap_err().attempts() }
    };
    assert_eq!(attempts(CallOptions::new().retry(Retry::never())).await, 1);
    assert_eq!(attempts(CallOptions::new().retry(Retry::standard().attempts(2))).await, 2);
    assert_eq!(attempts(CallOptions::new().retry_mode(RetryMode::Never)).await, 1);
    let narrow = script.client.with_options(CallOptions::new().retry(Retry::never()));
    assert_eq!(narrow.with_options(CallOptions::new().timeout(millis(9))).list().await.unwrap_err().attempts(), 1);

    let script = Script::with(unavailable(), |builder| builder);
    let search = CallOptions::new().retry(Retry::standard().attempts(4)).retry_mode(RetryMode::Idempotent);
    assert_eq!(script.client.create_with(search).await.unwrap_err().attempts(), 4);
}

#[tokio::test(start_paused = true)]
async fn layers_around_calls_see_the_result_of_all_attempts() {
    let (calls, attempts) = (Arc::new(Mutex::new(Vec::new())), Arc::new(Mutex::new(Vec::new())));
    let note = |log: &Arc<Mutex<Vec<String>>>| {
        let log = Arc::clone(log);
        tower::util::MapResponseLayer::new(move |response: http::Response<Body>| {
            let body = response.body().as_bytes().map(|bytes| String::from_utf8(bytes.to_vec()).unwrap());
            log.lock().unwrap().push(format!("{} {body:?}", response.status().as_u16()));
            response
        })
    };
    let script = Script::with([Outcome::Status(503), Truncated(200)], |builder| {
        builder.retry(Retry::standard()).layer(note(&calls)).attempt_layer(note(&attempts))
    });
    assert_eq!(script.client.list().await.unwrap(), 7);
    assert_eq!(*calls.lock().unwrap(), ["200 Some(\"7\")"], "the body has been read");
    assert_eq!(*attempts.lock().unwrap(), ["503 Some(\"start\")", "200 None", "200 Some(\"7\")"]);

    let script = Script::with([404, 404].map(Outcome::Status), |builder| builder.layer(note(&calls)));
    let error = script.client.list().await.unwrap_err();
    assert!(error.is_status() && error.attempts() == 1 && error.body() == "start", "{error:?}");
    assert_eq!(calls.lock().unwrap().last().unwrap(), "404 Some(\"start\")");
}

#[tokio::test(start_paused = true)]
async fn attempts_below_layers_are_counted_until_the_time_limit() {
    let slow = [Outcome::Status(503), Slow(Duration::from_secs(60))];
    let script = Script::with(slow, |builder| {
        builder
            .retry(Retry::standard())
            .timeout(Duration::from_secs(5))
            .layer(tower::util::MapRequestLayer::new(|request: http::Request<Body>| request))
    });
    let error = script.client.list().await.unwrap_err();
    assert!(error.is_timeout() && error.attempts() == 2, "{error:?}");
    let script = Script::with([Stalls(503)], |builder| {
        builder
            .timeout(Duration::from_secs(5))
            .layer(tower::util::MapRequestLayer::new(|request: http::Request<Body>| request))
    });
    assert_eq!(script.client.list().await.unwrap_err().status(), Some(StatusCode::SERVICE_UNAVAILABLE));
}

#[tokio::test]
async fn retries_report_missing_timers() {
    let script = Script::new([]);
    let runtime = std::thread::spawn(|| tokio::runtime::Builder::new_current_thread().build().unwrap()).join().unwrap();
    let error = std::thread::spawn(move || runtime.block_on(script.client.text()).unwrap_err()).join().unwrap();
    assert!(error.is_build() && error.to_string().contains("timers"), "{error}");
}

#[test]
fn debug_output_shows_settings() {
    let text = format!("{:?}", Retry::default().attempts(9));
    assert!(text.contains("attempts: 9") && text.contains("longest_retry_after: 60s"), "{text}");
}

/// A transport that never waits leaves no other moment for other tasks.
#[tokio::test]
async fn attempts_without_waits_between_them_let_other_tasks_run() {
    let failing = service_fn(|_| async {
        Ok::<_, io::Error>(http::Response::builder().status(503).body(Body::empty()).unwrap())
    });
    let retry = Retry::standard().attempts(10).delays(Duration::ZERO, Duration::ZERO);
    let client = JobsClient::new(client_builder("http://localhost").transport(failing).retry(retry).build().unwrap());
    let other = tokio::spawn(async {});
    assert_eq!(client.list().await.unwrap_err().attempts(), 10);
    assert!(other.is_finished());
}

#[tokio::test(start_paused = true)]
async fn an_error_says_which_time_limit_was_exceeded() {
    let slow = || [Slow(Duration::from_secs(9)), Slow(Duration::from_secs(9))];
    let script = Script::with(slow(), |builder| builder.attempt_timeout(millis(50)));
    let error = script.client.list().await.unwrap_err();
    assert_eq!(error.to_string(), "Jobs::list (GET /jobs): an attempt exceeded its time limit");
    let script = Script::with(slow(), |builder| builder.timeout(millis(50)));
    let error = script.client.list().await.unwrap_err();
    assert_eq!(error.to_string(), "Jobs::list (GET /jobs): the call exceeded its time limit");
}

/// Both requests belong to one call, whichever of them wins.
#[tokio::test]
async fn a_layer_that_sends_a_request_twice_makes_one_call() {
    let hedge = tower::layer::layer_fn(|next: kestra_auth::transport::Next| {
        service_fn(move |request: http::Request<Body>| {
            let mut next = next.clone();
            async move {
                let mut second = http::Request::new(request.body().try_clone().unwrap());
                *second.uri_mut() = request.uri().clone();
                *second.method_mut() = request.method().clone();
                second.headers_mut().clone_from(request.headers());
                second.extensions_mut().clone_from(request.extensions());
                let both =
                    (tower_service::Service::call(&mut next, request), tower_service::Service::call(&mut next, second));
                futures_util::future::select(both.0, both.1).await.factor_first().0
            }
        })
    });
    let reports = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&reports);
    let script = Script::with([Outcome::Status(503), Outcome::Status(503)], |builder| {
        let builder = builder.layer(hedge).retry(Retry::standard().delays(millis(1), millis(2)));
        builder.on_call(move |report| log.lock().unwrap().push((report.outcome().is_success(), report.attempts())))
    });
    assert_eq!(script.client.pay(7).await.unwrap(), 7);
    let reports = reports.lock().unwrap();
    assert_eq!(reports.len(), 1);
    assert!(reports[0].0 && (3..=4).contains(&reports[0].1), "{reports:?}");
    let arrived = script.arrived.lock().unwrap();
    assert!(arrived.iter().all(|request| request.headers["idempotency-key"] == arrived[0].headers["idempotency-key"]));
}
