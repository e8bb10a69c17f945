//! Holding a page to the organisation's: what is looser is said, and put back to what the organisation's page says. Both
//! happen in one place, so that nothing can be said and not held, or held and not said.

use super::{Loosening, OrgPage, Part, Weight, implies};
use crate::language::display;
use crate::policy::render::{kind_words, weight};
use crate::policy::when::same_kind;
use crate::policy::words::{listed, one_line, requirement};
use crate::policy::{LanguageRule, Level, Others, Page, Placed, Requires};
use crate::text::Place;
use std::sync::Arc;

/// Where `own` is looser than the organisation's page, in the order of the page; empty where it is tighter or the same.
#[must_use]
pub fn tighten(organisation: &OrgPage, own: &Page) -> Vec<Loosening> {
    hold(organisation, &mut own.clone())
}

/// Holds a page to the organisation's: what is looser is put back, and told. A page that was held is never looser.
pub fn hold(organisation: &OrgPage, page: &mut Page) -> Vec<Loosening> {
    let Some(org) = &organisation.page else { return Vec::new() };
    let mut hold = Hold { org, weights: &organisation.weights, found: Vec::new() };
    // Facts first: what else is asked for is understood by them.
    for part in std::iter::once(Part::Facts).chain(Part::ALL.iter().map(|(part, _)| *part)) {
        if !org.may(part) {
            hold.part(part, page);
        }
    }
    hold.found
}

/// Holds the facts alone: before anything is read by them.
pub(in crate::policy) fn hold_facts(organisation: &OrgPage, page: &mut Page) -> Vec<Loosening> {
    let Some(org) = organisation.page.as_ref().filter(|org| !org.may(Part::Facts)) else { return Vec::new() };
    let mut hold = Hold { org, weights: &organisation.weights, found: Vec::new() };
    hold.facts(page);
    hold.found
}

/// What was found so far.
pub(super) struct Hold<'o> {
    pub org: &'o Page,
    pub weights: &'o [Weight],
    found: Vec<Loosening>,
}

/// A line of the organisation's page with what it asks for.
pub(super) type Against = Option<(Place, String)>;

