//! Trees, blobs and what is kept of them.

use super::fake::{REPOSITORY, Wrong};
use super::support::{Repository, run, setup};
use crate::github::{Cache, Client, Listing, Question};
use std::collections::BTreeMap;
use std::sync::Arc;

fn names(listing: &Listing) -> Vec<&str> {
    listing.entries.iter().map(|entry| entry.path.as_str()).collect()
}

async fn text(client: &Client, listing: &Listing, path: &str) -> String {
    let entry = listing.get(path).unwrap();
    let wanted = BTreeMap::from([(entry.id.clone(), entry.size)]);
    let found = client.blobs(REPOSITORY, &wanted).await.unwrap();
    String::from_utf8_lossy(&found[&entry.id]).into_owned()
}

fn ids(listing: &Listing) -> BTreeMap<String, u64> {
    listing.entries.iter().map(|entry| (entry.id.clone(), entry.size)).collect()
}

#[test]
fn a_tree_is_one_call_and_later_none() {
    run(async {
        let setup = setup();
        let head = setup.repository.commit(&[("a/b/c", "1"), ("a-b", "2"), ("a.md", "3"), ("z", "4")]);
        let tree = setup.client.tree(REPOSITORY, &head).await.unwrap();
        assert_eq!(names(&tree), ["a-b", "a.md", "a/b/c", "z"]);
        assert_eq!(names(&tree.below("a")), ["b/c"]);
        setup.client.tree(REPOSITORY, &head).await.unwrap();
        let id = setup.repository.git(&["rev-parse", "HEAD^{tree}"]);
        setup.client.tree(REPOSITORY, &id).await.unwrap();
        assert_eq!(setup.fake.asked().len(), 1);
    });
}

#[test]
fn a_tree_that_is_cut_is_read_by_its_folders() {
    run(async {
        let setup = setup();
        let files: Vec<String> = (0..60).map(|number| format!("f{}/g{}/{number}", number % 3, number % 4)).collect();
        let written: Vec<(&str, &str)> = files.iter().map(|file| (file.as_str(), "x")).collect();
        let head = setup.repository.commit(&written);
        setup.fake.state().cut_at = 10;
        let mut sorted: Vec<&str> = files.iter().map(String::as_str).collect();
        sorted.sort_unstable();
        assert_eq!(names(&setup.client.tree(REPOSITORY, &head).await.unwrap()), sorted);
        // The next tree shares all folders but those of the change.
        let before = setup.fake.asked().len();
        let next = setup.repository.commit(&[("f0/g0/new", "y")]);
        assert_eq!(setup.client.tree(REPOSITORY, &next).await.unwrap().entries.len(), 61);
        assert!(setup.fake.asked().len() - before <= 5, "{:?}", &setup.fake.asked()[before..]);
    });
}

#[cfg(unix)]
#[test]
fn links_are_not_files() {
    run(async {
        let setup = setup();
        std::os::unix::fs::symlink("/etc/passwd", setup.repository.0.join("link.md")).unwrap();
        let head = setup.repository.commit(&[("a.md", "1")]);
        assert_eq!(names(&setup.client.tree(REPOSITORY, &head).await.unwrap()), ["a.md"]);
    });
}

#[test]
fn many_blobs_are_one_question() {
    run(async {
        let setup = setup();
        let files: Vec<(String, String)> = (0..150).map(|n| (format!("{n}.md"), format!("text {n}\r\n“ü”"))).collect();
        let written: Vec<(&str, &str)> = files.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        let head = setup.repository.commit(&written);
        let tree = setup.client.tree(REPOSITORY, &head).await.unwrap();
        let found = setup.client.blobs(REPOSITORY, &ids(&tree)).await.unwrap();
        assert_eq!((found.len(), setup.fake.asked().len()), (150, 2));
        setup.client.blobs(REPOSITORY, &ids(&tree)).await.unwrap();
        assert_eq!(setup.fake.asked().len(), 2);
        assert_eq!(text(&setup.client, &tree, "7.md").await, "text 7\r\n“ü”");
    });
}

#[test]
fn what_graphql_does_not_give_comes_one_by_one() {
    run(async {
        let setup = setup();
        std::fs::write(setup.repository.0.join("latin.md"), b"caf\xe9").unwrap();
        let head = setup.repository.commit(&[("a.md", "1"), ("b.md", "2")]);
        let tree = setup.client.tree(REPOSITORY, &head).await.unwrap();
        let found = setup.client.blobs(REPOSITORY, &ids(&tree)).await.unwrap();
        assert_eq!(&*found[&tree.get("latin.md").unwrap().id], b"caf\xe9");
        assert_eq!(setup.fake.count("GET", "/git/blobs/"), 1);
    });
}

