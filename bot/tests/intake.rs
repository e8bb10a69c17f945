//! The intake from outside: what GitHub sends, and what others send in its name.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr, reason = "a test that fails here has failed")]

mod fake;
mod served;
mod support;

use served::{Headers, Numbers, SECRET, Served, command, headers, kept, opened, signature};
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::time::Duration;
use support::Place;

/// Where nobody listens: these tests are about the intake alone.
const NOBODY: &str = "http://127.0.0.1:9";
const REPOSITORY: &str = "a-team/estate";

fn served(place: &Place) -> Served {
    Served::start(command(&place.root, "adrule.db", NOBODY).env("ADRULE_WEBHOOK_SECRET_PREVIOUS", "the one before"))
}

fn without(mut headers: Headers<'static>, name: &str) -> Headers<'static> {
    headers.retain(|(known, _)| *known != name);
    headers
}

fn with(headers: Headers<'static>, name: &'static str, value: &str) -> Headers<'static> {
    let mut headers = without(headers, name);
    headers.push((name, value.to_owned()));
    headers
}

#[test]
fn every_answer_says_what_was_wrong() {
    let place = Place::new();
    let server = served(&place);
    let mut caller = server.caller();
    let body = opened(1, REPOSITORY, 7);
    let good = || headers("pull_request", "a delivery", &body);
    let mut post = |headers: &Headers<'_>| caller.call("POST", "/webhooks/github", headers, &body).unwrap();
    let signed = |secret| signature(secret, &body);

    assert_eq!(post(&good()), (202, "kept\n".to_owned()));
    assert_eq!(post(&good()), (202, "known already\n".to_owned()));
    let by_old_secret = with(good(), "x-hub-signature-256", &signed("the one before"));
    assert_eq!(post(&with(by_old_secret, "x-github-delivery", "another")).0, 202);
    assert_eq!(post(&with(good(), "x-github-event", "a-new-event")).0, 202);

    let no_signature = post(&without(good(), "x-hub-signature-256"));
    assert_eq!(no_signature.0, 401);
    assert!(no_signature.1.contains("SHA-1 alone is not accepted"), "{}", no_signature.1);
    let sha1 = with(without(good(), "x-hub-signature-256"), "x-hub-signature", &format!("sha1={}", "0".repeat(40)));
    assert_eq!(post(&sha1).0, 401);
    assert_eq!(post(&with(good(), "x-hub-signature-256", &signed("another secret"))).0, 401);
    assert_eq!(post(&with(good(), "x-hub-signature-256", &signed(""))).0, 401);
    assert_eq!(post(&with(good(), "x-hub-signature-256", signed(SECRET).trim_start_matches("sha256="))).0, 401);
    assert_eq!(post(&with(good(), "x-github-hook-installation-target-id", "4712")).0, 401);
    assert_eq!(post(&without(good(), "x-github-delivery")).0, 400);
    assert_eq!(post(&without(good(), "x-github-event")).0, 400);
    let form = post(&with(good(), "content-type", "application/x-www-form-urlencoded"));
    assert_eq!(form.0, 415);
    assert!(form.1.contains("application/json"), "{}", form.1);

    assert_eq!(caller.call("GET", "/webhooks/github", &[], b"").unwrap().0, 405);
    assert_eq!(caller.call("PUT", "/webhooks/github", &[("content-length", "0".to_owned())], b"").unwrap().0, 405);
    assert_eq!(caller.call("GET", "/nowhere", &[], b"").unwrap().0, 404);
    let chunked = with(without(good(), "content-length"), "transfer-encoding", "chunked");
    assert_eq!(server.caller().call("POST", "/webhooks/github", &chunked, b"0\r\n\r\n").unwrap().0, 411);
    let huge = with(good(), "content-length", &(25 * 1024 * 1024 + 1).to_string());
    assert_eq!(server.caller().call("POST", "/webhooks/github", &huge, b"").unwrap().0, 413);
    let half = &body[..body.len() / 2];
    assert_eq!(server.caller().deliver("pull_request", "half", half), Some(400), "signed, and no JSON");
    let ids = kept(&place.path("adrule.db"));
    assert_eq!(ids.into_iter().collect::<Vec<_>>(), ["a delivery", "another"]);
}

