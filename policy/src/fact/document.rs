//! Facts of a whole document: front matter, labelled lines, tables, sentences.

mod candidate;
mod form;
mod front;
mod hole;
mod lead;
mod opening;
mod options;
mod pieces;
mod praise;
pub(super) mod record;
mod section;
pub(super) mod service;
pub(super) mod stems;
mod supplier;
mod title;

pub use praise::{Praise, Virtue, praise};

use super::odds::Odds;
use super::prose::cue::{self, Class};
use super::prose::passage::{Context, Passage, Topic, Words};
use super::prose::speech;
use super::prose::{self, Source};
use super::token::{lex, lex_opening};
use super::value::bound;
use super::{Because, Fact, Why, table};
use crate::text::outline::{Block, BlockKind, Outline, Text};
use candidate::{heads_counts, labels_row, may_be_rating, rates, rates_under, worth_reading};
use lead::Lead;
use record::Record;
use section::{Role, Roles};
pub use service::Services;
use std::cell::OnceCell;
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
    read_until(outline, text, path, extra, &|_| false)
}

/// The first facts of [`read_outline_with`]: all of them, or at least so many that they are `enough`.
#[must_use]
pub fn read_until(
    outline: &Outline,
    text: &str,
    path: &Arc<str>,
    extra: &Extra,
    enough: &dyn Fn(&[Fact]) -> bool,
) -> Vec<Fact> {
    let mut facts = Vec::new();
    let told = front::read(outline, text, path, &mut facts);
    let source = Source { path, file: text, labels: &extra.labels, reasons: extra.reasons };
    let reader = Reader { outline, source, extra, signs: hole::Signs::of(text), whole: OnceCell::new() };
    reader.front(told, &mut facts);
    let mut lead = Lead::default();
    let mut at = 0;
    while let Some(block) = outline.blocks.get(at).filter(|_| !enough(&facts)) {
        lead.enter(block);
        at += reader.block(at, block, &mut lead, &mut facts);
    }
    facts
}

/// Reads a document, block by block.
struct Reader<'d> {
    outline: &'d Outline,
    source: Source<'d>,
    extra: &'d Extra,
    signs: hole::Signs,
    /// What is known of the document as a whole is found out at its first candidate; most documents have none.
    whole: OnceCell<Whole<'d>>,
}

