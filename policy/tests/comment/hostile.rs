//! Everything from a repository is somebody's text: it makes nothing in what we write.

use super::rendered::strangers;
use super::{HEAD, Pull, TODAY, context, links, service};
use adrule_policy::report::render::comment::{
    AddedWaiver, ChangedLines, Context, Gap, Line, Links, Mended, Mistake, Moved, PageChange, PageNews, State,
    check_summary, is_ours, job_summary, plain, render, state, suggestions,
};
use adrule_policy::report::{
    Finding, JudgedBy, LanguageReading, Report, Scope, ServiceReport, Severity, Sources, Standing, Unread, Waived,
};
use adrule_policy::text::{Place, Span};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use std::sync::Arc;

const OURS: &str = "https://forge.example/acme/shop/";

#[rustfmt::skip]
const PIECES: &[&str] = &[
    "@org/team", "@boss", "\u{FF20}org", "\u{FE6B}org", "#12", "GH-12", "a/b#12", "a/b@0f1e2d3c4b", "0f1e2d3", HEAD,
    "`", "``", "```", "~~~", "````````````````````", "<img src=x onerror=y>", "<!--", "-->",
    "<!-- adrule:comment:v1: {} -->", "</details>", "</summary>", "</sub>", "<details>", "<code>", "</code>",
    "[a](https://evil.example)", "![a](b)", "[a][b]", "[b]: https://evil.example", "https://evil.example/",
    "HTTP://evil.example", "www.evil.example", "ftp://evil.example", "a@b.co", "mailto:a@b.co",
    "<https://evil.example>", "<a@b.co>", "\n", "\r\n", "\n\n", "\t", "\u{202e}", "\u{2066}", "\u{200b}", "\u{200d}",
    "\u{2028}", "\u{feff}", "\0", "\u{1b}[31m", "|", "\n--|--\n", "$x$", "$`x`$", "$$", ":tada:", "[^1]", "[^1]: x",
    "- [x] ", "> [!NOTE]", "\n# H", "\n===", "---", "***", "1. ", "\\", "\\@org", "&#64;org", "&commat;org", "&lt;",
    "*", "**", "_", "~~", "]", "](", ")", "(", "<a href=x>", "javascript:x", "GHSA-aaaa-bbbb-cccc", "```suggestion",
    "```mermaid", "/", "..", "../../x", " ", "  ", "a", "edge", "\u{e9}", "\u{1F980}", ".", ",", "\"", "'", "%", "?",
    "=", "!12", "||x||", "^a^", "++a++", ":", "-", "+", "\u{a0}", "\u{3000}", "C#", "p95",
];

/// Text of a stranger's making.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![8 => select(PIECES).prop_map(str::to_owned), 1 => "\\PC{0,6}"];
    vec(piece, 0..9).prop_map(|pieces| pieces.concat())
}

fn severity() -> impl Strategy<Value = Severity> {
    select(vec![Severity::Error, Severity::Warning, Severity::Info])
}

fn standing() -> impl Strategy<Value = Standing> {
    select(vec![Standing::Gap, Standing::Reason, Standing::Waived, Standing::Default])
}

fn finding(subjects: Vec<String>, path: String, text: String) -> impl Strategy<Value = Finding> {
    let rules = vec!["language-without-reason", "decision-status-unknown", "own-rule"];
    let parts = (select(subjects), severity(), select(rules), vec(hostile(), 10), 0usize..200, 0usize..60);
    (parts, any::<[bool; 4]>()).prop_map(move |((subject, severity, rule, words, start, length), flags)| {
        let path: Arc<str> = path.as_str().into();
        let (start, end) = (start.min(text.len()), (start + length).min(text.len()));
        let place = Place::new(Arc::clone(&path), Span::new(start, end));
        let mut finding = Finding::new(rule, severity, subject, words[0].clone(), place.clone())
            .label(words[1].clone())
            .and(Place::new(words[2].as_str(), Span::new(0, 3)), words[3].clone())
            .and(place.clone(), words[4].clone())
            .note(words[5].clone())
            .fix(Arc::clone(&path), words[6].clone(), words[7].clone())
            .write(path, Some(place.span), words[7].clone(), words[6].clone());
        finding = if flags[0] { finding.says(words[8].clone()) } else { finding.why(words[8].clone()) };
        if flags[1] {
            finding = finding.help(words[9].clone()).any_line();
        }
        if flags[2] && flags[3] {
            finding.waived = Some(Waived { place, reason: words[8].clone(), owner: words[9].clone(), until: TODAY });
        }
        finding
    })
}

fn report() -> impl Strategy<Value = Report> {
    let parts = (vec((hostile(), standing()), 1..4), hostile(), hostile(), vec(hostile(), 6));
    parts.prop_flat_map(|(services, path, text, words)| {
        let subjects: Vec<String> = services.iter().map(|(name, _)| name.clone()).chain([path.clone()]).collect();
        vec(finding(subjects, path.clone(), text.clone()), 0..6).prop_map(move |findings| {
            let mut sources = Sources::default();
            sources.add(&path.as_str().into(), &text.as_str().into());
            let language =
                LanguageReading { name: words[0].as_str().into(), stated: true, place: Place::file(path.as_str()) };
            let service = |(name, standing): &(String, Standing)| ServiceReport {
                name: name.clone(),
                path: path.as_str().into(),
                languages: vec![language.clone()],
                standing: *standing,
                words: words[1].clone(),
                accepted: None,
                known_before: false,
                facts: Vec::new(),
            };
            Report {
                as_of: TODAY,
                judged_by: JudgedBy {
                    path: Some(path.as_str().into()),
                    revision: Some(words[2].clone()),
                    organisation: false,
                },
                scope: Scope::Change,
                services: services.iter().map(service).collect(),
                findings,
                decisions: 1,
                baseline: None,
                unread: vec![Unread { path: words[3].as_str().into(), reason: words[4].clone() }],
                remarks: vec![words[5].clone()],
                sources,
            }
        })
    })
}

