//! The page as one page of prose, in Markdown: for people who do not read YAML.

mod waivers;

pub(super) use waivers::waiver_words;

use super::words::{day, listed, one_line, requirement_markdown};
use super::{
    Decisions, FactRule, LanguageRule, Level, Others, OwnRule, POLICY_INVALID, Page, Requirement, Requires,
    SeverityChange, When,
};
use crate::decision::word;
use crate::language::display;
use crate::report::{Finding, Severity};
use crate::text::Place;
use jiff::civil::Date;
use std::fmt::Write;
use waivers::waivers;

/// A page with more words than this is no longer one page.
pub const LONGEST: usize = 450;
/// The heading of a page that gives itself none.
const TITLE: &str = "Which language a new service is written in";
/// Where a reason may stand.
const WHERE: &str = "stated in the service's manifest or in a decision that is accepted or proposed";

/// The page as prose, as of `today`: the same page and day always give the same text.
#[must_use]
pub fn prose(page: &Page, today: Date) -> String {
    let mut parts = vec![format!("# {}", one_line(page.title.as_ref().map_or(TITLE, |title| title))), default(page)];
    let (short, long): (Vec<_>, Vec<_>) = page.languages.iter().partition(|rule| rule.requires.is_empty());
    parts.extend(long.iter().map(|rule| language(rule, page)));
    let mut rest: Vec<String> = short.iter().map(|rule| language(rule, page)).collect();
    rest.push(others(page));
    parts.push(rest.join(" "));
    parts.push(places(page));
    parts.push(facts(page));
    parts.push(rules(page));
    parts.push(waivers(page, today));
    parts.push(suppressions(page));
    parts.push(organisation(page));
    parts.push(foot(page, today));
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n") + "\n"
}

/// How many words a text has; marks alone are none.
#[must_use]
pub fn word_count(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
}

/// A warning where the prose of a page is longer than one page.
#[must_use]
pub fn length_warning(page: &Page, prose: &str) -> Option<Finding> {
    let words = word_count(prose);
    (words > LONGEST).then(|| {
        let message = format!("the page has {words} words as prose, and one page has about {LONGEST}");
        let place = Place::file(std::sync::Arc::clone(&page.path));
        Finding::new(POLICY_INVALID, Severity::Warning, page.path.as_ref(), message, place)
            .why("What does not fit on one page is not read, and what is not read is not agreed on.")
            .help("remove waivers that have expired, and rules that never fire")
    })
}

fn default(page: &Page) -> String {
    let names: Vec<String> = page.default.iter().map(|id| display(id).to_owned()).collect();
    match names.len() {
        0 => String::new(),
        1 => format!("{} is the default. It needs no reason.", names[0]),
        _ => format!("{} are the defaults. They need no reason.", listed(&names, "and")),
    }
}

fn language(rule: &LanguageRule, page: &Page) -> String {
    let name = display(&rule.id);
    let bold = format!("**{name}**");
    let mut said = match &rule.says {
        Some(says) => {
            let says = sentence(says);
            match says.strip_prefix(name).filter(|rest| rest.starts_with([' ', ','])) {
                Some(rest) => format!("{bold}{rest}"),
                None => format!("{bold}: {says}"),
            }
        }
        None => String::new(),
    };
    let needs = requires(&rule.requires, page, if said.is_empty() { Some(&bold) } else { None });
    if !needs.is_empty() {
        let gap = if said.is_empty() { "" } else { " " };
        let _ = write!(said, "{gap}{}", needs.replace("the language", "it"));
    }
    let who = if said.is_empty() { bold } else { "It".to_owned() };
    let gap = |said: &str| {
        if said.is_empty() {
            ""
        } else if said.contains('\n') {
            "\n\n"
        } else {
            " "
        }
    };
    if !rule.only_for.is_empty() {
        let kinds: Vec<String> = rule.only_for.iter().map(|kind| kind_words(kind)).collect();
        let _ = write!(said, "{}{who} is for {} only.", gap(&said), listed(&kinds, "and"));
    } else if said.is_empty() {
        said = format!("{who} needs no reason.");
    }
    if let Some(severity) = rule.severity.as_ref().filter(|severity| severity.value != Level::Error) {
        let weight = match severity.value {
            Level::Off => "This is not judged.".to_owned(),
            level => format!("A missing reason is {}.", weight(level)),
        };
        let _ = write!(said, "{}{weight}", gap(&said));
    }
    said
}

/// What must be stated: after `who` ("**Rust** needs …"), or as a sentence of its own.
fn requires(requires: &Requires, page: &Page, who: Option<&str>) -> String {
    let words = |wanted: &Requirement| requirement_markdown(wanted, page);
    let all: Vec<String> = requires.all.iter().map(words).collect();
    let any: Vec<String> = requires.any.iter().map(words).collect();
    let needs = |what: &str| match who {
        Some(who) => format!("{who} needs {what}"),
        None => format!("It takes {what}"),
    };
    match (any.as_slice(), all.as_slice()) {
        ([], []) => String::new(),
        ([], all) => needs(&format!("{}, {WHERE}.", listed(all, "and"))),
        ([one], []) => needs(&format!("{one}, {WHERE}.")),
        ([one], all) => needs(&format!("{one}, and {}, {WHERE}.", listed(all, "and"))),
        (any, all) => {
            let end = if all.is_empty() { "." } else { ";" };
            let mut text = needs(&format!("one of these, {WHERE}:\n"));
            for (index, item) in any.iter().enumerate() {
                let _ = write!(text, "\n- {item}{}", if index + 1 == any.len() { end } else { "," });
            }
            if !all.is_empty() {
                let _ = write!(text, "\n\nand {}.", listed(all, "and"));
            }
            text
        }
    }
}

