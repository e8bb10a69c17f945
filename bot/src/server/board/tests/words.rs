//! What the page says.

use super::super::view::{self, Frame, Notice, Overview, Part, Rows};
use super::seed::{EVIL, Seeded};
use jiff::Timestamp;

/// Noon, so that days do not turn.
fn noon() -> Timestamp {
    "2026-06-15T12:00:00Z".parse().unwrap()
}

fn frame(notice: Option<Notice>) -> Frame<'static> {
    Frame { now: noon(), web: "https://github.com", form: "a-form", has_session: true, notice }
}

/// The page without its stylesheet, a line for each block.
fn body(html: &str) -> String {
    let (before, rest) = html.split_once("<style>").unwrap();
    let (_, after) = rest.split_once("</style>").unwrap();
    let mut text = format!("{before}{after}");
    for tag in
        ["section", "table", "thead", "tbody", "tr", "th", "td", "nav", "main", "form", "div", "h1", "h2", "p", "li"]
    {
        text = text
            .replace(&format!("<{tag} "), &format!("\n<{tag} "))
            .replace(&format!("<{tag}>"), &format!("\n<{tag}>"));
    }
    text
}

async fn everything(seeded: &Seeded) -> Overview {
    let store = &seeded.store;
    Overview {
        depth: store.depth(noon()).await.unwrap(),
        paused: store.paused(noon()).await.unwrap(),
        parked: Rows::of(store.parked(9).await.unwrap(), 8),
        pulls: Rows::of(store.recent_verdicts(5).await.unwrap(), 4),
        gaps: Rows::of(store.gaps().await.unwrap(), 5),
        waivers: Rows::of(store.waivers(9).await.unwrap(), 8),
    }
}

#[tokio::test]
async fn an_overview_shows_what_is_stuck_missing_and_about_to_end() {
    let seeded = Seeded::full(noon()).await;
    let page = view::overview(&frame(None), &everything(&seeded).await);
    insta::assert_snapshot!(body(&page.html()));
}

#[tokio::test]
async fn an_empty_overview_says_what_to_expect() {
    let seeded = Seeded::empty().await;
    let page = view::overview(&frame(None), &everything(&seeded).await);
    insta::assert_snapshot!(body(&page.html()));
}

#[tokio::test]
async fn each_part_has_a_page_of_its_own() {
    let seeded = Seeded::full(noon()).await;
    let store = &seeded.store;
    let pulls = view::pulls(&frame(None), &Rows::of(store.recent_verdicts(9).await.unwrap(), 2), 3).html();
    assert!(
        pulls.contains(
            r#"<a rel="prev" href="/pulls?page=2">Newer</a><span>Page 3</span><a rel="next" href="/pulls?page=4">"#
        ),
        "{pulls}"
    );
    let jobs = view::parked(&frame(Some(Notice::Retried(41))), &Rows::of(store.parked(9).await.unwrap(), 1)).html();
    assert!(jobs.contains(r#"<p class="note good" role="status">Job 41 is due again.</p>"#), "{jobs}");
    assert!(jobs.contains("Only the newest 1 are shown."), "{jobs}");
    let waivers = view::waivers(&frame(None), &Rows::of(store.waivers(9).await.unwrap(), 9)).html();
    let at = |words: &str| waivers.find(words).unwrap_or_else(|| panic!("{words}: {waivers}"));
    assert!(at("ended 3 days ago") < at("in 12 days") && at("in 12 days") < at("in 200 days"));
    assert!(at("in 200 days") < at("docs/adr/legacy/**"), "without an end comes last");
    let rules = view::rules(&frame(None), &store.gaps().await.unwrap()).html();
    assert!(rules.contains("docs/rules/language-without-reason.md"), "{rules}");
    assert!(rules.contains("A rule of a page's own."), "{rules}");
    for (part, html) in [(Part::Pulls, &pulls), (Part::Jobs, &jobs), (Part::Waivers, &waivers), (Part::Rules, &rules)] {
        assert!(html.contains(&format!(r#"href="{}" aria-current="page""#, part.path())), "{html}");
        assert_eq!(body(html).matches("aria-current").count(), 1);
        assert!(!html.contains(EVIL) && !html.contains("<script"), "{html}");
    }
}

#[test]
fn logging_in_says_what_was_wrong() {
    insta::assert_snapshot!(body(&view::log_in(Part::Jobs, Some("This is not the token.")).html()));
}
