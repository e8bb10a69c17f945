//! The page: no panic, findings that fit the text, and a page that can be used says the same after it is read again.
#![no_main]

use adrule_policy::policy::{self, render};
use adrule_policy::rule;
use jiff::civil::date;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let today = date(2026, 11, 22);
    let loaded = policy::load(&"adrule.yaml".into(), text, today, &rule::ids());
    for place in loaded.findings.iter().flat_map(|finding| &finding.places) {
        assert!(text.get(place.place.span.range()).is_some());
    }
    if let Some(page) = &loaded.page {
        let _ = render::prose(page, today);
        assert!(policy::diff::words(page, page).is_empty());
    }
});
