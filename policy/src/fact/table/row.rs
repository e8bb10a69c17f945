//! Tables whose rows are the facts: a label, and its value in the column of limits.

use super::super::Fact;
use super::super::prose;
use super::super::prose::cue::{Class, Classes};
use super::super::prose::label;
use super::super::prose::passage::{Context, Passage, stem};
use super::super::prose::thing;
use super::super::token::Token;
use super::cell::{
    Cell, has_figure, has_percentile, holds_value, is_amount_of_data, is_bare_number, is_bounded, is_index,
    is_language, is_of_others, is_only_value, is_service_name, is_short_value, is_unit, names_ceiling, option_number,
    other_kinds, speaks_of_failure, state_class, states_rating,
};
use super::head::{
    heads_services, heads_states, heads_units, is_remark, lists_candidates, lists_runs, names_requirements,
    unit_of_head,
};
use super::verdict::tells_of_decisions;
use super::{Column, Row, Table};
use crate::text::outline::Text;
use std::ops::Range;

impl Table<'_> {
    /// A row is a fact: its label in the first cell, its value in the column of limits, or in the only one.
    pub(super) fn by_row(&self, facts: &mut Vec<Fact>) {
        let columns = &self.columns;
        let of = |kind: Column| (self.side + 1..self.width()).filter(|at| columns[*at] == kind).collect::<Vec<_>>();
        // "Agreed by": a column that holds no value at all is not the one of limits.
        let holds = |at: &usize| self.body.iter().any(|row| holds_value(row.at(*at)));
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
            fails |= speaks_of_failure(row.at(self.side));
            // "20 ms | 300 s": values under heads that are not known.
            if is_only_value(row.at(self.side)) {
                continue;
            }
            if self.is_statement(row, &chosen) {
                self.statement(row, facts);
                continue;
            }
            for at in &chosen {
                // "operations | Timeout | 20 ms": what stands between is a label of another kind.
                let between = |other: &usize| columns[*other] == Column::Plain && self.is_of_other_kind(row.at(*other));
                // "Freshness of the map | 20 s", and not "Recovery | serving again within 25 s of power-on".
                let bare =
                    row.at(*at).tokens().len() <= 5 && self.is_of_kinds(row.at(self.side), other_kinds(row.at(*at)));
                if bare || (self.side + 1..*at).any(|other| between(&other)) {
                    continue;
                }
                if self.is_size_of_a_thing(row, *at) {
                    continue;
                }
                let competing = chosen.iter().filter(|at| has_figure(row.at(**at))).count() > 1;
                let mut context = self.row_context(row, *at, (&side, !wanted.is_empty(), lifts));
                context.fails = fails;
                if competing && wanted.is_empty() && !is_service_name(self.head.cell(*at)) {
                    // Columns with no word for a limit are options until they bear a service's name.
                    context.roles.add(Class::Perhaps);
                    self.head.cell(*at).clone_into(&mut context.heading);
                }
                self.before_label(row, &mut context);
                if competing {
                    context.subject = Some(self.head.cell(*at).to_owned()).filter(|name| !name.is_empty());
                } else if wanted.is_empty() && unwanted && !is_bounded(row.at(*at)) {
                    // Beside measured columns, a column without a name of its own is one of them.
                    context.roles.add(Class::Measure);
                }
                self.value(row, *at, &context, facts);
            }
        }
    }

    /// "Poster | 4 MB" under "Max": an amount of data beside the name of a thing that is neither memory nor runs.
    fn is_size_of_a_thing(&self, row: &Row<'_>, at: usize) -> bool {
        let (label, value) = (row.at(self.side), row.at(at));
        let runs =
            |token: &Token<'_>| thing::is_word_for_service(&token.lower) || self.topic.own.contains(stem(&token.lower));
        let speaks = |cell: &Cell<'_>| {
            cell.cues(self.topic.speech).iter().any(|cue| {
                matches!(cue.class, Class::Memory | Class::Instances | Class::Limit | Class::Must | Class::Latency)
            })
        };
        label.tokens().len() <= 3
            && is_only_value(value)
            && is_amount_of_data(value)
            && !label.tokens().iter().any(runs)
            && label::known(label.text).is_none()
            && !speaks(label)
            && !speaks(value)
    }

    /// What the heads of the table and the cells of a row say of the row's figure in one column.
    fn row_context(&self, row: &Row<'_>, at: usize, (side, wanted, lifts): (&Classes, bool, bool)) -> Context {
        let mut context = self.context.clone();
        context.row = true;
        for class in
            [Class::Old, Class::Measure, Class::Other, Class::Rejected, Class::Saving, Class::Perhaps, Class::Example]
        {
            // "Mesure | Actuel | Cible": a word for what is measured names the rows, where a column of limits stands beside.
            let names = class == Class::Measure && wanted && self.head.at(self.side).tokens().len() == 1;
            // "Wish | Do we take it?": a wish that was taken.
            let taken = class == Class::Perhaps && self.is_granted(row);
            if side.has(class) && !names && !taken {
                context.roles.add(if class == Class::Saving { Class::Measure } else { class });
                self.head.cell(self.side).clone_into(&mut context.heading);
            }
        }
        // "What the scorer had".
        let head = self.head.cell(self.side);
        if side.has(Class::Past) && self.head.at(self.side).tokens().len() > 2 && !tells_of_decisions(head) {
            context.roles.add(Class::Old);
            head.clone_into(&mut context.heading);
        }
        if wanted && lifts {
            context.roles.add(Class::Limit);
            self.head.cell(at).clone_into(&mut context.heading);
        }
        if names_requirements(self.head.cell(self.side))
            && lifts
            && !context.roles.has(Class::Limit)
            && self.columns[at] == Column::Plain
        {
            context.roles.add(Class::Limit);
            self.head.cell(self.side).clone_into(&mut context.heading);
        }
        // "Ceiling for the new pod | 320 MiB" in a log of what was decided.
        let label = row.cell(self.side);
        let told = [Class::Old, Class::Measure, Class::Other, Class::Rejected, Class::Perhaps, Class::Example];
        let clear = !told.iter().any(|class| context.roles.has(*class));
        if lifts && clear && self.columns[at] == Column::Plain && names_ceiling(label, self.roles(row.at(self.side))) {
            context.roles.add(Class::Limit);
            label.clone_into(&mut context.heading);
        }
        if is_of_others(label) {
            context.roles.add(Class::Other);
            label.clone_into(&mut context.heading);
        }
        self.add_state(row, lifts, &mut context);
        if self.risks {
            context.roles.add(Class::Risk);
        }
        context
    }

    /// Adds what the column of states says of a row.
    fn add_state(&self, row: &Row<'_>, lifts: bool, context: &mut Context) {
        if let Some((class, state)) = self.state_of(row).filter(|(class, _)| lifts || *class != Class::Limit) {
            context.roles.add(class);
            state.clone_into(&mut context.heading);
        }
    }

    /// Reads the value of a row in one column, with its label before it.
    fn value(&self, row: &Row<'_>, at: usize, context: &Context, facts: &mut Vec<Fact>) {
        // "Latency | p99 | 50 ms": a column between the two that says what is measured.
        let metric = |at: &usize| {
            let cell = row.at(*at);
            self.columns[*at] == Column::Plain && !has_figure(cell) && cell.text.len() < 40 && has_percentile(cell)
        };
        let metrics = (self.side + 1..at).filter(metric);
        let mut units = (self.side + 1..self.width())
            .filter(|other| *other != at && heads_units(self.head.cell(*other)))
            .map(|other| row.cell(other))
            .filter(|unit| is_unit(unit));
        if is_bare_number(row.at(at))
            && let Some(unit) = units.next().or_else(|| unit_of_head(self.head.cell(at)))
        {
            let mut text = Text::default();
            let cells = std::iter::once(self.side).chain(metrics).chain(std::iter::once(at));
            for (number, range) in cells.filter_map(|cell| row.cells.get(cell)).enumerate() {
                let span = row.text.span(range.clone());
                let joint = if number > 0 { " | " } else { "" };
                text.push(joint, span.start..span.start, self.source.file);
                text.append(&part(row.text, range.clone(), self.source.file));
            }
            let end = text.span(0..text.plain.len()).end;
            // The unit stands elsewhere in the row: it takes no room in the quote.
            text.push(&format!(" {unit}"), end..end, self.source.file);
            prose::read(&Passage::new(&text, self.topic, context), self.source, facts);
            return;
        }
        // The stroke before the value parts it from the label.
        let value = row.cells.get(at).map(|cell| cell.start.saturating_sub(" | ".len())..cell.end);
        let mut parts: Vec<Range<usize>> = row.cells.get(self.side).cloned().into_iter().collect();
        // "How many of them run? | 2": a label that asks is answered beside it.
        if let Some(label) = parts.first_mut()
            && label::known(row.cell(self.side)).is_some()
        {
            let words = row.text.plain.get(label.clone()).unwrap_or_default();
            label.end = label.start + words.trim_end_matches(['?', ' ']).len();
        }
        parts.extend(metrics.filter_map(|at| row.cells.get(at).cloned()));
        parts.extend(value);
        let from = facts.len();
        self.pair(row, &parts, context, facts);
        // "p99 20 ms | 45 ms" under "Wish" and "Agreed": of two figures the one in the column of limits is read.
        if has_figure(row.at(self.side)) && has_figure(row.at(at)) {
            let edge = row.cells.get(at).map_or(0, |cell| row.text.span(cell.clone()).start);
            let own = facts.split_off(from);
            facts.extend(own.into_iter().filter(|fact| fact.place.span.end > edge));
        }
    }

    /// What stands before the label of a row: "Option A | Memory | 180 MB", "ledger | Memory | 64 MB".
    fn before_label(&self, row: &Row<'_>, context: &mut Context) {
        for at in (0..self.side).filter(|at| !is_index(row.cell(*at)) && !is_remark(self.head.cell(*at))) {
            let cell = row.cell(at);
            if heads_services(self.head.cell(at)) && is_service_name(cell) {
                context.subject = Some(cell.to_owned());
            }
            let roles = self.roles(row.at(at));
            let stays = option_number(cell).is_some_and(|number| self.topic.record.taken().contains(&number));
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
        if let Some(class) = self.answered(row) {
            return Some((class, state));
        }
        Some((state_class(state, self.roles(row.at(at)))?, state))
    }

    /// Whether a row was agreed to, by the column that says so, in a table of wishes.
    fn is_granted(&self, row: &Row<'_>) -> bool {
        !self.machines && self.state_of(row).is_some_and(|(class, _)| class == Class::Limit)
    }

    /// What the heads of the columns of labels and of numbers of rows say: "Run | p95 | RSS" is a table of runs.
    pub(super) fn side_roles(&self) -> Classes {
        let mut classes = (0..=self.side).fold(Classes::default(), |all, at| all.with(self.roles(self.head.at(at))));
        let head = self.head.cell(self.side);
        let numbered = || self.body.iter().all(|row| row.cell(self.side).contains(|sign: char| sign.is_ascii_digit()));
        if self.machines || lists_candidates(head) || lists_runs(head) && numbered() {
            classes.add(Class::Perhaps);
        }
        if self.is_of_runs() {
            classes.add(Class::Measure);
        }
        classes
    }

    /// "R1 | A lookup is answered within 50 ms | app team": the first cell says it all.
    fn is_statement(&self, row: &Row<'_>, values: &[usize]) -> bool {
        let cell = row.at(self.side);
        cell.text.split(' ').nth(2).is_some()
            && (has_figure(cell) || states_rating(cell))
            && !values.iter().any(|at| has_figure(row.at(*at)) || is_short_value(row.at(*at)))
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
            if side.has(class) && !(class == Class::Perhaps && self.is_granted(row)) {
                context.roles.add(class);
                self.head.cell(self.side).clone_into(&mut context.heading);
            }
        }
        self.add_state(row, true, &mut context);
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

/// A part of a text, with its way back to the file.
fn part(text: &Text, range: Range<usize>, file: &str) -> Text {
    let mut part = Text::default();
    let plain = text.plain.get(range.clone()).unwrap_or_default();
    part.push(plain, text.span(range).range(), file);
    part
}
