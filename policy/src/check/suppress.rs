//! Comments in files that excuse findings: which of them count, what they excuse, and what is wrong with them.

use crate::policy::nearest;
use crate::report::{Finding, Severity, Suppressed, Suppression, Until, suppressions};
use crate::rule;
use crate::tree::{Content, Tree};
use jiff::civil::Date;
use std::collections::HashMap;

/// A suppression in the tree that is judged.
pub(super) struct Known {
    of: Suppression,
    /// Whether this change added it.
    is_added: bool,
    is_used: bool,
}

/// The suppressions of a tree, in the order of their files. What the base has in the same file, or in one that is gone,
/// was not added by the change.
pub(super) fn read(head: &Tree, base: Option<&Tree>) -> Vec<Known> {
    let all = |tree: &Tree| {
        let texts = tree.files.iter().filter_map(|(path, content)| match content {
            Content::Text(text) => Some(suppressions(path, text)),
            Content::Unread(_) | Content::Skipped(_) => None,
        });
        texts.flatten().collect::<Vec<_>>()
    };
    let mut before: HashMap<String, Vec<Suppression>> = HashMap::new();
    for of in base.map(all).unwrap_or_default() {
        before.entry(of.rule.clone()).or_default().push(of);
    }
    let here = all(head).into_iter().map(|of| {
        let mut known = before.get(&of.rule).into_iter().flatten();
        let was_there = known.any(|old| {
            old.says_what(&of) && (old.place.path == of.place.path || !head.paths.contains(&old.place.path))
        });
        Known { is_added: base.is_some() && !was_there, is_used: false, of }
    });
    here.collect()
}

/// Excuses findings whose first place lies in the file of a suppression of their rule. Those that this change added
/// count only if they do `in_change`.
pub(super) fn excuse(known: &mut [Known], findings: &mut [Finding], today: Date, in_change: bool) {
    let mut by_place: HashMap<(String, String), Vec<usize>> = HashMap::new();
    for (at, one) in known.iter().enumerate().filter(|(_, one)| one.of.is_active(today)) {
        by_place.entry((one.of.place.path.to_string(), one.of.rule.clone())).or_default().push(at);
    }
    for finding in findings.iter_mut().filter(|finding| finding.is_open()) {
        let Some(first) = finding.places.first() else { continue };
        let Some(here) = by_place.get(&(first.place.path.to_string(), finding.rule.to_string())) else { continue };
        for &at in here {
            known[at].is_used = true;
        }
        match here.iter().map(|at| &known[*at]).find(|one| in_change || !one.is_added) {
            Some(one) => {
                finding.suppressed = Some(Suppressed {
                    place: one.of.place.clone(),
                    reason: one.of.reason.clone().unwrap_or_default(),
                    until: match one.of.until {
                        Until::Day(day) => Some(day),
                        Until::Open | Until::Unread(_) => None,
                    },
                });
            }
            None => {
                let note =
                    "a comment in this file allows it, and was added by this change: it counts once it is merged";
                finding.notes.push(note.to_owned());
            }
        }
    }
}

/// What is wrong with the suppressions of the files that are judged. Whether one excuses nothing is only known where
/// `everything` was judged.
pub(super) fn faults(known: &[Known], today: Date, is_judged: &dyn Fn(&str) -> bool, everything: bool) -> Vec<Finding> {
    let here = known.iter().filter(|one| is_judged(&one.of.place.path));
    here.filter_map(|one| fault(one, today, everything)).collect()
}

fn fault(known: &Known, today: Date, everything: bool) -> Option<Finding> {
    let of = &known.of;
    let found = |id: &str, message: String, label: &str| {
        let severity = rule::find(id).map_or(Severity::Warning, |rule| rule.severity);
        Finding::new(id, severity, of.place.path.to_string(), message, of.place.clone()).label(label)
    };
    let unused = |message: String| {
        found("suppression-unused", message, "excuses nothing")
            .why("A comment that excuses nothing hides the next finding.")
            .help("Remove the comment.")
    };
    if of.rule.is_empty() {
        return Some(unused("the comment allows no rule: it names none".to_owned()));
    }
    if of.reason.is_none() {
        let message = format!("the comment that allows `{}` gives no reason, and excuses nothing", of.rule);
        let finding = found("suppression-without-reason", message, "no reason")
            .why("Whoever reads it later must be able to see whether it still holds.")
            .help(format!("Write `adrule: allow {}: ` and the reason.", of.rule));
        return Some(finding);
    }
    if !of.is_active(today) {
        let message = match &of.until {
            Until::Unread(words) => format!("the comment allows `{}` until `{words}`, which is no date", of.rule),
            Until::Day(day) => format!("the comment allowed `{}` until {day}", of.rule),
            Until::Open => return None,
        };
        let finding = found("suppression-expired", message, "excuses nothing any more")
            .why("What was excused for a time is due.")
            .help("Mend what it excused and remove the comment, or agree on a new day (YYYY-MM-DD).");
        return Some(finding);
    }
    if !known.is_used && everything {
        let near = match rule::find(&of.rule) {
            None => nearest(&of.rule, rule::ids()).map(|near| format!("; `{near}` is a rule")).unwrap_or_default(),
            Some(_) => String::new(),
        };
        return Some(unused(format!("the comment allows `{}`, which finds nothing in this file{near}", of.rule)));
    }
    None
}
