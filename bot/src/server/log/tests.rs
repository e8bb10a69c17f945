use super::line::clean;
use super::*;
use crate::server::store::Mark;
use std::io::{self, Write};
use std::sync::{Arc, Mutex};

#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What is written while something is done, without the time of day.
fn logged(format: Format, filter: &str, secrets: &[&str], doing: impl FnOnce()) -> String {
    let kept = Kept::default();
    let to = kept.clone();
    let hidden = Hidden::new(secrets.iter().map(ToString::to_string).collect());
    let lines = Lines::new(move || to.clone(), format, hidden);
    let log = layer(format, lines).with_filter(EnvFilter::new(filter));
    tracing::subscriber::with_default(tracing_subscriber::registry().with(log), doing);
    let bytes = kept.0.lock().unwrap().clone();
    String::from_utf8(bytes).unwrap()
}

pub const DELIVERY: &str = "72d3162e-cc78-11e3-81ab-4c9367dc0958";

/// A job that came of [`DELIVERY`].
pub fn lease() -> Lease {
    let time = jiff::Timestamp::UNIX_EPOCH;
    Lease {
        job: 41,
        mark: Mark {
            installation: 12,
            subject: Subject::Pull { repository: "acme/shop".to_owned(), number: 7 },
            again: false,
        },
        fence: 1,
        generation: 1,
        attempts: 0,
        until: time,
        due_since: time,
        delivery: Some(DELIVERY.to_owned()),
    }
}

const FORGED: &str = "fix\n2026-01-01T00:00:00Z  INFO everything is fine\r\u{1b}[2K\u{202e}\u{9b}1m\u{2028}";

#[test]
fn a_job_s_lines_say_which_job_pull_request_and_delivery() {
    let text = logged(Format::Json, "info", &[], || {
        job(&lease()).in_scope(|| tracing::warn!(attempts = 3, "no verdict yet"));
    });
    let line: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(line["message"], "no verdict yet");
    assert_eq!(line["attempts"], 3);
    assert_eq!(line["level"], "WARN");
    assert_eq!(
        line["span"],
        serde_json::json!({
            "name": "job", "job": 41, "subject": "pull", "installation": 12, "repository": "acme/shop", "number": 7,
            "delivery": "72d3162e-cc78-11e3-81ab-4c9367dc0958",
        })
    );
    let text = logged(Format::Text, "info", &[], || {
        job(&lease()).in_scope(|| tracing::warn!(attempts = 3, "no verdict yet"));
    });
    let (_, text) = text.split_once("  WARN ").unwrap();
    insta::assert_snapshot!(text, @r#"job{job=41 subject="pull" installation=12 repository="acme/shop" number=7 delivery="72d3162e-cc78-11e3-81ab-4c9367dc0958"}: no verdict yet attempts=3"#);
}

#[test]
fn nobody_writes_a_line_of_our_log() {
    for format in [Format::Text, Format::Json] {
        let text = logged(format, "info", &[], || {
            tracing::info!(title = FORGED, shown = %FORGED, debug = ?FORGED, "{FORGED}");
            tracing::info_span!("job", repository = FORGED, shown = %FORGED).in_scope(|| tracing::info!("inside"));
        });
        assert_eq!(text.lines().count(), 2, "{text}");
        assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{text:?}");
        assert!(!text.contains(['\u{202e}', '\u{2028}', '\u{9b}']), "{text:?}");
        if format == Format::Json {
            let first: serde_json::Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
            assert_eq!(first["title"], FORGED);
        }
    }
}

#[test]
fn a_secret_that_got_into_an_event_does_not_get_out() {
    let token = format!("ghs_{}", "a1B2".repeat(9));
    let proof = format!("eyJhbGciOiJSUzI1NiJ9.{}.sig-nature_", "x".repeat(40));
    for format in [Format::Text, Format::Json] {
        let text = logged(format, "info", &["webhook-canary"], || {
            tracing::info!(
                header = format!("Bearer {token}"),
                proof,
                "webhook-canary and postgres://adrule:hush@db.example:5432/adrule?sslmode=require"
            );
        });
        for secret in [token.as_str(), "eyJ", "sig-nature", "webhook-canary", "hush"] {
            assert!(!text.contains(secret), "{secret}: {text}");
        }
        assert!(text.contains("postgres://adrule:[secret]@db.example:5432/adrule"), "{text}");
    }
}

#[test]
fn what_is_no_secret_stays() {
    for line in [
        "ghs_short, eyJ, github_pat_",
        "https://github.com/acme/shop/pull/7 by a@b.example",
        "see https://user@host.example/x and //a:b@c",
        "日本語 – ü",
    ] {
        assert_eq!(clean(line, Format::Text, &[]), line);
    }
}

#[test]
fn a_delivery_s_span_is_off_unless_somebody_looks() {
    let said = |filter| {
        logged(Format::Text, filter, &[], || {
            let span = delivery("72d3162e", "push");
            let is_off = span.is_disabled();
            span.in_scope(|| tracing::info!(is_off, "kept"));
        })
    };
    assert!(said("info").contains("INFO kept is_off=true"), "{}", said("info"));
    assert!(said("debug").contains(r#"delivery{delivery="72d3162e" event="push"}: kept is_off=false"#));
}

#[test]
fn a_secret_that_came_later_does_not_get_out_either() {
    let hidden = Hidden::new(vec!["the-first-canary".to_owned(), "short".to_owned()]);
    let said = |line: &str| clean(line, Format::Text, &hidden.now());
    let line = "the-first-canary, the-first-canary-and-more, the-second-canary, short";
    assert_eq!(said(line), "[secret], [secret]-and-more, the-second-canary, short");
    let other = hidden.clone();
    other.add(vec!["the-second-canary".to_owned(), "the-first-canary-and-more".to_owned()]);
    other.add(vec!["the-second-canary".to_owned()]);
    assert_eq!(said(line), "[secret], [secret], [secret], short");
    assert_eq!(format!("{hidden:?}"), "3 secrets");
}
