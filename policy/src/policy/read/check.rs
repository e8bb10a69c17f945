//! What the parts of the page say of each other: what can never apply.

use super::Reader;
use crate::language;
use crate::policy::keys::PAGE;
use crate::policy::when::implied;
use crate::policy::{Builds, Others, OwnRule, pack_text, shape};
use crate::text::Span;
use crate::text::yaml::Value;

impl Reader<'_> {
    pub(super) fn check(&mut self, root: Value<'_, '_>) {
        self.own_allowance(root);
        // What the organisation's page would say is not known, and told by itself.
        let is_known = self.page.on_organisation().is_none() || self.builds == Builds::OnOrganisation;
        let unnamed = is_known && self.page.default.is_empty() && root.get("default").is_none();
        // A pack may be about decisions only.
        let is_pack = pack_text(&self.page.path).is_some();
        if unnamed && !is_pack && !shape::is_mistyped(root, "default", &PAGE) {
            let label = "add `default: go`, or the language that your team uses";
            let help = "or build on a pack: `extends: [adrule:default]`";
            self.problems.mistake_help(shape::start(root), "the page names no default language", label, help);
        }
        self.defaults_asked();
        let rules = std::mem::take(&mut self.page.rules);
        for rule in &rules {
            self.never(rule);
        }
        self.page.rules = rules;
    }

    /// Only one page says what repositories may.
    fn own_allowance(&mut self, root: Value<'_, '_>) {
        if let Some(entry) = root.entry("repositories").filter(|_| self.page.on_organisation().is_some()) {
            let message = "what repositories may is said by the organisation's page, and by no page that builds on it";
            self.problems.harmless(entry.key.span(), message, "says nothing here", "take it out of the page");
        }
    }

    /// What the page asks of its own default language is never asked.
    fn defaults_asked(&mut self) {
        let page = &self.page;
        let mut never: Vec<(Span, String)> = Vec::new();
        for rule in page.languages.iter().filter(|rule| page.is_default(&rule.id) && rule.place.path == page.path) {
            if !rule.requires.is_empty() || !rule.only_for.is_empty() || rule.severity.is_some() {
                never.push((rule.place.span, rule.id.to_string()));
            }
        }
        for language in page.decisions.required_for.iter().filter(|language| page.is_default(language)) {
            if language.place.path == page.path {
                never.push((language.place.span, language.value.to_string()));
            }
        }
        for (span, id) in never {
            let name = language::display(&id);
            let message = format!("{name} is the default, so what is asked of it here is never asked");
            let help = format!("take `{id}` out of `default`, or this out of the page");
            self.problems.harmless(span, message, "never applies", &help);
        }
    }

    fn never(&mut self, rule: &OwnRule) {
        if rule.place.path != self.page.path {
            return;
        }
        let Some(when) = &rule.when else { return };
        let refused = self.page.others() == Others::Refuse
            && !when.languages.is_empty()
            && when.languages.iter().all(|id| !self.page.is_default(id) && self.page.language(id).is_none());
        let id = shape::shown(&rule.id);
        if refused {
            let names: Vec<String> = when.languages.iter().map(|id| language::display(id).to_owned()).collect();
            let message = format!("the rule `{id}` never applies: the page refuses {}", names.join(" and "));
            let help = "`others: refuse` refuses every language that the page does not name";
            self.problems.harmless(when.languages[0].place.span, message, "never applies", help);
        }
        if let Some(unless) = &rule.unless
            && !unless.is_empty()
            && implied(unless, when)
        {
            let message = format!("the rule `{id}` never applies: `unless` holds whenever `when` does");
            self.problems.harmless(unless.place.span, message, "takes out everything that `when` lets in", "");
        }
        let known = |wanted| when.facts.contains(wanted);
        let any_known = rule.requires.any.is_empty() || rule.requires.any.iter().any(known);
        if !rule.requires.is_empty() && any_known && rule.requires.all.iter().all(known) {
            let message = format!("the rule `{id}` never fires: it asks for what `when` already takes for granted");
            let place = rule.requires.any.first().or(rule.requires.all.first()).map(|wanted| wanted.place.span);
            let span = place.unwrap_or(rule.place.span);
            self.problems.harmless(span, message, "already so wherever the rule applies", "");
        }
    }
}
