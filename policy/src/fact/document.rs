//! Facts of a whole document: front matter, labelled lines, tables, sentences.

mod candidate;
mod hole;
mod lead;
mod pieces;
mod praise;
mod section;
pub(super) mod service;
mod supplier;

pub use praise::{Praise, Virtue, praise};

use super::prose::cue::{self, Class};
use super::prose::label;
use super::prose::passage::{Passage, Topic, stem};
use super::prose::speech;
use super::prose::{self, Source};
use super::token::{lex, lex_opening};
use super::value::bound;
use super::{Fact, Origin, table, vocabulary};
use crate::manifest;
use crate::text::outline::{Block, BlockKind, Outline};
use crate::text::yaml;
use candidate::worth_reading;
use lead::Lead;
use section::Role;
pub use service::Services;
use std::collections::HashSet;
use std::sync::Arc;

/// What a page adds to the reading of documents.
#[derive(Clone, Debug, Default)]
pub struct Extra {
    /// Further labels, each with the id of the fact that it names.
    pub labels: Vec<(String, Arc<str>)>,
    /// The names of the repository's services: what a heading, a list item or a sentence names one of is about it.
    pub services: Services,
    /// Whether to say all that was weighed for each figure of a sentence: [`Fact::reasons`].
    pub reasons: bool,
}

/// Every fact that a document states or seems to state, in the order of the document.
#[must_use]
pub fn read_outline(outline: &Outline, text: &str, path: &Arc<str>) -> Vec<Fact> {
    read_outline_with(outline, text, path, &Extra::default())
}

/// [`read_outline`], with what the page adds.
#[must_use]
pub fn read_outline_with(outline: &Outline, text: &str, path: &Arc<str>, extra: &Extra) -> Vec<Fact> {
    let mut facts = Vec::new();
    front_matter(outline, text, path, &mut facts);
    let signs = hole::Signs::of(text);
    let source = Source { path, file: text, labels: &extra.labels, reasons: extra.reasons };
    // What is known of the document as a whole is found out at its first candidate; most documents have none.
    let mut whole: Option<Whole> = None;
    let mut lead = Lead::default();
    let mut at = 0;
    while let Some(block) = outline.blocks.get(at) {
        lead.enter(block);
        let rows = rows_from(&outline.blocks[at..]);
        let told = match block.kind {
            BlockKind::Row { .. } => &outline.blocks[at..at + rows],
            BlockKind::Paragraph | BlockKind::Item => std::slice::from_ref(block),
            // "Driver 1: a lock request is answered in 10 ms or less"; the title names, and states nothing.
            BlockKind::Heading if outline.sections.get(block.section).is_some_and(|section| section.level > 1) => {
                std::slice::from_ref(block)
            }
            BlockKind::Code | BlockKind::Comment | BlockKind::Heading => &[],
        };
        let running = rows == 0 && !told.is_empty() && !matches!(block.kind, BlockKind::Heading);
        if told.iter().any(|block| worth_reading(&block.text.plain, &extra.labels)) {
            let whole = whole.get_or_insert_with(|| Whole::of(outline, text, path, extra));
            let mut context = lead.context(whole.role(block), block, &whole.topic);
            let from = facts.len();
            if rows > 0 {
                if confirmed_by(outline.blocks.get(at + rows), &whole.topic) {
                    context.roles.add(Class::Limit);
                }
                table::read(told, &context, &whole.topic, &source, &mut facts);
            } else {
                context.cancelled = cancelled_by(outline, at, &whole.topic);
                prose::read(&Passage::new(&block.text, &whole.topic, &context), &source, &mut facts);
            }
            facts[from..].iter_mut().for_each(|fact| whole.topic.services.settle(&mut fact.subject));
        }
        if running && signs.are_in(block, text) {
            let whole = whole.get_or_insert_with(|| Whole::of(outline, text, path, extra));
            hole::read(block, &lead.context(whole.role(block), block, &whole.topic), &whole.topic, &source, &mut facts);
        }
        if running {
            lead.leave(block);
        }
        at += rows.max(1);
    }
    facts
}

/// How many blocks from the first are rows of one table.
fn rows_from(blocks: &[Block]) -> usize {
    let Some(BlockKind::Row { table, .. }) = blocks.first().map(|block| &block.kind) else { return 0 };
    let same = |block: &&Block| matches!(&block.kind, BlockKind::Row { table: other, .. } if other == table);
    blocks.iter().take_while(same).count()
}

/// What is known of a document as a whole.
struct Whole {
    topic: Topic,
    roles: Vec<Role>,
}

impl Whole {
    fn of(outline: &Outline, text: &str, path: &str, extra: &Extra) -> Self {
        let topic = Topic {
            speech: speech::of(text),
            own: own_words(outline, path),
            retired: retired_words(outline),
            suppliers: supplier::named(text),
            taken: section::taken_options(outline, text),
            services: extra.services.clone(),
        };
        let roles = section::sections(outline, path, text, &topic.services);
        Self { topic, roles }
    }

    fn role(&self, block: &Block) -> &Role {
        &self.roles[block.section.min(self.roles.len().saturating_sub(1))]
    }
}

