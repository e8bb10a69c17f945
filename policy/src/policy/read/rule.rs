//! `rules:`: the team's own, and built-in rules whose severity the page sets.

use super::Reader;
use super::fact::is_id;
use crate::policy::keys::CONDITION;
use crate::policy::{
    Level, ORGANISATION_UNREAD, OwnRule, POLICY_INVALID, Page, Pattern, Placed, SeverityChange, When, shape,
};
use crate::report::Severity;
use crate::text::Place;
use crate::text::yaml::{Entry, Value};

/// What is needed to read a page is no rule that it can silence.
const ALWAYS_ON: &[&str] = &[POLICY_INVALID, ORGANISATION_UNREAD];

impl Reader<'_> {
    /// `base`: the packs, whose rules a page may name too.
    pub(super) fn rules(&mut self, rules: Value<'_, '_>, base: Option<&Page>) {
        for item in rules.items().filter(|item| item.is_mapping()) {
            let Some(id) = self.text(item.get("id")) else { continue };
            let inherited = base.is_some_and(|base| base.rules.iter().any(|rule| *rule.id == *id.value));
            let known = self.known_rules.contains(&id.as_str());
            if let Some(first) = self.rule_named(&id) {
                let message = format!("the rule `{}` stands twice", shape::shown(&id));
                let finding = self
                    .problems
                    .finding(POLICY_INVALID, Severity::Error, id.place.span, message)
                    .label("again here: give it another id")
                    .and(first, "first here");
                self.problems.add(finding);
            } else if known || (inherited && item.get("requires").is_none()) {
                self.severity_change(item, id, known);
            } else {
                self.own_rule(item, id);
            }
        }
    }

    fn rule_named(&self, id: &str) -> Option<Place> {
        let own = self.page.rules.iter().find(|rule| rule.id.as_ref() == id).map(|rule| &rule.place);
        let changes = &self.page.severities;
        own.or_else(|| changes.iter().find(|change| change.rule.as_ref() == id).map(|change| &change.place)).cloned()
    }

    fn severity_change(&mut self, item: Value<'_, '_>, id: Placed<String>, known: bool) {
        let more = item.entries().find(|entry| !matches!(entry.key.text(), Some("id" | "severity")));
        if let Some(more) = more {
            let what = if known { "a built-in rule" } else { "a rule of a pack" };
            let label = format!("of `{}` the page can only set the `severity`", id.value);
            let help = "for a rule of your own, choose an id that is not taken";
            self.problems.mistake_help(more.key.span(), format!("`{}` is {what}", id.value), label, help);
        }
        if ALWAYS_ON.contains(&id.as_str()) {
            let label = "mistakes on the page are always reported";
            self.problems.harmless(id.place.span, format!("the severity of `{}` is fixed", id.value), label, "");
            return;
        }
        match self.level(item.get("severity")) {
            Some(level) => {
                let change = SeverityChange { rule: id.value.into(), place: id.place, level };
                self.page.severities.push(change);
            }
            None if item.get("severity").is_none() && more.is_none() => {
                let message = format!("nothing is said about `{}`", id.value);
                self.problems.mistake(id.place.span, message, "add `severity: error`, `warning`, `info` or `off`");
            }
            None => {}
        }
    }

    fn own_rule(&mut self, item: Value<'_, '_>, id: Placed<String>) {
        let asks = item.get("requires").is_some() || item.get("when").is_some() || item.get("says").is_some();
        if !asks {
            let label = self.nearest_rule(&id).map(|meant| format!("did you mean `{meant}`?"));
            let help = "`adrule rules` lists the built-in rules; a rule of your own also has `says` and `requires`";
            let message = format!("there is no built-in rule `{}`", shape::shown(&id));
            self.problems.mistake_help(
                id.place.span,
                message,
                label.unwrap_or_else(|| "unknown rule".to_owned()),
                help,
            );
            return;
        }
        if !is_id(&id) {
            let message = format!("`{}` is no id for a rule", shape::shown(&id));
            self.problems.mistake(id.place.span, message, "write words in lower case with `-` between them");
        }
        let says = self.text(item.get("says"));
        for (key, why) in [("says", "its sentence, shown with every finding"), ("requires", "what must be stated")] {
            if item.get(key).is_none() {
                let message = format!("the rule `{}` needs `{key}`", shape::shown(&id));
                self.problems.mistake(id.place.span, message, format!("add `{key}:`, {why}"));
            }
        }
        let rule = OwnRule {
            id: id.value.into(),
            place: id.place,
            says: says.unwrap_or_else(|| self.placed(item, String::new())),
            when: self.condition(item.entry("when")),
            unless: self.condition(item.entry("unless")),
            requires: self.requires(item.entry("requires")),
            severity: self.level(item.get("severity")).map_or(Level::Error, |level| level.value),
            fix: self.text(item.get("fix")),
            help: self.text(item.get("help")),
        };
        self.page.rules.push(rule);
    }

    fn condition(&mut self, entry: Option<Entry<'_, '_>>) -> Option<When> {
        let entry = entry.filter(|entry| entry.value.is_mapping())?;
        let value = entry.value;
        let mut when = When {
            place: self.problems.place(entry.key.span()),
            languages: self.languages_in(value.get("language")),
            kinds: self.texts(value.get("kind")),
            services: self.patterns(value.get("service"), "service"),
            paths: self.patterns(value.get("path"), "path"),
            facts: Vec::new(),
        };
        for fact in value.entries() {
            let Some(name) = fact.key.text().filter(|name| !CONDITION.keys.iter().any(|key| key.name == *name)) else {
                continue;
            };
            if self.page.fact_type(name).is_some() || shape::meant(name, &CONDITION).is_none() {
                when.facts.extend(self.compared(fact));
            } else if self.problems.is_sound(fact.key.span()) {
                shape::unknown(fact.key.span(), name, &CONDITION, &mut self.problems);
            }
        }
        if value.entries().next().is_none() {
            let label = "name at least one condition, or leave the key out";
            self.problems.mistake(value.span(), "a condition without conditions", label);
        }
        Some(when)
    }

    /// Paths of a rule and of a waiver read alike.
    pub(super) fn scope(&mut self, value: Option<Value<'_, '_>>) -> Vec<Pattern> {
        self.patterns(value, "scope")
    }
}
