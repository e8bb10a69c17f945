//! One verdict: what the App writes is what the command line finds in the same commits.

use super::support::{App, run, service};
use crate::cli::check::{Options, judge_fully};
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

        app.repository.git(&["checkout", "-q", "change"]);
        let root = std::fs::canonicalize(&app.repository.0).unwrap();
        let git = Git::below(&root).unwrap().unwrap();
        let base = git.base(Some("main")).unwrap();
        let options = Options::of_folder(root, Some(base), None, false);
        let (judged, _) = judge_fully(&options, "2026-11-22".parse().unwrap()).unwrap().parts();
        let report = judged.unwrap().report;

        let verdict = app.store.last_verdict(crate::github::tests::fake::REPOSITORY, 1).await.unwrap().unwrap();
        let counted: u32 = verdict.findings.iter().map(|(_, found)| found).sum();
        assert!(counted >= 2 && counted as usize == report.own().count(), "{verdict:?}");
        let check = app.checks().remove(0);
        let said = check["output"].to_string();
        for finding in report.own() {
            let message = serde_json::to_string(&finding.message).unwrap();
            assert!(said.contains(message.trim_matches('"')), "{message} is not in {said}");
            assert!(verdict.findings.iter().any(|(rule, _)| *rule == *finding.rule), "{}", finding.rule);
        }
    });
}
