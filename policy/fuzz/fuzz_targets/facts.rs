//! The reading of facts: no panic, and every quote stands where it is said to stand.
#![no_main]

use adrule_policy::fact::{Extra, read_outline_with};
use adrule_policy::text::markdown;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let services = ["edge-proxy", "ledger", "tile server"].into_iter().collect();
    let extra = Extra { services, ..Extra::default() };
    for fact in read_outline_with(&markdown::read(&text.into()), text, &"docs/adr/0001-edge-proxy.md".into(), &extra) {
        let found = text.get(fact.place.span.range());
        assert!(found.is_some_and(|found| found.starts_with(fact.quote.as_str())));
    }
});
