//! A change of the page: which of the two judges, and what is said of the other.

use super::{InUse, News, Old, Outcome, With, load, usable, without_page};
use adrule_policy::policy;
use adrule_policy::report::{Finding, Report, Severity, words};
use adrule_policy::tree::Content;
use std::sync::Arc;

/// What follows where a change is judged by the page that it brings along.
pub(super) const TRIED_OUT: &str = "It is judged by it as a preview, and nothing fails.";

/// Nobody can be judged by a page that has a mistake. A change that mends it is judged by its own page, so that the
/// mistake locks nobody out; any other one is told of the mistake. `report` tells of the page of the base.
pub(super) fn mended(mut report: Report, old: &Old<'_>, new: Option<Content>, with: With<'_>) -> Outcome {
    let cannot = format!("The page {} on {} cannot be used", old.place, old.words);
    // What is in the way is no mistake of this page, and no other page of this repository mends it.
    if report.findings.iter().any(|finding| finding.rule.as_ref() == policy::ORGANISATION_UNREAD) {
        report.remarks.push(format!("{cannot} without the organisation's page, so nothing else was judged."));
        return Outcome::Unusable(Box::new(report));
    }
    let Some(new) = new else {
        let mut outcome = without_page(with);
        if let Outcome::Use(in_use) = &mut outcome {
            in_use.news = News::Mended;
            in_use.tell(format!("{cannot}, and this change removes it."));
        }
        return outcome;
    };
    if new == old.content {
        report
            .remarks
            .push(format!("{cannot}, so nothing else was judged. A change that mends it is judged by its own page."));
        return Outcome::Unusable(Box::new(report));
    }
    let mut outcome = usable(old.place, &new, None, with);
    match &mut outcome {
        Outcome::Use(in_use) => {
            in_use.news = News::Mended;
            in_use.tell(format!("{cannot}; this change mends it. {TRIED_OUT}"));
        }
        Outcome::Unusable(report) => {
            report.remarks.push(format!("{cannot}, nor can the one of this change, so nothing else was judged."));
        }
    }
    outcome
}

/// A change that changes the page is judged by the old one; the new one is looked at, and what it would change is said.
/// `old` is the page of the base; none: there it has none of its own.
pub(super) fn with_new_page(
    mut in_use: InUse,
    place: &str,
    old: Option<&Content>,
    new: Option<Content>,
    with: With<'_>,
) -> Outcome {
    let done = |in_use| Outcome::Use(Box::new(in_use));
    let Some(new) = new else {
        in_use.tell(format!("This change removes the page {place}. It is judged by the page as it was."));
        in_use.news = News::Removed;
        return done(in_use);
    };
    if old == Some(&new) {
        return done(in_use);
    }
    let words = in_use.judged_by.revision.clone().unwrap_or_default();
    in_use.tell(match old {
        Some(_) => format!("This change changes the page. It is judged by the page on {words}."),
        None => "This change brings the first page along. It is judged by the organisation's page.".to_owned(),
    });
    let (loaded, text) = load(&Arc::from(place), &new, with);
    match &loaded.page {
        Some(new) => {
            // What a change mends is not held against it.
            let is_left =
                |old: &Finding| loaded.findings.iter().any(|new| new.rule == old.rule && new.message == old.message);
            in_use.findings.retain(is_left);
            for line in policy::diff::words(&in_use.page, new) {
                in_use.tell(format!("  with the new page: {line}"));
            }
            // What the organisation's page does not let it is no change of what is asked for.
            for looser in loaded.findings.iter().filter(|finding| finding.rule.as_ref() == policy::POLICY_LOOSENS) {
                in_use.tell(format!("  the new page is looser than the organisation's: {}", looser.message));
            }
        }
        None => in_use.tell("The new page cannot be used.".to_owned()),
    }
    let errors = loaded.findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    if errors > 0 {
        let (mistakes, fail) = (words::count(errors, "mistake"), if errors == 1 { "fails" } else { "fail" });
        in_use.tell(format!("{mistakes} on the new page {fail} this change: `adrule policy check` shows where."));
    }
    if let Some(new) = loaded.page.as_ref().filter(|_| in_use.page.excuses_in_change())
        && in_use.page.take_waivers(new) > 0
    {
        let remark = "lets a change excuse itself, so the waivers that it adds count at once.";
        in_use.remarks.push(format!("The page on {words} {remark}"));
    }
    in_use.news = News::Changed(Box::new(loaded), text);
    done(in_use)
}
