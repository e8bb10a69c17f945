//! Holding lists, facts, rules and waivers to the organisation's.

use super::hold::{Against, Hold, at, first, place_of, rank, told, wanted};
use super::{ORGANISATION_PATH, Part, implies};
use crate::decision::word;
use crate::policy::when::implied;
use crate::policy::words::{listed, one_line};
use crate::policy::{FactRule, Level, OwnRule, Page, Pattern, Placed, Requirement, When};
use crate::text::Place;
use std::collections::BTreeSet;
use std::sync::Arc;

/// An item of a list, in words and with its place.
trait Item: Clone {
    fn words(&self) -> String;
    fn place(&self) -> &Place;
    fn is(&self, other: &Self) -> bool {
        self.words() == other.words()
    }
}

impl Item for Pattern {
    fn words(&self) -> String {
        format!("`{}`", self.text)
    }

    fn place(&self) -> &Place {
        &self.place
    }
}

impl Item for Placed<String> {
    fn words(&self) -> String {
        format!("`{}`", one_line(self))
    }

    fn place(&self) -> &Place {
        &self.place
    }
}

impl Item for Placed<Arc<str>> {
    fn words(&self) -> String {
        crate::language::display(self).to_owned()
    }

    fn place(&self) -> &Place {
        &self.place
    }
}

impl Item for Placed<crate::decision::Status> {
    fn words(&self) -> String {
        word(self.value).to_owned()
    }

    fn place(&self) -> &Place {
        &self.place
    }
}

fn all<T: Item>(items: &[&T]) -> String {
    listed(&items.iter().map(|item| item.words()).collect::<Vec<_>>(), "and")
}

