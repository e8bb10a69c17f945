//! What a pull request does to the page, and what that would do to the services.

use super::context::{AddedWaiver, Context, Mistake, Moved, PageChange, PageNews};
use super::group::{Group, capital, headline, things, words};
use super::link::Linker;
use super::room::{Room, fold, list};
use crate::policy::words::{day, listed, one_line};
use crate::policy::{Loaded, ORGANISATION_PATH, Page, WAIVER_INCOMPLETE, Waiver, diff, has_waiver, waiver_matches};
use crate::report::render::markup::{code, text_of};
use crate::report::{Finding, Report, ServiceReport, Severity, Standing};
use crate::text::{LineIndex, Place};
use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::Arc;

/// Changes of a page that are shown unfolded.
const FEW: usize = 4;

/// What a change of page says and does. `new` is the page of the head as it was read from `new_text`; `judged` is the
/// report by the page in force, `by_new` the report on the same services by the new one, where that can be used.
#[must_use]
pub fn page_change(old: &Page, new: &Loaded, new_text: &str, judged: &Report, by_new: Option<&Report>) -> PageChange {
    let mut change = PageChange { mistakes: mistakes(old, new, new_text, judged), ..PageChange::default() };
    let Some(new) = &new.page else { return change };
    // Added waivers are told by themselves.
    let mut without_added = new.clone();
    without_added.waivers.retain(|waiver| !is_added(waiver, old));
    change.words = diff::words(old, &without_added);
    let Some(by_new) = by_new else { return change };
    let mut later: HashMap<(&str, &str), &ServiceReport> = HashMap::new();
    for service in &by_new.services {
        later.insert((&service.name, &service.path), service);
    }
    for service in &judged.services {
        let is = later.get(&(service.name.as_str(), service.path.as_ref()));
        if is.is_some_and(|is| is.standing == service.standing) {
            change.stay += 1;
            continue;
        }
        change.moved.push(Moved {
            service: service.name.clone(),
            was: service.standing,
            is: is.map(|is| is.standing),
            words: is.map(|is| is.words.clone()).unwrap_or_default(),
        });
    }
    change
}

/// What is wrong with the new page. What was wrong before is not this change's fault; what an added waiver lacks is told
/// with it.
fn mistakes(old: &Page, new: &Loaded, new_text: &str, judged: &Report) -> Vec<Mistake> {
    let lines = LineIndex::new(new_text);
    let was_there = |mistake: &Finding| {
        judged.findings.iter().any(|before| before.rule == mistake.rule && before.message == mistake.message)
    };
    let waivers = new.page.iter().flat_map(|page| &page.waivers).filter(|waiver| is_added(waiver, old));
    let told: Vec<&Place> = waivers.map(|waiver| &waiver.place).collect();
    let is_told = |mistake: &Finding| {
        mistake.rule.as_ref() == WAIVER_INCOMPLETE
            && mistake
                .places
                .first()
                .is_some_and(|first| told.iter().any(|place| place.span.start == first.place.span.start))
    };
    let new = new
        .findings
        .iter()
        .filter(|mistake| mistake.severity > Severity::Info && !was_there(mistake) && !is_told(mistake))
        // What is wrong with the organisation's page is no line of this one.
        .filter(|mistake| mistake.places.first().is_none_or(|first| first.place.path.as_ref() != ORGANISATION_PATH));
    new.map(|mistake| {
        let place = mistake.places.first().map(|first| &first.place);
        Mistake {
            severity: mistake.severity,
            message: mistake.message.clone(),
            path: place.map_or_else(|| Arc::clone(&old.path), |place| Arc::clone(&place.path)),
            line: place.map_or(1, |place| lines.position(place.span.start).line),
        }
    })
    .collect()
}

/// The waivers that the page has in `new`, whose text is `new_text`, and had not in `old`. `report` is what they will be
/// asked for.
#[must_use]
pub fn added_waivers(old: &Page, new: &Page, new_text: &str, report: &Report) -> Vec<AddedWaiver> {
    let lines = LineIndex::new(new_text);
    let added = new.waivers.iter().filter(|waiver| is_added(waiver, old));
    added
        .map(|waiver| AddedWaiver {
            rule: waiver.rule.as_ref().map(|rule| rule.to_string()).unwrap_or_default(),
            scope: waiver.scope.iter().map(|scope| scope.text.to_string()).collect(),
            owner: waiver.owner.as_ref().map(|owner| one_line(owner)),
            reason: waiver.reason.as_ref().map(|reason| one_line(reason)),
            until: waiver.expires.as_ref().map(|expires| expires.value),
            path: Arc::clone(&waiver.place.path),
            line: lines.position(waiver.place.span.start).line,
            excuses: excuses(waiver, report),
            lacks: lacks(waiver),
        })
        .collect()
}

