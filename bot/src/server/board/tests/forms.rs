//! Who sees the page, and what its forms do.

use super::super::access::{Access, Proxy};
use super::super::network::Network;
use super::super::{Board, routes};
use super::seed::Seeded;
use crate::server::credentials::Live;
use crate::server::secret::Secret;
use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderName, Request, Response, StatusCode};
use jiff::Timestamp;
use std::net::SocketAddr;
use tower_service::Service as _;

pub const TOKEN: &str = "correct-horse-battery-staple";

pub fn with_token() -> Access {
    Access { token: Some(Secret::new(TOKEN)), proxy: None }
}

fn with_proxy() -> Access {
    let from = vec![Network::parse("10.0.0.0/8").unwrap()];
    Access { token: None, proxy: Some(Proxy { header: HeaderName::from_static("x-forwarded-user"), from }) }
}

fn router(seeded: &Seeded, access: Access) -> Router {
    routes(Board::new(seeded.store.clone(), access, Live::new(None), "https://github.com/"))
}

struct Visit<'v> {
    router: &'v Router,
    peer: &'v str,
    headers: Vec<(&'v str, String)>,
}

impl<'v> Visit<'v> {
    fn of(router: &'v Router) -> Self {
        Self { router, peer: "203.0.113.9:4000", headers: Vec::new() }
    }

    fn from(mut self, peer: &'v str) -> Self {
        self.peer = peer;
        self
    }

    fn with(mut self, name: &'v str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    async fn send(self, method: &str, path: &str, form: &str) -> Seen {
        let mut request = Request::builder().method(method).uri(path);
        if method == "POST" {
            request = request.header("content-type", "application/x-www-form-urlencoded");
        }
        for (name, value) in self.headers {
            request = request.header(name, value);
        }
        let mut request = request.body(Body::from(form.to_owned())).unwrap();
        request.extensions_mut().insert(ConnectInfo(self.peer.parse::<SocketAddr>().unwrap()));
        Seen::of(self.router.clone().call(request).await.unwrap()).await
    }

    async fn get(self, path: &str) -> Seen {
        self.send("GET", path, "").await
    }

    async fn post(self, path: &str, form: &str) -> Seen {
        self.send("POST", path, form).await
    }
}

struct Seen {
    status: StatusCode,
    cookie: Option<String>,
    location: Option<String>,
    html: String,
}

impl Seen {
    async fn of(response: Response<Body>) -> Self {
        let header = |name: &str| response.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
        let (cookie, location) = (header("set-cookie"), header("location"));
        assert_eq!(
            header("cache-control").is_some_and(|cache| cache == "no-store"),
            location.is_none() || cookie.is_some()
        );
        let status = response.status();
        let bytes = axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap();
        Self { status, cookie, location, html: String::from_utf8(bytes.to_vec()).unwrap() }
    }

    /// The cookie as a browser sends it back.
    fn session(&self) -> String {
        self.cookie.as_ref().unwrap().split(';').next().unwrap().to_owned()
    }

