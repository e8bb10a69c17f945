//! Waivers, and what a service may be.

use crate::estate::Member;
use crate::policy::{Waiver, is_active, waiver_matches, waiver_matches_record};
use crate::report::{Finding, ServiceReport, Severity, Standing, Waived, words};
use crate::rule::{Case, Context, Reason, find, is_own_waiver, lacks_language, reason, standing_words};

/// Marks the findings of a service that a waiver in force excuses.
pub(super) fn excuse(findings: &mut [Finding], context: &Context<'_>, member: &Member) {
    excuse_by(findings, context, &|waiver, finding| {
        waiver_matches(waiver, &finding.rule, &member.name, &member.folder)
    });
}

/// Marks the findings on records that a waiver in force excuses: those whose subject, or whose first place, is a record
/// that it names.
pub(super) fn excuse_records(findings: &mut [Finding], context: &Context<'_>) {
    excuse_by(findings, context, &|waiver, finding| {
        let first = finding.places.first().map(|first| first.place.path.as_ref());
        let mut paths = std::iter::once(finding.subject.as_str()).chain(first);
        paths.any(|path| {
            let number = context.records.at(path).and_then(|record| record.number);
            waiver_matches_record(waiver, &finding.rule, path, number)
        })
    });
}

fn excuse_by(findings: &mut [Finding], context: &Context<'_>, covers: &dyn Fn(&Waiver, &Finding) -> bool) {
    let active: Vec<&Waiver> = context.page.waivers.iter().filter(|waiver| is_active(waiver, context.today)).collect();
    for finding in findings.iter_mut().filter(|_| !active.is_empty()) {
        let Some(waiver) = active.iter().find(|waiver| covers(waiver, finding)) else { continue };
        if let (Some(reason), Some(owner), Some(expires)) = (&waiver.reason, &waiver.owner, &waiver.expires) {
            finding.waived = Some(Waived {
                place: waiver.place.clone(),
                reason: reason.value.clone(),
                owner: owner.value.clone(),
                until: expires.value,
            });
        }
    }
}

/// Waivers in force whose service or record is there and no longer needs them.
pub(super) fn unneeded_waivers(context: &Context<'_>, findings: &[Finding]) -> Vec<Finding> {
    let Some(rule) = find("waiver-unused") else { return Vec::new() };
    let Some(severity) = rule.severity_on(context.page, context.strict) else { return Vec::new() };
    // They may excuse what the organisation's page asks for.
    if context.page.is_partial {
        return Vec::new();
    }
    let unneeded = context.page.waivers.iter().filter(|waiver| {
        let Some(of) = &waiver.rule else { return false };
        let known = context.has_scope(waiver, of);
        let used =
            findings.iter().any(|finding| finding.waived.as_ref().is_some_and(|waived| waived.place == waiver.place));
        is_active(waiver, context.today) && is_own_waiver(waiver) && known && !used
    });
    unneeded
        .map(|waiver| {
            let of = waiver.rule.as_ref().map_or("", |rule| rule.value.as_ref());
            let message = format!("the waiver for `{of}` excuses nothing: nothing is missing any more");
            Finding::new(rule.id, severity, context.page.path.to_string(), message, waiver.place.clone())
                .label("no longer needed")
                .why("An exception that excuses nothing hides the next one.")
                .help("Remove the waiver.")
        })
        .collect()
}

/// A service's line in the report. `unasked` are findings on languages that it had before, which are not reported.
pub(super) fn service_report(case: &Case<'_>, asked: &[Finding], unasked: &[Finding]) -> ServiceReport {
    let member = case.member;
    let gap = |finding: &&Finding| finding.severity == Severity::Error && is_standing(&finding.rule, case);
    let all = || asked.iter().chain(unasked);
    let open = all().filter(gap).find(|finding| finding.waived.is_none());
    let waived = all().filter(gap).find_map(|finding| finding.waived.as_ref());
    let facts: Vec<_> = member.facts.iter().collect();
    let page = case.context.page;
    let reasons: Vec<_> = member
        .languages
        .iter()
        .filter(|reading| !page.is_default(&reading.name))
        .filter_map(|reading| match reason(page, page.language(&reading.name), &facts) {
            Reason::Stated(fact) => Some(fact),
            Reason::NotAsked | Reason::None => None,
        })
        .collect();
    let (standing, text) = match (open, waived, reasons.first()) {
        (Some(finding), _, _) => (Standing::Gap, short(finding)),
        (None, Some(waived), _) => {
            (Standing::Waived, format!("until {}, {}: {}", waived.until, waived.owner, waived.reason))
        }
        (None, None, Some(fact)) => (Standing::Reason, standing_words(case.context, fact)),
        (None, None, None) if lacks_language(member) => (Standing::Gap, "no language stated".to_owned()),
        (None, None, None) => (Standing::Default, String::new()),
    };
    let known_before = case.compared && !case.new;
    let not_asked = open.is_some_and(|open| unasked.contains(open));
    let text = if not_asked { format!("{text} (so before this change, not judged)") } else { text };
    ServiceReport {
        name: member.name.clone(),
        path: member.path(),
        languages: member.languages.clone(),
        standing,
        words: text,
        accepted: reasons.first().filter(|_| standing == Standing::Reason).map(|fact| (*fact).clone()),
        known_before,
        facts: member.facts.clone(),
    }
}

/// Whether a rule decides on standing: those on languages, on manifests, and the page's own.
fn is_standing(rule: &str, case: &Case<'_>) -> bool {
    use crate::rule::Check;
    match find(rule) {
        Some(rule) => matches!(rule.check, Check::Language(_) | Check::Service(_)),
        None => case.context.page.rules.iter().any(|own| own.id.as_ref() == rule),
    }
}

/// What is missing, in a few words.
fn short(finding: &Finding) -> String {
    let about = format!("`{}` ", finding.subject);
    let said = finding.message.strip_prefix(&about).unwrap_or(&finding.message);
    words::printable(finding.standing.as_deref().unwrap_or(said), 120)
}
