//! Commands below a pull request.

use super::support::{App, run, service};
use crate::github::tests::fake::{REPOSITORY, Wrong};
use crate::server::store::Subject;

async fn app() -> App {
    let app = App::new().await;
    let manifest = service("gamma", "rust") + "  # @a-team\n";
    let record = "# Why gamma is in Rust\n\nMemory budget: 180 MB @a-team/everybody <img src=x>\n";
    let head = app.branch(
        "change",
        &[("services/gamma/catalog-info.yaml", &manifest), ("services/gamma/docs/adr/0001-rust.md", record)],
    );
    app.open(1, &head);
    app
}

async fn say(app: &App, who: &str, body: &str) -> u64 {
    let comment = app.github.comment(1, who, body);
    app.bring(Subject::Command { repository: REPOSITORY.to_owned(), number: 1, comment }, false).await.unwrap();
    comment
}

fn answers(app: &App) -> Vec<String> {
    app.github.comments(1).into_iter().filter(|body| body.starts_with("<!-- adrule answers")).collect()
}

#[test]
fn recheck_is_seen_and_due() {
    run(async {
        let app = app().await;
        let comment = say(&app, "somebody", "/adrule recheck").await;
        assert_eq!(app.github.state().app.nodded, [comment]);
        let pull = Subject::Pull { repository: REPOSITORY.to_owned(), number: 1 };
        assert_eq!(app.due().await, [(pull, true)]);
        assert!(answers(&app).is_empty());
        // Told twice, carried out once.
        app.bring(Subject::Command { repository: REPOSITORY.to_owned(), number: 1, comment }, false).await.unwrap();
        assert!(app.due().await.is_empty());
    });
}

#[test]
fn answers_are_written_once() {
    run(async {
        let app = app().await;
        app.github.once("POST", "/comments", Wrong::After(502));
        say(&app, "somebody", "/adrule explain language-without-reason").await;
        let said = answers(&app);
        assert!(said.len() == 1 && said[0].contains("**Fix.**"), "{said:?}");
    });
}

#[test]
fn facts_are_shown_with_strangers_words_made_harmless() {
    run(async {
        let app = app().await;
        say(&app, "somebody", "/adrule facts").await;
        let said = answers(&app).pop().unwrap();
        insta::assert_snapshot!(
            said.split_once('\n')
                .unwrap()
                .1
                .replace(&app.github.state().pulls[0]["head"]["sha"].as_str().unwrap()[..7], "HEAD")
        );
        let outside: String = said.split('`').step_by(2).skip(1).collect();
        assert!(!outside.contains('@') && !outside.contains("<img"), "{said}");
    });
}

#[test]
fn bots_closed_pull_requests_and_too_much_are_left_alone() {
    run(async {
        let app = app().await;
        app.quiet();
        say(&app, "another[bot]", "/adrule explain language-without-reason").await;
        assert!(app.writes().is_empty());
        for _ in 0..12 {
            say(&app, "somebody", "/adrule recheck").await;
        }
        assert_eq!(app.github.state().app.nodded.len(), 10);
        say(&app, "somebody-else", "/adrule recheck").await;
        assert_eq!(app.github.state().app.nodded.len(), 11);
        app.close(1);
        say(&app, "a-third", "/adrule recheck").await;
        assert_eq!(app.github.state().app.nodded.len(), 11);
    });
}