fn others(page: &Page) -> String {
    match page.others() {
        Others::Allow => "**Any other language** needs no reason.",
        Others::Ask => "**Any other language** needs a waiver.",
        Others::Refuse => "**Any other language** is not used.",
    }
    .to_owned()
}

/// Only where it is not as everywhere else.
fn suppressions(page: &Page) -> String {
    let said = "A comment that excuses a finding counts at once, also in the change that adds it.";
    if page.excuses_in_change() { said.to_owned() } else { String::new() }
}

/// What this page has to do with other pages.
fn organisation(page: &Page) -> String {
    let mut sentences = Vec::new();
    if page.on_organisation().is_some() {
        sentences
            .push("This page builds on the organisation's page, and is nowhere looser unless that lets it.".to_owned());
    }
    let parts: Vec<String> = page.repositories_may.iter().map(|part| format!("`{}`", part.value.key())).collect();
    if !parts.is_empty() {
        sentences
            .push(format!("The page of a repository that builds on this one may loosen {}.", listed(&parts, "and")));
    }
    sentences.join(" ")
}

fn places(page: &Page) -> String {
    let quoted = |texts: &mut dyn Iterator<Item = &str>| texts.map(|text| format!("`{text}`")).collect::<Vec<_>>();
    let mut sentences = Vec::new();
    let services = quoted(&mut page.services.iter().map(|path| path.text.as_str()));
    if !services.is_empty() {
        let each = if page.services.iter().all(super::Pattern::is_plain) { "The folder" } else { "Each folder" };
        sentences.push(format!("{each} {} is a service and needs a manifest.", listed(&services, "or")));
    }
    let excluded = quoted(&mut page.exclude.iter().map(|path| path.text.as_str()));
    if !excluded.is_empty() {
        sentences.push(format!("{} is not looked at.", listed(&excluded, "and")).replacen(
            " is ",
            if excluded.len() > 1 { " are " } else { " is " },
            1,
        ));
    }
    let folders = quoted(&mut page.decisions.folders.iter().map(|path| path.text.as_str()));
    if !folders.is_empty() {
        sentences.push(format!("Decisions are kept in {}.", listed(&folders, "and")));
    }
    let languages: Vec<String> = page.decisions.required_for.iter().map(|id| display(id).to_owned()).collect();
    if !languages.is_empty() {
        let choice = listed(&languages, "or");
        sentences.push(format!("Whoever chooses {choice} writes a decision, accepted or proposed."));
    }
    sentences.extend(records(&page.decisions));
    sentences.join(" ")
}

/// What a decision must look like.
fn records(decisions: &Decisions) -> Vec<String> {
    let mut sentences = Vec::new();
    let named = |texts: &[super::Placed<String>], mark: &str| -> Vec<String> {
        texts.iter().map(|text| format!("{mark}{}{mark}", one_line(text))).collect()
    };
    match named(&decisions.sections, "*").as_slice() {
        [] => {}
        [one] => sentences.push(format!("Every decision has the section {one}.")),
        several => sentences.push(format!("Every decision has the sections {}.", listed(several, "and"))),
    }
    let statuses: Vec<String> = decisions.statuses.iter().map(|status| word(status.value).to_owned()).collect();
    if !statuses.is_empty() {
        sentences.push(format!("The status of a decision is {}.", listed(&statuses, "or")));
    }
    for (own, status) in &decisions.status_words {
        sentences.push(format!("The status *{}* means {}.", one_line(own), word(*status)));
    }
    let keys = named(&decisions.front_matter, "`");
    if !keys.is_empty() {
        sentences.push(format!("The front matter of a decision has {}.", listed(&keys, "and")));
    }
    if let Some(pattern) = &decisions.file_name {
        sentences.push(format!("The file of a decision is named `{}`.", one_line(&pattern.text)));
    }
    sentences
}

fn facts(page: &Page) -> String {
    let facts: Vec<String> = page.facts.iter().map(fact).collect();
    if facts.is_empty() {
        return String::new();
    }
    format!("The team's own facts:\n\n{}", facts.join("\n"))
}

