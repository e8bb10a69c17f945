//! What a file in a decision folder is: a decision, a template, an index, or something else.

use super::Kind;
use super::words::{self, Topic};
use crate::text::outline::Outline;

/// What a file is, by what is in it.
pub(super) struct Signs {
    /// What its name says.
    pub(super) word: Option<words::NameWord>,
    /// Whether its name is that of a record.
    pub(super) named: bool,
    /// Whether it stands for its folder, whose name that is.
    pub(super) in_folder: bool,
    /// Whether it has a title.
    pub(super) titled: bool,
    /// Whether its front matter states a status.
    pub(super) front: bool,
    /// Whether its title has a record's number.
    pub(super) numbered: bool,
    /// Whether it states a status, or has a place for one.
    pub(super) stated: bool,
    /// Whether its status is understood.
    pub(super) decided: bool,
    /// Whether its status is a template's list of choices.
    pub(super) choices: bool,
    /// Whether its title is a template's placeholder.
    pub(super) placeholder: bool,
}

/// What a file is.
pub(super) fn kind(outline: &Outline, topics: &[Option<Topic>], signs: &Signs) -> Kind {
    let has = |wanted: &[Topic]| topics.iter().flatten().any(|topic| wanted.contains(topic));
    let deciding = has(&[Topic::Decision, Topic::Outcome]);
    let reasoned =
        has(&[Topic::Context, Topic::Problem, Topic::Consequences, Topic::Rationale, Topic::Options, Topic::Drivers]);
    let record = deciding && reasoned;
    match signs.word {
        Some(words::NameWord::Template) => return Kind::Template,
        // `0003-log.md` with a decision in it is about a log, and no list.
        Some(words::NameWord::Index) if signs.front && signs.decided && links_to_records(outline) < 3 => {}
        Some(words::NameWord::Index) if !(signs.named && (signs.decided || record)) => return Kind::Index,
        _ => {}
    }
    // The notes on what lies in a record's folder are no record.
    if signs.in_folder && !signs.titled && !signs.stated && !record {
        return Kind::Other;
    }
    if signs.placeholder && !(signs.named && signs.decided) {
        return Kind::Template;
    }
    if signs.choices && !signs.named {
        return Kind::Template;
    }
    if signs.named || signs.numbered || record || signs.stated {
        return Kind::Decision;
    }
    if links_to_records(outline) >= 3 {
        return Kind::Index;
    }
    Kind::Other
}

/// How many different records a document links to.
fn links_to_records(outline: &Outline) -> usize {
    let mut targets: Vec<&str> = Vec::new();
    for link in outline.blocks.iter().flat_map(|block| block.text.marks()) {
        if let crate::text::outline::MarkKind::Link(target) = &link.kind
            && !target.contains("://")
            && super::name::referred(target).is_some()
            && !targets.contains(&target.as_ref())
        {
            targets.push(target);
            if targets.len() >= 8 {
                break;
            }
        }
    }
    targets.len()
}
