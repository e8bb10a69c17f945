//! The server from nothing to an App, as an operator's browser and GitHub see it; `--check`; keys that change.
#![cfg(all(unix, feature = "server"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails here has failed")]

mod fake;
mod support;

use fake::{APP_KEY, Fake, Wrong};
use ring::hmac;
use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::os::unix::fs::PermissionsExt as _;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use support::{Place, scrubbed, within};

/// Whatever takes longer has failed.
const PATIENCE: Duration = Duration::from_secs(60);

/// A server in a folder of its own, started with these variables.
struct Server {
    child: Child,
    address: SocketAddr,
    said: Arc<Mutex<String>>,
}

fn command(place: &Place, variables: &[(&str, &str)]) -> Command {
    let mut command = scrubbed(env!("CARGO_BIN_EXE_adrule"), &place.root);
    command.arg("serve").env_clear().env("ADRULE_LISTEN", "127.0.0.1:0").envs(variables.iter().copied());
    command
}

impl Server {
    fn start(place: &Place, variables: &[(&str, &str)]) -> Self {
        let mut child = command(place, variables).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap());
        let said = Arc::new(Mutex::new(String::new()));
        let all = Arc::clone(&said);
        std::thread::spawn(move || {
            let mut line = String::new();
            while lines.read_line(&mut line).is_ok_and(|length| length > 0) {
                all.lock().unwrap().push_str(&line);
                line.clear();
            }
        });
        let mut server = Self { child, address: "127.0.0.1:1".parse().unwrap(), said };
        server.until("listens on http://");
        let said = server.said();
        server.address =
            said.split("listens on http://").nth(1).unwrap().split(['"', '\n']).next().unwrap().parse().unwrap();
        server
    }

    fn said(&self) -> String {
        self.said.lock().unwrap().clone()
    }

    /// Waits until it has said this.
    fn until(&self, words: &str) {
        wait(|| self.said().contains(words), || format!("it never said `{words}`: {}", self.said()));
    }

    fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args([name, &id]).status().unwrap().success());
    }

    fn setup_token(&self) -> String {
        self.until("setup token: ");
        self.said().split("setup token: ").nth(1).unwrap().split_whitespace().next().unwrap().to_owned()
    }

    fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let mut text = format!("{method} {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n", self.address);
        for (name, value) in headers {
            text += &format!("{name}: {value}\r\n");
        }
        text += &format!("content-length: {}\r\n\r\n{body}", body.len());
        stream.write_all(text.as_bytes()).unwrap();
        let mut all = Vec::new();
        stream.read_to_end(&mut all).unwrap();
        let all = String::from_utf8(all).unwrap();
        let (head, body) = all.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head: head.to_owned(), body: body.to_owned() }
    }

    fn get(&self, path: &str, cookie: &str) -> Answer {
        self.ask("GET", path, &[("cookie", cookie)], "")
    }

    fn post(&self, path: &str, cookie: &str, fields: &[(&str, &str)]) -> Answer {
        let origin = format!("http://{}", self.address);
        let kind = ("content-type", "application/x-www-form-urlencoded");
        let headers = [kind, ("origin", &origin), ("sec-fetch-site", "same-origin"), ("cookie", cookie)];
        self.ask("POST", path, &headers, &encoded(fields))
    }

    /// A ping of GitHub's, signed; the status.
    fn ping(&self, secret: &str) -> u16 {
        let body = "{}";
        let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes()), body.as_bytes());
        let signature: String = tag.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
        let signature = format!("sha256={signature}");
        let headers = [
            ("content-type", "application/json"),
            ("x-github-event", "ping"),
            ("x-github-delivery", "a-delivery"),
            ("x-hub-signature-256", &signature),
        ];
        self.ask("POST", "/webhooks/github", &headers, body).status
    }

    /// Opens the setup; the cookie.
    fn open(&self) -> String {
        let opened = self.post("/setup/open", "", &[("token", &self.setup_token())]);
        assert_eq!(opened.status, 303, "{}", opened.body);
        opened.header("set-cookie").split(';').next().unwrap().to_owned()
    }

    /// Fills in the form; the address at GitHub, its state, and the manifest.
    fn fill(&self, cookie: &str, github: &str, organisation: &str) -> (String, String, Value) {
        let address = "http://127.0.0.1:4711";
        let fields = [("address", address), ("github", github), ("organisation", organisation)];
        let page = self.post("/setup/app", cookie, &fields);
        assert_eq!(page.status, 200, "{}", page.body);
        assert!(page.header("content-security-policy").contains(&format!("form-action 'self' {github};")));
        let form = page.body.split("<form").nth(1).unwrap();
        let (action, state) = attribute(form, "action").split_once("?state=").map(own).unwrap();
        (action, state, serde_json::from_str(&attribute(form, "value")).unwrap())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn own((one, other): (&str, &str)) -> (String, String) {
    (one.to_owned(), other.to_owned())
}

fn wait(mut is_so: impl FnMut() -> bool, otherwise: impl Fn() -> String) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < PATIENCE, "{}", otherwise());
        std::thread::sleep(Duration::from_millis(20));
    }
}

struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    fn header(&self, name: &str) -> String {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.filter(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.to_owned()).collect()
    }
}

fn encoded(fields: &[(&str, &str)]) -> String {
    let encode = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
    fields.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect::<Vec<_>>().join("&")
}

fn attribute(html: &str, name: &str) -> String {
    let text = html.split(&format!(" {name}=\"")).nth(1).unwrap().split('"').next().unwrap();
    text.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

const CODE: &str = "canary-code-of-the-manifest";
const SECRET: &str = "canary-webhook-secret";

/// A GitHub that gives out an App for [`CODE`].
fn github(place: &Place) -> Fake {
    let github = Fake::of(&place.root);
    let app = json!({
        "id": 4711, "slug": "adrule-octo", "client_id": "Iv1.0", "client_secret": "unused",
        "html_url": format!("{}/apps/adrule-octo", github.url), "owner": { "login": "octo" },
        "pem": String::from_utf8_lossy(APP_KEY), "webhook_secret": SECRET,
    });
    let path = format!("/api/v3/app-manifests/{CODE}/conversions");
    github.state().files.insert(path, app.to_string().into_bytes());
    github
}

#[test]
fn from_nothing_to_an_app() {
    let place = Place::new();
    let github = github(&place);
    let server = Server::start(&place, &[]);
    assert!(server.get("/setup", "").body.contains("Setup token"));
    assert_eq!(server.ping(SECRET), 503);
    assert_eq!(server.post("/setup/open", "", &[("token", "guess")]).status, 403);
    // Without the cookie there is no way around the token.
    assert!(server.post("/setup/app", "adrule-setup=guess", &[]).body.contains("Setup token"));

    let cookie = server.open();
    assert!(server.get("/setup", &cookie).body.contains("Organisation"));
    let wrong =
        server.post("/setup/app", &cookie, &[("address", "http://localhost"), ("github", "https://github.com")]);
    assert!(wrong.status == 422 && wrong.body.contains("GitHub cannot reach localhost"), "{}", wrong.body);
    let (action, state, manifest) = server.fill(&cookie, &github.url, "octo");
    assert_eq!(action, format!("{}/organizations/octo/settings/apps/new", github.url));
    assert_eq!(manifest["hook_attributes"]["url"], "http://127.0.0.1:4711/webhooks/github");
    assert_eq!(manifest["redirect_url"], format!("http://{}/setup/created", server.address));
    assert_eq!(manifest["default_permissions"]["contents"], "read");

    // Another's way back is none of ours, with whatever code.
    assert_eq!(server.get(&format!("/setup/created?code={CODE}&state=guess"), &cookie).status, 403);
    let back = format!("/setup/created?code={CODE}&state={state}");
    assert!(server.get(&back, "").body.contains("Setup token"));
    assert!(github.asked().is_empty());
    let created = server.get(&back, &cookie);
    assert!(created.status == 200 && created.body.contains("ready and in use"), "{}", created.body);
    assert!(created.body.contains("/apps/adrule-octo/installations/new"));

    // In use at once, kept for later, and closed.
    assert_eq!(server.ping(SECRET), 202);
    assert_eq!(server.ping("another"), 401);
    let kept = place.path("adrule-app.yaml");
    assert_eq!(fs::metadata(&kept).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(
        fs::read_dir(&place.root)
            .unwrap()
            .filter(|entry| entry.as_ref().unwrap().path().to_string_lossy().contains(".new"))
            .count(),
        0
    );
    for path in ["/setup", &back] {
        assert_eq!(server.get(path, &cookie).status, 404, "{path}");
    }
    let said = server.said();
    assert!(!said.contains(CODE) && !said.contains(SECRET) && !said.contains(&state), "{said}");
    drop(server);
    let again = Server::start(&place, &[]);
    assert_eq!((again.ping(SECRET), again.get("/setup", "").status), (202, 404));
    assert!(!again.said().contains("setup token"), "{}", again.said());
}

#[test]
fn the_setup_is_for_one_browser_and_its_own_forms() {
    let place = Place::new();
    let server = Server::start(&place, &[]);
    let token = server.setup_token();
    let fields = encoded(&[("token", &token)]);
    let kind = ("content-type", "application/x-www-form-urlencoded");
    let foreign = server.ask("POST", "/setup/open", &[kind, ("sec-fetch-site", "cross-site")], &fields);
    assert_eq!(foreign.status, 403);
    let cookie = server.open();
    assert_eq!(
        server.ask("POST", "/setup/app", &[kind, ("sec-fetch-site", "same-site"), ("cookie", &cookie)], "").status,
        403
    );
    let again = server.post("/setup/open", "", &[("token", &token)]);
    assert!(again.status == 403 && again.body.contains("used already"), "{}", again.body);
    server.until("given a second time");
    // Behind a certificate the cookie never leaves it.
    let elsewhere = Place::new();
    let other = Server::start(&elsewhere, &[("ADRULE_PUBLIC_URL", "https://adrule.example.com")]);
    let token = other.setup_token();
    other.until("https://adrule.example.com/setup");
    let headers = [kind, ("origin", "https://adrule.example.com")];
    let opened = other.ask("POST", "/setup/open", &headers, &encoded(&[("token", &token)]));
    assert!(opened.header("set-cookie").ends_with("HttpOnly; SameSite=Lax; Secure"), "{}", opened.head);
}

#[test]
fn what_goes_wrong_at_github_is_said_and_can_begin_again() {
    let place = Place::new();
    let github = github(&place);
    let server = Server::start(&place, &[]);
    let cookie = server.open();
    for (wrong, words) in [
        (Wrong::Instead(404, Vec::new(), "{\"message\":\"Not Found\"}"), "used already, or is older than an hour"),
        (Wrong::Instead(500, Vec::new(), "{}"), "Begin again"),
        (Wrong::Cut, "may have made the App all the same"),
        (Wrong::Instead(201, Vec::new(), "{}"), "may have made the App all the same"),
    ] {
        github.once("POST", "/conversions", wrong);
        let (action, state, _) = server.fill(&cookie, &github.url, "");
        assert_eq!(action, format!("{}/settings/apps/new", github.url));
        let page = server.get(&format!("/setup/created?code={CODE}&state={state}"), &cookie);
        assert!(page.status == 502 && page.body.contains(words) && !page.body.contains(CODE), "{}", page.body);
    }
    let (_, state, _) = server.fill(&cookie, &github.url, "");
    let page = server.get(&format!("/setup/created?code=a%2Fb&state={state}"), &cookie);
    assert!(page.body.contains("no code that could be one"), "{}", page.body);
    let (_, state, _) = server.fill(&cookie, &github.url, "");
    assert_eq!(server.get(&format!("/setup/created?code={CODE}&state={state}"), &cookie).status, 200);
    assert!(!server.said().contains(CODE), "{}", server.said());
}

#[test]
fn where_nothing_can_be_kept_it_is_shown_to_be_copied() {
    let place = Place::new();
    let github = github(&place);
    let server = Server::start(&place, &[("ADRULE_SETUP_FILE", "/nowhere/adrule-app.yaml")]);
    let cookie = server.open();
    let (_, state, _) = server.fill(&cookie, &github.url, "octo");
    let page = server.get(&format!("/setup/created?code={CODE}&state={state}"), &cookie);
    assert!(page.body.contains("/nowhere/adrule-app.yaml cannot be written"), "{}", page.body);
    assert!(page.body.contains("<details open") && page.body.contains("ADRULE_PRIVATE_KEY="), "{}", page.body);
    assert_eq!(page.header("cache-control"), "no-store");
    assert_eq!(server.ping(SECRET), 202);
    assert!(!server.said().contains(SECRET), "{}", server.said());
}

/// Variables for a server whose key and secrets lie in files.
fn from_files(place: &Place) -> Vec<(&'static str, &'static str)> {
    place.write("key.pem", APP_KEY);
    place.write("secret", "the first one");
    for file in ["key.pem", "secret"] {
        fs::set_permissions(place.path(file), fs::Permissions::from_mode(0o600)).unwrap();
    }
    vec![
        ("ADRULE_APP_ID", "4711"),
        ("ADRULE_PRIVATE_KEY_FILE", "key.pem"),
        ("ADRULE_WEBHOOK_SECRET_FILE", "secret"),
        ("GITHUB_API_URL", "http://127.0.0.1:9"),
    ]
}

#[test]
fn keys_and_secrets_change_under_a_running_server() {
    let place = Place::new();
    let server = Server::start(&place, &from_files(&place));
    assert_eq!((server.ping("the first one"), server.ping("the second one")), (202, 401));
    // By SIGHUP.
    place.write("secret", "the second one\n");
    server.signal("-HUP");
    wait(|| server.ping("the second one") == 202, || server.said());
    assert_eq!(server.ping("the first one"), 401);
    // A half-written key is not used, and harms nothing.
    place.write("key.pem", "-----BEGIN RSA PRIVATE KEY-----\ncanary");
    server.until("the credentials known are used on");
    assert_eq!(server.ping("the second one"), 202);
    assert!(!server.said().contains("canary"), "{}", server.said());
    // By itself.
    place.write("key.pem", APP_KEY);
    place.write("secret", "the third one");
    wait(|| server.ping("the third one") == 202, || server.said());
}

/// A GitHub on which all is well.
fn well(place: &Place) -> Fake {
    let github = Fake::of(&place.root);
    let permissions = json!({
        "checks": "write", "contents": "read", "issues": "read", "merge_queues": "read", "metadata": "read",
        "pull_requests": "write",
    });
    let events = json!(["check_run", "check_suite", "issue_comment", "merge_group", "pull_request", "push"]);
    put(&github, "/meta", &json!({}));
    put(
        &github,
        "/app",
        &json!({
            "id": 4711, "slug": "adrule-octo", "html_url": "https://github.com/apps/adrule-octo",
            "permissions": permissions, "events": events,
        }),
    );
    put(
        &github,
        "/app/hook/config",
        &json!({
            "url": "https://adrule.example.com/webhooks/github", "content_type": "json", "insecure_ssl": "0",
            "secret": "********",
        }),
    );
    put(&github, "/app/hook/deliveries", &json!([{ "id": 1, "guid": "a", "status_code": 202 }]));
    put(
        &github,
        "/app/installations",
        &json!([{
            "id": 1, "account": { "login": "octo" }, "repository_selection": "all", "permissions": permissions,
            "html_url": "https://github.com/organizations/octo/settings/installations/1",
        }]),
    );
    put(&github, "/installation/repositories", &json!({ "total_count": 0, "repositories": [] }));
    let token = json!({ "token": "canary-installation-token", "expires_at": "2099-01-01T00:00:00Z" });
    put(&github, "/app/installations/1/access_tokens", &token);
    github
}

fn put(github: &Fake, path: &str, body: &Value) {
    github.state().files.insert(path.to_owned(), body.to_string().into_bytes());
}

fn change(github: &Fake, path: &str, change: impl FnOnce(&mut Value)) {
    let mut body = serde_json::from_slice(&github.state().files[path]).unwrap();
    change(&mut body);
    put(github, path, &body);
}

/// `--check`: its exit code and what it said, without what differs from run to run.
fn check(place: &Place, github: &Fake, more: &[(&str, &str)]) -> (i32, String) {
    let mut variables = from_files(place);
    let is_said = |name: &str| more.iter().any(|(other, _)| *other == name || *other == name.trim_end_matches("_FILE"));
    variables.retain(|(name, _)| !is_said(name) && *name != "GITHUB_API_URL");
    variables.extend([("ADRULE_PUBLIC_URL", "https://adrule.example.com")]);
    let mut command = command(place, &variables);
    command.arg("--check").env("GITHUB_API_URL", &github.url).envs(more.iter().copied());
    let out = within(command, PATIENCE);
    let said = String::from_utf8_lossy(&out.stdout).into_owned() + &String::from_utf8_lossy(&out.stderr);
    (out.status.code().unwrap(), said.replace(&github.url, "GITHUB"))
}

#[test]
fn check_says_that_all_is_well() {
    let place = Place::new();
    let github = well(&place);
    let (code, said) = check(&place, &github, &[("ADRULE_OPERATOR_TOKEN", "canary-operator-token")]);
    insta::assert_snapshot!(said);
    assert_eq!(code, 0);
    // Beside the server that it is about.
    let _server = Server::start(&place, &from_files(&place));
    let (code, said) = check(&place, &github, &[]);
    assert!(code == 0 && said.contains("in use by a running server"), "{said}");
}

#[test]
fn check_says_what_to_do_for_each_fault() {
    let place = Place::new();
    let github = well(&place);
    change(&github, "/app", |app| {
        app["permissions"]["checks"] = "read".into();
        app["permissions"]["administration"] = "write".into();
        app["events"] = json!(["pull_request", "push"]);
    });
    change(&github, "/app/hook/config", |hook| {
        *hook = json!({ "url": "https://elsewhere.example.com/hook", "content_type": "form", "insecure_ssl": "1" });
    });
    change(&github, "/app/hook/deliveries", |tried| tried[0]["status_code"] = 401.into());
    change(&github, "/app/installations", |all| {
        all[0]["permissions"].as_object_mut().unwrap().remove("merge_queues");
        let suspended = json!({ "id": 2, "account": { "slug": "big" }, "suspended_at": "2026-01-01T00:00:00Z" });
        all.as_array_mut().unwrap().push(suspended);
    });
    github.times(9, "POST", "/access_tokens", Wrong::Instead(403, Vec::new(), "{\"message\":\"suspended\"}"));
    let (code, said) = check(&place, &github, &[("ADRULE_DATABASE", "/nowhere/adrule.db")]);
    insta::assert_snapshot!(said);
    assert_eq!(code, 2);
}

#[test]
fn check_tells_a_wrong_key_from_a_wrong_number_and_no_way_there() {
    let place = Place::new();
    let github = well(&place);
    let mut said = String::new();
    for status in [401, 404] {
        github.once("GET", "/app", Wrong::Instead(status, Vec::new(), "{\"message\":\"as GitHub says it\"}"));
        let (code, text) = check(&place, &github, &[]);
        assert_eq!(code, 2);
        said += &text
            .lines()
            .skip_while(|line| !line.starts_with("FAULT"))
            .map(|line| format!("{line}\n"))
            .collect::<String>();
    }
    let (_, text) = check(&place, &github, &[("ADRULE_APP_ID", "17")]);
    said +=
        &text.lines().skip_while(|line| !line.starts_with("FAULT")).map(|line| format!("{line}\n")).collect::<String>();
    insta::assert_snapshot!(said);
    let (code, text) = check(&place, &github, &[("GITHUB_API_URL", "http://127.0.0.1:9")]);
    assert!(code == 2 && text.contains("FAULT  GitHub is not reached at http://127.0.0.1:9"), "{text}");
    let empty = Place::new();
    let mut nothing = command(&empty, &[]);
    nothing.arg("--check");
    let out = within(nothing, PATIENCE);
    let text = String::from_utf8_lossy(&out.stdout).into_owned();
    assert!(out.status.code() == Some(2) && text.contains("no GitHub App is configured"), "{text}");
}

#[test]
fn a_mistake_ends_with_2_and_words() {
    let place = Place::new();
    let out = within(command(&place, &[("ADRULE_APP_ID", "17"), ("ADRULE_WORKERS", "0")]), PATIENCE);
    assert_eq!(out.status.code(), Some(2));
    insta::assert_snapshot!(String::from_utf8_lossy(&out.stderr));
    // An address that is taken.
    let server = Server::start(&place, &[]);
    let address = server.address.to_string();
    let out = within(command(&Place::new(), &[("ADRULE_LISTEN", &address)]), PATIENCE);
    let said = String::from_utf8_lossy(&out.stderr).into_owned();
    assert!(out.status.code() == Some(2) && said.contains("cannot be listened on"), "{said}");
}

/// Nothing secret is in anything that the server writes, whatever goes wrong.
#[test]
fn no_secret_ever_leaves() {
    let place = Place::new();
    let github = well(&place);
    let canaries =
        ["canary-webhook-secret", "canary-previous-secret", "canary-operator-token", "canary-installation-token"];
    let variables = [
        ("ADRULE_WEBHOOK_SECRET", canaries[0]),
        ("ADRULE_WEBHOOK_SECRET_PREVIOUS", canaries[1]),
        ("ADRULE_OPERATOR_TOKEN", canaries[2]),
        ("ADRULE_LOG", "trace"),
        ("ADRULE_LOG_FORMAT", "json"),
    ];
    let mut emitted = Vec::new();
    for (path, wrong) in [
        ("/app", Wrong::Instead(401, Vec::new(), "{\"message\":\"Bad credentials\"}")),
        ("/app", Wrong::Instead(500, Vec::new(), "not even JSON")),
        ("/app/hook/config", Wrong::Cut),
        ("/app/installations", Wrong::Instead(200, Vec::new(), "{}")),
        ("/access_tokens", Wrong::After(502)),
        ("/installation/repositories", Wrong::Instead(429, vec![("retry-after", "3600".to_owned())], "{}")),
        ("/installation/repositories", Wrong::Instead(401, Vec::new(), "{}")),
    ] {
        github.times(9, "GET", path, wrong.clone());
        github.times(9, "POST", path, wrong);
        emitted.push(check(&place, &github, &[&variables[..], &[("ADRULE_DATABASE", "adrule.db")]].concat()).1);
        github.state().faults.clear();
    }
    let key = place.path("key.pem").display().to_string();
    let api = github.url.clone();
    let mut all = variables.to_vec();
    all.extend([
        ("ADRULE_APP_ID", "4711"),
        ("ADRULE_PRIVATE_KEY_FILE", key.as_str()),
        ("GITHUB_API_URL", api.as_str()),
    ]);
    let server = Server::start(&place, &all);
    for secret in [canaries[0], canaries[1], "wrong"] {
        server.ping(secret);
    }
    for path in ["/", "/setup", "/metrics", "/healthz", "/readyz", "/nothing", "/operator", "/login"] {
        for headers in [vec![], vec![("authorization", "Bearer wrong")], vec![("cookie", "adrule=wrong")]] {
            let answer = server.ask("GET", path, &headers, "");
            emitted.push(answer.head + &answer.body);
        }
    }
    place.write("key.pem", "canary-installation-token is no key");
    server.signal("-HUP");
    server.until("are used on");
    server.signal("-TERM");
    emitted.push(server.said());
    for entry in fs::read_dir(&place.root).unwrap() {
        let path = entry.unwrap().path();
        if path.file_name().unwrap().to_string_lossy().starts_with("adrule.db") {
            emitted.push(String::from_utf8_lossy(&fs::read(path).unwrap()).into_owned());
        }
    }
    // What GitHub was told, but for the header that proves who we are.
    emitted.extend(github.state().asked.iter().map(|asked| format!("{} {} {}", asked.path, asked.query, asked.body)));
    let pem = String::from_utf8_lossy(APP_KEY).into_owned();
    let lines = pem.lines().filter(|line| line.len() > 20 && !line.starts_with('-'));
    for secret in canaries.into_iter().chain(lines) {
        for text in &emitted {
            assert!(!text.contains(secret), "{secret} is in: {text}");
        }
    }
    assert!(emitted.len() > 30 && emitted.iter().any(|text| text.contains("FAULT")), "there was something to look at");
}

/// With an authority that this machine does not know, and a certificate for `localhost` alone.
#[test]
fn a_database_is_known_by_its_certificate() {
    let (Ok(url), Ok(authority)) = (std::env::var("ADRULE_POSTGRES_TLS"), std::env::var("ADRULE_POSTGRES_AUTHORITY"))
    else {
        assert!(std::env::var_os("CI").is_none(), "ADRULE_POSTGRES_TLS is not set");
        return;
    };
    let place = Place::new();
    let check = |url: &str, more: &[(&str, &str)]| {
        let mut command = command(&place, more);
        command.arg("--check").env("DATABASE_URL", url);
        let done = within(command, PATIENCE);
        String::from_utf8_lossy(&done.stdout).into_owned() + &String::from_utf8_lossy(&done.stderr)
    };
    let known = [("SSL_CERT_FILE", authority.as_str())];
    let said = check(&url, &known);
    assert!(said.contains("can be written"), "{said}");
    // The same, where TLS is taken because the database offers it.
    let offered = url.replace("sslmode=require", "sslmode=prefer");
    assert!(check(&offered, &known).contains("can be written"));
    for (url, more, why) in [
        (url.as_str(), [].as_slice(), "UnknownIssuer"),
        (&offered, &[], "UnknownIssuer"),
        (&url.replace("localhost", "127.0.0.1"), &known, "not valid for name"),
    ] {
        let said = check(url, more);
        assert!(said.contains(why) && said.contains("as SSL_CERT_FILE"), "{said}");
    }
}
