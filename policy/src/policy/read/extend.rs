//! `extends:`. What the page says wins (over the organisation's page, only where it is tighter): languages merge by name and then key by key (a pack's sentence is taken only
//! with the pack's own `requires`), facts and rules by name as a whole. Waivers and tests are not inherited.

use super::Reader;
use crate::policy::pack::{PACKS, pack};
use crate::policy::{Decisions, LanguageRule, ORGANISATION, Page, Placed, nearest, shape};
use crate::text::yaml::Value;
use std::sync::Arc;

impl Reader<'_> {
    /// What the packs and the organisation's page say together: those named later win.
    pub(super) fn packs(&mut self, root: Value<'_, '_>) -> Option<Page> {
        let mut base: Option<Page> = None;
        for name in self.texts(root.get("extends")) {
            if self.page.extends.iter().any(|known| *known.value == *name.value) {
                self.problems.harmless(name.place.span, "this pack stands twice", "again here", "");
                continue;
            }
            let read = if *name.value == *ORGANISATION {
                match self.organisation_page(&name) {
                    Some(page) => Some(page),
                    None => continue,
                }
            } else {
                pack(&name, self.known_rules)
            };
            let Some(mut read) = read else {
                let names = PACKS.iter().map(|(id, _)| *id).chain([ORGANISATION]);
                let label = match nearest(&name, names.clone()) {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => "unknown pack".to_owned(),
                };
                let all: Vec<String> = names.map(|name| format!("`{name}`")).collect();
                let message = format!("there is no pack `{}`", shape::shown(&name));
                let help = format!(
                    "a page builds on packs that ship with adrule, or on the organisation's page: {}",
                    all.join(", ")
                );
                self.problems.mistake_help(name.place.span, message, label, help);
                continue;
            };
            self.page.extends.push(Placed { value: Arc::from(name.as_str()), place: name.place });
            if let Some(before) = base.take() {
                merge(&mut read, before);
            }
            base = Some(read);
        }
        base
    }

    /// Facts are needed before anything that names them is read.
    pub(super) fn inherit_facts(&mut self, base: &Page) {
        let own = std::mem::take(&mut self.page.facts);
        self.page.facts = merged(own, base.facts.clone(), |fact| Arc::clone(&fact.id));
    }

    pub(super) fn inherit(&mut self, base: Page) {
        merge(&mut self.page, base);
    }
}

/// Fills what `page` leaves open from `base`.
fn merge(page: &mut Page, base: Page) {
    page.title = page.title.take().or(base.title);
    page.owner = page.owner.take().or(base.owner);
    page.review_by = page.review_by.take().or(base.review_by);
    page.others = page.others.take().or(base.others);
    page.suppressions_in_change = page.suppressions_in_change.take().or(base.suppressions_in_change);
    if page.default.is_empty() {
        page.default = base.default;
    }
    // A language that the page makes a default needs no reason any more.
    let defaults: Vec<Arc<str>> = page.default.iter().map(|language| Arc::clone(&language.value)).collect();
    for inherited in base.languages {
        match page.languages.iter_mut().find(|language| language.id == inherited.id) {
            Some(own) => fill(own, inherited),
            None if defaults.contains(&inherited.id) => {}
            None => page.languages.push(inherited),
        }
    }
    if page.exclude.is_empty() {
        page.exclude = base.exclude;
    }
    if page.services.is_empty() {
        page.services = base.services;
    }
    inherit_decisions(&mut page.decisions, base.decisions);
    page.facts = merged(std::mem::take(&mut page.facts), base.facts, |fact| Arc::clone(&fact.id));
    page.rules = merged(std::mem::take(&mut page.rules), base.rules, |rule| Arc::clone(&rule.id));
    page.severities = merged(std::mem::take(&mut page.severities), base.severities, |change| Arc::clone(&change.rule));
}

fn inherit_decisions(own: &mut Decisions, base: Decisions) {
    fn or<T>(own: &mut Vec<T>, base: Vec<T>) {
        if own.is_empty() {
            *own = base;
        }
    }
    or(&mut own.folders, base.folders);
    or(&mut own.required_for, base.required_for);
    or(&mut own.sections, base.sections);
    or(&mut own.statuses, base.statuses);
    or(&mut own.front_matter, base.front_matter);
    own.file_name = own.file_name.take().or(base.file_name);
    let new = |(word, _): &(Placed<String>, _)| !own.status_words.iter().any(|(known, _)| known.value == word.value);
    let words: Vec<_> = base.status_words.into_iter().filter(new).collect();
    own.status_words.extend(words);
}

fn fill(own: &mut LanguageRule, base: LanguageRule) {
    if own.requires.is_empty() {
        own.requires = base.requires;
        own.says = own.says.take().or(base.says);
    }
    if own.only_for.is_empty() {
        own.only_for = base.only_for;
    }
    own.severity = own.severity.take().or(base.severity);
}

fn merged<T>(own: Vec<T>, base: Vec<T>, name: fn(&T) -> Arc<str>) -> Vec<T> {
    let mut all = own;
    let names: std::collections::HashSet<Arc<str>> = all.iter().map(name).collect();
    all.extend(base.into_iter().filter(|inherited| !names.contains(&name(inherited))));
    all
}