#[test]
fn without_graphql_all_come_one_by_one() {
    run(async {
        let setup = setup();
        setup.fake.state().has_graphql = false;
        let head = setup.repository.commit(&[("a.md", "1"), ("b.md", "2")]);
        let tree = setup.client.tree(REPOSITORY, &head).await.unwrap();
        assert_eq!(setup.client.blobs(REPOSITORY, &ids(&tree)).await.unwrap().len(), 2);
        assert_eq!(setup.fake.count("GET", "/git/blobs/"), 2);
    });
}

#[test]
fn content_that_is_not_that_of_its_id_is_refused() {
    run(async {
        let setup = setup();
        let head = setup.repository.commit(&[("a.md", "1")]);
        let tree = setup.client.tree(REPOSITORY, &head).await.unwrap();
        setup.fake.once("GET", "/git/blobs/", Wrong::Instead(200, Vec::new(), "another"));
        let error = setup.client.blobs(REPOSITORY, &ids(&tree)).await.unwrap_err().to_string();
        assert!(error.ends_with("(the content is not that of its id)"), "{error}");
    });
}

#[test]
fn a_cache_on_disk_outlives_the_client_and_is_not_believed_blindly() {
    run(async {
        let setup = setup();
        let folder = Repository::new();
        let client = || {
            let place = crate::github::Place::new(Some(&setup.fake.url), None).unwrap();
            Client::new(place, crate::github::Auth::Nobody, Arc::new(Cache::in_folder(&folder.0))).unwrap()
        };
        let head = setup.repository.commit(&[("a.md", "1"), ("b b.md", "2")]);
        let tree = client().tree(REPOSITORY, &head).await.unwrap();
        client().blobs(REPOSITORY, &ids(&tree)).await.unwrap();
        let asked = setup.fake.asked().len();
        assert_eq!(client().tree(REPOSITORY, &head).await.unwrap(), tree);
        assert_eq!(client().blobs(REPOSITORY, &ids(&tree)).await.unwrap().len(), 2);
        assert_eq!(setup.fake.asked().len(), asked);
        // Somebody wrote to it, or the disk was full.
        let id = &tree.get("a.md").unwrap().id;
        std::fs::write(folder.0.join("blob").join(&id[..2]).join(&id[2..]), "forged").unwrap();
        assert_eq!(text(&client(), &tree, "a.md").await, "1");
        let (_, rest) = head.split_at(2);
        let file = folder.0.join("tree").join(&head[..2]).join(rest);
        let bytes = std::fs::read(&file).unwrap();
        std::fs::write(&file, &bytes[..bytes.len() - 12]).unwrap();
        assert_eq!(client().tree(REPOSITORY, &head).await.unwrap(), tree);
    });
}

#[test]
fn the_first_look_brings_all_along() {
    run(async {
        for graphql in [true, false] {
            let setup = setup();
            setup.fake.state().has_graphql = graphql;
            setup.repository.commit(&[("adrule.yaml", "policy: 1\n"), (".github/x", "1")]);
            let base = setup.repository.git(&["rev-parse", "HEAD"]);
            let head = setup.repository.commit(&[("adrule.yaml", "policy: 1\n# new\n")]);
            setup.fake.comment(3, "somebody", "hello");
            let question = Question {
                repository: REPOSITORY,
                head: &head,
                base: None,
                pull: Some(3),
                files: &["adrule.yaml", "no"],
                blobs: &[],
            };
            let seen = setup.client.glance(question).await.unwrap();
            assert_eq!((seen.head.id.as_str(), seen.base.unwrap().id.as_str()), (head.as_str(), base.as_str()));
            assert_eq!(seen.discussion.unwrap().comments.len(), 1);
            if graphql {
                assert_eq!(setup.fake.asked().len(), 1);
                let tree = setup.client.tree(REPOSITORY, &seen.head.tree).await.unwrap();
                text(&setup.client, &tree, "adrule.yaml").await;
                assert_eq!(setup.fake.asked().len(), 2);
            }
        }
    });
}

#[test]
fn content_that_is_guessed_comes_with_the_first_look() {
    run(async {
        let setup = setup();
        std::fs::write(setup.repository.0.join("latin.md"), b"caf\xe9").unwrap();
        let head = setup.repository.commit(&[("a.md", "1"), ("b.md", "2")]);
        let tree = setup.client.tree(REPOSITORY, &head).await.unwrap();
        let all: Vec<&str> = tree.entries.iter().map(|entry| entry.id.as_str()).collect();
        let ids = [&["no id"], all.as_slice()].concat();
        let question = Question { repository: REPOSITORY, head: &head, blobs: &ids, ..Question::default() };
        setup.client.glance(question).await.unwrap();
        assert_eq!(
            (text(&setup.client, &tree, "a.md").await, text(&setup.client, &tree, "b.md").await),
            ("1".into(), "2".into())
        );
        assert_eq!(setup.fake.asked().len(), 2);
        // What is not text comes by itself, as ever.
        text(&setup.client, &tree, "latin.md").await;
        assert_eq!(setup.fake.asked().len(), 3);
    });
}
