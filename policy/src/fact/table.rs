//! Facts in tables: a row a fact, or a column a fact; a column for the limit beside one for the measurement.

mod cell;
mod column;
mod labels;

use super::prose::cue::{self, Class, Classes};
use super::prose::passage::{Context, Passage, Topic};
use super::prose::{self, Source};
use super::token::lex;
use super::{Fact, Standing, Why};
use crate::text::outline::{Block, BlockKind, Text};
use cell::{
    has_figure, has_percentile, has_rate, heads_services, heads_states, holds_value, is_bounded, is_index, is_language,
    is_only_value, is_remark, is_service_name, is_short_value, lists_candidates, names_fact, names_requirements,
    option_number, speaks_of_failure, state_class, states_rating,
};
use std::ops::Range;

/// Reads one table, whose rows follow one another.
pub(crate) fn read(rows: &[Block], context: &Context, topic: &Topic, source: &Source<'_>, facts: &mut Vec<Fact>) {
    let rows: Vec<Row<'_>> = rows.iter().filter_map(Row::of).collect();
    let Some((head, body)) = rows.split_first().filter(|(head, _)| head.head) else {
        return;
    };
    let mut table =
        Table { columns: Vec::new(), risks: false, head, body, side: 0, rejected: Vec::new(), context, topic, source };
    table.side = usize::from(table.width() > 2 && !body.is_empty() && body.iter().all(|row| is_index(row.cell(0))));
    table.side = table.labels_from();
    // A row that rates columns has no figures of its own: beside "40 ms | dropped from scope" the row is turned down.
    let rates_columns =
        |row: &&Row<'_>| !has_figure(&row.text.plain) && table.roles(&row.text.plain).has(Class::Rejected);
    table.rejected = body.iter().filter(rates_columns).collect();
    table.columns = (0..table.width()).map(|at| table.column(at)).collect();
    table.risks = (0..table.width()).any(|at| table.roles(table.head.cell(at)).has(Class::Risk));
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
}

impl<'a> Row<'a> {
    fn of(block: &'a Block) -> Option<Self> {
        let BlockKind::Row { head, cells, .. } = &block.kind else { return None };
        let mut at = 0;
        let cells = cells
            .iter()
            .map(|cell| {
                let range = at..at + cell.plain.len();
                at = range.end + " | ".len();
                range
            })
            .collect();
        Some(Self { text: &block.text, head: *head, cells })
    }

    fn cell(&self, at: usize) -> &'a str {
        self.cells.get(at).and_then(|range| self.text.plain.get(range.clone())).unwrap_or_default().trim()
    }
}