fn is_added(waiver: &Waiver, old: &Page) -> bool {
    !has_waiver(old, waiver)
}

/// The subjects of open findings that a waiver would excuse.
fn excuses(waiver: &Waiver, report: &Report) -> Vec<String> {
    if !waiver.sound {
        return Vec::new();
    }
    let matching = report.open().filter(|finding| {
        let service = report.services.iter().find(|service| service.name == finding.subject);
        let folder = service.map_or("", |service| service.path.rsplit_once('/').map_or("", |(folder, _)| folder));
        waiver_matches(waiver, &finding.rule, &finding.subject, folder)
    });
    let mut subjects: Vec<String> = matching.map(|finding| finding.subject.clone()).collect();
    subjects.dedup();
    subjects
}

/// What keeps a waiver from being in force, in words.
fn lacks(waiver: &Waiver) -> Vec<String> {
    if waiver.sound {
        return Vec::new();
    }
    let parts = [
        (waiver.rule.is_some(), "a rule"),
        (!waiver.scope.is_empty(), "a scope"),
        (waiver.reason.is_some(), "a reason"),
        (waiver.owner.is_some(), "an owner"),
        (waiver.approved_by.is_some(), "an approval"),
        (waiver.granted.is_some(), "a first day"),
        (waiver.expires.is_some(), "an end date"),
    ];
    parts.iter().filter(|(there, _)| !there).map(|(_, what)| (*what).to_owned()).collect()
}

/// Whether there is anything to tell of the page.
pub(super) fn is_news(context: &Context) -> bool {
    let changed = match &context.page {
        PageNews::Unchanged => false,
        PageNews::First | PageNews::Mended | PageNews::Removed => true,
        PageNews::Changed(change) => is_change(change),
    };
    changed || !context.added_waivers.is_empty()
}

fn is_change(change: &PageChange) -> bool {
    !change.words.is_empty() || !change.mistakes.is_empty()
}

/// The headline where no error is open.
pub(super) fn title(context: &Context) -> Option<&'static str> {
    match &context.page {
        PageNews::First => Some("This pull request adds the page"),
        PageNews::Mended => Some("This pull request mends the page"),
        PageNews::Removed => Some("This pull request removes the page"),
        PageNews::Changed(change) if is_change(change) => Some("This pull request changes the page"),
        _ if !context.added_waivers.is_empty() => Some("This pull request adds a waiver"),
        _ => None,
    }
}

