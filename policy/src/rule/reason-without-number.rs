#![doc = include_str!("reason-without-number.md")]

use super::stand_in::{example_line, gap, label, praises, quote, rule, shown_in};
use super::{LanguageCase, Rule};
use crate::fact::Virtue;
use crate::report::{Finding, words};

pub const RULE: Rule = rule("reason-without-number", check, include_str!("reason-without-number.md"));

/// One finding for all the praise of a service: what is missing is the same for each word.
fn check(case: &LanguageCase<'_>) -> Vec<Finding> {
    let Some(gap) = gap(case) else { return Vec::new() };
    let all: Vec<_> = praises(case).into_iter().filter(|praise| praise.virtue != Virtue::Comparison).collect();
    let Some(first) = all.first() else { return Vec::new() };
    let Some(wanted) = shown_in(first.virtue, &gap.wanted) else { return Vec::new() };
    let name = &case.case.member.name;
    let mut quotes: Vec<String> = all.iter().map(|praise| format!("\"{}\"", quote(&praise.quote))).collect();
    quotes.dedup();
    let verb = if quotes.len() == 1 { "speaks" } else { "speak" };
    let message = format!("{} {verb} for {} and give no figure", words::list(&quotes, "and"), case.name());
    let message = if quotes.len() == 1 { message.replace("and give no", "and gives no") } else { message };
    let mut finding = Finding::new(RULE.id, RULE.severity, name, message, first.place.clone())
        .label(label(first.virtue))
        .why("Praise holds for every service alike; a figure says what this one needs, and can be checked later.")
        .help(format!(
            "Say what follows from it for `{name}`, with your own number, for example: `{}`.",
            example_line(case, wanted)
        ))
        .explains(gap.rule);
    for praise in all.iter().skip(1) {
        finding = finding.and(praise.place.clone(), label(praise.virtue));
    }
    vec![finding]
}
