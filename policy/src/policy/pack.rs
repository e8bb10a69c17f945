//! The pages that ship with adrule.

use super::Page;
use std::sync::Arc;

/// The seed rule: Go is the default; Rust needs a stated memory budget, latency target or failure-impact rating.
pub const DEFAULT_PACK: &str = "adrule:default";

/// Every pack that ships: its name, by which pages extend it, and its text.
pub const PACKS: &[(&str, &str)] = &[
    (DEFAULT_PACK, include_str!("../../packs/default.yaml")),
    ("adrule:nygard", include_str!("../../packs/nygard.yaml")),
    ("adrule:madr", include_str!("../../packs/madr.yaml")),
    ("adrule:structured-madr", include_str!("../../packs/structured-madr.yaml")),
];

/// The text of the pack of that name: what the places of inherited elements point into.
#[must_use]
pub fn pack_text(name: &str) -> Option<&'static str> {
    PACKS.iter().find(|(id, _)| *id == name).map(|(_, text)| *text)
}

/// The page that holds where a repository has none: the seed rule.
#[must_use]
pub fn built_in() -> Page {
    pack(DEFAULT_PACK, &[]).unwrap_or_default()
}

/// A pack, read by the same code as every page. That each is free of mistakes is tested.
pub(super) fn pack(name: &str, known_rules: &[&str]) -> Option<Page> {
    let text = pack_text(name)?;
    let base = super::read::Base::Organisation(&super::Organisation::NotGiven);
    Some(super::read::page(&Arc::from(name), text, jiff::civil::Date::ZERO, known_rules, base).page)
}
