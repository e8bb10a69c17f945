//! What changed between two pages, in words.

mod facts;

use super::render::{condition, kind_words, waiver_words, weight};
use super::words::{day, listed, one_line, requirement};
use super::{
    Decisions, LanguageRule, Level, Others, OwnRule, Page, PageTest, Pattern, Placed, Requirement, Requires, Waiver,
    When,
};
use crate::decision::word;
use crate::language::display;
use std::sync::Arc;

/// What changed from `old` to `new`, a sentence for each change, in the order of the page; empty where they say the
/// same. The way in which a page is written, and the packs behind it, do not count: what it says does.
#[must_use]
pub fn words(old: &Page, new: &Page) -> Vec<String> {
    let mut changes = Changes { old, new, said: Vec::new() };
    changes.head();
    changes.languages();
    changes.places();
    changes.facts();
    changes.rules();
    changes.waivers();
    changes.suppressions();
    changes.organisation();
    changes.tests();
    changes.said
}

struct Changes<'p> {
    old: &'p Page,
    new: &'p Page,
    said: Vec<String>,
}

impl Changes<'_> {
    fn say(&mut self, sentence: String) {
        self.said.push(sentence);
    }

    /// A text that is there, gone or another.
    fn text(&mut self, what: &str, old: Option<String>, new: Option<String>) {
        match (old, new) {
            (None, Some(new)) => self.say(format!("{what} is now given: {new}.")),
            (Some(old), None) => self.say(format!("{what} is no longer given: it was {old}.")),
            (Some(old), Some(new)) if old != new => self.say(format!("{what} is now {new}; it was {old}.")),
            _ => {}
        }
    }

    /// Items of a list that came or went.
    fn list(&mut self, old: &[String], new: &[String], gone: impl Fn(&str) -> String, came: impl Fn(&str) -> String) {
        for item in old.iter().filter(|item| !new.contains(item)) {
            self.say(gone(item));
        }
        for item in new.iter().filter(|item| !old.contains(item)) {
            self.say(came(item));
        }
    }

    fn head(&mut self) {
        let (old, new) = (self.old, self.new);
        self.text("The title", quoted(old.title.as_ref()), quoted(new.title.as_ref()));
        self.text("The owner", quoted(old.owner.as_ref()), quoted(new.owner.as_ref()));
        let review = |page: &Page| page.review_by.as_ref().map(|due| day(due.value));
        self.text("The day of review", review(old), review(new));
        let defaults = |page: &Page| names(&page.default);
        self.list(
            &defaults(old),
            &defaults(new),
            |name| format!("{name} is no longer a default."),
            |name| format!("{name} is now a default and needs no reason."),
        );
        let others = |page: &Page| match page.others() {
            Others::Allow => ("need no reason", "needed no reason"),
            Others::Ask => ("need a waiver", "needed a waiver"),
            Others::Refuse => ("are no longer used", "were not used"),
        };
        if old.others() != new.others() {
            let (was, is) = (others(old).1, others(new).0);
            self.say(format!("From now on, languages that the page does not name {is}; before, they {was}."));
        }
    }

    fn suppressions(&mut self) {
        match (self.old.excuses_in_change(), self.new.excuses_in_change()) {
            (false, true) => self.say(
                "A comment that excuses a finding now counts in the change that adds it; before, it counted once it was merged."
                    .to_owned(),
            ),
            (true, false) => self.say(
                "A comment that excuses a finding now counts once it is merged; before, it counted in the change that added it."
                    .to_owned(),
            ),
            _ => {}
        }
    }

    /// The organisation's page is no pack: what it says may be another thing tomorrow.
    fn organisation(&mut self) {
        match (self.old.on_organisation().is_some(), self.new.on_organisation().is_some()) {
            (false, true) => self.say("The page now builds on the organisation's page.".to_owned()),
            (true, false) => self.say("The page no longer builds on the organisation's page.".to_owned()),
            _ => {}
        }
        let may = |page: &Page| {
            page.repositories_may.iter().map(|part| format!("`{}`", part.value.key())).collect::<Vec<_>>()
        };
        self.list(
            &may(self.old),
            &may(self.new),
            |part| format!("The page of a repository may no longer loosen {part}."),
            |part| format!("The page of a repository may now loosen {part}."),
        );
    }

    fn languages(&mut self) {
        let (old, new) = (self.old, self.new);
        for rule in old.languages.iter().filter(|rule| new.language(&rule.id).is_none()) {
            self.say(format!("The page no longer names {}.", display(&rule.id)));
        }
        for rule in &new.languages {
            match old.language(&rule.id) {
                Some(before) => self.language(before, rule),
                None => {
                    self.say(format!("The page now names {}.", display(&rule.id)));
                    let before = LanguageRule {
                        says: None,
                        requires: Requires::default(),
                        only_for: Vec::new(),
                        severity: None,
                        ..rule.clone()
                    };
                    self.language(&before, rule);
                }
            }
        }
    }

    fn language(&mut self, old: &LanguageRule, new: &LanguageRule) {
        let name = display(&new.id).to_owned();
        self.text(&format!("The sentence on {name}"), quoted(old.says.as_ref()), quoted(new.says.as_ref()));
        self.requires(&name, &old.requires, &new.requires);
        let kinds = |rule: &LanguageRule| {
            let kinds: Vec<String> = rule.only_for.iter().map(|kind| kind_words(kind)).collect();
            listed(&kinds, "and")
        };
        let (was, is) = (kinds(old), kinds(new));
        if was != is {
            self.say(match (was.is_empty(), is.is_empty()) {
                (_, true) => format!("{name} is for every kind of service now; before, it was for {was} only."),
                (true, _) => format!("{name} is for {is} only; before, it was for every kind of service."),
                _ => format!("{name} is for {is} only; before, it was for {was} only."),
            });
        }
        let severity = |rule: &LanguageRule| rule.severity.as_ref().map_or(Level::Error, |level| level.value);
        self.severity(&format!("A missing reason for {name}"), severity(old), severity(new));
    }

    fn severity(&mut self, what: &str, old: Level, new: Level) {
        if old != new {
            let told = |level: Level| if level == Level::Off { "not judged" } else { weight(level) };
            self.say(format!("{what} is now {}; it was {}.", told(new), told(old)));
        }
    }

    fn requires(&mut self, who: &str, old: &Requires, new: &Requires) {
        let all = |list: &[Requirement], page: &Page| {
            let told: Vec<String> = list.iter().map(|wanted| requirement(wanted, page)).collect();
            listed(&told, "or")
        };
        match (old.any.is_empty(), new.any.is_empty()) {
            (true, false) => self.say(format!("{who} now needs {}.", all(&new.any, self.new))),
            (false, true) => self.say(format!("{who} no longer needs {}.", all(&old.any, self.old))),
            _ => self.requirements(who, &old.any, &new.any, ["is no longer enough", "is now enough"]),
        }
        self.requirements(who, &old.all, &new.all, ["is no longer needed", "is now needed"]);
    }

    /// Requirements that came or went; one that is asked of the same fact in another way has changed.
    fn requirements(&mut self, who: &str, old: &[Requirement], new: &[Requirement], [gone, came]: [&str; 2]) {
        let (old_page, new_page) = (self.old, self.new);
        let mut left: Vec<&Requirement> = new.iter().filter(|wanted| !old.contains(wanted)).collect();
        for before in old.iter().filter(|wanted| !new.contains(wanted)) {
            let was = requirement(before, old_page);
            match left.iter().position(|wanted| wanted.fact == before.fact) {
                Some(at) => {
                    let is = requirement(left.remove(at), new_page);
                    self.say(format!("{who}: {is} {came}, instead of {was}."));
                }
                None => self.say(format!("{who}: {was} {gone}.")),
            }
        }
        for wanted in left {
            self.say(format!("{who}: {} {came}.", requirement(wanted, new_page)));
        }
    }

    fn places(&mut self) {
        let (old, new) = (self.old, self.new);
        self.list(
            &paths(&old.services),
            &paths(&new.services),
            |path| format!("Folders {path} are no longer services by themselves."),
            |path| format!("Each folder {path} is now a service and needs a manifest."),
        );
        self.list(
            &paths(&old.exclude),
            &paths(&new.exclude),
            |path| format!("{path} is looked at again."),
            |path| format!("{path} is no longer looked at."),
        );
        self.list(
            &paths(&old.decisions.folders),
            &paths(&new.decisions.folders),
            |path| format!("Decisions are no longer looked for in {path}."),
            |path| format!("Decisions are now looked for in {path}."),
        );
        self.list(
            &names(&old.decisions.required_for),
            &names(&new.decisions.required_for),
            |name| format!("The choice of {name} no longer needs a decision."),
            |name| format!("The choice of {name} now needs a decision, accepted or proposed."),
        );
        self.records();
    }

    /// What a decision must look like.
    fn records(&mut self) {
        let (old, new) = (self.old, self.new);
        let (old, new) = (&old.decisions, &new.decisions);
        let texts = |of: &[super::Placed<String>]| of.iter().map(|text| one_line(text)).collect::<Vec<_>>();
        self.list(
            &texts(&old.sections),
            &texts(&new.sections),
            |name| format!("A decision no longer needs the section *{name}*."),
            |name| format!("A decision now needs the section *{name}*."),
        );
        self.list(
            &texts(&old.front_matter),
            &texts(&new.front_matter),
            |key| format!("The front matter of a decision no longer needs `{key}`."),
            |key| format!("The front matter of a decision now needs `{key}`."),
        );
        let statuses = |of: &Decisions| {
            let words: Vec<String> = of.statuses.iter().map(|status| word(status.value).to_owned()).collect();
            (!words.is_empty()).then(|| words.join(", "))
        };
        self.text("The list of statuses that a decision may have", statuses(old), statuses(new));
        let meant = |of: &Decisions| -> Vec<String> {
            of.status_words.iter().map(|(own, status)| format!("*{}* ({})", one_line(own), word(*status))).collect()
        };
        self.list(
            &meant(old),
            &meant(new),
            |own| format!("The status {own} is no longer known."),
            |own| format!("The status {own} is now known."),
        );
        let name = |of: &Decisions| of.file_name.as_ref().map(|pattern| format!("`{}`", one_line(&pattern.text)));
        self.text("The name of a decision's file", name(old), name(new));
    }

    fn rules(&mut self) {
        let (old, new) = (self.old, self.new);
        for rule in old.rules.iter().filter(|rule| !new.rules.iter().any(|other| other.id == rule.id)) {
            self.say(format!("The rule `{}` is gone: {}", rule.id, one_line(&rule.says)));
        }
        for rule in &new.rules {
            match old.rules.iter().find(|before| before.id == rule.id) {
                None => self.say(format!("The rule `{}` is new: {}", rule.id, one_line(&rule.says))),
                Some(before) => self.rule(before, rule),
            }
        }
        let set = |page: &Page| {
            page.severities
                .iter()
                .map(|change| format!("`{}` to {}", change.rule, change.level.word()))
                .collect::<Vec<_>>()
        };
        self.list(
            &set(old),
            &set(new),
            |change| format!("The page no longer sets {change}."),
            |change| format!("The page now sets {change}."),
        );
    }

    fn rule(&mut self, old: &OwnRule, new: &OwnRule) {
        let what = |of: &str| format!("{of} of the rule `{}`", new.id);
        self.text(&what("The sentence"), quoted(Some(&old.says)), quoted(Some(&new.says)));
        let told = |when: Option<&When>, page: &Page| when.map(|when| condition(when, page, requirement));
        self.text(&what("`when`"), told(old.when.as_ref(), self.old), told(new.when.as_ref(), self.new));
        self.text(&what("`unless`"), told(old.unless.as_ref(), self.old), told(new.unless.as_ref(), self.new));
        self.requires(&format!("The rule `{}`", new.id), &old.requires, &new.requires);
        self.severity(&format!("The rule `{}`", new.id), old.severity, new.severity);
        self.text(&what("The remedy"), quoted(old.fix.as_ref()), quoted(new.fix.as_ref()));
        self.text(&what("The help"), quoted(old.help.as_ref()), quoted(new.help.as_ref()));
    }

    fn waivers(&mut self) {
        let (old, new) = (self.old, self.new);
        let find = |page: &'_ Page, of: &Waiver| page.waivers.iter().position(|other| same_waiver(other, of));
        for waiver in old.waivers.iter().filter(|waiver| find(new, waiver).is_none()) {
            self.say(format!("A waiver is gone: {}.", waiver_words(waiver, "until")));
        }
        for waiver in &new.waivers {
            match find(old, waiver) {
                None => self.say(format!("A waiver is new: {}.", waiver_words(waiver, "until"))),
                Some(at) => self.waiver(&old.waivers[at], waiver),
            }
        }
    }

    fn waiver(&mut self, old: &Waiver, new: &Waiver) {
        let what = |of: &str| format!("{of} of the waiver for {}", listed(&paths(&new.scope), "and"));
        let date = |of: Option<&Placed<jiff::civil::Date>>| of.map(|of| day(of.value));
        self.text(&what("The reason"), quoted(old.reason.as_ref()), quoted(new.reason.as_ref()));
        self.text(&what("The owner"), quoted(old.owner.as_ref()), quoted(new.owner.as_ref()));
        self.text(&what("The approval"), quoted(old.approved_by.as_ref()), quoted(new.approved_by.as_ref()));
        self.text(&what("The first day"), date(old.granted.as_ref()), date(new.granted.as_ref()));
        self.text(&what("The last day"), date(old.expires.as_ref()), date(new.expires.as_ref()));
        self.text(&what("The exit"), quoted(old.exit.as_ref()), quoted(new.exit.as_ref()));
    }

    fn tests(&mut self) {
        let told = |page: &Page| page.tests.iter().map(test).collect::<Vec<_>>();
        self.list(
            &told(self.old),
            &told(self.new),
            |test| format!("A test is gone: {test}."),
            |test| format!("A test is new: {test}."),
        );
    }
}

