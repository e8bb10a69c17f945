//! What a delivery costs: `cargo bench -p adrule --bench intake`, on Linux.
//!
//! Signed payloads of 24 kB come at 500 a second whether or not the one before was answered, to `adrule serve`, which
//! keeps each on the disk before it answers, and in turns to a server that verifies the signature and nothing more: what
//! axum and the kernel cost.
#![allow(
    missing_docs,
    dead_code,
    unused_imports,
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a measurement"
)]

#[path = "../tests/fake/mod.rs"]
mod fake;
#[path = "../tests/served/mod.rs"]
mod served;

use ring::hmac;
use served::{Caller, SECRET, Served};
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

const RATE: u64 = 500;
const SECONDS: u64 = 10;
const CONNECTIONS: u64 = 16;
const ROUNDS: u32 = 3;

fn main() {
    if std::env::args().any(|arg| arg == "--floor") {
        return floor();
    }
    let body = payload();
    println!("{} bytes a delivery, {RATE} a second for {SECONDS} s, {CONNECTIONS} connections", body.len());
    let folder = std::env::temp_dir().join(format!("adrule-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let mut command = served::command(&folder, "adrule.db", "http://127.0.0.1:9");
    // Where it listens is a line of the log; what becomes of the work, which finds no GitHub, is not wanted.
    let log = "error,adrule::server=info,adrule::server::worker=error";
    let adrule = Served::start(command.env("ADRULE_WORKERS", "1").env("ADRULE_LOG", log));
    let mut other = Command::new(std::env::current_exe().unwrap());
    let mut other = other.arg("--floor").stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(other.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let verifies: SocketAddr = line.trim().parse().unwrap();
    println!("| server | µs CPU a delivery | p50 ms | p99 ms | MiB before | MiB most |");
    println!("| --- | ---: | ---: | ---: | ---: | ---: |");
    for round in 0..ROUNDS {
        measure("adrule serve, kept on disk", adrule.id(), adrule.address, &body, round);
        measure("axum, verified only", other.id(), verifies, &body, round);
    }
    let _ = other.kill();
    let _ = other.wait();
    drop(adrule);
    let _ = std::fs::remove_dir_all(&folder);
}

/// A payload that GitHub has really sent, where the package of examples is there; else one of that size.
fn payload() -> Vec<u8> {
    let examples = std::env::var_os("ADRULE_WEBHOOKS").and_then(|package| {
        let file = std::path::Path::new(&package).join("api.github.com/index.json");
        serde_json::from_slice::<serde_json::Value>(&std::fs::read(file).ok()?).ok()
    });
    let found = examples.as_ref().and_then(|all| {
        let event = all.as_array()?.iter().find(|event| event["name"] == "pull_request")?;
        event["examples"]
            .as_array()?
            .iter()
            .find(|payload| payload["action"] == "opened" && !payload["installation"].is_null())
    });
    if let Some(found) = found {
        return found.to_string().into_bytes();
    }
    let mut made: serde_json::Value = serde_json::from_slice(&served::opened(1, "a-team/estate", 7)).unwrap();
    made["pull_request"]["body"] = serde_json::json!("A sentence of a description. ".repeat(830));
    made.to_string().into_bytes()
}

fn measure(name: &str, process: u32, address: SocketAddr, body: &[u8], round: u32) {
    let (before, memory) = (served::cpu(process), status(process, "VmRSS:"));
    let next = AtomicU64::new(0);
    let start = Instant::now() + Duration::from_millis(50);
    let mut times: Vec<Duration> = std::thread::scope(|scope| {
        let senders: Vec<_> = (0..CONNECTIONS)
            .map(|_| {
                scope.spawn(|| {
                    let mut caller = Caller::to(address);
                    let mut times = Vec::new();
                    loop {
                        let at = next.fetch_add(1, Ordering::Relaxed);
                        if at >= RATE * SECONDS {
                            return times;
                        }
                        let due = start + Duration::from_micros(at * 1_000_000 / RATE);
                        std::thread::sleep(due.saturating_duration_since(Instant::now()));
                        let answer = caller.deliver("pull_request", &format!("{name} {round} {at}"), body);
                        assert_eq!(answer, Some(202));
                        // From when it should have been sent: what waits for the one before it counts.
                        times.push(due.elapsed());
                    }
                })
            })
            .collect();
        senders.into_iter().flat_map(|sender| sender.join().unwrap()).collect()
    });
    times.sort();
    let part = |share: usize| times[times.len() * share / 100].as_secs_f64() * 1000.0;
    let each = (served::cpu(process) - before) * 1e6 / (RATE * SECONDS) as f64;
    let most = status(process, "VmHWM:");
    println!("| {name} | {each:.0} | {:.1} | {:.1} | {memory:.1} | {most:.1} |", part(50), part(99));
}

/// A line of a process's status, in MiB.
fn status(process: u32, name: &str) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
    line.trim().trim_end_matches(" kB").parse::<f64>().unwrap() / 1024.0
}

/// The server that verifies only.
fn floor() {
    async fn verify(headers: axum::http::HeaderMap, body: axum::body::Bytes) -> axum::http::StatusCode {
        let signature = headers.get("x-hub-signature-256").and_then(|value| value.to_str().ok());
        let key = hmac::Key::new(hmac::HMAC_SHA256, SECRET.as_bytes());
        let digits = signature.and_then(|value| value.strip_prefix("sha256=")).unwrap_or_default();
        let tag: Vec<u8> =
            (0..digits.len() / 2).filter_map(|at| u8::from_str_radix(&digits[at * 2..at * 2 + 2], 16).ok()).collect();
        match hmac::verify(&key, &body, &tag) {
            Ok(()) => axum::http::StatusCode::ACCEPTED,
            Err(_) => axum::http::StatusCode::UNAUTHORIZED,
        }
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        println!("{}", listener.local_addr().unwrap());
        let app = axum::Router::new().route("/webhooks/github", axum::routing::post(verify));
        axum::serve(listener, app).await.unwrap();
    });
}
