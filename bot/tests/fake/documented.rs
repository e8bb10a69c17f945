//! GitHub's own description of its interface, asked whether a call is one that it knows: Prism with `@octokit/openapi`,
//! which nobody here wrote. `.ci/end-to-end` starts it; elsewhere only the fake judges what is asked.

use super::Asked;
use super::http::Reply;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

/// Host and port, where there is one.
pub fn address() -> Option<String> {
    std::env::var("ADRULE_PRISM").ok().filter(|address| !address.is_empty())
}

/// What the description says of a call: its example of an answer, or what is wrong with the call, in words.
pub fn ask(address: &str, asked: &Asked) -> Result<Reply, String> {
    // An Enterprise Server has it below a path of its own.
    let path = asked.path.strip_prefix("/api/v3").unwrap_or(&asked.path);
    let query = if asked.query.is_empty() { String::new() } else { format!("?{}", asked.query) };
    let body = if asked.body.is_null() { String::new() } else { asked.body.to_string() };
    // HTTP/1.0: an answer in one piece, and no media type of GitHub's own, which Prism does not know.
    let mut call =
        format!("{} {path}{query} HTTP/1.0\r\nhost: {address}\r\naccept: application/json\r\n", asked.method);
    if !body.is_empty() {
        call += &format!("content-type: application/json\r\ncontent-length: {}\r\n", body.len());
    }
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    stream.write_all(format!("{call}\r\n{body}").as_bytes()).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let answer = String::from_utf8(answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    let status: u16 = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default();
    let violations = head.lines().find_map(|line| line.strip_prefix("sl-violations: ")).unwrap_or_default();
    // Some of its own examples are not as it says itself.
    let is_ours = violations.contains(r#"{"location":["request""#);
    if (200..300).contains(&status) && !is_ours {
        let headers = vec![("content-type", "application/json".to_owned())];
        return Ok(Reply { status, headers, body: body.as_bytes().to_vec() });
    }
    Err(format!("{} {path}{query}: {status} {violations} {body}", asked.method))
}
