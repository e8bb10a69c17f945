//! REST.

use super::http::Reply;
use super::{Asked, Comment, REPOSITORY, State, git, graphql};
use serde_json::{Value, json};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::Path;

pub fn answer(state: &mut State, asked: &Asked) -> Reply {
    if let Some(body) = state.files.get(&asked.path) {
        return Reply { status: 200, headers: Vec::new(), body: body.clone() };
    }
    // An Enterprise Server has it below a path of its own.
    let path = asked.path.strip_prefix("/api/v3").unwrap_or(&asked.path);
    if path == "/app" || path.starts_with("/app/") {
        return app(state, asked, path);
    }
    if let Some(good) = &state.tokens
        && !asked.token.as_ref().is_some_and(|token| good.contains(token))
    {
        return Reply::fault(401, "Bad credentials");
    }
    if state.denied.iter().any(|denied| path.contains(denied)) && (asked.method != "GET" || path == "/user") {
        return Reply::fault(403, "Resource not accessible by integration");
    }
    if path.ends_with("/graphql") {
        return graphql::answer(state, asked);
    }
    if path == "/user" {
        return Reply::json(200, &json!({ "login": state.login }));
    }
    if path == "/installation/repositories" {
        return super::app::repositories(state);
    }
    if let Some(reply) = super::app::elsewhere(state, path) {
        return with_etag(reply, asked);
    }
    let Some(rest) = path.strip_prefix(&format!("/repos/{REPOSITORY}/")) else {
        return Reply::fault(404, "Not Found");
    };
    let parts: Vec<&str> = rest.split('/').collect();
    let reply = match (asked.method.as_str(), parts.as_slice()) {
        ("GET", ["git", "trees", id]) => tree(state, id, asked.query.contains("recursive=1")),
        ("GET", ["git", "blobs", id]) => git::blob(&state.git, id).map(|body| Reply {
            status: 200,
            headers: vec![("content-type", "application/octet-stream".to_owned())],
            body,
        }),
        ("GET", ["git", "commits", id]) => commit(&state.git, id),
        ("GET", ["pulls", number]) => super::app::pull(state, number),
        ("GET", ["commits", branch]) => super::app::tip(&state.git, branch),
        ("GET", ["issues", "comments", id]) => super::app::remark(state, id),
        ("POST", ["issues", "comments", id, "reactions"]) => Some(super::app::react(state, id)),
        ("GET", ["compare", both]) => compare(state, both),
        ("GET", ["pulls"]) => Some(page(state, asked, super::app::open(state))),
        ("GET", ["issues", number, "comments"]) => number.parse().ok().map(|pull| comments(state, asked, pull)),
        ("POST", ["issues", number, "comments"]) => number.parse().ok().map(|pull| {
            let (login, body) = (state.login.clone(), asked.body["body"].as_str().unwrap_or_default().to_owned());
            let id = state.add_comment(pull, &login, &body);
            Reply::json(201, &json!({ "id": id }))
        }),
        ("GET", ["pulls", _, "files"]) => Some(page(state, asked, state.shown.clone())),
        ("GET", ["pulls", number, "reviews"]) => {
            let of_it = |review: &&Value| review["pull"].as_u64() == number.parse().ok();
            Some(page(state, asked, state.reviews.iter().filter(of_it).cloned().collect()))
        }
        ("POST", ["pulls", number, "reviews"]) => Some(review(state, asked, number)),
        ("GET", ["commits", head, "pulls"]) => {
            let at = |pull: &&Value| pull["head"]["sha"] == **head && pull["fork"].is_null();
            Some(page(state, asked, state.pulls.iter().filter(at).cloned().collect()))
        }
        ("PATCH", ["issues", "comments", id]) => update(state, asked, id),
        ("DELETE", ["issues", "comments", id]) => delete(state, id),
        ("POST", ["check-runs"]) => Some(create_check(state, asked)),
        ("PATCH", ["check-runs", id]) => update_check(state, asked, id),
        ("GET", ["commits", head, "check-runs"]) => {
            let name =
                text(asked, "check_name").map(|name| name.replace("%20", " ").replace("%28", "(").replace("%29", ")"));
            let is_it =
                |run: &&Value| run["head_sha"] == **head && name.as_ref().is_none_or(|name| run["name"] == **name);
            let runs: Vec<&Value> = state.checks.iter().filter(is_it).collect();
            Some(Reply::json(200, &json!({ "total_count": runs.len(), "check_runs": runs })))
        }
        ("POST", ["statuses", head]) => {
            let mut status = asked.body.clone();
            status["sha"] = json!(head);
            state.statuses.push(status);
            Some(Reply::json(201, &json!({ "id": 1 })))
        }
        _ => None,
    };
    with_etag(reply.unwrap_or_else(|| Reply::fault(404, "Not Found")), asked)
}

