//! The organisation's page: read with the installation's own token, as it is now, and never guessed.

use super::support::{App, run, service};
use crate::cli::check::{self, Options};
use crate::cli::organisation;
use crate::github::tests::fake::{REPOSITORY, Wrong};
use crate::github::tests::support::Repository;
use crate::server::event;
use crate::server::store::Subject;
use crate::tree::Git;
use serde_json::{Value, json};

const HOME: &str = "a-team/.github";
const ORG: &str = "policy: 1\ndefault: go\nlanguages:\n  rust: { says: Rust needs a latency target., requires: { any: [latency-target] } }\n";
const LOOSER: &str =
    "policy: 1\nextends: org\nlanguages:\n  rust: { requires: { any: [latency-target, memory-budget] } }\n";

/// An App on a repository with this page, and one pull request that adds a service in Rust without a reason. The
/// organisation's page lies in a repository of its own.
async fn with(page: &str) -> (App, Repository) {
    let home = Repository::new();
    home.commit(&[("adrule.yaml", ORG)]);
    let repository = Repository::new();
    repository.commit(&[("adrule.yaml", page), ("services/alpha/catalog-info.yaml", &service("alpha", "go"))]);
    let app = App::of(repository).await;
    app.github.state().app.others.insert(HOME.to_owned(), home.0.clone());
    let head = app.branch("change", &[("services/gamma/catalog-info.yaml", &service("gamma", "rust"))]);
    app.open(1, &head);
    (app, home)
}

fn last(app: &App) -> Value {
    app.checks().pop().unwrap()
}

fn text(check: &Value) -> String {
    check["output"].to_string()
}

#[test]
fn a_page_that_is_looser_is_held_to_it_and_linked() {
    run(async {
        let (app, home) = with(LOOSER).await;
        app.pull(1).await.unwrap();
        let check = last(&app);
        assert_eq!(check["conclusion"], "failure");
        let commit = home.git(&["rev-parse", "HEAD"]);
        let link = format!("{HOME}/blob/{commit}/adrule.yaml");
        for said in [&text(&check), &app.github.comments(1)[0]] {
            assert!(said.contains("by the organisation's page a latency target"), "{said}");
            assert!(said.contains(&link) && said.contains("policy-loosens-organisation"), "{said}");
        }
        let sentence =
            format!("[The organisation's page]({}/{link}) says: *Rust needs a latency target.*", "https://github.com");
        assert!(app.github.comments(1)[0].contains(&sentence), "{}", app.github.comments(1)[0]);

        // The command line says the same of the same commits.
        let git = Git::find(&app.repository.0).unwrap().unwrap();
        app.repository.git(&["checkout", "-q", "change"]);
        let today = "2026-11-22".parse().unwrap();
        let given = organisation::at(&home.0.join("adrule.yaml"), "a file", today).unwrap();
        let base = git.base(Some("main")).unwrap();
        let options = Options::of_folder(app.repository.0.clone(), Some(base), None, false).with_organisation(given);
        let (judged, _) = check::judge_fully(&options, today).unwrap().parts();
        let line: Vec<String> = judged.unwrap().report.open().map(|finding| finding.message.clone()).collect();
        let mut notes = check["output"]["annotations"].as_array().unwrap().clone();
        notes.sort_by_key(|note| note["path"].as_str().map(str::to_owned));
        assert_eq!(notes.len(), line.len(), "{notes:?} {line:?}");
        for (note, message) in notes.iter().zip(&line) {
            let said = note["message"].as_str().unwrap();
            assert!(said.starts_with(message.as_str()), "{said}\n{message}");
        }
    });
}

#[test]
fn it_costs_one_question_where_nothing_has_changed() {
    run(async {
        let (app, home) = with(LOOSER).await;
        app.pull(1).await.unwrap();
        app.quiet();
        app.pull(1).await.unwrap();
        assert_eq!(app.github.count("GET", "/repos/a-team/.github/commits/HEAD"), 1);
        assert_eq!(app.github.asked().len(), 4, "{:?}", app.github.asked());
        let is_unchanged =
            app.github.state().asked.iter().any(|asked| asked.path.contains(".github") && asked.status == 304);
        assert!(is_unchanged, "it was asked with what is known");
        // A pass: the list, the branch and its page, and the organisation's page once.
        app.quiet();
        app.bring(Subject::Repository { repository: REPOSITORY.to_owned() }, false).await.unwrap();
        assert!(app.due().await.is_empty());
        assert_eq!(app.github.asked().len(), 4, "{:?}", app.github.asked());

        // A commit there that does not change the page changes nothing here; two questions tell.
        home.commit(&[("README.md", "Hello\n")]);
        app.quiet();
        app.pull(1).await.unwrap();
        assert!(app.writes().is_empty());
        assert_eq!(app.github.asked().len(), 5, "{:?}", app.github.asked());
    });
}