impl<'d> Reader<'d> {
    fn whole(&self) -> &Whole<'d> {
        self.whole.get_or_init(|| Whole::of(self.outline, self.source.file, self.source.path, self.extra))
    }

    /// What the markup's attributes say, and the sentences under keys of the front matter, each with its key.
    fn front(&self, told: Vec<(String, Text)>, facts: &mut Vec<Fact>) {
        for attribute in front::attributes(self.outline) {
            let (line, context) = (front::line(attribute, self.source.file), Context::default());
            prose::read(&Passage::new(&line, &self.whole().topic, &context), &self.source, facts);
        }
        for (heading, line) in told {
            let mut context = Context { heading, item: true, ..Context::default() };
            context.roles.add(Class::Limit);
            prose::read(&Passage::new(&line, &self.whole().topic, &context), &self.source, facts);
        }
    }

    /// What a block states, or the whole table that it opens; how many blocks that were.
    fn block(&self, at: usize, block: &'d Block, lead: &mut Lead<'d>, facts: &mut Vec<Fact>) -> usize {
        let (outline, text) = (self.outline, self.source.file);
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
        if block.kind == BlockKind::Code && form::lines(block, text).next().is_some() {
            self.form(block, lead, facts);
        }
        // Two lines with dots between label and value are a form, however far they are indented.
        if block.kind == BlockKind::Paragraph && form::is_dotted(block) {
            self.form(block, lead, facts);
            lead.leave(block, text);
            return 1;
        }
        let running = rows == 0 && !told.is_empty() && !matches!(block.kind, BlockKind::Heading);
        let title = || outline.sections.get(block.section).map_or("", |section| section.title.as_str());
        if is_worth_reading(told, &self.extra.labels) || running && rates_under(title(), &block.text.plain) {
            let from = facts.len();
            if rows > 0 {
                self.table(at, told, lead, facts)
            } else {
                self.sentences(at, block, lead, facts)
            }
            let services = &self.whole().topic.services;
            facts[from..].iter_mut().for_each(|fact| services.settle(&mut fact.subject));
        }
        if running && self.signs.are_in(block, text) {
            let whole = self.whole();
            let context = lead.context(whole.role(block), block, &whole.topic);
            hole::read(block, &context, &whole.topic, &self.source, facts);
        }
        if running {
            lead.leave(block, text);
        }
        rows.max(1)
    }

    /// Lines that are set as a form.
    fn form(&self, block: &Block, lead: &Lead<'_>, facts: &mut Vec<Fact>) {
        let whole = self.whole();
        let context = lead.context(whole.role(block), block, &whole.topic);
        form::read(block, &context, &whole.topic, &self.source, facts);
    }

    /// The rows of a table, the first of which is at `at`.
    fn table(&self, at: usize, rows: &[Block], lead: &Lead<'_>, facts: &mut Vec<Fact>) {
        let (whole, from) = (self.whole(), facts.len());
        let mut context = lead.context(whole.role(&rows[0]), &rows[0], &whole.topic);
        let next = self.outline.blocks.get(at + rows.len());
        // A column headed "Target" is one, whatever is told behind the table.
        let aimed = || cue::roles(&lex(&rows[0].text.plain)).has(Class::Limit);
        if next.is_some_and(is_measured) && !aimed() {
            context.roles.add(Class::Measure);
        }
        if confirmed_by(next, &whole.topic) {
            context.roles.add(Class::Limit);
        }
        table::read(rows, &context, &whole.topic, &self.source, facts);
        let row = |at: usize| {
            let words = Words::of(&self.outline.blocks[at].text, whole.topic.speech);
            let may_state = words.may_state(context.topic, self.source.labels);
            may_state.then(|| Passage::of(words, &whole.topic, &context))
        };
        whole.odds.of_table(at..at + rows.len(), row, &self.source, facts, from);
    }

    /// The sentences of a paragraph, an item or a heading.
    fn sentences(&self, at: usize, block: &Block, lead: &Lead<'_>, facts: &mut Vec<Fact>) {
        let (whole, from) = (self.whole(), facts.len());
        let mut context = lead.context(whole.role(block), block, &whole.topic);
        let words = Words::of(&block.text, whole.topic.speech);
        if !words.may_state(context.topic, self.source.labels) {
            return;
        }
        context.quoted &= !adopted_by(self.outline, at);
        if [Class::Perhaps, Class::Rejected].into_iter().any(|class| context.roles.has(class))
            && is_taken(block, self.source.file, &whole.topic)
        {
            context.roles.remove(Class::Perhaps);
            context.roles.remove(Class::Rejected);
        }
        context.cancelled = whole.disclaimer.clone().or_else(|| cancelled_by(self.outline, at, &whole.topic));
        let passage = Passage::of(words, &whole.topic, &context);
        prose::read(&passage, &self.source, facts);
        whole.odds.of_block(at, &passage, &self.source, facts, from);
    }
}

/// Whether one of the blocks may hold a fact, or all rows of a table together: its head may name what a row rates.
fn is_worth_reading(told: &[Block], labels: &[(String, Arc<str>)]) -> bool {
    told.iter().any(|block| worth_reading(&block.text.plain, labels))
        || told.first().is_some_and(|block| may_be_rating(&block.text.plain) && told.len() == 1)
        || told.len() > 1
            && (told.iter().any(|row| labels_row(&row.text.plain))
                || told.first().is_some_and(|head| heads_counts(&head.text.plain)))
        || told.len() > 1 && rates(told.iter().map(|block| &*block.text.plain))
}

/// How many blocks from the first are rows of one table.
fn rows_from(blocks: &[Block]) -> usize {
    let Some(BlockKind::Row { table, .. }) = blocks.first().map(|block| &block.kind) else { return 0 };
    let same = |block: &&Block| matches!(&block.kind, BlockKind::Row { table: other, .. } if other == table);
    blocks.iter().take_while(same).count()
}

/// What is known of a document as a whole.
struct Whole<'t> {
    topic: Topic<'t>,
    odds: Odds<'t>,
    roles: Roles<'t>,
    /// "This record sets no requirement for any service."
    disclaimer: Option<Because>,
}

