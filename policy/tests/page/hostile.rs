//! Pages that nobody honest wrote.

use super::{TODAY, fixtures, growth, load};
use adrule_policy::policy::{self, render};
use proptest::prelude::*;

/// Pages with much of one thing: for 8 right below the limits, or above them.
fn large(eighths: usize) -> Vec<String> {
    let times = |count: usize, line: fn(usize) -> String| (0..count * eighths / 8).map(line).collect::<String>();
    let head = "policy: 1\ndefault: go\n";
    let rules = |count| times(count, |at| format!("- {{id: aaaaaaaa{at}, says: s, requires: {{all: [owner]}}}}\n"));
    let waivers = |count| times(count, |at| format!("- {{rule: aaaaaaab{at}}}\n"));
    let letters = |count: usize| "a".repeat(count * eighths / 8);
    vec![
        times(9_900, |at| format!("languaged{at}: 1\n")),
        format!("{}: 1\n", letters(100_000)),
        format!("{head}waivers:\n{}", waivers(4_900)),
        format!("{head}rules:\n{}", rules(1_600)),
        format!("{head}rules:\n{}waivers:\n{}", rules(800), waivers(2_500)),
        format!("{head}facts:\n{}", times(4_900, |at| format!("  f{at}: {{type: text}}\n"))),
        format!("{head}languages:\n{}", times(9_900, |at| format!("  l{at}: {{}}\n"))),
        format!("{head}languages:\n  rust: {{requires: {{any: [{}]}}}}\n", times(19_000, |_| "owner, ".to_owned())),
        format!("{head}title: {}\n", letters(1_000_000)),
        format!("{head}title: {}\n", letters(2 << 20)),
        times(50_000, |_| "- ".to_owned()),
    ]
}

#[test]
fn a_hostile_page_costs_little() {
    let cost = |text: &String| {
        growth::cost(|| {
            let loaded = load(text);
            let prose = loaded.page.as_ref().map_or(0, |page| render::prose(page, TODAY).len());
            assert!(loaded.findings.len() <= 201);
            assert!(prose < 16 << 20);
        })
    };
    for (part, whole) in large(8 / growth::TIMES).iter().zip(&large(8)) {
        let name: String = whole.chars().take(60).collect();
        growth::assert_linear(&name, cost(part), cost(whole));
    }
}

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
        let _ = policy::diff::words(&policy::built_in(), &page);
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
