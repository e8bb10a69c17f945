//! Pages that nobody honest wrote.

use super::{TODAY, fixtures, load};
use adrule_policy::policy::{self, render};
use proptest::prelude::*;

#[test]
fn a_hostile_page_costs_little() {
    let many_keys: String = (0..20_000).map(|at| format!("key{at}: 1\n")).collect();
    let long_key = format!("{}: 1\n", "a".repeat(100_000));
    let many_waivers = format!("policy: 1\ndefault: go\nwaivers:\n{}", "- {rule: x}\n".repeat(8_000));
    let many_rules: String =
        (0..4_000).map(|at| format!("- {{id: a{at}, says: s, requires: {{all: [owner]}}}}\n")).collect();
    let many_rules = format!("policy: 1\ndefault: go\nrules:\n{many_rules}");
    let facts = |at: usize| format!("  f{at}: {{type: text}}\n");
    let many_facts = format!("policy: 1\ndefault: go\nfacts:\n{}", (0..8_000).map(facts).collect::<String>());
    let languages: String = (0..8_000).map(|at| format!("  l{at}: {{}}\n")).collect();
    let many_languages = format!("policy: 1\ndefault: go\nlanguages:\n{languages}");
    let too_large = format!("policy: 1\ndefault: go\ntitle: {}\n", "a".repeat(2 << 20));
    for text in [many_keys, long_key, many_waivers, many_rules, many_facts, many_languages, too_large] {
        let start = std::time::Instant::now();
        let loaded = load(&text);
        assert!(loaded.findings.len() <= 201);
        let took = start.elapsed();
        println!("{:>8} bytes {:>5} findings {took:?} {:?}", text.len(), loaded.findings.len(), text.get(..30));
        assert!(took.as_secs() < 10, "{:?}", text.get(..60));
    }
}

use proptest::prelude::*;

fn sound(text: &str) -> Result<(), TestCaseError> {
    let loaded = load(text);
    for finding in &loaded.findings {
        prop_assert!(!finding.message.is_empty() && !finding.places.is_empty());
        for place in &finding.places {
            prop_assert!(text.get(place.place.span.range()).is_some(), "{finding:?}");
        }
    }
    if let Some(page) = loaded.page {
        let prose = render::prose(&page, TODAY);
        prop_assert_eq!(&prose, &render::prose(&load(text).page.unwrap(), TODAY));
        prop_assert!(policy::diff::words(&page, &page).is_empty());
        policy::diff::words(&policy::built_in(), &page);
    }
    Ok(())
}

fn pages() -> Vec<String> {
    fixtures("good").into_iter().chain(fixtures("bad")).map(|(_, text)| text).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_text_never_panics(text in any::<String>()) {
        sound(&text)?;
    }

    #[test]
    fn words_of_a_page_in_any_order_never_panic(words in prop::collection::vec(prop::sample::select(vec![
        "policy: 1\n", "default: ", "go\n", "languages:\n", "  rust:\n", "    requires: ", "{ any: [", "] }\n",
        "memory-budget", "{ at-most: ", "10 ms", " }", "rules:\n", "- id: x\n", "  when: ", "waivers:\n", "- rule: x\n",
        "  expires: 2026-01-01\n", "\n", "  ", ": ", "ä🦀", "facts:\n", "  a: { type: rank, order: [x, y] }\n",
        "tests:\n", "- given: { a: x }\n", "  expect: []\n", "extends: [adrule:default]\n",
    ]), 0..40)) {
        sound(&words.concat())?;
    }

    #[test]
    fn mutated_pages_never_panic(
        pick in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(),
        cut in 0usize..12, put in "[\\PC\n]{0,8}",
    ) {
        let pages = pages();
        let text = pick.get(&pages);
        let chars: Vec<char> = text.chars().collect();
        let at = at.index(chars.len() + 1);
        let kept = chars.iter().skip(at + cut);
        sound(&chars[..at].iter().copied().chain(put.chars()).chain(kept.copied()).collect::<String>())?;
    }

    #[test]
    fn lines_of_pages_shuffled_never_panic(
        picks in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 1..20),
    ) {
        let pages = pages();
        let mut text = String::new();
        for (page, line) in &picks {
            let lines: Vec<&str> = page.get(&pages).lines().collect();
            text.push_str(line.get::<&str>(&lines));
            text.push('\n');
        }
        sound(&text)?;
    }
}