struct Table<'a> {
    /// What each column's head says.
    columns: Vec<Column>,
    /// Whether the table is about risks.
    risks: bool,
    head: &'a Row<'a>,
    body: &'a [Row<'a>],
    /// The column of labels or services: the first that does not just count the rows.
    side: usize,
    /// The rows in which something is turned down.
    rejected: Vec<&'a Row<'a>>,
    context: &'a Context,
    topic: &'a Topic,
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

    fn roles(&self, text: &str) -> Classes {
        let tokens = lex(text);
        let mut classes = cue::roles(&tokens);
        for cue in cue::scan(&tokens, self.topic.speech) {
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
    fn is_of_other_kind(&self, label: &str) -> bool {
        let other = |class: Class| matches!(class, Class::OtherBytes | Class::OtherTime | Class::OtherRate);
        !label.contains(['-', '_'])
            && !has_figure(label)
            && !names_fact(label)
            && cue::scan(&lex(label), self.topic.speech).iter().any(|cue| other(cue.class))
    }

    fn column(&self, at: usize) -> Column {
        let text = self.head.cell(at);
        let mut roles = self.roles(text);
        // "Is now required": what is asked from now on.
        let asked = text.to_lowercase().split(' ').any(|word| matches!(word, "wanted" | "required" | "asked"));
        if (asked || roles.has(Class::Must) || roles.has(Class::Limit))
            && text.to_lowercase().split(' ').any(|word| word == "now")
        {
            roles = self.roles(&text.to_lowercase().replace("now", ""));
        }
        if asked {
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
            && !self.topic.taken.is_empty()
        {
            return if self.topic.taken.contains(&number) { Column::Wanted } else { Column::Unwanted };
        }
        let rejected = self.rejected.iter().any(|row| self.roles(row.cell(at)).has(Class::Rejected));
        let taken = !self.rejected.is_empty()
            && !rejected
            && self.body.iter().any(|row| cue::roles(&lex(row.cell(at))).has(Class::Chosen));
        if taken {
            return Column::Wanted;
        }
        // "Rate limit per token": of what others may send; "Max payload".
        let others = cue::scan(&lex(text), self.topic.speech).iter().any(|cue| cue.class == Class::OtherRate);
        let rates = self.body.iter().any(|row| has_rate(row.cell(at)));
        if others && rates || !others && self.is_of_other_kind(text) {
            return Column::Unwanted;
        }
        if rejected
            || bad.iter().any(|class| roles.has(*class) && !(asked && *class == Class::Past))
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

    /// A row is a fact: its label in the first cell, its value in the column of limits, or in the only one.
    fn by_row(&self, facts: &mut Vec<Fact>) {
        let columns = &self.columns;
        let of = |kind: Column| (self.side + 1..self.width()).filter(|at| columns[*at] == kind).collect::<Vec<_>>();
        // "Agreed by": a column that holds no value at all is not the one of limits.
        let holds = |at: &usize| self.body.iter().any(|row| holds_value(row.cell(*at)));
        let wanted: Vec<usize> = of(Column::Wanted).into_iter().filter(holds).collect();
        let mut plain = of(Column::Plain);
        if plain.iter().any(holds) {
            plain.retain(holds);
        }
        let unwanted = columns
            .iter()
            .enumerate()
            .skip(self.side + 1)
            .any(|(at, column)| *column == Column::Unwanted && !is_remark(self.head.cell(at)) && holds(&at));
        // Under "Old system" a limit was that system's, until a column of what there was stands beside it.
        let lifts = unwanted || !self.context.roles.has(Class::Old);
        let chosen = if wanted.is_empty() { plain } else { wanted.clone() };
        let side = self.side_roles();
        let mut fails = self.context.fails;
        for row in self.body {
            fails |= speaks_of_failure(row.cell(self.side));
            // "20 ms | 300 s": values under heads that are not known.
            if is_only_value(row.cell(self.side)) {
                continue;
            }
            if self.is_statement(row, &chosen) {
                self.statement(row, facts);
                continue;
            }
            for at in &chosen {
                // "operations | Timeout | 20 ms": what stands between is a label of another kind.
                let between =
                    |other: &usize| columns[*other] == Column::Plain && self.is_of_other_kind(row.cell(*other));
                if (self.side + 1..*at).any(|other| between(&other)) {
                    continue;
                }
                let mut context = self.context.clone();
                context.row = true;
                context.fails = fails;
                for class in [
                    Class::Old,
                    Class::Measure,
                    Class::Other,
                    Class::Rejected,
                    Class::Saving,
                    Class::Perhaps,
                    Class::Example,
                ] {
                    if side.has(class) {
                        context.roles.add(if class == Class::Saving { Class::Measure } else { class });
                        self.head.cell(self.side).clone_into(&mut context.heading);
                    }
                }
                if !wanted.is_empty() && lifts {
                    context.roles.add(Class::Limit);
                    self.head.cell(*at).clone_into(&mut context.heading);
                }
                if names_requirements(self.head.cell(self.side))
                    && lifts
                    && !context.roles.has(Class::Limit)
                    && self.columns[*at] == Column::Plain
                {
                    context.roles.add(Class::Limit);
                    self.head.cell(self.side).clone_into(&mut context.heading);
                }
                if let Some((class, state)) = self.state_of(row).filter(|(class, _)| lifts || *class != Class::Limit) {
                    context.roles.add(class);
                    state.clone_into(&mut context.heading);
                }
                if self.risks {
                    context.roles.add(Class::Risk);
                }
                let competing = chosen.iter().filter(|at| has_figure(row.cell(**at))).count() > 1;
                if competing && wanted.is_empty() && !is_service_name(self.head.cell(*at)) {
                    // Columns with no word for a limit are options until they bear a service's name.
                    context.roles.add(Class::Perhaps);
                    self.head.cell(*at).clone_into(&mut context.heading);
                }
                self.before_label(row, &mut context);
                if competing {
                    context.subject = Some(self.head.cell(*at).to_owned()).filter(|name| !name.is_empty());
                } else if wanted.is_empty() && unwanted && !is_bounded(row.cell(*at)) {
                    // Beside measured columns, a column without a name of its own is one of them.
                    context.roles.add(Class::Measure);
                }
                // The stroke before the value parts it from the label.
                let value = row.cells.get(*at).map(|cell| cell.start.saturating_sub(" | ".len())..cell.end);
                let mut parts: Vec<Range<usize>> = row.cells.get(self.side).cloned().into_iter().collect();
                // "Latency | p99 | 50 ms": a column between the two that says what is measured.
                let metric = |at: &usize| {
                    let cell = row.cell(*at);
                    columns[*at] == Column::Plain && !has_figure(cell) && cell.len() < 40 && has_percentile(&lex(cell))
                };
                parts.extend((self.side + 1..*at).filter(metric).filter_map(|at| row.cells.get(at).cloned()));
                parts.extend(value);
                self.pair(row, &parts, &context, facts);
            }
        }
    }

    /// What stands before the label of a row: "Option A | Memory | 180 MB", "ledger | Memory | 64 MB".
    fn before_label(&self, row: &Row<'_>, context: &mut Context) {
        for at in (0..self.side).filter(|at| !is_index(row.cell(*at)) && !is_remark(self.head.cell(*at))) {
            let cell = row.cell(at);
            if heads_services(self.head.cell(at)) && is_service_name(cell) {
                context.subject = Some(cell.to_owned());
            }
            let roles = self.roles(cell);
            let stays = option_number(cell).is_some_and(|number| self.topic.taken.contains(&number));
            if (option_number(cell).is_some() || is_language(cell)) && !stays {
                context.roles.add(Class::Perhaps);
                cell.clone_into(&mut context.heading);
            }
            for class in [Class::Old, Class::Measure, Class::Other, Class::Rejected, Class::Perhaps, Class::Later] {
                if roles.has(class) && !stays {
                    context.roles.add(class);
                    cell.clone_into(&mut context.heading);
                }
            }
        }
    }

    /// What the column of states says of a row: "dropped from scope", "open".
    fn state_of<'r>(&self, row: &'r Row<'_>) -> Option<(Class, &'r str)> {
        let at = (self.side + 1..self.width()).find(|at| heads_states(self.head.cell(*at)))?;
        let state = row.cell(at);
        Some((state_class(state, self.roles(state))?, state))
    }

    /// What the heads of the columns of labels and of numbers of rows say: "Run | p95 | RSS" is a table of runs.
    fn side_roles(&self) -> Classes {
        let mut classes = (0..=self.side).fold(Classes::default(), |all, at| all.with(self.roles(self.head.cell(at))));
        if lists_candidates(self.head.cell(self.side)) {
            classes.add(Class::Perhaps);
        }
        classes
    }

    /// "R1 | A lookup is answered within 50 ms | app team": the first cell says it all.
    fn is_statement(&self, row: &Row<'_>, values: &[usize]) -> bool {
        let cell = row.cell(self.side);
        cell.split(' ').nth(2).is_some()
            && (has_figure(cell) || states_rating(cell))
            && !values.iter().any(|at| has_figure(row.cell(*at)) || is_short_value(row.cell(*at)))
    }

    /// Reads the first cell of a row as a passage of its own.
    fn statement(&self, row: &Row<'_>, facts: &mut Vec<Fact>) {
        let side = self.side_roles();
        let mut context = self.context.clone();
        context.row = true;
        for class in [
            Class::Limit,
            Class::Old,
            Class::Measure,
            Class::Other,
            Class::Rejected,
            Class::Perhaps,
            Class::Example,
            Class::Risk,
        ] {
            if side.has(class) {
                context.roles.add(class);
                self.head.cell(self.side).clone_into(&mut context.heading);
            }
        }
        if self.risks {
            context.roles.add(Class::Risk);
        }
        let parts: Vec<Range<usize>> = row.cells.get(self.side).cloned().into_iter().collect();
        self.pair(row, &parts, &context, facts);
    }

    /// Reads a label and its value, both in one row.
    fn pair(&self, row: &Row<'_>, parts: &[Range<usize>], context: &Context, facts: &mut Vec<Fact>) {
        prose::read(&Passage::of_parts(row.text, parts, self.topic, context), self.source, facts);
    }
}
