//! What stands where a reason is asked for and is none: praise, measurements, other systems' figures, placeholders.
//!
//! They explain a gap and are none of their own: each goes with the gap's finding, at whose place people read it.

use super::support::{Reason, example, labelled, reason};
use super::{Check, LanguageCase, Rule};
use crate::fact::{Against, Fact, Praise, Standing, Virtue};
use crate::policy::Requirement;
use crate::report::{Finding, words};

/// What is missing for a language, and the rule that says so.
pub struct Gap {
    /// What would close it.
    pub wanted: Vec<Requirement>,
    /// The rule whose finding names it.
    pub rule: &'static str,
}

/// More of one kind are not shown beside a gap.
const SHOWN: usize = 4;

/// The gap of a language, if there is one.
pub fn gap(case: &LanguageCase<'_>) -> Option<Gap> {
    let rule = case.rule?;
    let page = case.case.context.page;
    let facts = case.facts();
    if matches!(reason(page, Some(rule), &facts), Reason::None) {
        return Some(Gap { wanted: rule.requires.any.clone(), rule: "language-without-reason" });
    }
    let missing: Vec<_> =
        rule.requires.all.iter().filter(|wanted| !wanted.judge(&facts, page).is_met()).cloned().collect();
    (!missing.is_empty()).then_some(Gap { wanted: missing, rule: "language-requirement-missing" })
}

/// The readings of wanted facts that are one of these instead, each with the requirement that it is about.
fn readings<'a>(case: &LanguageCase<'a>, gap: &Gap, of: &[Against]) -> Vec<(&'a Fact, Requirement)> {
    let wanted = |fact: &Fact| gap.wanted.iter().find(|wanted| wanted.fact == fact.kind).cloned();
    let facts = case.facts().into_iter().filter(|fact| !fact.evidence);
    facts
        .filter(|fact| fact.against().is_some_and(|against| of.contains(&against)))
        .filter_map(|fact| Some((fact, wanted(fact)?)))
        .take(SHOWN)
        .collect()
}

/// Findings on readings of wanted facts that are something else.
pub fn of_readings(
    case: &LanguageCase<'_>,
    of: &[Against],
    say: fn(&LanguageCase<'_>, &Fact, &Requirement) -> Finding,
) -> Vec<Finding> {
    let Some(gap) = gap(case) else { return Vec::new() };
    let all = readings(case, &gap, of);
    all.into_iter().map(|(fact, wanted)| say(case, fact, &wanted).explains(gap.rule)).collect()
}

/// The praise of the language in what is written about the service, where no reason is stated.
pub fn praises(case: &LanguageCase<'_>) -> Vec<Praise> {
    let context = case.case.context;
    let is_gap = gap(case).is_some_and(|gap| gap.rule == "language-without-reason");
    if !is_gap {
        return Vec::new();
    }
    let decisions = case.case.member.permitting(context.decisions);
    let mut found: Vec<Praise> = Vec::new();
    for decision in decisions.take(SHOWN) {
        found.extend(context.memo.praise(context, decision, &case.language.name).iter().cloned());
    }
    found.truncate(SHOWN);
    found
}

/// What is said at the words of a stand-in.
pub fn label(virtue: Virtue) -> &'static str {
    match virtue {
        Virtue::Comparison => "a comparison, not a limit",
        Virtue::Others => "what others do, and no figure",
        _ => "praise, without a figure",
    }
}

/// What is said at a reading that does not count.
pub fn label_of(fact: &Fact, name: &str) -> Option<String> {
    Some(match fact.against()? {
        Against::Measurement => "read as a measurement, not as a limit".to_owned(),
        Against::Before => format!("about what was there before, not about `{name}`"),
        Against::Other => format!("about another system, not about `{name}`"),
        Against::Option => "about an option, not about what was decided".to_owned(),
        Against::Placeholder => "still to be filled in".to_owned(),
        Against::Bare => "a figure, and no word that makes it a limit".to_owned(),
        Against::Imagined => "an estimate, a wish or a plan, not a limit".to_owned(),
        Against::Else => return None,
    })
}

/// The words of a reading, short enough for a sentence.
pub fn quote(text: &str) -> String {
    let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    words::printable(&one_line.replace("**", "").replace("__", ""), 80)
}

/// The line that would state a reading's own value, where that would be what the page asks for.
pub fn own_line(case: &LanguageCase<'_>, fact: &Fact, wanted: &Requirement) -> Option<String> {
    let value = fact.value.as_ref()?;
    let page = case.case.context.page;
    let stated = Fact { standing: Standing::Stated, because: None, ..fact.clone() };
    wanted.judge(&[&stated], page).is_met().then(|| {
        let value = words::value(value);
        let value = match fact.percentile {
            Some(at) => format!("p{} under {value}", words::number(at)),
            None => value,
        };
        labelled(&wanted.fact, &value)
    })
}

/// A line that would do, with a value by which nobody is meant.
pub fn example_line(case: &LanguageCase<'_>, wanted: &Requirement) -> String {
    labelled(&wanted.fact, &example(wanted, case.case.context.page))
}

/// The wanted fact in which a virtue would show.
pub fn shown_in(virtue: Virtue, wanted: &[Requirement]) -> Option<&Requirement> {
    let best: &[&str] = match virtue {
        Virtue::Speed | Virtue::Comparison => &["latency-target", "startup-time", "expected-traffic"],
        Virtue::Memory => &["memory-budget"],
        Virtue::Safety => &["failure-impact", "threat-model"],
        Virtue::Taste | Virtue::Others => &[],
    };
    let named = best.iter().find_map(|id| wanted.iter().find(|wanted| wanted.fact.as_ref() == *id));
    named.or(wanted.first())
}

/// What these rules have in common.
pub const fn rule(id: &'static str, check: fn(&LanguageCase<'_>) -> Vec<Finding>, page: &'static str) -> Rule {
    Rule { id, severity: crate::report::Severity::Info, strict: false, check: Check::Language(check), page }
}
