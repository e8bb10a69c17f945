//! Facts in tables: a row a fact, or a column a fact; a column for the limit beside one for the measurement.

mod cell;
mod column;
mod commitment;
mod head;
mod labels;
mod row;
mod verdict;

use super::prose::cue::{self, Class, Classes};
use super::prose::passage::{Context, Topic};
use super::prose::{self, Source};
use super::{Fact, Standing, Why};
use crate::text::outline::{Block, BlockKind, MarkKind, Text};
use cell::{Cell, has_figure, has_rate, is_index, is_language, names_fact, option_number};
use commitment::{heads_deadline, is_asked};
use head::{heads_machines, is_remark, names_requirements};
use std::ops::Range;
use verdict::without_clause;

/// Reads one table, whose rows follow one another.
pub(crate) fn read(rows: &[Block], context: &Context, topic: &Topic<'_>, source: &Source<'_>, facts: &mut Vec<Fact>) {
    let rows: Vec<Row<'_>> = rows.iter().filter_map(Row::of).collect();
    // AsciiDoc and reStructuredText have tables without a head: as one whose head is empty.
    let nothing = Text::default();
    let empty = Row::empty(&nothing, rows.first().map_or(0, |row| row.cells.len()));
    let (head, body) = match rows.split_first() {
        Some((head, body)) if head.head => (head, body),
        Some(_) => (&empty, &rows[..]),
        None => return,
    };
    let mut table = Table {
        columns: Vec::new(),
        risks: false,
        machines: false,
        head,
        body,
        side: 0,
        rejected: Vec::new(),
        context,
        topic,
        source,
    };
    table.side = usize::from(table.width() > 2 && !body.is_empty() && body.iter().all(|row| is_index(row.cell(0))));
    table.side = table.labels_from();
    // A row that rates columns has no figures of its own: beside "40 ms | dropped from scope" the row is turned down.
    // "Orders | are dropped when the desk closes" rates nothing: it is longer.
    let rates = |cell: &Cell<'_>| table.roles(cell).has(Class::Rejected) && cell.tokens().len() <= 4;
    let rates_columns = |row: &&Row<'_>| {
        (table.side + 1..table.width()).any(|at| rates(row.at(at))) && !has_figure(&Cell::of(&row.text.plain))
    };
    table.rejected = body.iter().filter(rates_columns).collect();
    table.columns = (0..table.width()).map(|at| table.column(at)).collect();
    table.machines = (0..table.width()).any(|at| heads_machines(table.head.cell(at)));
    table.risks = (0..table.width()).any(|at| table.roles(table.head.at(at)).has(Class::Risk));
    let from = facts.len();
    if table.is_by_column() {
        table.by_column(facts);
    } else {
        table.by_row(facts);
    }
    if let Some(read) = facts.get_mut(from..) {
        weigh(read);
    }
}

/// Beside "RAM budget | 16 MB", a bare "RAM | 256 MB" is something else.
fn weigh(facts: &mut [Fact]) {
    let bare = |fact: &Fact| fact.standing == Standing::Stated && fact.because.as_deref() == Some(prose::LABELLED);
    let firm: Vec<_> = facts
        .iter()
        .filter(|fact| fact.standing == Standing::Stated && !bare(fact))
        .map(|fact| (fact.kind.clone(), fact.subject.clone(), fact.percentile))
        .collect();
    for fact in facts.iter_mut().filter(|fact| bare(fact)) {
        if firm.contains(&(fact.kind.clone(), fact.subject.clone(), fact.percentile)) {
            fact.standing = Standing::Unclear;
            fact.because = Some(Why::OtherRow.plain());
        }
    }
}

struct Row<'a> {
    text: &'a Text,
    head: bool,
    /// Each cell's bytes in the row's text.
    cells: Vec<Range<usize>>,
    /// The cells themselves, and behind them an empty one for all that the row lacks.
    read: Vec<Cell<'a>>,
}

impl<'a> Row<'a> {
    fn of(block: &'a Block) -> Option<Self> {
        let BlockKind::Row { head, cells, .. } = &block.kind else { return None };
        let mut at = 0;
        let cells: Vec<Range<usize>> = cells
            .iter()
            .map(|cell| {
                let range = at..at + cell.plain.len();
                at = range.end + " | ".len();
                range
            })
            .collect();
        Some(Self::new(&block.text, *head, cells))
    }

    /// A row of empty cells.
    fn empty(text: &'a Text, cells: usize) -> Self {
        Self::new(text, true, vec![0..0; cells])
    }

    fn new(text: &'a Text, head: bool, cells: Vec<Range<usize>>) -> Self {
        let words = |range: &Range<usize>| text.plain.get(range.clone()).unwrap_or_default().trim();
        let read = cells.iter().map(words).chain(std::iter::once("")).map(Cell::of).collect();
        Self { text, head, cells, read }
    }

    /// Whether a cell is nothing but code.
    fn is_code(&self, at: usize) -> bool {
        let (Some(cell), false) = (self.cells.get(at), self.cell(at).is_empty()) else { return false };
        self.text.marks().iter().any(|mark| mark.kind == MarkKind::Code && mark.range == *cell)
    }

    fn cell(&self, at: usize) -> &'a str {
        self.at(at).text
    }

    fn at(&self, at: usize) -> &Cell<'a> {
        &self.read[at.min(self.cells.len())]
    }
}

