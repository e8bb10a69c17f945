//! What was missing before and is not any more: a comment keeps a record of it.

use super::context::Context;
use super::group::{things, words};
use super::link::Linker;
use super::room::{Room, fold, list};
use super::state::{Gap, Mended, State};
use crate::report::render::markup::text_of;
use crate::report::words::{fact_name, fact_value, printable};
use crate::report::{Finding, Report, Severity, Standing, fingerprints};
use std::collections::{HashMap, HashSet};

/// How long a name in the record may be, in characters.
const NAME: usize = 80;
/// How long a sentence in the record may be, in characters.
const SAID: usize = 160;

/// What is open now, and what was mended since the first comment.
pub(super) fn update(report: &Report, context: &Context, linker: &Linker<'_>) -> State {
    let open = open(report);
    let Some(before) = &context.previous else { return State { open, ..State::default() } };
    let ids: HashSet<&str> = open.iter().map(|gap| gap.id.as_str()).collect();
    // A gap whose words have changed is still the same gap: told by its rule and subject.
    let known: HashSet<&str> = before.open.iter().map(|gap| gap.id.as_str()).collect();
    let mut moved: HashMap<(&str, &str), usize> = HashMap::new();
    for gap in open.iter().filter(|gap| !known.contains(gap.id.as_str())) {
        *moved.entry((&gap.rule, &gap.subject)).or_default() += 1;
    }
    let mut mended: Vec<Mended> =
        before.mended.iter().filter(|mended| !ids.contains(mended.gap.id.as_str())).cloned().collect();
    for gap in before.open.iter().filter(|gap| !ids.contains(gap.id.as_str())) {
        match moved.get_mut(&(gap.rule.as_str(), gap.subject.as_str())) {
            Some(left) if *left > 0 => *left -= 1,
            _ => mended.push(how(gap, report, linker)),
        }
    }
    State { open, mended, left_out: [0, before.left_out[1]] }
}

fn open(report: &Report) -> Vec<Gap> {
    let open: Vec<Finding> = report.own().filter(|finding| finding.severity > Severity::Info).cloned().collect();
    let ids = fingerprints(&open, &report.sources);
    let gaps = open.iter().zip(ids).map(|(finding, id)| Gap {
        id,
        rule: printable(&finding.rule, NAME),
        subject: printable(&finding.subject, NAME),
        said: printable(&finding.message, SAID),
    });
    gaps.collect()
}

/// How a gap was mended, as far as the report tells.
fn how(gap: &Gap, report: &Report, linker: &Linker<'_>) -> Mended {
    let is_it = |subject: &str| printable(subject, NAME) == gap.subject;
    let name = gap.subject.replace('`', "'");
    let excused = report
        .findings
        .iter()
        .find(|finding| !finding.is_open() && finding.rule.as_ref() == gap.rule.as_str() && is_it(&finding.subject));
    let service = report.services.iter().find(|service| is_it(&service.name));
    let mut place = None;
    let how = match (excused, service) {
        (Some(finding), _) => {
            let waiver = finding.waived.as_ref().map(|waived| &waived.place);
            place = waiver.or(finding.suppressed.as_ref().map(|suppressed| &suppressed.place));
            finding.excuse().map(|excuse| format!("`{name}` is excused: {excuse}"))
        }
        (None, Some(service)) if is_about_language(gap) => match (service.standing, &service.accepted) {
            (Standing::Reason, Some(fact)) => {
                place = Some(&fact.place);
                Some(format!("`{name}` states its {}: {}", fact_name(&fact.kind), fact_value(fact)))
            }
            (Standing::Default, _) => Some(format!("`{name}` needs no reason any more")),
            _ => None,
        },
        (None, None) if is_about_language(gap) => Some(format!("`{name}` is no longer part of this change")),
        _ => None,
    };
    Mended {
        gap: gap.clone(),
        how: how.map(|how| printable(&how, SAID + NAME)),
        at: linker.head().to_owned(),
        place: place.and_then(|place| linker.at_commit(place)),
    }
}

/// Whether a standing says how the gap was mended.
fn is_about_language(gap: &Gap) -> bool {
    gap.rule.starts_with("language-")
}

/// What was mended by the commit that is judged, in a sentence each.
pub(super) fn fresh<'s>(state: &'s State, linker: &Linker<'_>) -> Vec<&'s Mended> {
    state.mended.iter().filter(|mended| mended.at == linker.head()).collect()
}

/// "`edge-proxy` states its memory budget: 80 MB ([`docs/adr/0042.md:24`](…))", or what was wrong.
fn line(mended: &Mended, linker: &Linker<'_>) -> String {
    let said = mended.how.as_deref().unwrap_or(&mended.gap.said).trim_end_matches('.');
    let place = mended.place.as_ref().map(|at| format!(" ({})", linker.past(&at.path, at.line, &at.commit)));
    format!("{}{}", text_of(said, SAID + NAME), place.unwrap_or_default())
}

/// Lines, those that say the same once.
fn lines(mended: &[&Mended], linker: &Linker<'_>) -> Vec<String> {
    let mut seen = HashSet::new();
    mended.iter().map(|one| line(one, linker)).filter(|line| seen.insert(line.clone())).collect()
}

/// What this commit mended, while something else is still open.
pub(super) fn news(state: &State, linker: &Linker<'_>, room: &mut Room) -> String {
    let fresh = fresh(state, linker);
    let mut lines = lines(&fresh, linker);
    match lines.as_mut_slice() {
        [] => String::new(),
        [one] => format!("**Mended:** {one}.\n\n"),
        _ => format!("**Mended:**\n{}\n", list(lines, room)),
    }
}

/// What earlier commits mended, folded.
pub(super) fn earlier(state: &State, linker: &Linker<'_>, room: &mut Room) -> String {
    let earlier: Vec<&Mended> = state.mended.iter().filter(|mended| mended.at != linker.head()).collect();
    let more = state.left_out[1];
    if earlier.is_empty() && more == 0 {
        return String::new();
    }
    record(&earlier, more, "Mended before", linker, room)
}

fn record(mended: &[&Mended], more: usize, title: &str, linker: &Linker<'_>, room: &mut Room) -> String {
    let mut inside = list(lines(mended, linker), room);
    if more > 0 {
        inside.push_str(&format!("- … and {more} before these\n"));
    }
    fold(&format!("{title}: {}", things(mended.len() + more)), &inside)
}

/// The one line when nothing is open any more.
pub(super) fn all_set(state: &State, linker: &Linker<'_>, room: &mut Room) -> String {
    let all: Vec<&Mended> = state.mended.iter().collect();
    let more = state.left_out[1];
    match lines(&all, linker).as_slice() {
        [] => "**All set.** Nothing is missing any more.\n".to_owned(),
        [one] if more == 0 => {
            let mended = if all.iter().any(|mended| mended.how.is_some()) { "" } else { "Mended: " };
            format!("**All set.** {mended}{one}.\n")
        }
        _ => {
            let number = all.len() + more;
            let all_of_them = if number == 2 { "Both".to_owned() } else { format!("All {}", words(number)) };
            let said = format!("**All set.** {all_of_them} things that were missing are mended.\n\n");
            format!("{said}{}", record(&all, more, "What was mended", linker, room))
        }
    }
}