impl Hold<'_> {
    pub(super) fn say(&mut self, part: Part, says: String, place: Place, against: Against) {
        let against = against.map(|(place, label)| (at(self.org, &place), label));
        self.found.push(Loosening { part, says, place, against });
    }

    fn part(&mut self, part: Part, page: &mut Page) {
        match part {
            Part::Default => self.default(page),
            Part::Languages => self.languages(page),
            Part::Others => self.others(page),
            Part::Services => self.services(page),
            Part::Decisions => self.decisions(page),
            Part::Exclude => self.exclude(page),
            Part::Facts => self.facts(page),
            Part::Rules => self.rules(page),
            Part::Waivers => self.waivers(page),
            Part::Suppressions => self.suppressions(page),
        }
    }

    fn default(&mut self, page: &mut Page) {
        let org = self.org;
        let (kept, added): (Vec<_>, Vec<_>) =
            std::mem::take(&mut page.default).into_iter().partition(|language| org.is_default(language));
        page.default = kept;
        let names: Vec<String> = org.default.iter().map(|id| display(id).to_owned()).collect();
        for language in &added {
            let name = display(language);
            let is = if names.len() > 1 { "defaults are" } else { "default is" };
            let says = format!("{name} is made a default here, and the organisation's {is} {}", listed(&names, "and"));
            let against = org.default.first().map(|first| (first.place.clone(), "needs no reason".to_owned()));
            self.say(Part::Default, says, at(page, &language.place), against);
            // A language that a page makes a default loses what was asked of it.
            if let Some(rule) = org.language(language).filter(|_| page.language(language).is_none()) {
                page.languages.push(rule.clone());
            }
        }
        if page.default.is_empty() {
            page.default.clone_from(&org.default);
        }
    }

    fn languages(&mut self, page: &mut Page) {
        let org = self.org;
        for rule in org.languages.iter().filter(|rule| !org.is_default(&rule.id)) {
            // Where it may be made a default, nothing is asked of it.
            if page.is_default(&rule.id) {
                continue;
            }
            let Some(at) = page.languages.iter().position(|own| own.id == rule.id) else {
                let says = format!("{} is not named here, and the organisation's page names it", display(&rule.id));
                let place = Place::file(Arc::clone(&page.path));
                self.say(Part::Languages, says, place, Some((rule.place.clone(), needs(&rule.requires, org))));
                page.languages.push(rule.clone());
                continue;
            };
            let mut own = page.languages[at].clone();
            self.requires(rule, &mut own, page);
            self.only_for(rule, &mut own, page);
            self.severity(rule, &mut own, page);
            page.languages[at] = own;
        }
        if org.others() != Others::Allow && !org.may(Part::Others) {
            self.new_languages(page);
        }
    }

    /// A language that the organisation's page does not name is not let in by naming it.
    fn new_languages(&mut self, page: &mut Page) {
        let org = self.org;
        let asks = if org.others() == Others::Ask { "asks for a waiver" } else { "refuses it" };
        let is_known = |id: &str| org.is_default(id) || org.language(id).is_some();
        let (known, new): (Vec<_>, Vec<_>) =
            std::mem::take(&mut page.languages).into_iter().partition(|rule| is_known(&rule.id));
        page.languages = known;
        for rule in new {
            let says = format!("{} is let in here, and the organisation's page {asks}", display(&rule.id));
            let against = org.others.as_ref().map(|others| {
                (others.place.clone(), "holds for every language that the organisation's page does not name".to_owned())
            });
            self.say(Part::Languages, says, at(page, &rule.place), against);
        }
    }

    fn requires(&mut self, org: &LanguageRule, own: &mut LanguageRule, page: &Page) {
        if implies::requires(&own.requires, &org.requires, page) {
            return;
        }
        let says = format!(
            "{} needs {} here, and by the organisation's page {}",
            display(&own.id),
            wanted(&own.requires, page),
            wanted(&org.requires, self.org)
        );
        let place = at(page, &first(&own.requires).unwrap_or_else(|| own.place.clone()));
        let asked = first(&org.requires).unwrap_or_else(|| org.place.clone());
        self.say(Part::Languages, says, place, Some((asked, needs(&org.requires, self.org))));
        own.requires = org.requires.clone();
        own.says.clone_from(&org.says);
    }

    fn only_for(&mut self, org: &LanguageRule, own: &mut LanguageRule, page: &Page) {
        let is_asked = |kind: &Placed<String>| org.only_for.iter().any(|allowed| same_kind(allowed, kind));
        let Some(first) = org.only_for.first() else { return };
        if !own.only_for.is_empty() && own.only_for.iter().all(is_asked) {
            return;
        }
        let words = |kinds: &[Placed<String>]| {
            let kinds: Vec<String> = kinds.iter().map(|kind| kind_words(kind)).collect();
            if kinds.is_empty() { "every kind of service".to_owned() } else { listed(&kinds, "and") }
        };
        let name = display(&own.id);
        let (is, was) = (words(&own.only_for), words(&org.only_for));
        let says = format!("{name} is for {is} here, and for {was} only by the organisation's page");
        let new = own.only_for.iter().find(|kind| !is_asked(kind));
        let place = at(page, new.map_or(&own.place, |kind| &kind.place));
        self.say(Part::Languages, says, place, Some((first.place.clone(), format!("for {was} only"))));
        own.only_for.clone_from(&org.only_for);
    }

    fn severity(&mut self, org: &LanguageRule, own: &mut LanguageRule, page: &Page) {
        let level = |rule: &LanguageRule| rule.severity.as_ref().map_or(Level::Error, |level| level.value);
        let (was, is) = (level(org), level(own));
        if rank(is) >= rank(was) {
            return;
        }
        let says = format!(
            "a missing reason for {} is {} here, and {} by the organisation's page",
            display(&own.id),
            told(is),
            told(was)
        );
        let place = at(page, own.severity.as_ref().map_or(&own.place, |level| &level.place));
        let asked = org.severity.as_ref().map_or(&org.place, |level| &level.place);
        self.say(Part::Languages, says, place, Some((asked.clone(), told(was).to_owned())));
        own.severity.clone_from(&org.severity);
    }

    fn others(&mut self, page: &mut Page) {
        let words = |others: Others| match others {
            Others::Allow => "need no reason",
            Others::Ask => "need a waiver",
            Others::Refuse => "are refused",
        };
        let (was, is) = (self.org.others(), page.others());
        if is as u8 >= was as u8 {
            return;
        }
        let says = format!(
            "languages that the page does not name {} here, and {} by the organisation's page",
            words(is),
            words(was)
        );
        let place = place_of(page, page.others.as_ref().map(|others| &others.place));
        let against = self.org.others.as_ref().map(|others| (others.place.clone(), format!("they {}", words(was))));
        self.say(Part::Others, says, place, against);
        page.others.clone_from(&self.org.others);
    }

    fn suppressions(&mut self, page: &mut Page) {
        if self.org.excuses_in_change() || !page.excuses_in_change() {
            return;
        }
        let says = "a change can excuse itself here, and not by the organisation's page".to_owned();
        let place = place_of(page, page.suppressions_in_change.as_ref().map(|set| &set.place));
        let set = self.org.suppressions_in_change.as_ref();
        let against = set.map(|set| (set.place.clone(), "a comment counts once it is merged".to_owned()));
        self.say(Part::Suppressions, says, place, against);
        page.suppressions_in_change.clone_from(&self.org.suppressions_in_change);
    }
}

