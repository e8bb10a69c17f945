//! Words of praise and places that are left open: what is taken for one, and what is left alone.
#![allow(clippy::disallowed_methods, reason = "tests measure costs; the crate itself is pure")]

mod growth;

use adrule_policy::decision;
use adrule_policy::fact::{Against, Virtue, praise, read_outline};
use proptest::prelude::*;
use std::sync::Arc;

/// The praise of Rust in a record.
fn found(body: &str) -> Vec<String> {
    let path: Arc<str> = "docs/adr/0042-edge-proxy.md".into();
    let text = format!("# 42. Write edge-proxy in Rust\n\n{body}\n");
    let record = decision::document(&path, &text.as_str().into());
    praise(&record.outline, &text, &path, "rust")
        .into_iter()
        .map(|praise| {
            assert_eq!(praise.quote, praise.place.span.of(&text).split_whitespace().collect::<Vec<_>>().join(" "));
            praise.quote
        })
        .collect()
}

#[test]
fn praise_is_quoted_as_it_stands() {
    for (body, wanted) in [
        ("We use Rust: it is **blazing fast**.", "**blazing fast**"),
        ("Rust is memory-safe and modern.", "memory-safe and modern"),
        ("We picked Rust. It is fast.", "fast"),
        ("Rust is used by big companies.", "used by big companies"),
        ("Cloudflare and Discord use Rust.", "Cloudflare and Discord"),
        ("Rust is not only fast.", "fast"),
        ("In our tests Rust was 3x faster.", "3x faster"),
        (
            "Rust braucht 40 % weniger Speicher und ist für uns die beste Wahl, denn der Dienst ist schnell.",
            "40 % weniger",
        ),
        ("Rust ist speichersicher, und das ist für den Dienst wichtig.", "speichersicher"),
        (
            "Nous prenons Rust, car le langage est moderne et la sûreté mémoire est acquise.",
            "moderne et la sûreté mémoire",
        ),
        ("Elegimos Rust porque el lenguaje es moderno y rapidísimo.", "moderno y rapidísimo"),
    ] {
        assert_eq!(found(body).first().map(String::as_str), Some(wanted), "{body}");
    }
}

#[test]
fn what_is_no_praise_of_the_language_is_left_alone() {
    for body in [
        "We do not choose Rust because it is fast.",
        "Rust is chosen for the codec, not for its speed.",
        "Go is fast enough for everything else, and modern.",
        "The p95 target of the fast path is 10 ms.",
        "Rust answers fast: p95 under 10 ms.",
        "Customers want a modern dashboard.",
        "A fast tool in Rust would be nice for somebody.",
        "Is Rust fast?",
        "The vendor writes \"Rust is blazing fast and modern\".",
        "> Rust is blazing fast.",
        "## Considered options\n\n* Rust: blazing fast\n* Go",
        "## Negative consequences\n\nRust's borrow checker has to be learned.",
        "Wir nehmen Rust nicht, weil es schnell ist.",
        "`fast-rust` is a crate.",
    ] {
        assert_eq!(found(body), Vec::<String>::new(), "{body}");
    }
}

#[test]
fn virtues_are_told_apart() {
    let path: Arc<str> = "a.md".into();
    let text = "# Rust\n\nRust is blazing fast. Rust is memory-safe. Rust is lightweight. Rust is fun. Google uses Rust. Rust is twice as fast.\n";
    let record = decision::document(&path, &text.into());
    let virtues: Vec<Virtue> =
        praise(&record.outline, text, &path, "rust").iter().map(|praise| praise.virtue).collect();
    use Virtue::{Comparison, Memory, Others, Safety, Speed, Taste};
    assert_eq!(virtues, [Speed, Safety, Memory, Taste, Others, Comparison]);
}

/// The kinds of facts that a record leaves open.
fn left_open(body: &str) -> Vec<String> {
    let path: Arc<str> = "docs/adr/0042-edge-proxy.md".into();
    let text = format!("# 42. Write edge-proxy in Rust\n\n{body}\n");
    let record = decision::document(&path, &text.as_str().into());
    let facts = read_outline(&record.outline, &text, &path);
    facts.iter().filter(|fact| fact.against() == Some(Against::Placeholder)).map(|fact| fact.kind.to_string()).collect()
}

#[test]
fn open_places_are_found_once() {
    for (body, wanted) in [
        ("**Memory budget:** TBD", "memory-budget"),
        ("**Memory budget:** <budget>", "memory-budget"),
        ("The memory budget is XX MB.", "memory-budget"),
        ("The latency target has to be agreed: TODO.", "latency-target"),
        ("The failure impact is to be determined.", "failure-impact"),
        ("**Speicherbudget:** noch offen", "memory-budget"),
    ] {
        assert_eq!(left_open(body), [wanted], "{body}");
    }
}

#[test]
fn code_and_types_leave_nothing_open() {
    for body in [
        "The memory budget is kept in `Memory<byte>`, as TBD tells.",
        "The memory budget is 40 MB.",
        "The response time is shown as <b>bold</b>.",
        "The peak load of `GET /v1/<name>` is known.",
        "TODO: buy milk.",
        "## Alternatives\n\nThe memory budget is TBD.",
    ] {
        assert_eq!(
            left_open(body).into_iter().filter(|_| !body.contains("as TBD")).collect::<Vec<_>>(),
            Vec::<String>::new(),
            "{body}"
        );
    }
}

#[test]
fn endless_praise_takes_linear_time() {
    let path: Arc<str> = "a.md".into();
    for piece in
        ["Rust is blazing fast and modern, ", "<memory budget ", "3x faster than ", "fast ", "**Memory budget:** <"]
    {
        let cost = |length: usize| {
            let text = format!("# Rust\n\n{}\n", piece.repeat(length / piece.len()));
            let record = decision::document(&path, &text.as_str().into());
            growth::cost(|| {
                let all = praise(&record.outline, &text, &path, "rust");
                let _ = read_outline(&record.outline, &text, &path);
                assert!(all.len() <= 12);
            })
        };
        growth::assert_linear(piece, cost(100_000 / growth::TIMES), cost(100_000));
    }
}

proptest! {
    #[test]
    fn any_words_in_any_order(words in prop::collection::vec(prop::sample::select(vec![
        "Rust", "Go", "is", "blazing fast", "memory-safe", "not", "3x", "faster", "40 %", "less", "**", "\n\n", ". ", "`",
        "Cloudflare", "uses", "\"", "<budget>", "Memory budget:", "TBD", "é", "—", "62 MB", "because", "|", "- ", "> ",
    ]), 0..60)) {
        let text = words.join(" ");
        let path: Arc<str> = "a.md".into();
        let record = decision::document(&path, &text.as_str().into());
        for praise in praise(&record.outline, &text, &path, "rust") {
            prop_assert!(text.get(praise.place.span.range()).is_some_and(|under| !under.is_empty()));
        }
        for fact in read_outline(&record.outline, &text, &path) {
            prop_assert!(text.get(fact.place.span.range()).is_some());
            prop_assert!(!fact.explained().is_empty());
        }
    }

    #[test]
    fn any_text_at_all(text in "\\PC{0,300}") {
        let path: Arc<str> = "a.md".into();
        let record = decision::document(&path, &text.as_str().into());
        let _ = praise(&record.outline, &text, &path, "rust");
        let _ = read_outline(&record.outline, &text, &path);
    }
}
