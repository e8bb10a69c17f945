use super::super::lies_in;
use super::*;
use proptest::prelude::*;

#[test]
fn names_right_in_a_folder() {
    let paths: Paths = ["a/x", "a/b/c", "a/b/d/e", "a.b", "a0", "a/y", "b", "a/b.md"].into_iter().collect();
    assert_eq!(paths.names_in(""), ["a.b", "a0", "b"]);
    assert_eq!(paths.names_in("a"), ["b.md", "x", "y"]);
    assert_eq!(paths.names_in("a/b"), ["c"]);
    assert!(paths.contains("a/b/d/e") && !paths.contains("a/b"));
    assert!(paths.has_folder("a/b/d") && !paths.has_folder("a/c"));
    assert_eq!(paths.below("a/b").collect::<Vec<_>>(), ["a/b/c", "a/b/d/e"]);
}

#[test]
fn a_part_of_a_repository_has_nothing_at_its_root() {
    let is_part = |paths: &[&'static str]| paths.iter().copied().collect::<Paths>().is_part();
    assert!(is_part(&["docs/adr/1.md", ".gitignore", "adrule.yaml"]) && is_part(&[]));
    assert!(!is_part(&["docs/adr/1.md", "README.md"]));
}

#[test]
fn names_are_changed_as_if_they_were_made_anew() {
    let all = ["a", "a/b", "b", "c/d", "c/e", "f"];
    let make = |names: &[&'static str]| names.iter().copied().collect::<Paths>();
    let text = |names: &[&str]| {
        let ends = names.iter().scan(0, |end, name| {
            *end += name.len() as u32;
            Some(*end)
        });
        Paths::from_text(names.concat(), ends.collect())
    };
    assert_eq!(text(&all).iter().collect::<Vec<_>>(), all);
    assert_eq!(text(&["b", "a", "b", "c"]).iter().collect::<Vec<_>>(), ["a", "b", "c"]);
    assert_eq!(Paths::from_text("é".to_owned(), vec![1]).len(), 0);
    for gone in 0..1 << all.len() {
        let (mut gone, stay): (Vec<(usize, &str)>, Vec<_>) =
            all.into_iter().enumerate().partition(|(at, _)| gone & (1 << at) != 0);
        gone.push((all.len(), "zzz"));
        for new in [&[][..], &["0"], &["a", "a/a", "a/c"], &["c", "c/f", "g", "h"]] {
            let all_names = make(&all);
            let changed = all_names.changed(gone.iter().map(|(_, name)| *name), new.iter().copied());
            let changed = changed.unwrap_or(all_names);
            let known = |name: &&&str| all.contains(*name);
            let added = new.iter().filter(|name| !known(name)).copied();
            let expected: Paths = stay.iter().map(|(_, name)| *name).chain(added).collect();
            assert_eq!(changed.iter().collect::<Vec<_>>(), expected.iter().collect::<Vec<_>>());
        }
    }
}

#[test]
fn many_pieces_are_made_one() {
    let even: Vec<String> = (0..200).map(|number| format!("{:03}", 2 * number)).collect();
    let odd: Vec<String> = (0..200).map(|number| format!("{:03}", 2 * number + 1)).collect();
    let paths: Paths = even.iter().map(String::as_str).collect();
    let few = paths.changed(std::iter::empty(), odd[..5].iter().map(String::as_str)).unwrap();
    assert_eq!((few.pieces.len(), few.len()), (11, 205));
    let all = few.changed(std::iter::empty(), odd.iter().map(String::as_str)).unwrap();
    assert_eq!((all.pieces.len(), all.len()), (1, 400));
    assert!(all.iter().is_sorted() && odd.iter().chain(&even).all(|name| all.contains(name)));
}

proptest! {
    /// Whatever pieces they are made of, names answer as a plain list of them does.
    #[test]
    fn pieces_answer_as_one_list(
        all in proptest::collection::btree_set("[ab]{1,2}(/[ab.0]{1,2}){0,3}", 0..12),
        edits in proptest::collection::vec(proptest::collection::btree_set("[ab]{1,2}(/[ab.0]{1,2}){0,3}", 0..5), 0..6),
    ) {
        let mut plain = all;
        let mut paths: Paths = plain.iter().map(String::as_str).collect();
        for (at, edit) in edits.iter().enumerate() {
            // In turns, some are taken away and some are added.
            let names = || edit.iter().map(String::as_str);
            let none = std::iter::empty;
            let changed = if at % 2 == 0 { paths.changed(none(), names()) } else { paths.changed(names(), none()) };
            for name in edit {
                let _ = if at % 2 == 0 { plain.insert(name.clone()) } else { plain.remove(name) };
            }
            paths = changed.unwrap_or(paths);
        }
        let plain: Vec<&str> = plain.iter().map(String::as_str).collect();
        prop_assert_eq!(paths.iter().collect::<Vec<_>>(), plain.clone());
        prop_assert_eq!((paths.len(), paths.is_empty()), (plain.len(), plain.is_empty()));
        for at in 0..plain.len() + 2 {
            prop_assert_eq!(paths.get(at), plain.get(at).copied());
        }
        for name in edits.iter().flatten().map(String::as_str).chain(plain.iter().copied()) {
            prop_assert_eq!(paths.contains(name), plain.contains(&name));
            let folder = super::super::folder(name);
            let below: Vec<&str> = plain.iter().copied().filter(|path| lies_in(path, folder)).collect();
            prop_assert_eq!(paths.below(folder).collect::<Vec<_>>(), below.clone());
            let skip = if folder.is_empty() { 0 } else { folder.len() + 1 };
            let mut inside: Vec<Inside<'_>> = Vec::new();
            for path in below {
                let found = path[skip..].find('/').map_or(Inside::File(path), |at| Inside::Folder(&path[..skip + at]));
                if !inside.contains(&found) {
                    inside.push(found);
                }
            }
            prop_assert_eq!(paths.inside(folder).collect::<Vec<_>>(), inside);
        }
    }
}

#[test]
fn sorted_names_are_kept_each_once() {
    let paths = Paths::from_sorted(["", "a", "a", "c", "b", "d"].into_iter());
    assert_eq!(paths.iter().collect::<Vec<_>>(), ["", "a", "c", "d"]);
}