#[test]
fn a_new_action_or_shape_breaks_nothing() {
    let place = Place::new();
    let server = served(&place);
    let mut caller = server.caller();
    for (id, body) in [
        r#"{"action":"a-new-action","installation":{"id":1},"repository":{"full_name":"a/b"},"pull_request":{"number":1}}"#,
        r#"{"action":{"an":"object"},"installation":[],"repository":7}"#,
        r#"{"action":null,"installation":null}"#,
        r#"{"action":"opened"}"#,
        r#"{}"#,
        r#"[]"#,
        r#"null"#,
    ]
    .iter()
    .enumerate()
    {
        assert_eq!(caller.deliver("pull_request", &format!("{id}"), body.as_bytes()), Some(202), "{body}");
    }
    for (id, body) in ["", "{", "{\"action\":\"opened\"", "nul", "\u{0}"].iter().enumerate() {
        assert_eq!(caller.deliver("pull_request", &format!("bad {id}"), body.as_bytes()), Some(400), "{body:?}");
    }
    let deep = "[".repeat(100_000);
    assert!(matches!(caller.deliver("pull_request", "deep", deep.as_bytes()), Some(202 | 400)));
    let deep = format!("{{\"x\":{deep}");
    assert_eq!(caller.deliver("pull_request", "deeper", deep.as_bytes()), Some(400));
}

#[test]
fn the_largest_body_is_taken_and_its_memory_given_back() {
    let place = Place::new();
    let server = served(&place);
    let before = server.memory();
    let mut caller = server.caller();
    let mut body = opened(1, REPOSITORY, 7);
    body.resize(25 * 1024 * 1024, b' ');
    assert_eq!(caller.deliver("pull_request", "large", &body), Some(202));
    for round in 0..6 {
        let mut headers = headers("pull_request", &format!("forged {round}"), b"");
        headers[1].1 = body.len().to_string();
        assert_eq!(caller.call("POST", "/webhooks/github", &headers, &body).unwrap().0, 401);
    }
    let grown = server.memory().saturating_sub(before);
    assert!(grown < 12 * 1024, "{grown} KiB more after bodies of 25 MB");
    // However many come at once, one is held at a time.
    let senders: Vec<_> = (0..6)
        .map(|sender| {
            let (mut caller, body) = (server.caller(), body.clone());
            let mut headers = headers("pull_request", &format!("at once {sender}"), b"");
            headers[1].1 = body.len().to_string();
            std::thread::spawn(move || caller.call("POST", "/webhooks/github", &headers, &body).unwrap().0)
        })
        .collect();
    for sender in senders {
        // On a busy machine the last of them may have waited too long; GitHub is asked for those again.
        assert!(matches!(sender.join().unwrap(), 401 | 408));
    }
    let (grown, most) = (server.memory().saturating_sub(before), server.most_memory().saturating_sub(before));
    assert!(grown < 12 * 1024, "{grown} KiB more after six at once");
    assert!(most < 40 * 1024, "{most} KiB more at most");
}