fn with_etag(mut reply: Reply, asked: &Asked) -> Reply {
    if asked.method != "GET" || reply.status != 200 {
        return reply;
    }
    let mut hasher = DefaultHasher::new();
    reply.body.hash(&mut hasher);
    let etag = format!("\"{:x}\"", hasher.finish());
    reply.headers.push(("etag", etag.clone()));
    if asked.etag.as_ref() == Some(&etag) {
        reply.status = 304;
        reply.body.clear();
    }
    reply
}

fn app(state: &mut State, asked: &Asked, path: &str) -> Reply {
    // A token in three parts, not one of ours.
    if asked.token.as_ref().is_none_or(|token| token.split('.').count() != 3) {
        return Reply::fault(401, "A JSON web token could not be decoded");
    }
    if let Some(reply) = super::app::as_app(state, asked, path) {
        return reply;
    }
    if path == "/app" {
        return Reply::json(200, &json!({ "slug": state.login.trim_end_matches("[bot]") }));
    }
    state.minted += 1;
    let token = format!("{}-{}", state.token, state.minted);
    state.tokens.get_or_insert_default().insert(token.clone());
    Reply::json(201, &json!({ "token": token, "expires_at": "2099-01-01T00:00:00Z", "permissions": {} }))
}

fn tree(state: &State, id: &str, recursive: bool) -> Option<Reply> {
    tree_of(&state.git, id, state.cut_at, recursive)
}

