//! One comment, whatever goes wrong.

use super::fake::{REPOSITORY, Wrong};
use super::support::{Setup, run, setup};
use crate::github::{Done, Error, Wanted, upsert};
use std::time::Duration;

const MARKER: &str = "<!-- adrule -->";
const ME: &str = "github-actions[bot]";

fn is_same(a: &str, b: &str) -> bool {
    a.replace("\r\n", "\n").trim_end() == b.trim_end()
}

async fn bring(setup: &Setup, body: Option<&str>) -> Result<Done, Error> {
    let head = setup.repository.commit(&[("a", "a")]);
    let question = crate::github::Question { repository: REPOSITORY, head: &head, pull: Some(1), ..Default::default() };
    let seen = setup.client.glance(question).await?.discussion.unwrap();
    let has_marker = |body: &str| body.starts_with(MARKER);
    let wanted = Wanted { repository: REPOSITORY, pull: 1, has_marker: &has_marker, body, is_same };
    upsert(&setup.client, wanted, &seen).await
}

fn said(words: &str) -> String {
    format!("{MARKER}\n{words}")
}

#[test]
fn written_changed_and_left_alone() {
    run(async {
        let setup = setup();
        assert_eq!(bring(&setup, None).await.unwrap(), Done::Nothing);
        assert_eq!(bring(&setup, Some(&said("one"))).await.unwrap(), Done::Created);
        assert_eq!(bring(&setup, Some(&said("one"))).await.unwrap(), Done::Unchanged);
        assert_eq!(bring(&setup, Some(&said("two"))).await.unwrap(), Done::Updated);
        assert_eq!(setup.fake.comments(1), [said("two")]);
        // What GitHub makes of line ends is no change.
        setup.fake.state().comments[0].body = "<!-- adrule -->\r\ntwo\r\n".to_owned();
        assert_eq!(bring(&setup, Some(&said("two"))).await.unwrap(), Done::Unchanged);
        let writes = setup.fake.state().asked.iter().filter(|asked| asked.is_write()).count();
        assert_eq!(writes, 2);
    });
}

#[test]
fn another_s_marker_is_not_ours() {
    run(async {
        let setup = setup();
        setup.fake.comment(1, "somebody", &said("forged"));
        setup.fake.comment(1, ME, "no marker");
        assert_eq!(bring(&setup, Some(&said("true"))).await.unwrap(), Done::Created);
        assert_eq!(setup.fake.comments(1), [said("forged"), "no marker".to_owned(), said("true")]);
    });
}

#[test]
fn of_several_the_oldest_is_kept() {
    run(async {
        for graphql in [true, false] {
            let setup = setup();
            setup.fake.state().has_graphql = graphql;
            setup.fake.comment(1, ME, &said("first"));
            setup.fake.comment(1, ME, &said("second"));
            setup.fake.comment(1, ME, &said("third"));
            assert_eq!(bring(&setup, Some(&said("now"))).await.unwrap(), Done::Updated);
            assert_eq!(setup.fake.comments(1), [said("now")]);
        }
    });
}

#[test]
fn one_that_was_written_all_the_same_is_found() {
    run(async {
        for wrong in [Wrong::After(502), Wrong::Cut, Wrong::Instead(502, Vec::new(), "")] {
            let setup = setup();
            setup.fake.once("POST", "/comments", wrong);
            assert_eq!(bring(&setup, Some(&said("one"))).await.unwrap(), Done::Created);
            assert_eq!(setup.fake.comments(1), [said("one")]);
        }
    });
}

#[test]
fn a_time_out_after_the_write_makes_no_second_one() {
    run(async {
        let mut setup = setup();
        setup.client = setup.client.with_time_out(Duration::from_millis(300)).unwrap();
        setup.fake.once("POST", "/comments", Wrong::Silence(Duration::from_secs(2)));
        assert_eq!(bring(&setup, Some(&said("one"))).await.unwrap(), Done::Created);
        assert_eq!(setup.fake.comments(1).len(), 1);
    });
}

#[test]
fn one_that_cannot_be_written_is_given_up() {
    run(async {
        let setup = setup();
        setup.fake.times(9, "POST", "/comments", Wrong::Instead(502, Vec::new(), ""));
        assert!(bring(&setup, Some(&said("one"))).await.unwrap_err().is_unclear());
        assert_eq!(setup.fake.count("POST", "/comments"), 3);
    });
}

#[test]
fn who_hid_or_deleted_it_had_a_reason() {
    run(async {
        let setup = setup();
        let id = setup.fake.comment(1, ME, &said("one"));
        setup.fake.state().comments[0].is_minimized = true;
        assert_eq!(bring(&setup, Some(&said("two"))).await.unwrap(), Done::Hidden);
        assert_eq!(setup.fake.comments(1), [said("two")]);

        setup.fake.state().comments.retain(|comment| comment.id != id);
        setup.fake.state().deleted.push(("somebody".to_owned(), ME.to_owned()));
        assert_eq!(bring(&setup, Some(&said("three"))).await.unwrap(), Done::Deleted);
        assert!(setup.fake.comments(1).is_empty());

        // Duplicates that we deleted ourselves, and others' comments, are no reason.
        setup.fake.state().deleted = vec![(ME.to_owned(), ME.to_owned()), ("somebody".to_owned(), "x".to_owned())];
        assert_eq!(bring(&setup, Some(&said("four"))).await.unwrap(), Done::Created);
    });
}

#[test]
fn found_on_any_page() {
    run(async {
        let setup = setup();
        for number in 0..150 {
            setup.fake.comment(1, "somebody", &number.to_string());
        }
        setup.fake.comment(1, ME, &said("old"));
        assert_eq!(bring(&setup, Some(&said("new"))).await.unwrap(), Done::Updated);
        assert_eq!(setup.fake.comments(1).last().unwrap(), &said("new"));
    });
}
