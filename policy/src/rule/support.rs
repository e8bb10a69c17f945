//! What rules share: the words for reasons, and what goes with a gap.

use super::{Context, LanguageCase, memo, stand_in};
use crate::decision::Decision;
use crate::fact::{Fact, Origin, vocabulary};
use crate::language;
use crate::manifest;
use crate::policy::{LanguageRule, Op, Page, Requirement, Verdict, words as page_words};
use crate::report::{Finding, words};
use crate::text::outline::Outline;
use std::sync::Arc;

/// More readings that do not count are not shown beside a gap.
const MOST_SHOWN: usize = 6;

/// The reason that a service states for a language.
pub enum Reason<'a> {
    /// The page asks for none.
    NotAsked,
    /// One of those that the page accepts is stated.
    Stated(&'a Fact),
    /// None is.
    None,
}

/// The reason that counts for a language: the first of the page's `any` list that is met.
#[must_use]
pub fn reason<'a>(page: &Page, rule: Option<&LanguageRule>, facts: &[&'a Fact]) -> Reason<'a> {
    let any = rule.map(|rule| rule.requires.any.as_slice()).unwrap_or_default();
    if any.is_empty() {
        return Reason::NotAsked;
    }
    // A reason that argues is named before one that only satisfies the letter.
    let met = |weak: bool| {
        any.iter().find_map(|wanted| match wanted.judge(facts, page) {
            Verdict::Met(at) if is_weak(wanted, facts[at]) == weak => Some(facts[at]),
            _ => None,
        })
    };
    met(false).or_else(|| met(true)).map_or(Reason::None, Reason::Stated)
}

/// A failure impact of `low` or `medium` satisfies a page that asks for any rating, but argues for nothing.
#[must_use]
pub fn is_weak(wanted: &Requirement, fact: &Fact) -> bool {
    let low = matches!(&fact.value, Some(crate::fact::Value::Rank(word)) if matches!(word.as_ref(), "low" | "medium"));
    wanted.fact.as_ref() == "failure-impact" && wanted.comparisons.is_empty() && low
}

impl<'a> LanguageCase<'a> {
    /// The language as it is written in a sentence.
    #[must_use]
    pub fn name(&self) -> &str {
        language::display(&self.language.name)
    }

