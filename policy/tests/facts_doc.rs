//! The examples of `docs/facts.md` are what the page says they are.

use adrule_policy::fact::{Standing, read_outline};
use adrule_policy::text::markdown;

fn examples(heading: &str) -> Vec<&'static str> {
    let page = include_str!("../../docs/facts.md");
    let section = page.split("\n## ").find(|section| section.starts_with(heading)).unwrap_or_default();
    section.lines().filter_map(|line| line.strip_prefix("- “")?.split_once('”')).map(|(words, _)| words).collect()
}

fn standings(words: &str) -> Vec<Standing> {
    let text = format!("# 7. The service\n\n{words}\n");
    read_outline(&markdown::read(&text.as_str().into()), &text, &"0007-service.md".into())
        .iter()
        .map(|fact| fact.standing)
        .collect()
}

#[test]
fn what_counts_is_stated() {
    let examples = examples("What counts");
    assert!(examples.len() >= 8);
    for words in examples {
        assert_eq!(standings(words), [Standing::Stated], "{words}");
    }
}

#[test]
fn what_does_not_count_is_unclear() {
    let examples = examples("What does not");
    assert!(examples.len() >= 10);
    for words in examples {
        assert_eq!(standings(words), [Standing::Unclear], "{words}");
    }
}