fn fact(rule: &FactRule) -> String {
    let says = rule.says.as_ref().map_or_else(String::new, |says| format!(", {}", one_line(says)));
    let words: Vec<String> = rule.kind.words().map(|word| format!("*{}*", one_line(word))).collect();
    let value = match rule.kind.name() {
        "rank" => match words.split_last() {
            Some((last, before)) => format!("on the scale {}, {last}, lowest first", before.join(", ")),
            None => rule.kind.says(),
        },
        "choice" => listed(&words, "or"),
        _ => rule.kind.says(),
    };
    let from: Vec<String> = rule.from.iter().map(|path| format!("`{}`", path.value)).collect();
    let labels: Vec<String> = rule.labels.iter().map(|label| format!("\"{}\"", one_line(label))).collect();
    let from = if from.is_empty() { String::new() } else { format!("; read from {}", listed(&from, "or")) };
    let labels = if labels.is_empty() { String::new() } else { format!("; also called {}", listed(&labels, "or")) };
    format!("- `{}`{says}: {value}{from}{labels}.", rule.id)
}

fn rules(page: &Page) -> String {
    let own = page.rules.iter().map(|rule| own_rule(rule, page));
    let lines: Vec<String> = own.chain(page.severities.iter().map(severity)).collect();
    if lines.is_empty() { String::new() } else { format!("Further rules:\n\n{}", lines.join("\n")) }
}

fn own_rule(rule: &OwnRule, page: &Page) -> String {
    let mut text = format!("- {}", sentence(&rule.says));
    if let Some(when) = &rule.when {
        let _ = write!(text, " It is about services {}.", condition(when, page, requirement_markdown));
    }
    if let Some(unless) = &rule.unless {
        let _ = write!(text, " It is not about services {}.", condition(unless, page, requirement_markdown));
    }
    let any: Vec<String> = rule.requires.any.iter().map(|wanted| requirement_markdown(wanted, page)).collect();
    let mut all: Vec<String> = rule.requires.all.iter().map(|wanted| requirement_markdown(wanted, page)).collect();
    if !any.is_empty() {
        all.insert(0, listed(&any, "or"));
    }
    let _ = write!(text, " Asked for: {}.", listed(&all, "and"));
    if let Some(fix) = &rule.fix {
        let _ = write!(text, " {}", sentence(fix));
    }
    if let Some(help) = &rule.help {
        let _ = write!(text, " More: {}", sentence(help));
    }
    let weight = if rule.severity == Level::Off { "not judged" } else { weight(rule.severity) };
    let _ = write!(text, " (`{}`, {weight})", rule.id);
    text
}

fn severity(change: &SeverityChange) -> String {
    match change.level.value {
        Level::Off => format!("- `{}` is not judged.", change.rule),
        level => format!("- `{}` is {}.", change.rule, weight(level)),
    }
}

/// Conditions in words: "written in Rust, with a data class of at least *pii*".
pub(super) fn condition(when: &When, page: &Page, said: fn(&Requirement, &Page) -> String) -> String {
    let mut parts = Vec::new();
    let languages: Vec<String> = when.languages.iter().map(|id| display(id).to_owned()).collect();
    let kinds: Vec<String> = when.kinds.iter().map(|kind| format!("`{}`", one_line(kind))).collect();
    let names: Vec<String> = when.services.iter().map(|name| format!("`{}`", name.text)).collect();
    let paths: Vec<String> = when.paths.iter().map(|path| format!("`{}`", path.text)).collect();
    let facts: Vec<String> = when.facts.iter().map(|fact| said(fact, page)).collect();
    for (before, items, last) in [
        ("written in", languages, "or"),
        ("of kind", kinds, "or"),
        ("named", names, "or"),
        ("in", paths, "or"),
        ("with", facts, "and"),
    ] {
        if !items.is_empty() {
            parts.push(format!("{before} {}", listed(&items, last)));
        }
    }
    parts.join(", ")
}

fn foot(page: &Page, today: Date) -> String {
    let mut sentences = Vec::new();
    if let Some(owner) = &page.owner {
        sentences.push(format!("Owner: {}.", one_line(owner)));
    }
    if let Some(due) = &page.review_by {
        let to_be = if due.value < today { "Was to be" } else { "To be" };
        sentences.push(format!("{to_be} reviewed by {}.", day(due.value)));
    }
    if sentences.is_empty() { String::new() } else { format!("*{}*", sentences.join(" ")) }
}

pub(super) fn weight(level: Level) -> &'static str {
    match level {
        Level::Error => "an error",
        Level::Warning => "a warning",
        Level::Info => "a hint",
        Level::Off => "off",
    }
}

/// A sentence with its full stop.
fn sentence(text: &str) -> String {
    let text = one_line(text);
    if text.ends_with(['.', '!', '?', ':']) || text.is_empty() { text } else { text + "." }
}

/// Kinds of service as they read in a sentence.
pub(super) fn kind_words(kind: &str) -> String {
    let plain = kind.trim().to_lowercase();
    match plain.as_str() {
        "batch" | "job" | "cron" => format!("{plain} jobs").replace("job jobs", "jobs"),
        "api" => "APIs".to_owned(),
        "cli" => "command-line tools".to_owned(),
        "library" => "libraries".to_owned(),
        "proxy" => "proxies".to_owned(),
        "tool" | "service" | "worker" | "website" | "function" | "agent" | "gateway" => format!("{plain}s"),
        _ => format!("`{}`", one_line(kind)),
    }
}