impl<'t> Whole<'t> {
    fn of(outline: &'t Outline, text: &'t str, path: &str, extra: &Extra) -> Self {
        let title = title::of(outline);
        let words = title::words(title);
        let told_of = title::told_of(title, &words);
        let topic = Topic {
            speech: speech::of(text),
            own: title::own(&words, path, &told_of),
            retired: title::retired(&words),
            gives_up: title::only_gives_up(&words),
            fronted: title::fronted(&words),
            faced: title::faced(&words),
            told_of,
            record: Record::of(outline, text),
            services: extra.services.clone(),
        };
        let roles = Roles::of(outline, path, text, &topic.services);
        Self { odds: Odds::of(outline), topic, roles, disclaimer: section::disclaimer(outline, text) }
    }

    fn role(&self, block: &Block) -> &Role {
        self.roles.over(block.section)
    }
}

/// Whether a list item bears the number or the letter of an option that is taken.
fn is_taken(block: &Block, text: &str, topic: &Topic<'_>) -> bool {
    let taken = |option: &str| topic.record.taken().contains(option);
    block.depth == 1 && lead::number(block, text).is_some_and(taken)
        || lead::letter(block).as_deref().is_some_and(taken)
}

/// Whether the passage behind a table makes its figures limits: "These are the objectives that we are paged for."
fn confirmed_by(next: Option<&Block>, topic: &Topic<'_>) -> bool {
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

/// Whether the passage behind a table says that its figures were measured: "Measured on a laptop".
fn is_measured(next: &Block) -> bool {
    const OPENINGS: &[&str] = &[
        "measured",
        "figures from",
        "numbers from",
        "taken on",
        "taken from",
        "source",
        "all figures were",
        "all numbers were",
        "recorded",
        "gemessen",
        "mesuré",
        "mesures",
        "medido",
        "medidos",
        "averages of",
        "means of",
        "median of",
        "best of",
    ];
    let text = next.text.plain.trim_start_matches(|sign: char| !sign.is_alphabetic());
    matches!(next.kind, BlockKind::Paragraph)
        && OPENINGS.iter().any(|opening| {
            text.get(..opening.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(opening) || start.to_lowercase() == *opening)
        })
}

/// Whether the paragraph behind a quotation takes it over: "Those terms bind us."
fn adopted_by(outline: &Outline, at: usize) -> bool {
    const POINTS: &[&str] = &[
        "this", "that", "these", "those", "both", "it", "they", "diese", "das", "dies", "ces", "cela", "esto", "estos",
    ];
    const ADOPTS: &[&str] = &[
        "bind",
        "binds",
        "binding",
        "bound",
        "adopt",
        "adopted",
        "ours",
        "signed",
        "sign",
        "accepted",
        "obliges",
        "requirement",
        "requirements",
        "bindend",
        "verbindlich",
    ];
    if !outline.blocks.get(at).is_some_and(|block| block.quoted) {
        return false;
    }
    let Some(next) = outline.blocks[at + 1..].iter().take(32).find(|block| !block.quoted) else { return false };
    if !matches!(next.kind, BlockKind::Paragraph) {
        return false;
    }
    let tokens = lex_opening(&next.text.plain, 24);
    let end = tokens.iter().position(|token| matches!(token.sign(), Some('.' | '!' | '?'))).unwrap_or(tokens.len());
    let opening = &tokens[..end];
    opening.iter().take(3).any(|token| POINTS.contains(&&*token.lower))
        && opening.iter().any(|token| ADOPTS.contains(&&*token.lower))
        && opening.iter().any(|token| {
            matches!(&*token.lower, "us" | "our" | "ours" | "we" | "uns" | "wir" | "nous" | "notre" | "nos")
        })
        && !opening.iter().any(|token| bound::is_negation(&token.lower))
}

/// Whether the passages right behind take this one back: "Neither limit carries over."
fn cancelled_by(outline: &Outline, at: usize, topic: &Topic<'_>) -> Option<Because> {
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
        return Some(Why::TakenBack.with(&words.join(" ")));
    }
    None
}