fn front_matter(outline: &Outline, text: &str, path: &Arc<str>, facts: &mut Vec<Fact>) {
    let Some(span) = outline.front_matter else { return };
    let stream = yaml::parse_with(span.of(text), span.start, &yaml::Limits::default());
    let Some(root) = stream.first() else { return };
    for mapping in [Some(root), root.get("facts"), root.get("adrule")].into_iter().flatten() {
        for entry in mapping.entries() {
            let Some(key) = entry.key.text() else { continue };
            let key = key.strip_prefix("adrule/").unwrap_or(key);
            // `latencyTargetMs` and `memory_budget_mb` mean what they mean in a manifest.
            let words = manifest::key_words(key);
            let meant = || manifest::named_by(&words).or_else(|| label::known(key));
            let Some(known) = vocabulary::by_label(key).or_else(meant) else { continue };
            facts.extend(super::field_keyed(known, &words.join("_"), entry.value, path, Origin::FrontMatter));
        }
    }
}

/// The words behind "Retire the …" in the title.
fn retired_words(outline: &Outline) -> HashSet<String> {
    const GIVES_UP: &[&str] = &[
        "retire",
        "retiring",
        "remove",
        "removing",
        "decommission",
        "decommissioning",
        "sunset",
        "drop",
        "abolish",
        "discontinue",
        "stilllegen",
    ];
    const ENDS: &[&str] = &["in", "with", "by", "for", "from", "of", "and", "after", "favour", "favor"];
    let title = outline.sections.iter().find(|section| section.level > 0).map_or("", |section| section.title.as_str());
    let words = title.split(|letter: char| !letter.is_alphanumeric()).map(str::to_lowercase);
    words
        .skip_while(|word| !GIVES_UP.contains(&word.as_str()))
        .skip(1)
        .take_while(|word| !ENDS.contains(&word.as_str()))
        .filter(|word| word.len() > 3)
        .map(|word| stem(&word).to_owned())
        .collect()
}

/// Words of the title and of the file's name, without those that every record has.
fn own_words(outline: &Outline, path: &str) -> HashSet<String> {
    const COMMON: &[&str] = &[
        "the", "a", "an", "of", "in", "for", "and", "to", "rust", "go", "service", "use", "with", "adr", "rfc",
        "decision", "language", "old", "new", "our", "which", "is", "we", "on", "md", "replace", "rewrite", "data",
        "file", "limit", "memory",
    ];
    let title = outline.sections.iter().find(|section| section.level > 0).map_or("", |section| section.title.as_str());
    let name = path.rsplit('/').next().unwrap_or(path);
    [title, name]
        .into_iter()
        .flat_map(|text| text.split(|letter: char| !letter.is_alphanumeric()))
        .map(str::to_lowercase)
        .filter(|word| word.len() > 2 && !COMMON.contains(&word.as_str()))
        .map(|word| stem(&word).to_owned())
        .collect()
}

/// Whether the passage behind a table makes its figures limits: "These are the objectives that we are paged for."
fn confirmed_by(next: Option<&Block>, topic: &Topic) -> bool {
    let Some(next) = next.filter(|next| matches!(next.kind, BlockKind::Paragraph)) else { return false };
    let tokens = lex_opening(&next.text.plain, 40);
    let end = tokens.iter().position(|token| token.sign() == Some('.')).unwrap_or(tokens.len());
    let opening = &tokens[..end];
    let points = opening.iter().take(3).any(|token| {
        matches!(&*token.lower, "these" | "they" | "both" | "all" | "diese" | "ces" | "estos" | "numbers" | "figures")
    });
    let denied = opening.iter().any(|token| bound::is_negation(&token.lower));
    points && !denied && cue::scan(opening, topic.speech).iter().any(|cue| cue.class == Class::Limit)
}

/// Whether the passages right behind take this one back: "Neither limit carries over."
fn cancelled_by(outline: &Outline, at: usize, topic: &Topic) -> Option<String> {
    let block = outline.blocks.get(at)?;
    for next in outline.blocks.get(at + 1..)?.iter().take(8) {
        if next.section != block.section || matches!(next.kind, BlockKind::Heading | BlockKind::Row { .. }) {
            return None;
        }
        let text = &next.text.plain;
        if next.depth > 0 || text.len() > 600 {
            continue;
        }
        let points = lex_opening(text, 4).iter().any(|token| {
            matches!(
                &*token.lower,
                "neither"
                    | "both"
                    | "none"
                    | "these"
                    | "those"
                    | "they"
                    | "beide"
                    | "keine"
                    | "diese"
                    | "aucune"
                    | "aucun"
                    | "ces"
                    | "ambos"
                    | "estos"
                    | "ninguno"
            )
        });
        if !points {
            return None;
        }
        let tokens = lex(text);
        let cues = cue::scan(&tokens, topic.speech);
        let cancel = cues.iter().find(|cue| matches!(cue.class, Class::Cancel | Class::Rejected))?;
        let words: Vec<&str> = tokens[cancel.tokens.clone()].iter().map(|token| token.text).collect();
        return Some(format!("is taken back: \"{}\"", words.join(" ")));
    }
    None
}
