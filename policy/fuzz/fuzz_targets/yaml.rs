//! The YAML composer: no panic, spans that fit the text.
#![no_main]

use adrule_policy::text::yaml;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let stream = yaml::parse(text);
    let mut open: Vec<_> = stream.documents().collect();
    // Aliases can make a small document endless.
    for _ in 0..10_000 {
        let Some(value) = open.pop() else { break };
        assert!(text.get(value.span().range()).is_some());
        open.extend(value.items());
        open.extend(value.entries().flat_map(|entry| [entry.key, entry.value]));
    }
    for comment in stream.comments() {
        assert!(text.get(comment.span.range()).is_some());
    }
    if let Some(problem) = stream.problem() {
        assert!(text.get(problem.span.range()).is_some());
    }
    let _ = stream.first().and_then(|root| root.to_json(10_000));
});
