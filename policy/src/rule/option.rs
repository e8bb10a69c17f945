//! The options of a decision, and the one that was chosen.

use super::RecordCase;
use super::part::{Part, parts};
use crate::decision::words::{Topic, fold};
use crate::text::outline::{Block, BlockKind};
use crate::text::{Span, yaml};

/// The options that a record lists, in a section that holds all of them.
pub struct Options {
    /// The section's heading.
    pub name: String,
    /// Where the heading stands.
    pub span: Span,
    /// Each option's text, folded; none where the section is no plain list.
    pub listed: Option<Vec<String>>,
}

/// The record's list of options.
pub fn options(case: &RecordCase<'_>) -> Option<Options> {
    let part = parts(case).into_iter().find(|part| part.topic == Some(Topic::Options) && is_whole(part))?;
    Some(Options { name: part.name(), span: part.span(), listed: listed(&part) })
}

/// Whether a section lists what was chosen, too, and not only what was not.
fn is_whole(part: &Part<'_>) -> bool {
    let heading = fold(&part.section.title);
    (heading.contains("option")
        || heading.contains("optie")
        || heading.contains("opcion")
        || heading.contains("opzion"))
        && !["other", "reject", "alternativ", "not "].iter().any(|word| heading.contains(word))
}

/// The outermost items, or the headings, or the first cells of a table; none where options are told otherwise.
fn listed(part: &Part<'_>) -> Option<Vec<String>> {
    if part.blocks.iter().any(|block| matches!(block.kind, BlockKind::Row { .. })) {
        return None;
    }
    let first = part.inner.first().map_or(usize::MAX, |section| section.span.start);
    let items: Vec<&Block> =
        part.blocks.iter().filter(|block| block.kind == BlockKind::Item && block.span.start < first).collect();
    if let Some(least) = items.iter().map(|block| block.depth).min() {
        let outermost = items.iter().filter(|block| block.depth == least && !block.text.is_blank());
        return Some(outermost.map(|block| fold(&block.text.plain)).collect());
    }
    let level = part.inner.iter().map(|section| section.level).min()?;
    Some(part.inner.iter().filter(|section| section.level == level).map(|section| fold(&section.title)).collect())
}

/// What a record says that it has chosen: `Chosen option: "Use one queue", because …`.
pub struct Chosen {
    /// The option, as written.
    pub name: String,
    /// The text behind its name.
    pub behind: String,
    /// Where the paragraph stands.
    pub span: Span,
}

/// The option that was chosen, where the record says it as MADR does.
pub fn chosen(case: &RecordCase<'_>) -> Option<Chosen> {
    let parts = parts(case);
    let outcome = parts.iter().find(|part| matches!(part.topic, Some(Topic::Outcome | Topic::Decision)))?;
    let block = outcome.said().find(|block| fold(&block.text.plain).starts_with("chosen option"))?;
    read(block)
}

fn read(block: &Block) -> Option<Chosen> {
    let text = block.text.plain.get(..block.text.plain.len().min(4000)).unwrap_or(&block.text.plain);
    let (label, behind) = text.split_once(':')?;
    // `Chosen option - #4: …` names it by its number.
    if label.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let behind = behind.trim_start();
    let quoted = behind.strip_prefix(['"', '“', '\'', '„', '«', '`']);
    let name = match quoted {
        Some(inside) => inside.split(['"', '”', '“', '»', '`']).next().unwrap_or(inside),
        None => {
            let end = [
                ", because",
                " because",
                ". ",
                ", as ",
                ", since ",
                ", in order",
                " - ",
                " – ",
                " — ",
                "\n",
                ", which",
                "; ",
            ]
            .iter()
            .filter_map(|mark| behind.match_indices(mark).map(|(at, _)| at).find(|at| *at > 3))
            .min();
            &behind[..end.unwrap_or(behind.len())]
        }
    };
    let rest = behind.find(name).map_or("", |at| &behind[at + name.len()..]);
    let name = name.trim().trim_end_matches(['.', ',']).to_owned();
    (!name.is_empty() && !name.starts_with(['{', '[', '<'])).then(|| Chosen {
        name,
        behind: rest.to_owned(),
        span: block.span,
    })
}

/// The options of a record written in YAML, and what it says that it has chosen: `alternatives: [{ name: … }]` and
/// `decision: { chosen_alternative: … }`.
pub fn in_yaml(text: &str) -> Option<(Options, Chosen)> {
    const LISTS: [&str; 4] = ["alternatives", "options", "considered_options", "considered_alternatives"];
    const CHOICES: [&str; 4] = ["chosen_alternative", "chosen_option", "chosen", "selected_option"];
    let stream = yaml::parse(text);
    let root = stream.first()?;
    let entry = LISTS.iter().find_map(|key| root.entry(key))?;
    let name = |item: yaml::Value<'_, '_>| {
        let named = ["name", "title", "option"].iter().find_map(|key| item.get(key)).unwrap_or(item);
        named.filled().map(fold)
    };
    let listed: Option<Vec<String>> = entry.value.items().take(100).map(name).collect();
    let groups = [root.get("decision"), root.get("decision_outcome"), Some(root)];
    let chosen = groups.into_iter().flatten().find_map(|group| CHOICES.iter().find_map(|key| group.get(key)))?;
    let options = Options { name: entry.key.text()?.to_owned(), span: entry.key.span(), listed };
    Some((options, Chosen { name: chosen.filled()?.to_owned(), behind: String::new(), span: chosen.span() }))
}

/// Whether two names may mean the same option: half of the words of the shorter one stand in the other, or both have
/// the same number.
pub fn may_be_same(one: &str, other: &str) -> bool {
    let words = |text: &str| {
        let folded = fold(text);
        let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).take(60);
        words.map(str::to_owned).collect::<Vec<_>>()
    };
    let (one, other) = (words(one), words(other));
    let shared = one.iter().filter(|word| other.contains(word)).count();
    shared * 2 >= one.len().min(other.len()).max(1)
        || one.concat().contains(&other.concat())
        || other.concat().contains(&one.concat())
}