    /// The facts about the service.
    #[must_use]
    pub fn facts(&self) -> Vec<&'a Fact> {
        self.case.member.facts.iter().collect()
    }

    /// The page's sentence on the language: its own words, or made from its requirements.
    #[must_use]
    pub fn says(&self) -> String {
        let Some(rule) = self.rule else { return String::new() };
        if let Some(says) = &rule.says {
            return says.value.clone();
        }
        let page = self.case.context.page;
        let any: Vec<String> = rule.requires.any.iter().map(|wanted| page_words::requirement(wanted, page)).collect();
        let all: Vec<String> = rule.requires.all.iter().map(|wanted| page_words::requirement(wanted, page)).collect();
        match (any.as_slice(), all.as_slice()) {
            ([], []) => String::new(),
            (any, []) => format!("{} needs {}.", self.name(), words::list(any, "or")),
            ([], all) => format!("{} needs {}.", self.name(), words::list(all, "and")),
            (any, all) => format!("{} needs {}; and {}.", self.name(), words::list(any, "or"), words::list(all, "and")),
        }
    }

    /// "new in this change; Rust, from services/edge-proxy/Cargo.toml". What was in the language before is asked only
    /// where the change takes away what allowed it.
    #[must_use]
    pub fn origin(&self) -> String {
        let case = self.case;
        let how = if self.language.stated {
            format!("{}, as it states", self.name())
        } else {
            let stated: Vec<&str> = case
                .member
                .languages
                .iter()
                .filter(|other| other.stated)
                .map(|other| language::display(&other.name))
                .collect();
            let unlike = if case.member.contradicted {
                format!("; its manifest states {}", words::list(&stated, "and"))
            } else {
                String::new()
            };
            format!("{}, from {}{unlike}", self.name(), self.language.place.path)
        };
        match (case.compared, case.new) {
            (true, true) => format!("new in this change; {how}"),
            (true, false) if case.before.is_some_and(|before| before.is_in(&self.language.name)) => {
                format!("allowed until this change; {how}")
            }
            (true, false) => format!("newly written in {how}"),
            (false, _) => how,
        }
    }

    /// A finding at the service's name that says where the language comes from.
    #[must_use]
    pub fn finding(&self, rule: &super::Rule, message: String) -> Finding {
        let place = self.case.member.place.clone();
        let finding = Finding::new(rule.id, rule.severity, &self.case.member.name, message, place).label(self.origin());
        if self.language.stated && self.language.place != self.case.member.place {
            finding.and(self.language.place.clone(), format!("{} is stated here", self.name()))
        } else {
            finding
        }
    }

    /// Adds what was read about the wanted facts and why it does not count, and decisions that permit nothing.
    #[must_use]
    pub fn with_readings(&self, mut finding: Finding, wanted: &[Requirement]) -> Finding {
        let context = self.case.context;
        let name = &self.case.member.name;
        let facts = self.facts();
        let mut shown = 0;
        for requirement in wanted {
            for fact in facts.iter().filter(|fact| fact.kind == requirement.fact).take(4) {
                let why = match requirement.judge(&[fact], context.page) {
                    Verdict::NotMet { why, .. } => why,
                    Verdict::Unclear { why, .. } => stand_in::label_of(fact, name).unwrap_or(why),
                    Verdict::Met(_) | Verdict::NotStated => continue,
                };
                // Beyond that a reader sees no more, but less.
                if shown < MOST_SHOWN && !finding.places.iter().any(|place| place.place == fact.place) {
                    finding = finding.and(fact.place.clone(), why);
                    shown += 1;
                }
            }
        }
        for praise in stand_in::praises(self) {
            finding = finding.and(praise.place.clone(), stand_in::label(praise.virtue));
        }
        for decision in self.powerless() {
            let stated = self.stated_in(decision, wanted);
            let status = match decision.status {
                Some(status) => format!("is {}", crate::decision::word(status)),
                None => "has a status that is not understood".to_owned(),
            };
            for fact in &stated {
                let value = words::fact_value(fact);
                finding = finding.and(fact.place.clone(), format!("{value}, but the decision {status}"));
            }
            let so = if stated.is_empty() { "it permits nothing" } else { "what it states does not count" };
            finding = finding.note(format!("{} {status}: {so}", decision.path));
        }
        finding
    }

    /// The decisions about the service that permit nothing.
    fn powerless(&self) -> impl Iterator<Item = &'a Decision> {
        let decisions = self.case.context.decisions;
        let tied = self.case.member.decisions.iter().filter_map(|&(at, _)| Some(decisions.get(at)?.as_ref()));
        tied.filter(|decision| !decision.permits()).take(4)
    }

    /// What a decision that permits nothing states of what is wanted.
    fn stated_in(&self, decision: &Decision, wanted: &[Requirement]) -> Vec<Fact> {
        let about = |fact: &Fact| {
            fact.subject.as_deref().is_none_or(|subject| crate::estate::same_name(subject, &self.case.member.name))
        };
        let facts = self.case.context.memo.stated(self.case.context, decision, wanted);
        facts.iter().filter(|fact| about(fact)).take(memo::SHOWN).cloned().collect()
    }

    /// Whether a decision that permits nothing states something that is wanted.
    #[must_use]
    pub fn is_stated_in_vain(&self, wanted: &[Requirement]) -> bool {
        self.powerless().any(|decision| !self.stated_in(decision, wanted).is_empty())
    }

    /// Adds the lines that would state each of `wanted`: in the manifest and in a decision about the service.
    #[must_use]
    pub fn with_fixes(&self, mut finding: Finding, wanted: &[Requirement]) -> Finding {
        let context = self.case.context;
        let member = self.case.member;
        let document = member.documents.iter().find(|document| document.room != crate::manifest::Room::None);
        let page = context.page;
        if let Some(document) = document {
            let mut lines: Vec<(String, String)> = Vec::new();
            for requirement in wanted {
                let (at, text) = manifest::lines_with(document, &requirement.fact, &example(requirement, page));
                // A key that is there already is changed, not written twice.
                let there = member.facts.iter().find(|fact| {
                    fact.kind == requirement.fact
                        && fact.origin == Origin::Manifest
                        && fact.place.path == document.place.path
                        && !fact.evidence
                });
                let at = match there {
                    Some(fact) => {
                        format!("in place of what {} says", context.line(&fact.place.path, fact.place.span.start))
                    }
                    None => at,
                };
                match lines.iter_mut().find(|(known, _)| *known == at) {
                    Some((_, block)) => {
                        block.push('\n');
                        block.push_str(&text);
                    }
                    None => lines.push((at, text)),
                }
            }
            for (at, text) in lines {
                finding = finding.fix(Arc::clone(&document.place.path), at, text);
            }
        } else {
            let path = crate::estate::join(&member.folder, "service.yaml");
            let lines = wanted.iter().map(|wanted| format!("{}: {}", wanted.fact, example(wanted, page)));
            let head = format!("name: {}\nlanguage: {}", member.name, self.language.name);
            let text = std::iter::once(head).chain(lines).collect::<Vec<_>>().join("\n");
            finding = finding.fix(path, "a new file", text);
        }
        if let Some(decision) = member.permitting(context.decisions).next() {
            let lines: Vec<String> =
                wanted.iter().map(|wanted| labelled(&wanted.fact, &example(wanted, page))).collect();
            let at = context.written(decision).map_or_else(String::new, |(outline, _)| decision_section(outline));
            finding = finding.fix(Arc::clone(&decision.path), at, lines.join("\n"));
        }
        finding
    }
}

