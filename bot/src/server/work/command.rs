//! Commands below a pull request: what was asked for, and the words of the answers. Pure functions.

use adrule_policy::fact::Standing;
use adrule_policy::policy::nearest;
use adrule_policy::report::Report;
use adrule_policy::report::render::markup::{code, italic, text};
use adrule_policy::rule;
use adrule_policy::text::LineIndex;
use std::fmt::Write as _;

/// What somebody asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Judge again.
    Recheck,
    /// A rule's manual page.
    Explain(String),
    /// What was read about the services of the pull request.
    Facts,
    /// Nothing that is known.
    Unknown(String),
}

/// Most characters of a command that are looked at.
const LONGEST: usize = 200;

/// The first command of a comment: a line that begins with `/adrule`, outside of quotes and code.
pub fn parse(body: &str) -> Option<Command> {
    let mut fence: Option<&str> = None;
    for line in body.lines() {
        let bare = line.trim_start();
        let marks = ["```", "~~~"].into_iter().find(|mark| bare.starts_with(mark));
        match (fence, marks) {
            (Some(open), Some(mark)) if open == mark => fence = None,
            (None, Some(mark)) => fence = Some(mark),
            _ => {}
        }
        let is_code = line.starts_with('\t') || line.len() - bare.len() >= 4;
        if fence.is_some() || marks.is_some() || is_code {
            continue;
        }
        let shown: String = bare.chars().take(LONGEST).collect();
        let mut words = shown.split_whitespace();
        if words.next().is_some_and(|word| word.eq_ignore_ascii_case("/adrule")) {
            return Some(asked(words.next().unwrap_or_default(), words.next()));
        }
    }
    None
}

fn asked(word: &str, object: Option<&str>) -> Command {
    match (word.to_ascii_lowercase().as_str(), object) {
        ("recheck", _) => Command::Recheck,
        ("facts", _) => Command::Facts,
        ("explain", Some(rule)) => Command::Explain(rule.trim_matches('`').to_ascii_lowercase()),
        ("explain", None) => Command::Unknown("explain".to_owned()),
        _ => Command::Unknown(word.to_owned()),
    }
}

/// The hidden line by which the answer to a comment is found again.
pub fn marker(comment: u64) -> String {
    format!("<!-- adrule answers {comment} -->")
}

/// What is answered to `explain`.
pub fn explained(id: &str) -> String {
    match rule::find(id) {
        // Our own words, with our own examples: Markdown as it is.
        Some(rule) => format!("{}\n\n{}\n", deeper(rule.page.trim_end()), rule.weight()),
        None => {
            let meant = nearest(id, rule::ids()).map(|near| format!(" Did you mean `{near}`?")).unwrap_or_default();
            format!("No rule is called {}.{meant} `adrule rules` lists them all.\n", code(id))
        }
    }
}

/// Headings of a manual page, two levels further down, as a comment has them.
fn deeper(page: &str) -> String {
    let mut is_code = false;
    let line = |line: &str| {
        is_code ^= line.starts_with("```");
        let heading = !is_code && line.starts_with('#');
        format!("{}{line}\n", if heading { "##" } else { "" })
    };
    page.lines().map(line).collect()
}

/// What is answered to what is not understood.
pub fn not_understood(word: &str) -> String {
    let said = match word {
        "" => "That command names nothing to do.".to_owned(),
        "explain" => "`/adrule explain` wants the id of a rule behind it.".to_owned(),
        word => format!("{} is nothing that is answered here.", code(word)),
    };
    format!(
        "{said} There are:\n\n- `/adrule recheck` judges again\n- `/adrule explain RULE` shows a rule's manual page\n\
         - `/adrule facts` shows what was read about the services of this pull request\n"
    )
}

/// Services of an answer at most, and facts of one.
const MOST: usize = 40;

/// What is answered to `facts`. `head` is the commit that was read.
pub fn facts(report: &Report, head: &str) -> String {
    let mut out = format!("#### What was read at {}\n\n", code(head.get(..7).unwrap_or(head)));
    if report.services.is_empty() {
        out.push_str("This pull request touches no service.\n");
    }
    for service in report.services.iter().take(MOST) {
        let _ = writeln!(out, "**{}**: {}\n", text(&service.name), text(&service.words));
        if service.facts.is_empty() {
            out.push_str("- nothing is stated\n");
        }
        for fact in service.facts.iter().take(MOST) {
            let place = match report.sources.get(&fact.place.path) {
                Some(file) => {
                    format!("{}:{}", fact.place.path, LineIndex::new(file).position(fact.place.span.start).line)
                }
                None => fact.place.path.to_string(),
            };
            let counts = if fact.standing == Standing::Stated { "" } else { ", does not count" };
            let _ = writeln!(out, "- {}: {} ({}{counts})", text(&fact.kind), italic(&fact.quote), code(&place));
        }
        left_out(&mut out, service.facts.len(), "facts");
        out.push('\n');
    }
    left_out(&mut out, report.services.len(), "services");
    out
}

fn left_out(out: &mut String, all: usize, what: &str) {
    if all > MOST {
        let _ = writeln!(out, "- {MOST} of {all} {what} are shown; `adrule facts` shows all\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands() {
        for (body, command) in [
            ("/adrule recheck", Some(Command::Recheck)),
            ("  /ADRULE  Recheck please", Some(Command::Recheck)),
            ("Thanks!\r\n\r\n/adrule facts\r\n", Some(Command::Facts)),
            ("/adrule explain `Language-Without-Reason`", Some(Command::Explain("language-without-reason".into()))),
            ("/adrule explain", Some(Command::Unknown("explain".into()))),
            ("/adrule", Some(Command::Unknown(String::new()))),
            ("/adrule <img src=x>", Some(Command::Unknown("<img".into()))),
            ("/adrulerecheck", None),
            ("see /adrule recheck", None),
            ("> /adrule recheck", None),
            ("    /adrule recheck", None),
            ("```\n/adrule recheck\n```", None),
            ("~~~\n```\n/adrule recheck\n~~~\n/adrule facts", Some(Command::Facts)),
            ("", None),
        ] {
            assert_eq!(parse(body), command, "{body}");
        }
    }

    #[test]
    fn answers_hold_no_strangers_markup() {
        for word in ["@a-team/everybody", "<img src=x>", "#12", "![x](https://example.com/x.png)", "a`b"] {
            for said in [not_understood(word), explained(word)] {
                let first = said.lines().next().unwrap();
                let outside: String = first.split('`').step_by(2).collect();
                assert!(!outside.contains(['@', '<', '!', '#']), "{first}");
            }
        }
    }

    #[test]
    fn a_rule_is_explained_and_a_wrong_one_named() {
        let page = explained("language-without-reason");
        assert!(page.starts_with("### language-without-reason\n") && page.contains("**Fix.**"), "{page}");
        assert!(explained("language-without-reasons").contains("Did you mean `language-without-reason`?"));
    }
}