fn quoted(text: Option<&Placed<String>>) -> Option<String> {
    text.map(|text| format!("\"{}\"", one_line(text)))
}

fn names(languages: &[Placed<Arc<str>>]) -> Vec<String> {
    languages.iter().map(|id| display(id).to_owned()).collect()
}

fn paths(patterns: &[Pattern]) -> Vec<String> {
    patterns.iter().map(|pattern| format!("`{}`", pattern.text)).collect()
}

/// Waivers of one rule for the same services are one waiver that changed.
fn same_waiver(a: &Waiver, b: &Waiver) -> bool {
    let rule = |waiver: &Waiver| waiver.rule.as_ref().map(|rule| Arc::clone(&rule.value));
    rule(a) == rule(b) && a.scope == b.scope
}

fn test(test: &PageTest) -> String {
    let given = &test.given;
    let mut parts: Vec<String> = given.languages.iter().map(|id| display(id).to_owned()).collect();
    parts.extend([&given.kind, &given.service, &given.path].into_iter().flatten().map(|text| one_line(text)));
    parts.extend(given.decision.map(|decision| match decision {
        super::GivenDecision::None => "no decision".to_owned(),
        super::GivenDecision::Status(status) => format!("decision {status:?}").to_lowercase(),
    }));
    parts.extend(given.facts.iter().map(|fact| {
        let value =
            fact.value.as_ref().map_or_else(String::new, |value| super::words::value_at(value, fact.percentile));
        format!("{} {value}", fact.kind)
    }));
    let expect: Vec<String> = test.expect.iter().map(|rule| format!("`{}`", one_line(rule))).collect();
    let expect = if expect.is_empty() { "no rule".to_owned() } else { listed(&expect, "and") };
    let name = test.name.as_ref().map_or_else(String::new, |name| format!("{}: ", one_line(name)));
    format!("{name}{} gives {expect}", parts.join(", "))
}
