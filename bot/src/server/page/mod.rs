//! What people see in a browser: one frame, one small stylesheet, no script. `maud` escapes whatever is put in.

use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use std::sync::LazyLock;

const STYLE: &str = include_str!("style.css");

/// The stylesheet lies in the page itself, so that nothing needs a route of its own; this is how the policy names it.
static STYLE_HASH: LazyLock<String> = LazyLock::new(|| {
    let digest = ring::digest::digest(&ring::digest::SHA256, STYLE.as_bytes());
    format!("'sha256-{}'", STANDARD.encode(digest))
});

/// A page. As an answer it is never kept, never framed, and loads nothing.
pub struct Page {
    title: String,
    navigation: Option<Markup>,
    body: Markup,
    status: StatusCode,
    posts_to: String,
}

impl Page {
    /// A page with this title, which is its first heading too.
    pub fn new(title: impl Into<String>, body: Markup) -> Self {
        Self { title: title.into(), navigation: None, body, status: StatusCode::OK, posts_to: String::new() }
    }

    /// With links to its neighbours: `a` elements, the present one with `aria-current="page"`.
    #[must_use]
    pub fn with_navigation(mut self, links: Markup) -> Self {
        self.navigation = Some(links);
        self
    }

    /// With another status than 200.
    #[must_use]
    pub fn with_status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// With a form for another server: scheme and host of it, such as `https://github.com`.
    #[must_use]
    pub fn posting_to(mut self, origin: &str) -> Self {
        self.posts_to = format!(" {origin}");
        self
    }

    /// The page as HTML.
    pub fn html(&self) -> String {
        let page = html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    title { (self.title) " · adrule" }
                    style { (PreEscaped(STYLE)) }
                }
                body {
                    a .skip href="#main" { "To the content" }
                    header {
                        span .name { "adrule" }
                        @if let Some(links) = &self.navigation { nav aria-label="Pages" { (links) } }
                    }
                    main #main tabindex="-1" {
                        h1 { (self.title) }
                        (self.body)
                    }
                }
            }
        };
        page.into_string()
    }

    fn policy(&self) -> String {
        format!(
            "default-src 'none'; style-src {}; form-action 'self'{}; base-uri 'none'; frame-ancestors 'none'",
            *STYLE_HASH, self.posts_to
        )
    }
}

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        let fixed: [(HeaderName, &str); 6] = [
            (header::CONTENT_TYPE, "text/html; charset=utf-8"),
            (header::CACHE_CONTROL, "no-store"),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (header::X_FRAME_OPTIONS, "DENY"),
            (header::REFERRER_POLICY, "same-origin"),
            (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        ];
        let mut response = (self.status, fixed, self.html()).into_response();
        if !self.posts_to.is_empty() {
            // A form without an origin looks forged to who receives it.
            response.headers_mut().insert(header::REFERRER_POLICY, HeaderValue::from_static("strict-origin"));
        }
        // An origin that is no header value would leave the page without a policy: it is left out of it instead.
        let policy = HeaderValue::try_from(self.policy())
            .unwrap_or(HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'"));
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
        response
    }
}

#[cfg(test)]
mod tests {
    use super::{Page, STYLE};
    use axum::http::StatusCode;
    use axum::response::IntoResponse as _;
    use maud::html;

    #[test]
    fn what_is_put_in_is_text() {
        let evil = "</title><script>alert(1)</script>";
        let page = Page::new(evil, html! { p title=(evil) { (evil) } }).html();
        assert!(!page.contains("<script>"), "{page}");
        assert_eq!(page.matches("&lt;script&gt;").count(), 4, "{page}");
    }

    #[test]
    fn a_page_loads_and_frames_nothing() {
        let page = Page::new("A page", html! {}).with_status(StatusCode::NOT_FOUND).posting_to("https://github.com");
        let response = page.into_response();
        assert_eq!(response.status(), StatusCode::NOT_FOUND);
        let policy = response.headers()["content-security-policy"].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"), "{policy}");
        assert!(policy.contains("form-action 'self' https://github.com;"), "{policy}");
        assert!(policy.ends_with("frame-ancestors 'none'"), "{policy}");
        assert_eq!(response.headers()["cache-control"], "no-store");
    }

    #[test]
    fn an_origin_that_is_no_header_value_does_not_lift_the_policy() {
        let response = Page::new("A page", html! {}).posting_to("https://a\nb").into_response();
        let policy = response.headers()["content-security-policy"].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'"), "{policy}");
    }

    /// A style element ends at the first `</style`, whatever stands around it.
    #[test]
    fn the_stylesheet_cannot_end_its_element() {
        assert!(!STYLE.contains('<'));
    }
}
