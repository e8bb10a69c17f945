//! The title, the headings and the head of the table above a block, and the passages beside it.

use super::super::prose::cue::{self, Classes};
use super::super::prose::speech::Speech;
use super::super::token::{Token, lex, lex_opening};
use super::around::{BESIDE, Sheet, Sink};
use super::term::Place;
use crate::text::outline::{Block, BlockKind, Outline};
use std::cell::{OnceCell, RefCell};
use std::ops::Range;
use std::rc::Rc;

/// Words of a heading, or of a cell of a table's head, that are looked at.
const LONGEST: usize = 40;
/// How far above its list the line that leads to it is looked for.
const REACH: usize = 64;

/// How long a word with its space is, about.
const LETTERS: usize = 7;

type Line<'t> = Vec<Token<'t>>;

/// What was last worked out of something with a number: figures that stand together ask for the same.
struct Last<T>(RefCell<Option<(usize, Rc<T>)>>);

impl<T> Last<T> {
    fn none() -> Self {
        Self(RefCell::new(None))
    }

    fn of(&self, at: usize, make: impl FnOnce() -> T) -> Rc<T> {
        let mut known = self.0.borrow_mut();
        match known.as_ref() {
            Some((of, made)) if *of == at => Rc::clone(made),
            _ => Rc::clone(&known.insert((at, Rc::new(make()))).1),
        }
    }
}

/// What is known of a document's headings.
pub(super) struct Page<'t> {
    outline: &'t Outline,
    title: Line<'t>,
    /// The headings above the section that was asked for last, the nearest first.
    headings: Last<Vec<Line<'t>>>,
    /// The end of the line that was last found to lead to a list or a table, by its block: the items of a list have one.
    lead: Last<Line<'t>>,
}

/// What stands around all figures of a block.
pub(super) struct Surroundings<'s, 't> {
    title: &'s [Token<'t>],
    headings: Rc<Vec<Line<'t>>>,
    heads: Rc<Vec<Line<'t>>>,
    lead: Option<Rc<Line<'t>>>,
    before: Beside<'t>,
    behind: Beside<'t>,
}

/// The words of the block before or behind. They are looked at from the first and the last sentence alone.
struct Beside<'t> {
    text: &'t str,
    words: OnceCell<Line<'t>>,
}

impl<'t> Beside<'t> {
    fn of(block: Option<&'t Block>) -> Self {
        Self { text: block.map_or("", |block| &block.text.plain), words: OnceCell::new() }
    }

    fn words(&self, lex: impl Fn(&'t str) -> Line<'t>) -> &[Token<'t>] {
        self.words.get_or_init(|| lex(self.text))
    }
}

impl<'t> Page<'t> {
    pub(super) fn of(outline: &'t Outline) -> Self {
        let title = outline.sections.iter().find(|section| section.level > 0);
        let title = title.map(|section| lex_opening(&section.title, LONGEST)).unwrap_or_default();
        Self { outline, title, headings: Last::none(), lead: Last::none() }
    }

    /// What stands around the block with index `at`; of a table, `first` is the first row.
    pub(super) fn around<'p>(&self, first: usize, at: usize, heads: &Rc<Vec<Line<'p>>>) -> Surroundings<'_, 'p>
    where
        't: 'p,
    {
        let outline = self.outline;
        let block = &outline.blocks[at];
        let row = matches!(block.kind, BlockKind::Row { .. });
        let same = |other: &&'t Block| other.section == block.section;
        let lead = (0..first)
            .map(|at| (at, &outline.blocks[at]))
            .rev()
            .take(REACH)
            .take_while(|(_, other)| same(other))
            .find(|(_, other)| other.depth < block.depth.max(1) && !matches!(other.kind, BlockKind::Row { .. }))
            .filter(|(_, other)| {
                (block.depth > 0 || row) && matches!(other.kind, BlockKind::Paragraph | BlockKind::Item)
            });
        let before = outline.blocks[..at].last().filter(same).filter(|_| !row);
        let behind = outline.blocks.get(at + 1).filter(same).filter(|_| !row);
        Surroundings {
            title: &self.title,
            headings: self.headings.of(block.section, || self.headings(block.section)),
            heads: Rc::clone(heads),
            lead: lead.map(|(at, leading)| self.lead.of(at, || tail(&leading.text.plain))),
            before: Beside::of(before),
            behind: Beside::of(behind),
        }
    }

    /// The headings above, the nearest first.
    fn headings(&self, section: usize) -> Vec<Line<'t>> {
        let mut headings = Vec::new();
        let mut next = self.outline.sections.get(section);
        while let Some(section) = next.filter(|_| headings.len() < 4) {
            if section.level > 0 {
                headings.push(lex_opening(&section.title, LONGEST));
            }
            next = section.parent.and_then(|parent| self.outline.sections.get(parent));
        }
        headings
    }

    /// The cells of a table's head, of the table whose first row this is.
    pub(super) fn heads(&self, first: usize) -> Rc<Vec<Line<'t>>> {
        let cells = match &self.outline.blocks[first].kind {
            BlockKind::Row { head: true, cells, .. } => cells.as_slice(),
            _ => &[],
        };
        Rc::new(cells.iter().map(|cell| lex_opening(&cell.plain, LONGEST)).collect())
    }
}

impl<'t> Surroundings<'_, 't> {
    /// What the head of a column says.
    pub(super) fn headed(&self, column: usize) -> Classes {
        let Some(head) = self.heads.get(column) else { return Classes::default() };
        let mut classes = cue::roles(head);
        cue::scan(head, Speech::English).iter().for_each(|cue| classes.add(cue.class));
        classes
    }

    /// The signs outside of the block.
    pub(super) fn visit(&self, sheet: &Sheet<'_, 't>, figure: &Range<usize>, sink: &mut impl Sink<'t>) {
        let sentence = sheet.sentence(figure);
        if sentence.start == 0 {
            sink.each(Place::Before, self.before.words(tail));
        }
        if sentence.end == sheet.tokens.len() {
            sink.each(Place::Behind, self.behind.words(|text| lex_opening(text, BESIDE / 2)));
        }
        sink.each(Place::Title, self.title);
        if let Some(lead) = &self.lead {
            sink.each(Place::Lead, lead);
        }
        if let Some((nearest, above)) = self.headings.split_first() {
            sink.each(Place::Heading, nearest);
            sink.pairs(Place::HeadingPair, nearest);
            above.iter().for_each(|heading| sink.each(Place::Above, heading));
        }
        let column = sheet.column(figure);
        // Tables that people write are no wider.
        let beside = column.saturating_sub(8)..column + 8;
        for (at, head) in self.heads.iter().enumerate().take(beside.end).skip(beside.start) {
            sink.each(if at == column { Place::Head } else { Place::Heads }, head);
        }
    }
}

/// The last words of a text.
fn tail(text: &str) -> Line<'_> {
    let from = text.len().saturating_sub(BESIDE * LETTERS);
    let from = (from..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
    // A word that is cut off is left out.
    let from = if from == 0 { 0 } else { text[from..].find(char::is_whitespace).map_or(text.len(), |at| from + at) };
    let mut tokens = lex(&text[from..]);
    tokens.drain(..tokens.len().saturating_sub(BESIDE));
    tokens
}
