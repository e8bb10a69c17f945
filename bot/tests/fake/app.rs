//! What an App sees beyond one repository: its installation, what was delivered to it, and people's comments.

use super::http::Reply;
use super::{Asked, REPOSITORY, State, git};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The state of it.
#[derive(Default)]
pub struct App {
    /// Why no token is minted any more, if so: 404 it was removed, 403 it is suspended.
    pub refused: Option<u16>,
    /// Other repositories, by `owner/name`.
    pub others: BTreeMap<String, PathBuf>,
    /// Attempts to deliver, newest first.
    pub deliveries: Vec<Value>,
    /// The attempts that were asked for again.
    pub redelivered: Vec<u64>,
    /// The comments that somebody nodded to.
    pub nodded: Vec<u64>,
    /// Who wrote which comment, where it was no `User`.
    pub bots: Vec<String>,
}

pub fn as_app(state: &mut State, asked: &Asked, path: &str) -> Option<Reply> {
    if path == "/app/installations" {
        return Some(Reply::json(200, &json!([{ "id": 7, "suspended_at": null }])));
    }
    if path == "/app/hook/deliveries" {
        return Some(deliveries(state, asked));
    }
    if let Some(rest) = path.strip_prefix("/app/hook/deliveries/") {
        state.app.redelivered.push(rest.split('/').next()?.parse().ok()?);
        return Some(Reply::json(202, &json!({})));
    }
    let refused = state.app.refused.filter(|_| path.ends_with("/access_tokens"))?;
    Some(Reply::fault(refused, if refused == 403 { "This installation has been suspended" } else { "Not Found" }))
}

fn deliveries(state: &State, asked: &Asked) -> Reply {
    let text = |name: &str| asked.query.split('&').find_map(|part| part.strip_prefix(name)?.strip_prefix('='));
    let from: usize = text("cursor").and_then(|cursor| cursor.strip_prefix("v1_")?.parse().ok()).unwrap_or(0);
    let shown: Vec<&Value> = state.app.deliveries.iter().skip(from).take(state.page).collect();
    let mut reply = Reply::json(200, &json!(shown));
    let next = from + shown.len();
    if next < state.app.deliveries.len() {
        let link = format!("<https://inner.example/app/hook/deliveries?per_page=100&cursor=v1_{next}>; rel=\"next\"");
        reply.headers.push(("link", link));
    }
    reply
}

pub fn repositories(state: &State) -> Reply {
    let names = std::iter::once(REPOSITORY).chain(state.app.others.keys().map(String::as_str));
    let all: Vec<Value> = names.map(|name| json!({ "full_name": name, "archived": false })).collect();
    Reply::json(200, &json!({ "total_count": all.len(), "repositories": all }))
}

/// What another repository answers: its newest commit, trees and blobs.
pub fn elsewhere(state: &State, path: &str) -> Option<Reply> {
    let rest = path.strip_prefix("/repos/")?;
    let (name, git) = state.app.others.iter().find(|(name, _)| rest.starts_with(&format!("{name}/")))?;
    let parts: Vec<&str> = rest[name.len() + 1..].split('/').collect();
    let reply = match parts.as_slice() {
        ["commits", branch] => tip(git, branch),
        ["git", "commits", id] => super::routes::commit(git, id),
        ["git", "trees", id] => super::routes::tree_of(git, id, usize::MAX, true),
        ["git", "blobs", id] => git::blob(git, id).map(|body| Reply {
            status: 200,
            headers: vec![("content-type", "application/octet-stream".to_owned())],
            body,
        }),
        ["pulls"] => Some(Reply::json(200, &json!([]))),
        _ => None,
    };
    Some(reply.unwrap_or_else(|| Reply::fault(404, "Not Found")))
}

/// The open pull requests.
pub fn open(state: &State) -> Vec<Value> {
    state.pulls.iter().filter(|pull| pull["state"] != "closed").cloned().collect()
}

pub fn pull(state: &State, number: &str) -> Option<Reply> {
    let number: u64 = number.parse().ok()?;
    let mut pull = state.pulls.iter().find(|pull| pull["number"] == number)?.clone();
    if pull["state"].is_null() {
        pull["state"] = json!("open");
    }
    Some(Reply::json(200, &pull))
}

pub fn tip(git: &Path, branch: &str) -> Option<Reply> {
    let id = git::id(git, &branch.replace("%2F", "/"))?;
    let tree = git::id(git, &format!("{id}^{{tree}}"))?;
    Some(Reply::json(200, &json!({ "sha": id, "commit": { "tree": { "sha": tree } } })))
}

pub fn remark(state: &State, id: &str) -> Option<Reply> {
    let comment = state.comments.iter().find(|comment| comment.id.to_string() == id)?;
    let is_bot = comment.login.ends_with("[bot]") || state.app.bots.contains(&comment.login);
    let user = json!({ "login": comment.login, "type": if is_bot { "Bot" } else { "User" } });
    Some(Reply::json(200, &json!({ "id": comment.id, "body": comment.body, "user": user })))
}

pub fn react(state: &mut State, id: &str) -> Reply {
    let id = id.parse().unwrap_or_default();
    if !state.app.nodded.contains(&id) {
        state.app.nodded.push(id);
    }
    Reply::json(200, &json!({ "id": 1, "content": "eyes" }))
}