impl Hold<'_> {
    /// A list that asks for something: nothing of it may be missing.
    fn asked<T: Item>(&mut self, part: Part, page: &Page, org: &[T], own: &mut Vec<T>, what: &str) {
        let missing: Vec<&T> = org.iter().filter(|item| !own.iter().any(|own| own.is(item))).collect();
        let Some(first) = missing.first() else { return };
        let says = format!("{what} {} by the organisation's page, and not here", all(&missing));
        let against = Some((first.place().clone(), "asked for by the organisation's page".to_owned()));
        self.say(part, says, place_of(page, own.first().map(Item::place)), against);
        let missing: Vec<T> = missing.into_iter().cloned().collect();
        own.extend(missing);
    }

    /// A list that lets something through: nothing may be added to it. `verbs` say what it does, of one and of several.
    fn let_through<T: Item>(&mut self, part: Part, page: &Page, org: &[T], own: &mut Vec<T>, verbs: [&str; 2]) {
        let added: Vec<&T> = own.iter().filter(|item| !org.iter().any(|org| org.is(item))).collect();
        let Some(first) = added.first() else { return };
        let verb = verbs[usize::from(added.len() > 1)];
        let says = format!("{} {verb} here, and not by the organisation's page", all(&added));
        let against: Against =
            org.first().map(|org| (org.place().clone(), "all that the organisation's page lets through".to_owned()));
        self.say(part, says, at(page, first.place()), against);
        *own = org.to_vec();
    }

    pub(super) fn services(&mut self, page: &mut Page) {
        let mut own = std::mem::take(&mut page.services);
        self.asked(Part::Services, page, &self.org.services, &mut own, "each folder is a service under");
        page.services = own;
    }

    pub(super) fn exclude(&mut self, page: &mut Page) {
        let mut own = std::mem::take(&mut page.exclude);
        self.let_through(Part::Exclude, page, &self.org.exclude, &mut own, ["is left out", "are left out"]);
        page.exclude = own;
    }

    pub(super) fn decisions(&mut self, page: &mut Page) {
        let (org, part) = (&self.org.decisions, Part::Decisions);
        let mut own = std::mem::take(&mut page.decisions);
        // Where the organisation's page names no folder, a repository says where its decisions are.
        self.asked(part, page, &org.folders, &mut own.folders, "decisions are looked for in");
        self.asked(part, page, &org.required_for, &mut own.required_for, "a decision is needed for");
        self.asked(part, page, &org.sections, &mut own.sections, "every decision has a section");
        self.asked(part, page, &org.front_matter, &mut own.front_matter, "every front matter has");
        if let Some(first) = org.statuses.first().filter(|_| own.statuses.is_empty()) {
            let says = "a decision may have any status here, and not by the organisation's page".to_owned();
            let asked = all(&org.statuses.iter().collect::<Vec<_>>());
            self.say(part, says, Place::file(Arc::clone(&page.path)), Some((first.place.clone(), asked)));
            own.statuses.clone_from(&org.statuses);
        } else if !org.statuses.is_empty() {
            self.let_through(part, page, &org.statuses, &mut own.statuses, ["may be a decision's status"; 2]);
        }
        for (asked, status) in &org.status_words {
            let Some(known) = own.status_words.iter_mut().find(|(word, _)| word.value == asked.value) else {
                // What is not understood is reported: that is tighter.
                continue;
            };
            if known.1 != *status {
                let says = format!(
                    "the status `{}` means {} here, and {} by the organisation's page",
                    one_line(asked),
                    word(known.1),
                    word(*status)
                );
                let place = at(page, &known.0.place);
                self.say(part, says, place, Some((asked.place.clone(), format!("means {}", word(*status)))));
                *known = (asked.clone(), *status);
            }
        }
        if let Some(asked) = org.file_name.as_ref().filter(|asked| own.file_name.as_ref() != Some(asked)) {
            let is = own.file_name.as_ref().map_or_else(|| "in any way".to_owned(), |name| format!("`{}`", name.text));
            let says =
                format!("the file of a decision is named {is} here, and `{}` by the organisation's page", asked.text);
            let place = place_of(page, own.file_name.as_ref().map(|name| &name.place));
            self.say(part, says, place, Some((asked.place.clone(), "asked for by the organisation's page".to_owned())));
            own.file_name = Some(asked.clone());
        }
        page.decisions = own;
    }

    pub(super) fn facts(&mut self, page: &mut Page) {
        let org = self.org;
        let values = |fact: &FactRule| -> (Vec<String>, Vec<String>) {
            let from = fact.from.iter().map(|path| path.value.to_string()).collect();
            (from, fact.labels.iter().map(|label| label.value.clone()).collect())
        };
        for asked in &org.facts {
            let Some(at_index) = page.facts.iter().position(|fact| fact.id == asked.id) else {
                page.facts.push(asked.clone());
                continue;
            };
            let own = &page.facts[at_index];
            if own.kind == asked.kind && values(own) == values(asked) {
                continue;
            }
            let says =
                format!("the fact `{}` is defined anew here, so it cannot be told what it then asks for", own.id);
            let against = Some((asked.place.clone(), "as the organisation's page defines it".to_owned()));
            let place = at(page, &own.place);
            self.say(Part::Facts, says, place, against);
            page.facts[at_index] = asked.clone();
        }
        let named = named(org);
        let is_org = |fact: &FactRule| org.facts.iter().any(|asked| asked.id == fact.id);
        let (new, kept): (Vec<_>, Vec<_>) = std::mem::take(&mut page.facts)
            .into_iter()
            .partition(|fact| !is_org(fact) && named.iter().any(|wanted| wanted.fact == fact.id));
        page.facts = kept;
        for fact in new {
            let says =
                format!("the fact `{}` is defined anew here, so it cannot be told what it then asks for", fact.id);
            let wanted = named.iter().find(|wanted| wanted.fact == fact.id);
            let against =
                wanted.map(|wanted| (wanted.place.clone(), "asked for by the organisation's page".to_owned()));
            self.say(Part::Facts, says, at(page, &fact.place), against);
        }
    }

    pub(super) fn rules(&mut self, page: &mut Page) {
        for asked in &self.org.rules {
            let Some(index) = page.rules.iter().position(|rule| rule.id == asked.id) else {
                let says = format!("the rule `{}` of the organisation's page is not here", asked.id);
                let place = Place::file(Arc::clone(&page.path));
                self.say(Part::Rules, says, place, Some((asked.place.clone(), one_line(&asked.says))));
                page.rules.push(asked.clone());
                continue;
            };
            let own = page.rules[index].clone();
            let Some((says, place)) = weaker(asked, &own, page) else { continue };
            let against = Some((asked.place.clone(), one_line(&asked.says)));
            self.say(Part::Rules, says, at(page, &place), against);
            page.rules[index] = asked.clone();
        }
        self.weights(page);
    }

    /// The weight of every rule that the organisation's page lets be judged.
    fn weights(&mut self, page: &mut Page) {
        let org = self.org;
        let own_rules =
            org.rules.iter().map(|rule| (Arc::clone(&rule.id), org.severity(&rule.id), page.severity(&rule.id)));
        let built_in =
            self.weights.iter().map(|weight| (Arc::from(weight.rule), Some(weight.by(org)), Some(weight.on(page))));
        let lowered: Vec<(Arc<str>, Level, Level)> = own_rules
            .chain(built_in)
            .filter_map(|(rule, was, is)| Some((rule, was?, is?)))
            .filter(|(_, was, is)| rank(*is) < rank(*was))
            .collect();
        for (rule, was, is) in lowered {
            let own = page.severities.iter().position(|change| change.rule == rule);
            let place = place_of(page, own.map(|index| &page.severities[index].level.place));
            let says = format!("`{rule}` is {} here, and {} by the organisation's page", told(is), told(was));
            let asked = org.severities.iter().find(|change| change.rule == rule);
            let against = match (asked, org.rules.iter().find(|asked| asked.id == rule)) {
                (Some(asked), _) => Some((asked.level.place.clone(), told(was).to_owned())),
                (None, Some(asked)) => Some((asked.place.clone(), told(was).to_owned())),
                (None, None) => None,
            };
            self.say(Part::Rules, says, place, against);
            page.severities.retain(|change| change.rule != rule);
            page.severities.extend(asked.cloned());
        }
    }

    /// An exception from what the organisation's page lets be judged is granted there.
    pub(super) fn waivers(&mut self, page: &mut Page) {
        let org = self.org;
        let is_judged = |rule: &str| {
            let built_in = self.weights.iter().find(|weight| weight.rule == rule).map(|weight| weight.by(org));
            let own = org.rules.iter().any(|own| *own.id == *rule).then(|| org.severity(rule)).flatten();
            built_in.or(own).is_some_and(|level| level != Level::Off)
        };
        // One that is not sound is not in force, and says so itself.
        let (looser, kept): (Vec<_>, Vec<_>) = std::mem::take(&mut page.waivers).into_iter().partition(|waiver| {
            let is_own = waiver.place.path.as_ref() != ORGANISATION_PATH;
            is_own && waiver.sound && waiver.rule.as_ref().is_some_and(|rule| is_judged(rule))
        });
        page.waivers = kept;
        for waiver in looser {
            let rule = waiver.rule.as_ref().map_or("", |rule| rule.value.as_ref());
            let scope: Vec<String> = waiver.scope.iter().map(|scope| format!("`{}`", scope.text)).collect();
            let says = format!(
                "the waiver for {} is not in force: `{rule}` looks for something that the organisation's page asks for, and \
                 that page lets no repository excuse itself",
                listed(&scope, "and")
            );
            let asked = org.rules.iter().find(|asked| *asked.id == *rule);
            let against = asked.map(|asked| (asked.place.clone(), one_line(&asked.says)));
            let place = waiver.rule.as_ref().map_or(&waiver.place, |rule| &rule.place);
            self.say(Part::Waivers, says, at(page, place), against);
        }
    }
}

