//! GraphQL, as far as it is asked here: two questions, told apart by their names.

use super::http::Reply;
use super::{Asked, REPOSITORY, State, git};
use serde_json::{Map, Value, json};
use std::path::Path;

pub fn answer(state: &State, asked: &Asked) -> Reply {
    if !state.has_graphql {
        return Reply::fault(404, "Not Found");
    }
    let query = asked.body["query"].as_str().unwrap_or_default();
    let variables = &asked.body["variables"];
    let name = |part: &str| variables[part].as_str().unwrap_or_default();
    let name = format!("{}/{}", name("owner"), name("name"));
    let git = if name == REPOSITORY { Some(&state.git) } else { state.app.others.get(&name) };
    let repository = if query.starts_with("query Glance") {
        git.map_or(Value::Null, |git| glance(state, git, query, variables))
    } else if query.starts_with("query Blobs") {
        git.map_or(Value::Null, |git| blobs(git, query))
    } else {
        return Reply::json(200, &json!({ "errors": [{ "message": "not understood" }] }));
    };
    Reply::json(200, &json!({ "data": { "viewer": { "login": state.login }, "repository": repository } }))
}

fn blobs(git: &Path, query: &str) -> Value {
    let mut found = Map::new();
    for part in query.split(" b").skip(1) {
        let Some((at, rest)) = part.split_once(": object(oid: \"") else { continue };
        let id = rest.split('"').next().unwrap_or_default();
        found.insert(format!("b{at}"), json!({ "text": text(git, id) }));
    }
    found.into()
}

/// The text of a blob; nothing where it is none.
fn text(git: &Path, id: &str) -> Option<String> {
    let bytes = git::blob(git, id)?;
    String::from_utf8(bytes).ok().filter(|text| !text.contains('\0'))
}

fn glance(state: &State, git: &Path, query: &str, variables: &Value) -> Value {
    let files: Vec<String> = query
        .split(": file(path: ")
        .skip(1)
        .filter_map(|part| serde_json::Deserializer::from_str(part).into_iter::<String>().next()?.ok())
        .collect();
    let mut seen = Map::new();
    if let Some(head) = variables["head"].as_str() {
        let mut commit = commit(git, head, &files);
        if variables["base"].is_null() && !commit.is_null() {
            let parents = git::parents(git, head);
            let first: Vec<Value> = parents.iter().take(1).map(|id| self::commit(git, id, &files)).collect();
            commit["parents"] = json!({ "nodes": first });
        }
        seen.insert("head".to_owned(), commit);
    }
    if let Some(base) = variables["base"].as_str() {
        seen.insert("base".to_owned(), commit(git, base, &files));
    }
    if let Some(pull) = variables["pull"].as_u64() {
        seen.insert("pullRequest".to_owned(), discussion(state, pull));
    }
    // Content that is brought along.
    if let Value::Object(found) = blobs(git, query) {
        seen.extend(found);
    }
    seen.into()
}

fn commit(git: &Path, id: &str, files: &[String]) -> Value {
    let Some(tree) = git::id(git, &format!("{id}^{{tree}}")) else { return Value::Null };
    let mut commit = json!({ "oid": id, "tree": { "oid": tree } });
    for (at, file) in files.iter().enumerate() {
        commit[format!("f{at}")] = match git::id(git, &format!("{id}:{file}")) {
            Some(blob) => json!({ "object": { "oid": blob, "text": text(git, &blob) } }),
            None => Value::Null,
        };
    }
    commit
}

fn discussion(state: &State, pull: u64) -> Value {
    let all: Vec<_> = state.comments.iter().filter(|comment| comment.pull == pull).collect();
    let nodes: Vec<Value> = all
        .iter()
        .take(100)
        .map(|comment| {
            json!({
                "fullDatabaseId": comment.id.to_string(),
                "body": comment.body,
                "viewerDidAuthor": comment.login == state.login,
                "isMinimized": comment.is_minimized,
            })
        })
        .collect();
    let bare = |login: &str| login.trim_end_matches("[bot]").to_owned();
    let deleted: Vec<Value> = state
        .deleted
        .iter()
        .map(
            |(who, whose)| json!({ "actor": { "login": bare(who) }, "deletedCommentAuthor": { "login": bare(whose) } }),
        )
        .collect();
    json!({
        "comments": { "nodes": nodes, "pageInfo": { "hasNextPage": all.len() > 100 } },
        "timelineItems": { "nodes": deleted },
    })
}