/// The section of a decision in which a reason is best stated.
fn decision_section(outline: &Outline) -> String {
    let known = ["decision", "decision outcome", "entscheidung", "décision", "decisión"];
    let section = outline.sections.iter().find(|section| known.contains(&section.title.to_lowercase().as_str()));
    section.map_or(String::new(), |section| format!("under \"{}\"", section.title))
}

/// `**Latency target:** p95 under 10 ms`.
pub fn labelled(fact: &str, value: &str) -> String {
    let name = words::fact_name(fact);
    let mut letters = name.chars();
    let upper = letters.next().map(|first| first.to_uppercase().collect::<String>()).unwrap_or_default();
    format!("**{upper}{}:** {value}", letters.as_str())
}

/// A value that would satisfy a requirement: its own bound, else the vocabulary's example.
#[must_use]
pub fn example(wanted: &Requirement, page: &Page) -> String {
    let known = vocabulary::find(&wanted.fact);
    let percentile = wanted.percentile.as_ref().map(|at| format!("p{} ", words::number(at.value))).unwrap_or_default();
    let bound = wanted.comparisons.iter().find_map(|comparison| {
        let written = comparison.written.first()?;
        Some(match comparison.op {
            Op::NoneOf | Op::LessThan | Op::MoreThan => return None,
            Op::AtLeast if is_names(&wanted.fact, page) => names(written),
            _ => written.clone(),
        })
    });
    match (bound, known) {
        (Some(bound), _) if percentile.is_empty() => bound,
        (Some(bound), _) => format!("{percentile}under {bound}"),
        (None, Some(known)) => known.example.to_owned(),
        (None, None) => page
            .fact_type(&wanted.fact)
            .and_then(|kind| kind.words().last().map(str::to_owned))
            .unwrap_or_else(|| "…".to_owned()),
    }
}

fn is_names(fact: &str, page: &Page) -> bool {
    page.fact_type(fact).is_some_and(|kind| kind.name() == "names")
}

/// As many names as are asked for.
fn names(written: &str) -> String {
    let number: usize = written.trim().parse().unwrap_or(2);
    let names: Vec<String> = (1..=number.clamp(1, 5)).map(|at| format!("name-{at}")).collect();
    format!("[{}]", names.join(", "))
}

/// A service's standing in words, for one language: the reason that counts, or what is missing.
#[must_use]
pub fn standing_words(context: &Context<'_>, fact: &Fact) -> String {
    context.reading(fact).replacen(": ", " ", 1)
}
