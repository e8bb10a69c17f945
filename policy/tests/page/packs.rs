//! Pages that ship with adrule, and pages that build on them.

use super::{TODAY, page, told};
use adrule_policy::{policy, rule};
use std::sync::Arc;

#[test]
fn packs_have_nothing_wrong_and_are_what_they_say() {
    for (name, text) in policy::PACKS {
        let loaded = policy::load(&Arc::from(*name), text, TODAY, &rule::ids());
        assert!(loaded.page.is_some() && loaded.findings.is_empty(), "{name}\n{}", told(&loaded, text));
    }
    let seed = page(include_str!("../fixtures/page/good/seed.yaml"));
    let mut built_in = policy::built_in();
    assert_eq!(
        policy::diff::words(&page(include_str!("../fixtures/page/good/short.yaml")), &built_in),
        Vec::<String>::new()
    );
    built_in.title = None;
    built_in.languages[0].says = None;
    assert_eq!(policy::diff::words(&seed, &built_in), Vec::<String>::new());
}

#[test]
fn what_the_page_says_wins_over_the_pack() {
    let own = page("policy: 1\nextends: adrule:default\nlanguages:\n  rust: { severity: warning }\n  zig: {}\n");
    let rust = own.language("rust").unwrap();
    assert_eq!(rust.requires.any.len(), 3);
    assert!(rust.says.is_some() && rust.severity.is_some() && own.language("zig").is_some());
    assert_eq!(rust.requires.any[0].place.path.as_ref(), policy::DEFAULT_PACK);
    let own = page("policy: 1\nextends: adrule:default\nlanguages:\n  rust: { requires: { any: [threat-model] } }\n");
    let rust = own.language("rust").unwrap();
    assert!(rust.requires.any.len() == 1 && rust.says.is_none(), "the pack's sentence is about its own requirements");
    let own = page("policy: 1\nextends: adrule:default\ndefault: rust\n");
    assert!(own.language("rust").is_none() && !own.is_default("go"));
}