pub fn tree_of(git: &Path, id: &str, cut_at: usize, recursive: bool) -> Option<Reply> {
    let items = git::tree(git, id, recursive)?;
    let sha = git::id(git, &format!("{id}^{{tree}}"))?;
    let truncated = recursive && items.len() > cut_at;
    // As text: a tree of 100,000 files takes long as values.
    let mut body = String::from("{\"tree\":[");
    for (at, item) in items.iter().take(if truncated { cut_at } else { usize::MAX }).enumerate() {
        let (comma, path) = (if at > 0 { "," } else { "" }, json!(item.path));
        let (mode, kind, id, size) = (&item.mode, &item.kind, &item.id, item.size);
        body.push_str(&format!(
            r#"{comma}{{"path":{path},"mode":"{mode}","type":"{kind}","sha":"{id}","size":{size}}}"#
        ));
    }
    body.push_str(&format!(r#"],"sha":"{sha}","truncated":{truncated}}}"#));
    let headers = vec![("content-type", "application/json; charset=utf-8".to_owned())];
    Some(Reply { status: 200, headers, body: body.into_bytes() })
}

pub fn commit(git: &Path, id: &str) -> Option<Reply> {
    let tree = git::id(git, &format!("{id}^{{tree}}"))?;
    let parents: Vec<Value> = git::parents(git, id).iter().map(|id| json!({ "sha": id })).collect();
    Some(Reply::json(200, &json!({ "sha": id, "tree": { "sha": tree }, "parents": parents })))
}

fn compare(state: &State, both: &str) -> Option<Reply> {
    let (base, head) = both.split_once("...")?;
    let base = git::id(&state.git, &base.replace("%2F", "/"))?;
    let parted = git::line(&state.git, &["merge-base", &base, head])?;
    let commit = |id: &str| {
        let tree = git::id(&state.git, &format!("{id}^{{tree}}"))?;
        Some(json!({ "sha": id, "commit": { "tree": { "sha": tree } } }))
    };
    let body = json!({ "base_commit": commit(&base)?, "merge_base_commit": commit(&parted)?, "files": [] });
    Some(Reply::json(200, &body))
}

fn text(asked: &Asked, name: &str) -> Option<String> {
    asked.query.split('&').find_map(|part| Some(part.strip_prefix(name)?.strip_prefix('=')?.to_owned()))
}

fn number(asked: &Asked, name: &str) -> Option<usize> {
    text(asked, name)?.parse().ok()
}

fn page(state: &State, asked: &Asked, items: Vec<Value>) -> Reply {
    let size = number(asked, "per_page").unwrap_or(30).min(state.page);
    let at = number(asked, "page").unwrap_or(1);
    let shown: Vec<&Value> = items.iter().skip((at - 1) * size).take(size).collect();
    let mut reply = Reply::json(200, &json!(shown));
    if at * size < items.len() {
        // A host that only the server itself knows.
        reply.headers.push(("link", format!("<https://inner.example/x?page={}>; rel=\"next\"", at + 1)));
    }
    reply
}

fn comments(state: &State, asked: &Asked, pull: u64) -> Reply {
    let show =
        |comment: &Comment| json!({ "id": comment.id, "body": comment.body, "user": { "login": comment.login } });
    page(state, asked, state.comments.iter().filter(|comment| comment.pull == pull).map(show).collect())
}

fn update(state: &mut State, asked: &Asked, id: &str) -> Option<Reply> {
    let comment = state.comments.iter_mut().find(|comment| comment.id.to_string() == id)?;
    comment.body = asked.body["body"].as_str()?.to_owned();
    Some(Reply::json(200, &json!({ "id": comment.id })))
}

fn delete(state: &mut State, id: &str) -> Option<Reply> {
    let at = state.comments.iter().position(|comment| comment.id.to_string() == id)?;
    let author = state.comments.remove(at).login;
    let who = state.login.clone();
    state.deleted.push((who, author));
    Some(Reply { status: 204, headers: Vec::new(), body: Vec::new() })
}

fn too_much(asked: &Asked) -> Option<Reply> {
    let output = &asked.body["output"];
    if output["annotations"].as_array().is_some_and(|all| all.len() > 50) {
        return Some(Reply::fault(422, "annotations: more than 50"));
    }
    let is_long = |key: &str| output[key].as_str().is_some_and(|text| text.chars().count() > 65_535);
    (is_long("summary") || is_long("text")).then(|| Reply::fault(422, "output: too long"))
}

fn create_check(state: &mut State, asked: &Asked) -> Reply {
    if let Some(fault) = too_much(asked) {
        return fault;
    }
    state.next += 1;
    let mut run = asked.body.clone();
    run["id"] = json!(state.next);
    run["output"]["annotations_count"] = json!(run["output"]["annotations"].as_array().map_or(0, Vec::len));
    state.checks.push(run.clone());
    Reply::json(201, &run)
}

fn update_check(state: &mut State, asked: &Asked, id: &str) -> Option<Reply> {
    if let Some(fault) = too_much(asked) {
        return Some(fault);
    }
    let run = state.checks.iter_mut().find(|run| run["id"].as_u64() == id.parse().ok())?;
    // They are added to those that are there.
    let mut all = run["output"]["annotations"].as_array().cloned().unwrap_or_default();
    all.extend(asked.body["output"]["annotations"].as_array().cloned().unwrap_or_default());
    for (key, value) in asked.body.as_object()? {
        run[key] = value.clone();
    }
    run["output"]["annotations_count"] = json!(all.len());
    run["output"]["annotations"] = json!(all);
    Some(Reply::json(200, run))
}

/// Lines that the pull request does not show are refused, and with them the whole review.
fn review(state: &mut State, asked: &Asked, pull: &str) -> Reply {
    let is_shown = |comment: &Value| {
        let part = |patch: &str| -> Option<(u64, u64)> {
            let (start, count) = patch.split_once(" +")?.1.split_once(" @@")?.0.split_once(',')?;
            Some((start.parse().ok()?, start.parse::<u64>().ok()? + count.parse::<u64>().ok()? - 1))
        };
        let line = comment["line"].as_u64().unwrap_or_default();
        state.shown.iter().filter(|file| file["filename"] == comment["path"]).any(|file| {
            let (start, end) = file["patch"].as_str().and_then(part).unwrap_or_default();
            comment["start_line"].as_u64().unwrap_or(line) >= start && line <= end
        })
    };
    if !asked.body["comments"].as_array().is_some_and(|all| all.iter().all(is_shown)) {
        return Reply::fault(422, "Unprocessable Entity: Line could not be resolved");
    }
    let mut review = asked.body.clone();
    state.next += 1;
    review["id"] = json!(state.next);
    review["pull"] = json!(pull.parse::<u64>().unwrap_or_default());
    review["user"] = json!({ "login": state.login });
    state.reviews.push(review);
    Reply::json(200, &json!({ "id": 1 }))
}
