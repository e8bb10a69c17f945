//! A whole repository of a stranger's making: a page, a manifest and two decisions, judged, and shown in every way.
#![no_main]

use adrule_policy::check::{Input, check};
use adrule_policy::policy;
use adrule_policy::report::render::{OUTPUTS, Options, comment};
use adrule_policy::rule;
use adrule_policy::tree::Tree;
use jiff::civil::date;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (&str, &str, &str, &str)| {
    let (page, manifest, one, other) = input;
    let today = date(2026, 11, 22);
    let page = policy::load(&"adrule.yaml".into(), page, today, &rule::ids()).page.unwrap_or_else(policy::built_in);
    let tree = Tree::of([
        ("docs/adr/0001-one.md", one),
        ("docs/adr/0002-other.md", other),
        ("services/edge/Cargo.toml", "[package]\nname = \"edge\"\n"),
        ("services/edge/service.yaml", manifest),
    ]);
    let report = check(Input { strict: true, ..Input::all(&tree, &page, today) });
    for output in OUTPUTS {
        let _ = (output.render)(&report, &Options::default());
    }
    let _ = comment::plain(&report);
});