struct Table<'a> {
    /// What each column's head says.
    columns: Vec<Column>,
    /// Whether the table is about risks.
    risks: bool,
    /// Whether it lists machines or offers: what they have and what they cost.
    machines: bool,
    head: &'a Row<'a>,
    body: &'a [Row<'a>],
    /// The column of labels or services: the first that does not just count the rows.
    side: usize,
    /// The rows in which something is turned down.
    rejected: Vec<&'a Row<'a>>,
    context: &'a Context,
    topic: &'a Topic<'a>,
    source: &'a Source<'a>,
}

/// What the head of a column says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    /// Limits.
    Wanted,
    /// Not said.
    Plain,
    /// Measurements, options, other systems; or remarks.
    Unwanted,
}

impl Table<'_> {
    fn width(&self) -> usize {
        self.head.cells.len()
    }

    fn roles(&self, cell: &Cell<'_>) -> Classes {
        let mut classes = cue::roles(cell.tokens());
        for cue in cell.cues(self.topic.speech) {
            if matches!(
                cue.class,
                Class::Measure
                    | Class::Past
                    | Class::Old
                    | Class::Other
                    | Class::Rejected
                    | Class::Saving
                    | Class::Later
                    | Class::Limit
                    | Class::Must
                    | Class::Example
            ) {
                classes.add(cue.class);
            }
        }
        classes
    }

    /// "Timeout", "max payload": a label of another kind; the name of a service is none.
    fn is_of_other_kind(&self, label: &Cell<'_>) -> bool {
        self.is_of_kinds(label, &[Class::OtherBytes, Class::OtherTime, Class::OtherRate])
    }

    fn is_of_kinds(&self, label: &Cell<'_>, kinds: &[Class]) -> bool {
        let other = |class: Class| kinds.contains(&class);
        !label.text.contains(['-', '_'])
            && label.cues(self.topic.speech).iter().any(|cue| other(cue.class))
            && !has_figure(label)
            && !names_fact(label)
    }

    /// "Decision point | Result": what was decided, and no measurement.
    fn is_result_of_decision(&self, at: usize) -> bool {
        const RESULTS: &[&str] = &["result", "outcome", "ergebnis", "résultat", "resultado"];
        at > self.side
            && RESULTS.contains(&self.head.cell(at).to_lowercase().as_str())
            && names_requirements(self.head.cell(self.side))
    }

    fn column(&self, at: usize) -> Column {
        let head = self.head.at(at);
        let text = head.text;
        let mut roles = self.roles(head);
        // "Limit that came with it": what is told of the limit takes nothing back.
        let noun = without_clause(text);
        if noun.len() < text.len() {
            let told = self.roles(&Cell::of(noun));
            roles = if told.has(Class::Limit) { told } else { roles };
        }
        // "Is now required", "needed by the branches": what is asked, whatever "needed" says elsewhere.
        let lower = text.to_lowercase();
        let asked = lower.split(' ').any(is_asked);
        if (asked || roles.has(Class::Must) || roles.has(Class::Limit)) && lower.split(' ').any(|word| word == "now") {
            roles = self.roles(&Cell::of(&lower.replace("now", "")));
        }
        if asked {
            let rest: Vec<&str> = lower.split(' ').filter(|word| !is_asked(word) && *word != "now").collect();
            roles = self.roles(&Cell::of(&rest.join(" ")));
            roles.add(Class::Must);
        }
        let bad = [
            Class::Measure,
            Class::Past,
            Class::Old,
            Class::Other,
            Class::Rejected,
            Class::Saving,
            Class::Perhaps,
            Class::Later,
            Class::Example,
        ];
        // "Option 1 | Option 2", where the document goes with option 1.
        if let Some(number) = option_number(text)
            && !self.topic.record.taken().is_empty()
        {
            return if self.topic.record.taken().contains(&number) { Column::Wanted } else { Column::Unwanted };
        }
        let rejected = self.rejected.iter().any(|row| self.roles(row.at(at)).has(Class::Rejected));
        let taken = !self.rejected.is_empty()
            && !rejected
            && self.body.iter().any(|row| cue::roles(row.at(at).tokens()).has(Class::Chosen));
        if taken {
            return Column::Wanted;
        }
        if heads_deadline(text) || commitment::commits(text) {
            return Column::Wanted;
        }
        if commitment::wishes(text) {
            return Column::Unwanted;
        }
        // "`archive`": a name, whatever the word says elsewhere.
        if self.head.is_code(at) {
            return Column::Plain;
        }
        // "Rate limit per token": of what others may send; "Max payload".
        let others = head.cues(self.topic.speech).iter().any(|cue| cue.class == Class::OtherRate);
        let rates = || self.body.iter().any(|row| has_rate(row.at(at)));
        if others && rates() || !others && self.is_of_other_kind(head) {
            return Column::Unwanted;
        }
        if rejected
            || bad.iter().any(|class| roles.has(*class)) && !self.is_result_of_decision(at)
            || is_remark(text)
            || is_language(text)
        {
            Column::Unwanted
        } else if roles.has(Class::Limit) || roles.has(Class::Must) {
            Column::Wanted
        } else {
            Column::Plain
        }
    }
}
