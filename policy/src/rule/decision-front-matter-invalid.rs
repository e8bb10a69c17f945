#![doc = include_str!("decision-front-matter-invalid.md")]

use super::{Check, RecordCase, Rule};
use crate::decision::{Decision, Kind, date};
use crate::fact::vocabulary::find;
use crate::manifest;
use crate::policy::Placed;
use crate::report::{Finding, words};
use crate::text::Span;
use crate::text::yaml::Value;

pub const RULE: Rule = Rule {
    id: "decision-front-matter-invalid",
    severity: crate::report::Severity::Warning,
    strict: false,
    check: Check::Record(check),
    page: include_str!("decision-front-matter-invalid.md"),
};

fn check(case: &RecordCase<'_>) -> Vec<Finding> {
    let decision = case.decision;
    let asked = &case.page.decisions.front_matter;
    // What cannot be read has a finding of its own.
    if decision.kind != Kind::Decision || decision.unread.is_some() {
        return Vec::new();
    }
    let (Some(span), text) = (case.outline.front_matter, case.text) else {
        return lacks(decision, asked, &|_| false, Span::default());
    };
    let Some(root) = case.outline.front.first().filter(|root| root.is_mapping()) else { return Vec::new() };
    let mut findings = lacks(decision, asked, &|key| has(root, key), Span::at(span.start));
    let wanted = case.strict || case.page.severity(RULE.id).is_some() || !asked.is_empty();
    if wanted || root.entries().any(|entry| entry.key.text().is_some_and(is_ours)) {
        // A date that cannot be read has a finding of its own.
        let known = |span: Span| decision.date_unread.as_ref().is_some_and(|(_, unread)| unread.contains(span));
        let faults = manifest::front_matter_faults(root).into_iter().filter(|fault| !known(fault.span));
        findings.extend(faults.map(|fault| {
            let braced = fault.span.of(text).starts_with('{');
            let help = if braced {
                "Take the braces away: YAML reads them as a mapping."
            } else {
                "Mend the value; `schemas/decision.schema.json` says its form."
            };
            let finding = found(decision, fault.message, fault.span).label(fault.label);
            finding.help(fault.help.unwrap_or_else(|| help.to_owned()))
        }));
        findings.extend(updated_before_created(decision, root));
    }
    findings
}

/// Keys that nothing but adrule reads.
fn is_ours(key: &str) -> bool {
    matches!(key, "services" | "facts") || key.contains(['-', '_']) && find(&key.replace('_', "-")).is_some()
}

fn has(root: Value<'_, '_>, key: &str) -> bool {
    let plain = |key: &str| key.to_lowercase().replace('_', "-");
    root.entries().any(|entry| entry.key.text().is_some_and(|own| plain(own) == plain(key)) && !entry.value.is_null())
}

/// The keys that the page asks for and the front matter lacks.
fn lacks(decision: &Decision, asked: &[Placed<String>], has: &dyn Fn(&str) -> bool, at: Span) -> Vec<Finding> {
    let missing: Vec<String> =
        asked.iter().filter(|key| !has(key)).map(|key| format!("`{}`", words::printable(key, 40))).collect();
    if missing.is_empty() {
        return Vec::new();
    }
    let listed = words::list(&missing, "and");
    vec![
        found(decision, format!("the front matter has no {listed}"), at)
            .label("the page asks for it")
            .help(format!("Add {listed} between the lines `---` at the top of the file.")),
    ]
}

fn updated_before_created(decision: &Decision, root: Value<'_, '_>) -> Option<Finding> {
    let day = |key: &str| {
        let value = root.get(key)?;
        date::leading(value.text()?).map(|(day, _)| (day, value.span()))
    };
    let ((created, _), (updated, span)) = day("created").zip(day("updated"))?;
    (updated < created).then(|| {
        found(decision, format!("`updated` ({updated}) lies before `created` ({created})"), span)
            .label("one of the two is wrong")
            .help("Correct the day that is wrong.")
    })
}

fn found(decision: &Decision, message: String, span: Span) -> Finding {
    Finding::new(RULE.id, RULE.severity, decision.path.to_string(), message, decision.place(span))
        .why("Tools read the front matter, and pass over what has not the form that they expect.")
}
