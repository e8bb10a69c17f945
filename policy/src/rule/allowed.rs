//! What allowed a service its language before a change took it away, in words.

use super::LanguageCase;
use super::support::{Reason, reason, standing_words};
use crate::report::{Finding, words};

/// What stood where `rule` finds a gap now. `gaps` is what the language rules found before the change: waived, all of it.
#[must_use]
pub fn allowed_by(then: &LanguageCase<'_>, now: &LanguageCase<'_>, rule: &str, gaps: &[Finding]) -> String {
    let excuse = |finding: &Finding| finding.waived.as_ref().and_then(|_| finding.excuse());
    let same = gaps.iter().find(|gap| gap.rule.as_ref() == rule).and_then(excuse);
    let any = || gaps.iter().find_map(excuse);
    same.or_else(|| stated(then, now, rule)).or_else(any).unwrap_or_else(|| "nothing was missing".to_owned())
}

fn stated(then: &LanguageCase<'_>, now: &LanguageCase<'_>, rule: &str) -> Option<String> {
    let (context, member) = (then.case.context, then.case.member);
    let page = context.page;
    let (facts, left) = (then.facts(), now.facts());
    match rule {
        "language-without-reason" => match reason(page, then.rule, &facts) {
            Reason::Stated(fact) => Some(standing_words(context, fact)),
            Reason::NotAsked | Reason::None => None,
        },
        "language-requirement-missing" => {
            let gone = then.rule?.requires.all.iter().filter(|wanted| !wanted.judge(&left, page).is_met());
            let met = gone.filter_map(|wanted| match wanted.judge(&facts, page) {
                crate::policy::Verdict::Met(at) => Some(standing_words(context, facts[at])),
                _ => None,
            });
            Some(met.collect::<Vec<_>>().join("; ")).filter(|met| !met.is_empty())
        }
        "language-without-decision" => {
            let in_force: Vec<String> =
                member.permitting(context.decisions).take(4).map(|decision| decision.path.to_string()).collect();
            let verb = if in_force.len() == 1 { "was" } else { "were" };
            (!in_force.is_empty()).then(|| format!("{} {verb} in force", words::list(&in_force, "and")))
        }
        "language-not-for-kind" => {
            member.kind.as_deref().map(|kind| format!("its kind was `{}`", words::printable(kind, 60)))
        }
        _ => None,
    }
}
