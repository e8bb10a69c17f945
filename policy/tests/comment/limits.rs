//! How much a comment holds: whole findings, and the truth about the rest.

use super::rendered::strangers;
use super::{Pull, adr, context, seen, service};
use adrule_policy::report::Report;
use adrule_policy::report::render::comment::{Context, Limits, check_summary, job_summary, plain, render};

const OURS: &str = "https://forge.example/acme/shop/";

fn many(number: usize) -> Report {
    Pull::new((0..number).map(|at| service(&format!("service-{at:03}"), "rust", &[])).collect()).report()
}

fn fits(body: &str, limits: Limits) -> bool {
    body.encode_utf16().count() <= limits.characters && body.len() <= limits.bytes
}

#[test]
fn fifty_of_214_and_it_is_said() {
    let report = many(214);
    let comment = render(&report, &context()).unwrap();
    assert_eq!((comment.shown, comment.total), (50, 214));
    assert!(fits(&comment.body, Limits::default()));
    assert_eq!(strangers(&comment.body, OURS), Vec::<String>::new());
    let body = seen(&comment.body);
    assert_eq!(body.matches("nothing says why").count(), 50);
    // What people see without unfolding anything.
    let mut open = true;
    let unfolded = body.lines().filter(|line| {
        let was_open = open;
        open = if line.starts_with("<details>") { false } else { open || *line == "</details>" };
        was_open && *line != "</details>"
    });
    let headings = unfolded.filter(|line| line.starts_with(['#', '<', '*']));
    insta::assert_snapshot!(headings.take(12).collect::<Vec<_>>().join("\n"), @"
    ### 214 things are missing, in 214 services
    #### `service-000`
    <sub>error: `language-without-reason`</sub>
    #### `service-001`
    <sub>error: `language-without-reason`</sub>
    #### `service-002`
    <sub>error: `language-without-reason`</sub>
    <details><summary><code>service-003</code>: one thing is missing</summary>
    <details><summary><code>service-004</code>: one thing is missing</summary>
    <details><summary><code>service-005</code>: one thing is missing</summary>
    <details><summary><code>service-006</code>: one thing is missing</summary>
    <details><summary><code>service-007</code>: one thing is missing</summary>
    ");
    let closing: Vec<&str> = body.lines().rev().take(3).collect();
    insta::assert_snapshot!(closing.into_iter().rev().collect::<Vec<_>>().join("\n"), @"
    **Showing 50 of 214.** The rest is in the check, in the job's summary and in the report file.

    <sub>Judged by [`adrule.yaml`](BASE/adrule.yaml) on `main` (`a1b2c3d`). Not now? A waiver on the page needs an owner, a reason and an end date.</sub>
    ");
}

#[test]
fn the_rest_is_in_the_check_and_the_job() {
    let report = many(214);
    let context = Context { details: Some("https://forge.example/acme/shop/runs/12".to_owned()), ..context() };
    let body = render(&report, &context).unwrap().body;
    assert!(
        body.contains("The rest is in [the check](https://forge.example/acme/shop/runs/12), in the job's"),
        "{body}"
    );
    let check = check_summary(&report, &context);
    assert_eq!(check.annotations.len(), 214);
    assert!(check.text.len() <= 65_535 && check.text.contains("**Showing "), "{}", check.text.len());
    assert_eq!(job_summary(&report, &context).matches("nothing says why").count(), 214);
    assert_eq!(plain(&report).matches("nothing says why").count(), 214);
}

#[test]
fn an_address_off_the_forge_is_no_link() {
    for details in ["https://evil.example/x", "https://forge.example.evil/x", "https://forge.example/x)![a](b"] {
        let context = Context { details: Some(details.to_owned()), ..context() };
        assert!(render(&many(60), &context).unwrap().body.contains("The rest is in the check,"), "{details}");
    }
}

#[test]
fn long_findings_leave_room_for_whole_ones_only() {
    for (length, word) in [(40, "words "), (200, "&<>"), (600, "\u{1F980}"), (600, "é ")] {
        let mut report = many(120);
        for finding in &mut report.findings {
            finding.message = word.repeat(length);
            finding.why = word.repeat(length);
            finding.help = Some(word.repeat(length));
            finding.notes = vec![word.repeat(length); 9];
            finding.fixes[0].text = format!("{}\n", word.repeat(length)).repeat(90);
        }
        for service in &mut report.services {
            service.words = word.repeat(length);
        }
        let comment = render(&report, &context()).unwrap();
        assert!(fits(&comment.body, Limits::default()), "{length} {word}: {}", comment.body.len());
        assert!(0 < comment.shown && comment.shown <= 50);
        assert!(comment.body.contains(&format!("**Showing {} of 120.**", comment.shown)));
        assert_eq!(strangers(&comment.body, OURS), Vec::<String>::new());
        let check = check_summary(&report, &context());
        assert!(check.text.len() <= 65_535 && check.summary.len() <= 65_535);
        assert_eq!(strangers(&check.text, OURS), Vec::<String>::new());
        let job = job_summary(&report, &context());
        assert!(job.len() < 1024 * 1024, "{}", job.len());
        assert_eq!(strangers(&job, OURS), Vec::<String>::new());
    }
}

#[test]
fn smaller_limits_hold_too() {
    for characters in [16_384, 20_000, 40_000] {
        let limits = Limits { characters, bytes: characters * 2, findings: 50 };
        let comment = render(&many(300), &Context { limits, ..context() }).unwrap();
        assert!(fits(&comment.body, limits), "{}", comment.body.len());
        assert!(comment.shown > 0 && comment.total == 300);
    }
}

#[test]
fn many_of_everything_else_fits_as_well() {
    let mut report = many(400);
    report.findings.truncate(1);
    for (at, service) in report.services.iter_mut().enumerate() {
        service.name = format!("{at}-{}", "n".repeat(180));
    }
    report.remarks = vec!["&".repeat(900); 40];
    for at in 0..400 {
        let path = format!("{at}/{}", "é".repeat(300));
        report.unread.push(adrule_policy::report::Unread { path: path.into(), reason: "&".repeat(900) });
    }
    let comment = render(&report, &context()).unwrap();
    assert!(fits(&comment.body, Limits::default()), "{}", comment.body.len());
    assert_eq!((comment.shown, comment.total), (1, 1));
    assert!(comment.body.contains("more\n\n</details>"), "lists say what they leave out");
}

#[test]
fn a_finding_of_many_decisions_is_one() {
    let records = (0..30).map(|at| adr(7, &format!("record-{at}"), "accepted", "We do.")).collect();
    let comment = render(&Pull::new(vec![records]).report(), &context()).unwrap();
    assert_eq!(comment.shown, comment.total);
    assert!(comment.body.contains("- … and 24 more\n"), "{}", comment.body);
}
