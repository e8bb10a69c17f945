//! Which rules are asked, and what their findings weigh.

use crate::policy::Page;
use crate::report::Finding;
use crate::rule::{self, RULES, Rule};

/// The rules that are not off.
pub(super) fn asked(page: &Page, strict: bool) -> impl Iterator<Item = &'static Rule> {
    RULES.iter().copied().filter(move |rule| rule.severity_on(page, strict).is_some())
}

/// Gives findings the weight that the page gives their rules; those whose rule is off are left out.
pub(super) fn weigh(page: &Page, strict: bool, findings: Vec<Finding>) -> Vec<Finding> {
    findings
        .into_iter()
        .filter_map(|mut finding| {
            if let Some(rule) = rule::find(&finding.rule) {
                let weight = rule.severity_on(page, strict)?;
                // Where the page is silent, the rule may weigh each finding by itself.
                if page.severity(rule.id).is_some() {
                    finding.severity = weight;
                }
            }
            Some(finding)
        })
        .collect()
}