#[test]
fn a_push_to_it_makes_pull_requests_due_that_build_on_it() {
    run(async {
        let (app, home) = with(LOOSER).await;
        app.pull(1).await.unwrap();
        // Another branch has a page of its own.
        app.repository.git(&["checkout", "-q", "-b", "alone"]);
        app.repository.commit(&[("adrule.yaml", "policy: 1\ndefault: [go, rust]\n")]);
        app.repository.git(&["checkout", "-q", "main"]);
        let head = app.branch("second", &[("services/delta/catalog-info.yaml", &service("delta", "rust"))]);
        app.open_for(2, &head, "alone");
        app.pull(2).await.unwrap();
        assert!(app.due().await.is_empty());

        // What the event marks leads from the installation to its repositories, and from these to what differs.
        home.commit(&[("adrule.yaml", &ORG.replace("[latency-target]", "[latency-target, memory-budget]"))]);
        app.bring(Subject::Installation, false).await.unwrap();
        for (subject, _) in app.due().await {
            app.bring(subject, false).await.unwrap();
        }
        let first = Subject::Pull { repository: REPOSITORY.to_owned(), number: 1 };
        assert_eq!(app.due().await, [(first, false)]);
        app.pull(1).await.unwrap();
        assert!(!text(&last(&app)).contains("policy-loosens-organisation"), "{}", text(&last(&app)));
    });
}

#[test]
fn whatever_may_bring_another_page_makes_the_installation_due() {
    let home = json!({ "full_name": HOME, "default_branch": "main" });
    for (event, payload, is_all) in [
        ("push", json!({ "ref": "refs/heads/main", "repository": home }), true),
        ("push", json!({ "ref": "refs/heads/other", "repository": home }), false),
        ("installation_repositories", json!({ "repositories_added": [home] }), true),
        ("installation_repositories", json!({ "repositories_added": [{ "full_name": REPOSITORY }] }), false),
    ] {
        let mut payload = payload;
        payload["installation"] = json!({ "id": 7 });
        let text = payload.to_string();
        let marks = event::marks(event, &serde_json::from_str(&text).unwrap());
        assert_eq!(marks.iter().any(|mark| mark.subject == Subject::Installation), is_all, "{event} {text}");
    }
}