    /// The first form's hidden value of this name.
    fn hidden(&self, name: &str) -> String {
        let (_, rest) = self.html.split_once(&format!(r#"name="{name}" value=""#)).unwrap();
        rest.split('"').next().unwrap().to_owned()
    }
}

#[tokio::test]
async fn without_configuration_there_is_no_page() {
    let seeded = Seeded::full(Timestamp::now()).await;
    let router = router(&seeded, Access::default());
    for path in ["/", "/pulls", "/jobs"] {
        let seen = Visit::of(&router).get(path).await;
        assert_eq!(seen.status, StatusCode::NOT_FOUND);
        assert!(!seen.html.contains("acme"), "{}", seen.html);
    }
    assert_eq!(Visit::of(&router).post("/login", "token=").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_token_opens_the_page_and_nothing_else_does() {
    let seeded = Seeded::full(Timestamp::now()).await;
    let router = router(&seeded, with_token());
    let closed = Visit::of(&router).get("/jobs").await;
    assert_eq!((closed.status, closed.hidden("to").as_str()), (StatusCode::UNAUTHORIZED, "/jobs"));
    assert!(!closed.html.contains("acme"), "{}", closed.html);
    // Not even with the header of a proxy that is not configured.
    let vouched = Visit::of(&router).with("x-forwarded-user", "kim").get("/").await;
    assert_eq!(vouched.status, StatusCode::UNAUTHORIZED);

    let wrong = Visit::of(&router).post("/login", "token=a-wrong-one&to=%2Fjobs").await;
    assert_eq!(wrong.status, StatusCode::UNAUTHORIZED);
    assert!(wrong.html.contains("This is not the token.") && wrong.cookie.is_none());
    assert!(!wrong.html.contains("a-wrong-one"), "what was tried is not shown");

    let right = Visit::of(&router).post("/login", &format!("token={TOKEN}&to=%2Fjobs")).await;
    assert_eq!((right.status, right.location.as_deref()), (StatusCode::SEE_OTHER, Some("/jobs")));
    for path in ["/", "/pulls", "/pulls?page=2", "/rules", "/waivers", "/jobs"] {
        let seen = Visit::of(&router).with("cookie", right.session()).get(path).await;
        assert_eq!(seen.status, StatusCode::OK, "{path}");
        assert!(!seen.html.contains(TOKEN));
    }
    // Never to another site.
    let elsewhere = Visit::of(&router).post("/login", &format!("token={TOKEN}&to=%2F%2Fevil.example")).await;
    assert_eq!(elsewhere.location.as_deref(), Some("/"));
}

#[tokio::test]
async fn guessing_comes_to_an_end() {
    let seeded = Seeded::empty().await;
    let router = router(&seeded, with_token());
    let mut last = StatusCode::OK;
    for guess in 0..6 {
        last = Visit::of(&router).post("/login", &format!("token=guess-{guess}")).await.status;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
    // Not even the token helps whoever has guessed too often, and others are not kept out.
    let known = Visit::of(&router).post("/login", &format!("token={TOKEN}")).await;
    assert_eq!(known.status, StatusCode::TOO_MANY_REQUESTS);
    let other = Visit::of(&router).from("198.51.100.4:4000").post("/login", &format!("token={TOKEN}")).await;
    assert_eq!(other.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_job_is_tried_again_by_a_form_of_ours_alone() {
    let now = Timestamp::now();
    let seeded = Seeded::full(now).await;
    let router = router(&seeded, with_token());
    let session = Visit::of(&router).post("/login", &format!("token={TOKEN}")).await.session();
    let page = Visit::of(&router).with("cookie", &session).get("/jobs").await;
    let (job, form) = (page.hidden("job"), page.hidden("form"));
    let parked = || async { seeded.store.parked(9).await.unwrap().len() };
    assert_eq!(parked().await, 3);

    for (visit, wish) in [
        (Visit::of(&router).with("cookie", &session), format!("job={job}")),
        (Visit::of(&router).with("cookie", &session), format!("job={job}&form=forged")),
        (
            Visit::of(&router).with("cookie", &session).with("sec-fetch-site", "cross-site"),
            format!("job={job}&form={form}"),
        ),
    ] {
        assert_eq!(visit.post("/jobs/retry", &wish).await.status, StatusCode::FORBIDDEN, "{wish}");
    }
    let stranger = Visit::of(&router).post("/jobs/retry", &format!("job={job}&form={form}")).await;
    assert_eq!(stranger.status, StatusCode::UNAUTHORIZED);
    assert_eq!(parked().await, 3);

    let wish = format!("job={job}&form={form}");
    let done = Visit::of(&router).with("cookie", &session).post("/jobs/retry", &wish).await;
    assert_eq!(done.location, Some(format!("/jobs?retried={job}")));
    assert_eq!(parked().await, 2);
    let twice = Visit::of(&router).with("cookie", &session).post("/jobs/retry", &wish).await;
    assert_eq!(twice.location, Some(format!("/jobs?gone={job}")));
}

#[tokio::test]
async fn logging_out_takes_the_cookie_away() {
    let seeded = Seeded::empty().await;
    let router = router(&seeded, with_token());
    let visit = || Visit::of(&router).with("x-forwarded-proto", "https");
    let right = visit().post("/login", &format!("token={TOKEN}")).await;
    assert!(right.cookie.as_ref().unwrap().ends_with("; Secure"));
    let page = visit().with("cookie", right.session()).get("/").await;
    let out = visit().with("cookie", right.session()).post("/logout", &format!("form={}", page.hidden("form"))).await;
    assert!(out.cookie.unwrap().starts_with("adrule_session=; Path=/; Max-Age=0; "));
}

#[tokio::test]
async fn a_proxy_of_ours_vouches_for_people() {
    let seeded = Seeded::full(Timestamp::now()).await;
    let router = router(&seeded, with_proxy());
    let inside = || Visit::of(&router).from("10.2.3.4:4000").with("x-forwarded-user", "kim");
    let page = inside().get("/jobs").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.html.contains("Log out"), "there is nothing to log out of");
    let outside = Visit::of(&router).with("x-forwarded-user", "kim").get("/jobs").await;
    assert_eq!(outside.status, StatusCode::FORBIDDEN);
    let wish = format!("job={}&form={}", page.hidden("job"), page.hidden("form"));
    let lou = Visit::of(&router).from("10.2.3.4:4000").with("x-forwarded-user", "lou");
    assert_eq!(lou.post("/jobs/retry", &wish).await.status, StatusCode::FORBIDDEN);
    assert_eq!(inside().post("/jobs/retry", &wish).await.status, StatusCode::SEE_OTHER);
}
