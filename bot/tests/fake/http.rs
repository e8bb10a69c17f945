//! HTTP/1.1, one call a connection, or as many as the caller likes ([`State::keeps_connections`]).

use super::{Asked, State, Wrong, documented, routes};
use serde_json::Value;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

pub struct Reply {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
}

impl Reply {
    pub fn json(status: u16, body: &Value) -> Self {
        let headers = vec![("content-type", "application/json; charset=utf-8".to_owned())];
        Self { status, headers, body: body.to_string().into_bytes() }
    }

    pub fn fault(status: u16, message: &str) -> Self {
        Self::json(status, &serde_json::json!({ "message": message }))
    }
}

pub fn serve(listener: TcpListener, state: Arc<Mutex<State>>, stop: Arc<AtomicBool>) {
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            if stop.load(Ordering::Relaxed) {
                break;
            }
            let (Ok(stream), state) = (stream, Arc::clone(&state)) else { continue };
            std::thread::spawn(move || while talk(&mut BufReader::new(&stream), &state) == Some(true) {});
        }
    });
}

/// Answers one call; whether another may follow. Nobody sends the next one before the answer, so that nothing is lost
/// between two readers.
fn talk(reader: &mut BufReader<&TcpStream>, state: &Mutex<State>) -> Option<bool> {
    let mut stream = *reader.get_ref();
    let mut asked = read(reader)?;
    let mut known = state.lock().unwrap_or_else(PoisonError::into_inner);
    let validator = known.validator.clone();
    let mut wrong = known.faults.iter_mut().find(|fault| fault.is_for(&asked)).map(|fault| {
        fault.times -= 1;
        fault.wrong.clone()
    });
    if wrong.is_none() {
        wrong = known.whim.as_mut().and_then(|whim| whim(&asked));
    }
    let is_faulty = wrong.is_some();
    let is_checked = known.answers_by_example || asked.method != "GET";
    let documented = match validator.filter(|_| is_checked && !is_faulty && !asked.path.ends_with("graphql")) {
        Some(address) => {
            // Others need not wait for it.
            drop(known);
            let said = documented::ask(&address, &asked);
            known = state.lock().unwrap_or_else(PoisonError::into_inner);
            known.documented += usize::from(said.is_ok());
            Some(said)
        }
        None => None,
    };
    let by_example = known.answers_by_example;
    let reply = match &wrong {
        None if matches!(&documented, Some(Err(_))) => {
            known.undocumented.extend(documented.and_then(Result::err));
            Reply::fault(422, "not as documented")
        }
        // Its example of a token ended in 2016.
        None if by_example && documented.is_some() && !asked.path.ends_with("/access_tokens") => {
            documented.and_then(Result::ok)?
        }
        Some(Wrong::Instead(status, headers, body)) => {
            Reply { status: *status, headers: headers.clone(), body: body.as_bytes().to_vec() }
        }
        Some(Wrong::Echo(status)) => {
            let token = asked.token.as_deref().unwrap_or_default();
            Reply::fault(*status, &format!("Authorization: Bearer {token} is not what was wanted"))
        }
        _ => routes::answer(&mut known, &asked),
    };
    let reply = match wrong {
        Some(Wrong::After(status)) => Some(Reply::fault(status, "Bad Gateway")),
        Some(Wrong::Silence(_) | Wrong::Cut) => None,
        _ => Some(reply),
    };
    asked.status = reply.as_ref().map_or(0, |reply| reply.status);
    if known.forgets {
        (asked.body, asked.etag, asked.token) = (Value::Null, None, None);
        known.faults.retain(|fault| fault.times > 0);
    }
    known.asked.push(asked);
    let keeps = known.keeps_connections;
    drop(known);
    let Some(reply) = reply else {
        if let Some(Wrong::Silence(time)) = wrong {
            std::thread::sleep(time);
        }
        return None;
    };
    let connection = if keeps { "keep-alive" } else { "close" };
    let mut head = format!("HTTP/1.1 {} x\r\nconnection: {connection}\r\n", reply.status);
    for (name, value) in &reply.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str(&format!("content-length: {}\r\n\r\n", reply.body.len()));
    // In one piece: else the second part waits for the first one to be acknowledged.
    let mut answer = head.into_bytes();
    answer.extend_from_slice(&reply.body);
    stream.write_all(&answer).ok()?;
    Some(keeps)
}

fn read(reader: &mut BufReader<&TcpStream>) -> Option<Asked> {
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut words = line.split_whitespace();
    let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
    let (mut length, mut token, mut etag) = (0, None, None);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(": ") else { break };
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.parse().ok()?,
            "authorization" => token = value.strip_prefix("Bearer ").map(str::to_owned),
            "if-none-match" => etag = Some(value.to_owned()),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let (path, query) = target.split_once('?').unwrap_or((&target, ""));
    Some(Asked {
        method,
        path: path.to_owned(),
        query: query.to_owned(),
        token,
        etag,
        body: serde_json::from_slice(&body).unwrap_or_default(),
        at: Instant::now(),
        status: 0,
    })
}