#[test]
fn where_it_cannot_be_read_the_check_says_so_and_never_succeeds() {
    run(async {
        let (app, home) = with("policy: 1\ndefault: [go, rust]\nextends: org\n").await;
        app.github.state().app.others.clear();
        app.pull(1).await.unwrap();
        let check = last(&app);
        assert_eq!(check["conclusion"], "failure");
        let said = text(&check);
        assert!(said.contains("could not be read") && said.contains("installs the App on a-team/.github"), "{said}");
        assert!(app.github.comments(1).is_empty(), "its author cannot mend it");
        // Nobody is asked over and over.
        app.quiet();
        app.pull(1).await.unwrap();
        assert!(app.writes().is_empty());

        // Refused in another way, broken, without a page: said each time.
        app.github.state().app.others.insert(HOME.to_owned(), home.0.clone());
        let denied = Wrong::Instead(403, Vec::new(), r#"{"message":"Resource not accessible by integration"}"#);
        app.github.once("GET", "/repos/a-team/.github/commits", denied);
        app.pull(1).await.unwrap();
        assert!(text(&last(&app)).contains("Resource not accessible by integration"), "{}", text(&last(&app)));
        for (page, words) in
            [("policy: 1\nextends: org\n", "cannot build on itself"), ("policy: 1\nx: 1\n", "it has 2 mistakes")]
        {
            home.commit(&[("adrule.yaml", page)]);
            app.pull(1).await.unwrap();
            assert_eq!(last(&app)["conclusion"], "failure");
            assert!(text(&last(&app)).contains(words), "{}", text(&last(&app)));
        }
        home.git(&["rm", "-q", "adrule.yaml"]);
        home.commit(&[("README.md", "No page\n")]);
        app.pull(1).await.unwrap();
        assert!(text(&last(&app)).contains("a-team/.github has no page"), "{}", text(&last(&app)));

        // Mended: judged, by both.
        home.commit(&[("adrule.yaml", ORG)]);
        app.pull(1).await.unwrap();
        assert!(app.github.comments(1)[0].contains("gamma"), "{:?}", app.github.comments(1));
    });
}

#[test]
fn a_pull_request_that_is_looser_sees_it_in_the_preview() {
    run(async {
        let (app, home) = with("policy: 1\nextends: org\n").await;
        let head = app.branch("looser", &[("adrule.yaml", LOOSER)]);
        app.open(2, &head);
        app.pull(2).await.unwrap();
        let comment = &app.github.comments(2)[0];
        assert!(comment.contains("This pull request changes the page"), "{comment}");
        assert!(comment.contains("by the organisation's page a latency target"), "{comment}");
        assert_eq!(last(&app)["conclusion"], "failure");

        // One that leaves the organisation's page is told so, too.
        let head = app.branch("alone", &[("adrule.yaml", ORG)]);
        app.open(3, &head);
        app.pull(3).await.unwrap();
        let comment = &app.github.comments(3)[0];
        assert!(comment.contains("no longer builds on the organisation's page"), "{comment}");
        drop(home);
    });
}

#[test]
fn a_first_page_that_builds_on_it_lets_nobody_out() {
    run(async {
        let (app, _home) = with("policy: 1\ndefault: go\n").await;
        app.repository.git(&["rm", "-q", "adrule.yaml"]);
        app.repository.commit(&[("README.md", "No page\n")]);
        let gap = ("services/delta/catalog-info.yaml", service("delta", "rust"));
        let head = app.branch("first", &[("adrule.yaml", "policy: 1\nextends: org\n"), (gap.0, &gap.1)]);
        app.open(2, &head);
        app.pull(2).await.unwrap();
        assert_eq!(last(&app)["conclusion"], "failure");
        let comment = &app.github.comments(2)[0];
        assert!(comment.contains("It is judged by [the organisation's page]("), "{comment}");
        assert!(!comment.contains("on `main`"), "{comment}");
    });
}

#[test]
fn a_page_that_comes_to_build_on_it_is_judged_anew_with_it() {
    run(async {
        let (app, home) = with("policy: 1\ndefault: go\n").await;
        let head = app.branch("joins", &[("adrule.yaml", LOOSER)]);
        app.open(2, &head);
        app.pull(2).await.unwrap();
        assert!(
            app.github.comments(2)[0].contains("now builds on the organisation's page"),
            "{:?}",
            app.github.comments(2)
        );
        // Only the new page builds on it: that page changes, and so does what is said.
        home.commit(&[("adrule.yaml", &ORG.replace("[latency-target]", "[latency-target, memory-budget]"))]);
        app.quiet();
        app.pull(2).await.unwrap();
        assert!(!app.writes().is_empty());
        // The list of what is open cannot know, and the pull request's own look sees that nothing differs.
        app.quiet();
        app.pull(2).await.unwrap();
        assert_eq!(app.writes(), Vec::<String>::new());
        assert_eq!(json!(app.github.comments(2).len()), json!(1));
    });
}

#[test]
fn a_repository_without_a_page_is_judged_by_it_where_there_is_one() {
    run(async {
        let (app, home) = with(LOOSER).await;
        app.repository.git(&["rm", "-q", "adrule.yaml"]);
        app.repository.git(&["commit", "-q", "-m", "No page of our own"]);
        let head = app.branch("change", &[("services/gamma/catalog-info.yaml", &service("gamma", "rust"))]);
        app.open(1, &head);
        app.pull(1).await.unwrap();
        let said = text(&last(&app));
        assert!(said.contains("Rust needs a latency target."), "{said}");
        // A new page of the organisation's is looked at with the next look, though nothing changed here.
        home.commit(&[("adrule.yaml", "policy: 1\ndefault: [go, rust]\n")]);
        app.pull(1).await.unwrap();
        assert_eq!(last(&app)["conclusion"], "success", "{}", last(&app));
        // None to be seen: the built-in page, and no complaint.
        app.github.state().app.others.clear();
        app.bring(Subject::Pull { repository: REPOSITORY.to_owned(), number: 1 }, true).await.unwrap();
        let check = last(&app);
        assert_eq!(check["conclusion"], "failure");
        assert!(text(&check).contains("memory budget") && !text(&check).contains("organisation"), "{check}");
    });
}
