//! Passes over what is open act only where the state differs.

use super::support::{App, run, service};
use crate::github::tests::fake::REPOSITORY;
use crate::server::store::Subject;

fn pull(number: u64) -> Subject {
    Subject::Pull { repository: REPOSITORY.to_owned(), number }
}

fn repository() -> Subject {
    Subject::Repository { repository: REPOSITORY.to_owned() }
}

#[test]
fn only_what_differs_is_due() {
    run(async {
        let app = App::new().await;
        for number in 1..=3 {
            let name = format!("s{number}");
            let head = app.branch(&name, &[(&format!("services/{name}/catalog-info.yaml"), &service(&name, "go"))]);
            app.open(number, &head);
        }
        app.bring(repository(), false).await.unwrap();
        let due: Vec<Subject> = app.due().await.into_iter().map(|(subject, _)| subject).collect();
        assert_eq!(due, [pull(1), pull(2), pull(3)]);
        for number in 1..=3 {
            app.pull(number).await.unwrap();
        }
        // Nothing differs: the list, the branch and its page are asked for, and no pull request by itself.
        app.quiet();
        app.bring(repository(), false).await.unwrap();
        assert!(app.due().await.is_empty());
        assert_eq!(app.calls(), ["GET pulls", "GET commits", "POST "], "{:?}", app.github.asked());
        // One moved, one was closed unheard.
        let head = app.branch("s2", &[("services/s2/catalog-info.yaml", &service("s2", "rust"))]);
        app.open(2, &head);
        app.close(3);
        app.bring(repository(), false).await.unwrap();
        let due: Vec<Subject> = app.due().await.into_iter().map(|(subject, _)| subject).collect();
        assert_eq!(due, [pull(2), pull(3)]);
        // The base goes on without its page: nobody is judged again. With it: everybody is.
        app.pull(2).await.unwrap();
        app.pull(3).await.unwrap();
        app.repository.commit(&[("README.md", "Hello\n")]);
        app.bring(repository(), false).await.unwrap();
        assert!(app.due().await.is_empty());
        app.repository.commit(&[("adrule.yaml", "policy: 1\ntitle: Another page\nextends: adrule:default\n")]);
        app.bring(repository(), false).await.unwrap();
        assert_eq!(app.due().await.len(), 2);
    });
}

#[test]
fn a_branch_that_is_nobodys_base_costs_nothing() {
    run(async {
        let app = App::new().await;
        let head = app.branch("change", &[("services/s/catalog-info.yaml", &service("s", "go"))]);
        app.open(1, &head);
        app.pull(1).await.unwrap();
        let of = |branch: &str| Subject::Branch { repository: REPOSITORY.to_owned(), branch: branch.to_owned() };
        app.quiet();
        app.bring(of("change"), false).await.unwrap();
        assert!(app.calls().is_empty());
        app.bring(of("main"), false).await.unwrap();
        assert!(!app.calls().is_empty() && app.due().await.is_empty());
    });
}

#[test]
fn the_pull_requests_of_a_commit_are_judged_again() {
    run(async {
        let app = App::new().await;
        let head = app.branch("change", &[("services/s/catalog-info.yaml", &service("s", "go"))]);
        app.open(1, &head);
        app.open_for(2, &app.branch("other", &[("x", "x")]), "main");
        app.bring(Subject::Commit { repository: REPOSITORY.to_owned(), head }, false).await.unwrap();
        assert_eq!(app.due().await, [(pull(1), true)]);
    });
}

#[test]
fn an_installation_marks_its_repositories() {
    run(async {
        let app = App::new().await;
        app.github.state().app.others.insert("a-team/.github".to_owned(), app.repository.0.clone());
        app.bring(Subject::Installation, false).await.unwrap();
        let mut due: Vec<Subject> = app.due().await.into_iter().map(|(subject, _)| subject).collect();
        due.sort();
        let other = Subject::Repository { repository: "a-team/.github".to_owned() };
        assert_eq!(due, [other, repository()]);
        // Suspended: all is forgotten.
        app.github.state().tokens = Some(std::collections::BTreeSet::new());
        app.github.state().app.refused = Some(403);
        app.bring(Subject::Installation, false).await.unwrap();
    });
}