/// A place as a page has it: what a pack says was brought in by its name.
pub(super) fn at(page: &Page, place: &Place) -> Place {
    if place.path == page.path {
        return place.clone();
    }
    let pack = page.extends.iter().find(|pack| pack.value == place.path);
    pack.map_or_else(|| Place::file(Arc::clone(&page.path)), |pack| pack.place.clone())
}

/// The same; the start of the page, where it says nothing.
pub(super) fn place_of(page: &Page, place: Option<&Place>) -> Place {
    place.map_or_else(|| Place::file(Arc::clone(&page.path)), |place| at(page, place))
}

/// The first thing that is asked for, with what it is compared with.
pub(super) fn first(requires: &Requires) -> Option<Place> {
    let first = requires.any.first().or(requires.all.first())?;
    let compared = first.comparisons.iter().map(|comparison| comparison.place.span);
    let parts = compared.chain(first.percentile.iter().map(|at| at.place.span));
    Some(Place::new(Arc::clone(&first.place.path), parts.fold(first.place.span, crate::text::Span::to)))
}

/// The same as a label: "needs a memory budget".
fn needs(requires: &Requires, page: &Page) -> String {
    format!("needs {}", wanted(requires, page))
}

/// What is asked for: "a memory budget or a latency target, and two reviewers".
pub(super) fn wanted(requires: &Requires, page: &Page) -> String {
    let words = |wanted: &[crate::policy::Requirement], last: &str| {
        listed(&wanted.iter().map(|wanted| one_line(&requirement(wanted, page))).collect::<Vec<_>>(), last)
    };
    match (requires.any.is_empty(), requires.all.is_empty()) {
        (true, true) => "no reason".to_owned(),
        (false, true) => words(&requires.any, "or"),
        (true, false) => words(&requires.all, "and"),
        (false, false) => format!("{}, and {}", words(&requires.any, "or"), words(&requires.all, "and")),
    }
}

pub(super) fn rank(level: Level) -> u8 {
    match level {
        Level::Off => 0,
        Level::Info => 1,
        Level::Warning => 2,
        Level::Error => 3,
    }
}

pub(super) fn told(level: Level) -> &'static str {
    if level == Level::Off { "not judged" } else { weight(level) }
}
