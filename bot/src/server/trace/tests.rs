use super::*;
use crate::server::log;
use crate::server::log::tests::{DELIVERY, lease};
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::mpsc;
use tracing_subscriber::layer::SubscriberExt as _;

/// A collector: takes one request, and gives its head and body.
fn collector() -> (String, mpsc::Receiver<(String, Vec<u8>)>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (said, heard) = mpsc::channel();
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let (mut all, mut chunk) = (Vec::new(), [0; 4096]);
        let (head, body) = loop {
            let read = stream.read(&mut chunk).unwrap();
            all.extend_from_slice(&chunk[..read]);
            let Some(end) = all.windows(4).position(|four| four == b"\r\n\r\n") else { continue };
            let head = String::from_utf8(all[..end].to_vec()).unwrap().to_ascii_lowercase();
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap();
            if all.len() >= end + 4 + length.parse::<usize>().unwrap() {
                break (head, all[end + 4..].to_vec());
            }
        };
        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").unwrap();
        said.send((head, body)).unwrap();
    });
    (url, heard)
}

fn times(body: &[u8], what: &[u8]) -> usize {
    memchr::memmem::find_iter(body, what).count()
}

#[test]
fn a_delivery_and_its_job_are_sent_and_linked() {
    let (url, heard) = collector();
    let traces = Traces::start(&url).unwrap();
    let lease = lease();
    tracing::subscriber::with_default(tracing_subscriber::registry().with(traces.layer()), || {
        log::delivery(DELIVERY, "pull_request").in_scope(|| tracing::info!("a line of the log"));
        log::job(&lease).in_scope(|| tracing::error!(why = "a reason", "parked"));
    });
    traces.end();
    let (head, body) = heard.recv_timeout(Duration::from_secs(30)).unwrap();
    assert!(head.starts_with("post /v1/traces http/1.1"), "{head}");
    assert!(head.contains("content-type: application/x-protobuf"), "{head}");
    for name in ["adrule", "delivery", "job", "acme/shop", "pull_request", DELIVERY] {
        assert!(times(&body, name.as_bytes()) > 0, "{name}");
    }
    let number = 0x72d3_162e_cc78_11e3_81ab_4c93_67dc_0958_u128.to_be_bytes();
    assert_eq!(times(&body, &number), 2, "the delivery's trace, and the job's link to it");
    assert_eq!(times(&body, b"a line of the log") + times(&body, b"a reason"), 0, "what is logged stays in the log");
}

#[test]
fn an_id_that_is_no_uuid_has_a_trace_too() {
    assert_eq!(of(DELIVERY).trace_id().to_string(), "72d3162ecc7811e381ab4c9367dc0958");
    let (one, other) = (of("17"), of("18"));
    assert!(one.is_valid() && one.is_remote() && one.is_sampled());
    assert_eq!(one, of("17"));
    assert_ne!(one.trace_id(), other.trace_id());
}

#[test]
fn an_endpoint_that_is_none_is_said() {
    assert!(Traces::start("not an address").is_err());
}