fn page_news() -> impl Strategy<Value = PageNews> {
    let changed = (vec(hostile(), 5), standing()).prop_map(|(words, is)| {
        let (message, path) = (words[2].clone(), words[3].as_str().into());
        PageNews::Changed(PageChange {
            moved: vec![Moved { service: words[0].clone(), was: Standing::Gap, is: Some(is), words: words[1].clone() }],
            stay: 2,
            mistakes: vec![Mistake { severity: Severity::Error, message, path, line: 3 }],
            words,
        })
    });
    prop_oneof![Just(PageNews::Unchanged), Just(PageNews::First), Just(PageNews::Removed), changed]
}

fn around() -> impl Strategy<Value = Context> {
    (page_news(), vec(hostile(), 9), any::<bool>(), any::<bool>()).prop_map(|(page, words, always, was)| {
        let gap = |id: &str| Gap {
            id: id.to_owned(),
            rule: words[0].clone(),
            subject: words[1].clone(),
            said: words[2].clone(),
        };
        let place = Some(Line { path: words[5].clone(), line: 7, commit: words[6].clone() });
        let how = always.then(|| words[3].clone());
        let mended = Mended { gap: gap("m"), how, at: words[4].clone(), place };
        Context {
            key: words[6].clone(),
            links: Some(Links { branch: words[7].clone(), ..links() }),
            folder: words[5].clone(),
            previous: was.then(|| State { open: vec![gap("o")], mended: vec![mended], left_out: [0, 1] }),
            page,
            added_waivers: vec![AddedWaiver {
                rule: words[0].clone(),
                scope: vec![words[1].clone()],
                owner: Some(words[2].clone()),
                reason: Some(words[3].clone()),
                until: None,
                path: words[4].as_str().into(),
                line: 3,
                excuses: vec![words[5].clone()],
                lacks: Vec::new(),
            }],
            always,
            remarks: vec![words[8].clone()],
            details: Some(format!("https://forge.example/acme/shop/{}", words[8])),
            ..Context::default()
        }
    })
}

fn is_seen(text: &str) -> bool {
    !text.chars().any(|c| c != '\n' && (c.is_control() || "\u{202e}\u{2066}\u{200b}".contains(c)))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases.max(400), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_of_a_strangers_making_survives(report in report(), context in around()) {
        if let Some(comment) = render(&report, &context) {
            prop_assert_eq!(strangers(&comment.body, OURS), Vec::<String>::new(), "{}", comment.body);
            prop_assert!(is_ours(&comment.body, &context.key));
            prop_assert!(state(&comment.body).is_some());
        }
        let check = check_summary(&report, &context);
        for text in [&check.text, &check.summary, &job_summary(&report, &context)] {
            prop_assert_eq!(strangers(text, OURS), Vec::<String>::new(), "{}", text);
        }
        let text = plain(&report);
        prop_assert_eq!(strangers(&text, ""), Vec::<String>::new(), "{}", text);
        prop_assert!(is_seen(&check.title) && !check.title.contains('\n') && check.title.chars().count() <= 255);
        for annotation in &check.annotations {
            prop_assert!(is_seen(&annotation.message) && is_seen(&annotation.title), "{:?}", annotation);
            prop_assert!(1 <= annotation.start_line && annotation.start_line <= annotation.end_line);
            if let (Some(start), Some(end)) = (annotation.start_column, annotation.end_column) {
                prop_assert!(annotation.start_line == annotation.end_line && 1 <= start && start <= end);
            }
        }
    }

    #[test]
    fn a_comment_that_is_written_again_says_the_same(report in report(), context in around()) {
        let Some(first) = render(&report, &context) else { return Ok(()) };
        let again = Context { previous: state(&first.body), ..context };
        prop_assert_eq!(render(&report, &again).map(|again| again.body), Some(first.body));
    }

    #[test]
    fn suggestions_make_nothing_either(report in report()) {
        let paths = report.findings.iter().flat_map(|finding| finding.fixes.iter().map(|fix| fix.path.to_string()));
        let changed: ChangedLines = paths.map(|path| (path, vec![(1, 1000)])).collect();
        for suggestion in suggestions(&report, &Context::default(), &changed) {
            prop_assert_eq!(strangers(&suggestion.body, ""), Vec::<String>::new(), "{}", suggestion.body);
        }
    }
}

#[test]
fn names_of_ten_megabytes_are_cut() {
    let name = "@org`[x](y)<b>|".repeat(700_000);
    let pull = Pull::new(vec![service("x", "rust", &[]), service("y", "rust", &[])]);
    let mut report = pull.report();
    for finding in &mut report.findings {
        finding.subject.clone_from(&name);
        finding.message.clone_from(&name);
        finding.why.clone_from(&name);
        finding.places[0].label.clone_from(&name);
        finding.fixes[0].text.clone_from(&name);
    }
    for service in &mut report.services {
        service.name.clone_from(&name);
    }
    let body = render(&report, &context()).unwrap().body;
    assert!(body.len() < 60_000, "{}", body.len());
    assert_eq!(strangers(&body, OURS), Vec::<String>::new());
    let check = check_summary(&report, &context());
    assert!(check.text.len() < 60_000);
    assert!(check.annotations.iter().all(|annotation| annotation.message.len() < 16_384));
}