/// Every fact that a page asks for.
fn named(page: &Page) -> Vec<&Requirement> {
    let languages = page.languages.iter().flat_map(|rule| rule.requires.any.iter().chain(&rule.requires.all));
    let rules = page.rules.iter().flat_map(|rule| {
        let conditions = rule.when.iter().chain(&rule.unless).flat_map(|when| &when.facts);
        rule.requires.any.iter().chain(&rule.requires.all).chain(conditions)
    });
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    languages.chain(rules).filter(|wanted| seen.insert(&wanted.fact)).collect()
}

/// In what a rule of the same name asks for less, and where; none where it asks for as much.
fn weaker(org: &OwnRule, own: &OwnRule, page: &Page) -> Option<(String, Place)> {
    let name = format!("the rule `{}`", own.id);
    if !implies::requires(&own.requires, &org.requires, page) {
        let (is, was) = (wanted(&own.requires, page), wanted(&org.requires, page));
        let place = first(&own.requires).unwrap_or_else(|| own.place.clone());
        let says = format!("{name}: a service needs {is} here, and by the organisation's page {was}");
        return Some((says, place));
    }
    let is_wide = |own: Option<&When>, org: Option<&When>| match (own, org) {
        (None, _) => true,
        (Some(own), Some(org)) => implied(own, org),
        (Some(own), None) => own.is_empty(),
    };
    if !is_wide(own.when.as_ref(), org.when.as_ref()) {
        let place = own.when.as_ref().map_or(&own.place, |when| &when.place);
        return Some((
            format!("{name} is about fewer services here, as far as can be told from `when`"),
            place.clone(),
        ));
    }
    let is_spared = |own: Option<&When>, org: Option<&When>| match (own, org) {
        (None, _) => true,
        (Some(own), Some(org)) => implied(org, own),
        (Some(_), None) => false,
    };
    if !is_spared(own.unless.as_ref(), org.unless.as_ref()) {
        let place = own.unless.as_ref().map_or(&own.place, |unless| &unless.place);
        let says = format!("{name} spares more services here, as far as can be told from `unless`");
        return Some((says, place.clone()));
    }
    (rank(own.severity) < rank(org.severity)).then(|| {
        let says =
            format!("{name} is {} here, and {} by the organisation's page", told(own.severity), told(org.severity));
        (says, own.place.clone())
    })
}