/// The news as paragraphs.
pub(super) fn news(
    report: &Report,
    context: &Context,
    groups: &[Group<'_>],
    linker: &Linker<'_>,
    room: &mut Room,
) -> String {
    let errors = groups.iter().any(|group| group.errors() > 0);
    let is_organisations = report.judged_by.path.as_deref() == Some(ORGANISATION_PATH);
    let page = linker.page(if is_organisations { "the organisation's page" } else { "the page" });
    let on = linker.branch().filter(|_| !is_organisations).map(|branch| format!(" on {branch}")).unwrap_or_default();
    let mut out = match &context.page {
        PageNews::Unchanged => String::new(),
        PageNews::First => format!(
            "{} is new here. Until it is merged it is only tried out, and nothing fails. By it, {}.\n\n",
            linker.page("The page"),
            small(&headline(report, groups))
        ),
        PageNews::Mended => format!(
            "The page{on} has a mistake and cannot be used. {} can: until it is merged it is only tried out, and nothing \
             fails. By it, {}.\n\n",
            linker.page("The one here"),
            small(&headline(report, groups))
        ),
        PageNews::Removed => format!("It is judged by {page}{on} all the same.\n\n"),
        PageNews::Changed(change) if is_change(change) => changed(change, &page, &on, linker, room),
        PageNews::Changed(_) => String::new(),
    };
    // Where something is missing, the headline says that instead.
    if errors && !out.is_empty() && !context.page.is_preview() {
        out.insert_str(0, &format!("{}. ", title(context).unwrap_or_default()));
    }
    out.push_str(&waivers(&context.added_waivers, &on, linker, room));
    out
}

/// A headline in the middle of a sentence.
fn small(headline: &str) -> String {
    let mut words = headline.to_owned();
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    words
}

fn changed(change: &PageChange, page: &str, on: &str, linker: &Linker<'_>, room: &mut Room) -> String {
    let mut out = format!("It is judged by {page}{on}.");
    if !change.mistakes.is_empty() {
        let lines = change.mistakes.iter().map(|mistake| {
            let place = linker.new_page(&mistake.path, mistake.line);
            format!("{} ({place})", text_of(mistake.message.trim_end_matches('.'), 300))
        });
        let number = things(change.mistakes.len()).replace("thing", "mistake");
        let _ = write!(out, " The new one has {number}:\n\n{}", list(lines, room));
    }
    let moves = moves(change, room);
    out.push_str(match (change.mistakes.is_empty(), moves.is_empty()) {
        (true, false) => " ",
        (true, true) => "\n\n",
        (false, _) => "\n",
    });
    out.push_str(&moves);
    if change.words.is_empty() {
        return out;
    }
    let lines = change.words.iter().map(|line| text_of(line, 300));
    if change.words.len() <= FEW {
        out.push_str(&format!("What changes:\n\n{}\n", list(lines, room)));
    } else {
        let title = format!("What changes on the page: {} things", words(change.words.len()));
        out.push_str(&fold(&title, &list(lines, room)));
    }
    out
}

/// The services that would move, in a sentence or a list.
fn moves(change: &PageChange, room: &mut Room) -> String {
    let stay = match (change.stay, change.moved.len()) {
        (0, 0) => return String::new(),
        (1, 0) => return "With the new one, the service in this change would stay as it is.\n\n".to_owned(),
        (_, 0) => return "With the new one, every service in this change would stay as it is.\n\n".to_owned(),
        (0, _) => String::new(),
        (1, _) => "One other service would stay as it is.\n\n".to_owned(),
        (stay, _) => format!("{} other services would stay as they are.\n\n", capital(&words(stay))),
    };
    let lines: Vec<String> = change.moved.iter().map(moved).collect();
    match lines.as_slice() {
        [one] => format!("With the new one, {one}. {stay}").trim_end().to_owned() + "\n\n",
        _ => format!("With the new one:\n\n{}\n{stay}", list(lines, room)),
    }
}

fn moved(moved: &Moved) -> String {
    let name = code(&moved.service);
    let said = text_of(&moved.words, 160);
    let colon = if said.is_empty() { "" } else { ": " };
    match moved.is {
        None => format!("{name} would not be looked at"),
        Some(Standing::Gap) => format!("{name} would have a gap{colon}{said}"),
        Some(Standing::Waived) => format!("{name} would be waived {said}").trim_end().to_owned(),
        Some(Standing::Reason) => format!("{name} would be fine{colon}{said}"),
        Some(Standing::Default) => format!("{name} would need no reason"),
    }
}

fn waivers(added: &[AddedWaiver], on: &str, linker: &Linker<'_>, room: &mut Room) -> String {
    let lines: Vec<String> = added.iter().map(|waiver| self::waiver(waiver, on, linker)).collect();
    match lines.as_slice() {
        [] => String::new(),
        [one] => format!("**A waiver is added** for {one}\n\n"),
        _ => format!("**{} waivers are added:**\n\n{}\n", capital(&words(lines.len())), list(lines, room)),
    }
}

fn waiver(added: &AddedWaiver, on: &str, linker: &Linker<'_>) -> String {
    let scope: Vec<String> = added.scope.iter().take(5).map(|scope| code(scope)).collect();
    let scope = if scope.is_empty() { "no service".to_owned() } else { listed(&scope, "and") };
    let until = added.until.map(|until| format!(", until {}", day(until))).unwrap_or_default();
    let told: Vec<String> = added.owner.iter().chain(&added.reason).map(|told| text_of(told, 160)).collect();
    let told = if told.is_empty() { String::new() } else { format!(" ({})", told.join(": ")) };
    let place = linker.new_page(&added.path, added.line);
    let on = if on.is_empty() { " merged".to_owned() } else { on.to_owned() };
    let fate = if !added.lacks.is_empty() {
        format!("It lacks {}, and excuses nothing until it has that.", listed(&added.lacks, "and"))
    } else if added.excuses.is_empty() {
        format!("It counts once it is{on}.")
    } else {
        let names: Vec<String> = added.excuses.iter().take(5).map(|subject| code(subject)).collect();
        format!("It counts once it is{on}, and then excuses what is missing for {}.", listed(&names, "and"))
    };
    format!("{scope}{until}{told}, in {place}. {fate}")
}
