//! The examples of docs/manifests.md and of the manual pages about manifests say the truth.

#![allow(clippy::unwrap_used, clippy::panic)]

use adrule_policy::manifest;
use std::sync::Arc;

fn fences<'t>(text: &'t str, info: &str) -> Vec<&'t str> {
    let open = format!("```{info}\n");
    text.split(&open).skip(1).filter_map(|rest| rest.split("\n```").next()).collect()
}

#[test]
fn every_example_of_the_book_is_read_without_a_finding() {
    let book = include_str!("../../docs/manifests.md");
    let examples = fences(book, "yaml");
    assert!(examples.len() >= 11, "{}", examples.len());
    for example in examples {
        let whole = if example.starts_with("metadata:") {
            let head = "apiVersion: backstage.io/v1alpha1\nkind: Component\n";
            format!("{head}{example}\nspec: {{type: service, lifecycle: production, owner: edge}}\n")
        } else {
            example.to_owned()
        };
        let name = if example.contains("runtime:") { "app.yaml" } else { "service.yaml" };
        let path: Arc<str> = name.into();
        let reading = manifest::read(&path, &whole);
        assert_eq!(reading.services.len(), 1, "{example}");
        assert!(reading.problems.is_empty(), "{example}\n{:#?}", reading.problems);
        let service = &reading.services[0];
        let stated = service.facts.iter().any(|fact| fact.counts() && fact.kind.as_ref() == "memory-budget");
        assert!(stated || example.contains("runtime:"), "{example}");
    }
}

#[test]
fn every_example_of_a_rule_s_page_does_what_it_says() {
    for (rule, page) in [
        ("manifest-invalid", include_str!("../src/rule/manifest-invalid.md")),
        ("manifest-unreadable", include_str!("../src/rule/manifest-unreadable.md")),
        ("duplicate-key", include_str!("../src/rule/duplicate-key.md")),
        ("memory-in-millibytes", include_str!("../src/rule/memory-in-millibytes.md")),
    ] {
        assert!(page.starts_with(&format!("# {rule}\n")), "{rule}");
        for (info, fires) in [("fires", true), ("passes", false)] {
            let examples = fences(page, info);
            assert!(!examples.is_empty(), "{rule}: {info}");
            for example in examples {
                let (head, text) = example.split_once('\n').unwrap();
                let path: Arc<str> = head.trim_start_matches("--- ").trim_end_matches(" ---").into();
                assert!(manifest::is_candidate(&path), "{path}");
                let reading = manifest::read(&path, text);
                let found: Vec<&str> = reading.problems.iter().map(|problem| problem.rule.as_ref()).collect();
                if fires {
                    assert_eq!(found, [rule], "{example}");
                } else {
                    assert!(found.is_empty(), "{rule}: {example}\n{found:?}");
                }
            }
        }
    }
}
