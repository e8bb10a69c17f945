//! One verdict: what the App writes is what the command line finds in the same commits.

use super::support::{App, PAGE, run, service};
use crate::cli::check::{Options, judge_fully};
use crate::github::tests::support::Repository;
use crate::tree::Git;

#[test]
fn the_app_says_what_the_command_line_says() {
    run(async {
        let app = App::new().await;
        let record = "# Why delta is in Rust\n\nIt is fast.\n";
        let files = [
            ("services/gamma/catalog-info.yaml", &*service("gamma", "rust")),
            ("services/delta/catalog-info.yaml", &*service("delta", "rust")),
            ("services/delta/docs/adr/0001-rust.md", record),
        ];
        let head = app.branch("change", &files);
        app.open(1, &head);
        app.pull(1).await.unwrap();
        agree(&app, 2).await;
    });
}

#[test]
fn both_ask_again_for_a_reason_that_a_change_takes_away() {
    let record =
        "# 3. Rust where money is\n\n## Status\n\nAccepted\n\n## Decision\n\nFor [billing](../../services/billing).\n";
    let stated = format!("{record}\n**Memory budget:** 128 MB\n");
    // 200 files a question; with many manifests only those are read that the decision names, once it is known.
    for (manifests, calls) in [(2, 11), (500, 13), (1_001, 12)] {
        run(async {
            let repository = Repository::new();
            let many: Vec<(String, String)> = (0..manifests)
                .map(|at| (format!("services/s{at}/catalog-info.yaml"), service(&format!("s{at}"), "go")))
                .collect();
            let mut files: Vec<(&str, &str)> = many.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
            let billing = service("billing", "rust");
            files.extend([
                ("adrule.yaml", PAGE),
                ("services/billing/catalog-info.yaml", &billing),
                ("docs/adr/0003-money.md", &stated),
            ]);
            repository.commit(&files);
            let app = App::of(repository).await;
            let head = app.branch("change", &[("docs/adr/0003-money.md", record)]);
            app.open(1, &head);
            app.pull(1).await.unwrap();
            assert_eq!(app.calls().len(), calls, "{manifests}: {:?}", app.calls());
            agree(&app, 1).await;
            let comment = app.github.comments(1).remove(0);
            assert!(comment.contains("before this change: memory budget 128 MB"), "{comment}");
        });
    }
}

/// Whether the App said what the command line says of the branch `change`, which is at least so much.
async fn agree(app: &App, least: u32) {
    app.repository.git(&["checkout", "-q", "change"]);
    let root = std::fs::canonicalize(&app.repository.0).unwrap();
    let git = Git::below(&root).unwrap().unwrap();
    let base = git.base(Some("main")).unwrap();
    let options = Options::of_folder(root, Some(base), None, false);
    let (judged, _) = judge_fully(&options, "2026-11-22".parse().unwrap()).unwrap().parts();
    let report = judged.unwrap().report;

    let verdict = app.store.last_verdict(crate::github::tests::fake::REPOSITORY, 1).await.unwrap().unwrap();
    let counted: u32 = verdict.findings.iter().map(|(_, found)| found).sum();
    assert!(counted >= least && counted as usize == report.own().count(), "{verdict:?}");
    let check = app.checks().remove(0);
    let said = check["output"].to_string();
    for finding in report.own() {
        let message = serde_json::to_string(&finding.message).unwrap();
        assert!(said.contains(message.trim_matches('"')), "{message} is not in {said}");
        assert!(verdict.findings.iter().any(|(rule, _)| *rule == *finding.rule), "{}", finding.rule);
    }
}
