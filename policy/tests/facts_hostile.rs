//! Hostile documents: nothing panics, every place fits its text, and time grows with the length and no faster.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test reads fixtures, measures, prints and stops at what is wrong"
)]

mod growth;

use adrule_policy::fact::{Extra, read_outline_with};
use adrule_policy::text::markdown;
use proptest::prelude::*;
use std::sync::Arc;

fn read(text: &str) -> usize {
    let path: Arc<str> = Arc::from("docs/adr/0001-x.md");
    let extra = Extra { services: ["edge-proxy", "x"].into_iter().collect(), ..Extra::default() };
    let facts = read_outline_with(&markdown::read(&text.into()), text, &path, &extra);
    for fact in &facts {
        let found = text.get(fact.place.span.range());
        assert!(
            found.is_some_and(|found| found.starts_with(fact.quote.as_str())),
            "{fact:?}, but there stands {found:?}"
        );
    }
    facts.len()
}

/// What is repeated without end makes one paragraph, one sentence or one table of it.
#[test]
fn endless_prose_takes_linear_time() {
    let pieces = [
        "p95 10 ms ",
        "must not exceed 10 MB and ",
        "memory limit 10 MB, ",
        "`a` 10 ms `b` 20 MB ",
        "If not 10 ms? ",
        "between 10 and 20 and 30 and ",
        "\"quoted 10 ms ",
        "((10 MB ",
        "- 10 ms: p99 | 3 MB\n",
        "| p95 | 10 ms | must |\n",
        "| a | b |\n|---|---|\n| p95 | 10 ms |\n\n",
        "two hundred and ",
        "the old limit was withdrawn. It is 10 MB. ",
        "failure impact is very high and critical ",
        "# Limits\n\n10 ms\n\n",
        "99.9 % of 99.9 % of ",
        "1.500,5 1,500.5 1 500 ",
        "内存上限：256 MB ",
        "the profile service aims at 10 ms, the ad server at 20 ms. ",
        "edge-proxy must answer within 10 ms. ",
        "limits:\nmemory 10 MB\n",
        "**RAM** 10 MB (the host has 20 GB). ",
        "~~10 MB~~ or the 20 MB, six of which ",
    ];
    for piece in pieces {
        let time = |length: usize| {
            let text = piece.repeat(length / piece.len());
            growth::cost(|| {
                read(&text);
            })
        };
        growth::assert_linear(piece, time(40_000 / growth::TIMES), time(40_000));
    }
}

/// The texts of the labelled cases and sentences: what people write, in one long text.
fn written() -> String {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.file_name().is_some_and(|name| name.to_string_lossy().starts_with("claims-")));
    files.sort();
    let text = |line: &str| match serde_json::from_str::<serde_json::Value>(line) {
        Ok(case) => case["text"].as_str().unwrap_or_default().to_owned(),
        Err(_) => line.replace('\t', " "),
    };
    let all = files.iter().map(|file| std::fs::read_to_string(file).unwrap());
    all.map(|lines| lines.lines().map(text).collect::<Vec<_>>().join("\n\n")).collect()
}

thread_local! {
    static WRITTEN: String = written();
}

proptest! {
    #[test]
    fn any_text(text in "\\PC{0,300}") {
        read(&text);
    }

    #[test]
    fn words_of_claims_in_any_order(words in proptest::collection::vec(prop_oneof![
        Just("must"), Just("not"), Just("exceed"), Just("180 MB"), Just("p95"), Just("<"), Just("10 ms"), Just("\n- "), Just("\n\n# Limits\n\n"),
        Just("was"), Just("| "), Just("\n"), Just("|---|---|\n"), Just("**Memory:**"), Just("failure impact"), Just("very high"), Just("."), Just("?"),
        Just("("), Just(")"), Just("\""), Just("which"), Just("99 % of"), Just("requests"), Just("per second"), Just("two"), Just("instances"),
        Just("`x`"), Just("—"), Just(":"), Just("é"), Just("ß"), Just("延迟"), Just("1.500"), Just("> "), Just("ms"), Just("of which"), Just("**"), Just("~~"), Just("edge-proxy"), Just("the ad server"), Just("three quarters of a"), Just("gigabyte"),
    ], 0..40)) {
        read(&words.join(" "));
        read(&words.concat());
    }

    /// Where a text is cut, a rule that looks ahead finds nothing any more.
    #[test]
    fn what_people_write_cut_anywhere(cuts in proptest::collection::vec((any::<prop::sample::Index>(), 0..120_usize), 1..4)) {
        let text: String = WRITTEN.with(|all| {
            let part = |(at, length): &(prop::sample::Index, usize)| {
                let start = (0..=at.index(all.len())).rev().find(|at| all.is_char_boundary(*at)).unwrap_or(0);
                all[start..].chars().take(*length).collect::<String>()
            };
            cuts.iter().map(part).collect()
        });
        read(&text);
    }
}