/// A request over a connection of its own, sent to its end before the answer is read.
fn sent_whole(server: &Served, headers: &Headers<'_>, body: &[u8]) -> String {
    let mut stream = TcpStream::connect(server.address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    let mut head = String::from("POST /webhooks/github HTTP/1.1\r\nhost: x\r\n");
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    stream.write_all(format!("{head}\r\n").as_bytes()).unwrap();
    stream.write_all(body).unwrap();
    stream.shutdown(std::net::Shutdown::Write).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn who_is_refused_unread_can_send_to_the_end_and_hears_why() {
    let place = Place::new();
    let server = served(&place);
    let body = vec![b' '; 25 * 1024 * 1024 + 1];
    let unsigned = |body: &[u8]| without(headers("pull_request", "unread", body), "x-hub-signature-256");
    for _ in 0..10 {
        let refused = sent_whole(&server, &unsigned(&body[1..]), &body[1..]);
        assert!(refused.starts_with("HTTP/1.1 401") && refused.contains("X-Hub-Signature-256 is missing"), "{refused}");
        let refused = sent_whole(&server, &unsigned(&body), &body);
        assert!(refused.starts_with("HTTP/1.1 413") && refused.contains("25 MB"), "{refused}");
    }
    let mut headers = unsigned(&body);
    headers[1].1 = (1_u64 << 40).to_string();
    let mut stream = TcpStream::connect(server.address).unwrap();
    let head: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    stream.write_all(format!("POST /webhooks/github HTTP/1.1\r\nhost: x\r\n{head}\r\n").as_bytes()).unwrap();
    // Nobody is listened to without end: after twice the largest body, or ten seconds.
    let end = (0..100).find(|_| stream.write_all(&body).is_err());
    assert!(end.is_some_and(|end| end >= 1), "{end:?}");
    assert!(server.memory() < 60 * 1024, "{} KiB", server.memory());
}

#[test]
fn idle_and_slow_clients_do_not_keep_others_out() {
    let place = Place::new();
    let mut server = served(&place);
    let before = server.memory();
    let mut idle: Vec<TcpStream> = (0..1000).map(|_| TcpStream::connect(server.address).unwrap()).collect();
    for (at, stream) in idle.iter_mut().enumerate() {
        // Half of them begin to say something, and stop.
        if at % 2 == 0 {
            stream.write_all(b"POST /webhooks/github HTTP/1.1\r\nhost: x\r\nx-slow: ").unwrap();
        }
    }
    let mut caller = server.caller();
    for number in 0..50 {
        assert_eq!(caller.deliver("pull_request", &format!("{number}"), &opened(1, REPOSITORY, number)), Some(202));
    }
    let grown = server.memory().saturating_sub(before);
    assert!(grown < 30 * 1024, "{grown} KiB for 1,000 connections");
    // A body that never comes is given up, as are heads that never end.
    let mut slow = TcpStream::connect(server.address).unwrap();
    let mut head = String::from("POST /webhooks/github HTTP/1.1\r\nhost: x\r\n");
    for (name, value) in headers("pull_request", "slow", &[b' '; 1000]) {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    slow.write_all(format!("{head}\r\n{{").as_bytes()).unwrap();
    let mut answer = [0; 12];
    slow.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    slow.read_exact(&mut answer).unwrap();
    assert_eq!(&answer, b"HTTP/1.1 408");
    for mut stream in idle {
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        // Closed, with or without words; one that stays runs into the time above.
        if let Err(error) = stream.read_to_end(&mut Vec::new()) {
            assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset, "{error}");
        }
    }
    assert!(server.is_running());
    assert!(!kept(&place.path("adrule.db")).contains("slow"));
}

/// The payloads of npm `@octokit/webhooks-examples`: what GitHub has really sent, by event.
fn examples() -> Option<Vec<(String, Vec<u8>)>> {
    let Some(package) = std::env::var_os("ADRULE_WEBHOOKS") else {
        assert!(std::env::var_os("CI").is_none(), "ADRULE_WEBHOOKS is not set");
        eprintln!("skipped: ADRULE_WEBHOOKS does not name the package @octokit/webhooks-examples");
        return None;
    };
    let mut all = Vec::new();
    let mut folders: Vec<PathBuf> =
        std::fs::read_dir(Path::new(&package)).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    for file in folders.iter().map(|folder| folder.join("index.json")).filter(|file| file.is_file()) {
        let events: serde_json::Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
        for event in events.as_array().unwrap() {
            let name = event["name"].as_str().unwrap();
            let payloads = event["examples"].as_array().unwrap();
            all.extend(payloads.iter().map(|payload| (name.to_owned(), payload.to_string().into_bytes())));
        }
    }
    assert_eq!(all.len(), 726);
    Some(all)
}

#[test]
fn what_github_has_really_sent_is_taken_whole_and_refused_forged() {
    let Some(examples) = examples() else { return };
    let place = Place::new();
    let mut server = served(&place);
    let mut caller = server.caller();
    let mut numbers = Numbers(7);
    for (at, (event, body)) in examples.iter().enumerate() {
        // Their own App is another one, and that is the header's business alone.
        assert_eq!(caller.deliver(event, &format!("{at}"), body), Some(202), "{event}");
        let unsigned = without(headers(event, "unsigned", body), "x-hub-signature-256");
        assert_eq!(caller.call("POST", "/webhooks/github", &unsigned, body).unwrap().0, 401, "{event}");
        let forged = with(headers(event, "forged", body), "x-hub-signature-256", &signature("guess", body));
        assert_eq!(caller.call("POST", "/webhooks/github", &forged, body).unwrap().0, 401, "{event}");
        // Signed, so that it gets as far as it can: cut short, and with some bytes changed.
        let end = numbers.next(body.len() as u64) as usize;
        let cut = caller.deliver(event, &format!("cut {at}"), &body[..end]);
        assert!(matches!(cut, Some(202 | 400)), "{event} cut at {end}: {cut:?}");
        let mut mutated = body.clone();
        for _ in 0..=numbers.next(8) {
            let place = numbers.next(mutated.len() as u64) as usize;
            mutated[place] = u8::try_from(numbers.next(256)).unwrap();
        }
        let answer = caller.deliver(event, &format!("mutated {at}"), &mutated);
        assert!(matches!(answer, Some(202 | 400)), "{event} mutated: {answer:?}");
    }
    assert!(server.is_running());
    let kept = kept(&place.path("adrule.db"));
    assert!(kept.iter().all(|id| id != "unsigned" && id != "forged"));
    // 43 pull_request payloads of github.com and of Enterprise Servers and others of ours mark something.
    let whole = kept.iter().filter(|id| id.bytes().all(|byte| byte.is_ascii_digit())).count();
    assert!(whole > 40, "{whole}");
    let memory = server.memory();
    assert!(memory < 60 * 1024, "{memory} KiB");
}

#[test]
fn what_cannot_be_kept_is_not_acknowledged() {
    let place = Place::new();
    let server = served(&place);
    let mut caller = server.caller();
    let other = rusqlite::Connection::open(place.path("adrule.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert_eq!(caller.deliver("pull_request", "one", &opened(1, REPOSITORY, 1)), Some(503));
    server.hears("locked");
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(caller.deliver("pull_request", "one", &opened(1, REPOSITORY, 1)), Some(202));
    assert!(server.stop().success());
    assert_eq!(kept(&place.path("adrule.db")).len(), 1);
}

#[test]
fn a_database_that_cannot_be_used_is_said_in_one_line() {
    let place = Place::new();
    place.write("damaged.db", "not a database, however long it may be".repeat(100));
    for (database, words) in [
        ("damaged.db", "the database file is damaged"),
        ("/proc/adrule.db", "the database cannot be"),
        ("missing/folder/adrule.db", "the database cannot be reached"),
        ("postgres://127.0.0.1:9/adrule?sslmode=disable", "the database cannot be reached"),
        ("postgres://somebody:a-password@127.0.0.1:x/", "the URL of the database cannot be used"),
    ] {
        let ended = command(&place.root, database, NOBODY).output().unwrap();
        let said = String::from_utf8_lossy(&ended.stderr);
        assert_eq!(ended.status.code(), Some(2), "{database}: {said}");
        assert!(said.contains(words), "{database}: {said}");
        assert!(!said.contains("a-password"), "{said}");
    }
}

#[test]
fn nothing_that_was_acknowledged_is_lost_when_the_process_is_killed() {
    let rounds = std::env::var("ADRULE_KILLS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(6);
    let place = Place::new();
    let mut numbers = Numbers(42);
    let mut acknowledged = std::collections::BTreeSet::new();
    for round in 0..rounds {
        let server = served(&place);
        let address = server.address;
        let heard = std::sync::Arc::new(std::sync::atomic::AtomicU64::new(0));
        let senders: Vec<_> = (0..4)
            .map(|sender| {
                let heard = std::sync::Arc::clone(&heard);
                std::thread::spawn(move || {
                    let mut caller = served::Caller::to(address);
                    let mut kept = Vec::new();
                    // Until it is gone.
                    for at in 0..1000 {
                        let id = format!("{round} {sender} {at}");
                        if caller.deliver("pull_request", &id, &opened(1, REPOSITORY, sender)) != Some(202) {
                            break;
                        }
                        heard.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                        kept.push(id);
                    }
                    kept
                })
            })
            .collect();
        // By what was heard and not by the clock: a slow machine proves as much.
        let enough = 5 + numbers.next(100);
        let patience = std::time::Instant::now() + Duration::from_secs(60);
        while heard.load(std::sync::atomic::Ordering::Relaxed) < enough && std::time::Instant::now() < patience {
            std::thread::sleep(Duration::from_millis(1));
        }
        server.kill();
        for sender in senders {
            acknowledged.extend(sender.join().unwrap());
        }
    }
    let kept = kept(&place.path("adrule.db"));
    let lost: Vec<_> = acknowledged.difference(&kept).collect();
    assert!(lost.is_empty(), "{} of {} are lost: {lost:?}", lost.len(), acknowledged.len());
    assert!(acknowledged.len() > rounds, "{}", acknowledged.len());
    eprintln!("{} acknowledged over {rounds} kills, none lost", acknowledged.len());
}
