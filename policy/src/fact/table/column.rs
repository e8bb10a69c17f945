//! Tables whose head names the facts: a column a fact, a row a service.

use super::super::Fact;
use super::super::prose;
use super::super::prose::cue::{Class, Classes};
use super::super::prose::passage::{Context, Passage};
use super::cell::{Cell, has_percentile, is_bare_number, is_language, is_marked, names_limit};
use super::head::{heads_ratings, heads_states, unit_of_head};
use super::{Column, Row, Table};
use crate::text::outline::Text;

impl Table<'_> {
    /// A column is a fact, a row a service.
    pub(super) fn by_column(&self, facts: &mut Vec<Fact>) {
        // Without a column of services, the head of the first one says nothing of the row.
        let one_row = self.is_one_row();
        let first = if one_row { 0 } else { self.side + 1 };
        let side = if one_row { Classes::default() } else { self.side_roles() };
        let marked: Vec<&str> =
            self.body.iter().filter(|row| self.is_ours(row)).map(|row| row.cell(self.side)).collect();
        for row in self.body {
            let name = if one_row { "" } else { row.cell(self.side) };
            let whole = self.roles(&Cell::of(&row.text.plain));
            let named = self.roles(&Cell::of(name));
            let mut context = self.context.clone();
            context.row = true;
            if !marked.is_empty() && !marked.contains(&name) {
                // "Group controller (this ADR)": the other rows are somebody else's.
                context.roles.add(Class::Other);
                name.clone_into(&mut context.heading);
            }
            let bad = [Class::Old, Class::Measure, Class::Past, Class::Other, Class::Perhaps, Class::Example]
                .into_iter()
                .any(|class| named.has(class));
            let taken = self.is_taken(row);
            let told = [Class::Other, Class::Measure, Class::Perhaps];
            for class in told.into_iter().filter(|class| side.has(*class) && !taken) {
                context.roles.add(class);
                self.head.cell(self.side).clone_into(&mut context.heading);
            }
            if !taken && (bad || whole.has(Class::Rejected) || is_language(name)) {
                context.roles.add(Class::Perhaps);
                name.clone_into(&mut context.heading);
            }
            // "Required | 35 ms | 80 MB" beside rows of what was tried.
            let required = named.has(Class::Limit) || named.has(Class::Must);
            if required && !context.roles.has(Class::Perhaps) {
                context.roles.add(Class::Limit);
                name.clone_into(&mut context.heading);
            }
            context.subject = Some(name.to_owned()).filter(|name| !name.is_empty() && self.body.len() > 1 && !required);
            if self.risks {
                context.roles.add(Class::Risk);
            }
            for at in first..self.width() {
                if self.columns[at] == Column::Unwanted && !names_limit(self.head.at(at)) {
                    continue;
                }
                let mut context = context.clone();
                let head = self.head.cell(at);
                if self.columns[at] == Column::Wanted && !context.roles.has(Class::Old) {
                    context.roles.add(Class::Limit);
                    if context.heading.is_empty() {
                        head.clone_into(&mut context.heading);
                    }
                }
                if heads_ratings(head) && self.heads_failure() {
                    context.topic = Some("failure-impact");
                }
                let said = context.roles.has(Class::Limit) || context.roles.has(Class::Must);
                let bare = !said && has_percentile(self.head.at(at));
                if bare && self.columns[at] == Column::Plain {
                    // Percentiles alone are what people measure, until a word makes them a limit.
                    context.unsaid = true;
                }
                self.headed(row, at, &context, facts);
            }
        }
    }

    /// "A. Go | 128 MB | chosen": an option that its row says was taken.
    fn is_taken(&self, row: &Row<'_>) -> bool {
        const YES: &[&str] = &["yes", "y", "x", "✓", "✔", "✅", "ja", "oui", "sí", "si"];
        let said = (self.side + 1..self.width()).any(|at| {
            self.roles(self.head.at(at)).has(Class::Chosen) && YES.contains(&row.cell(at).to_lowercase().as_str())
        });
        said || (self.side + 1..self.width()).filter(|at| heads_states(self.head.cell(*at))).any(|at| {
            let roles = self.roles(row.at(at));
            roles.has(Class::Chosen) && !roles.has(Class::Rejected)
        })
    }

    /// "Group controller (this ADR)", "**Pilotage orders** | **we**": a row that says that it is the document's own.
    fn is_ours(&self, row: &Row<'_>) -> bool {
        const US: &[&str] = &["we", "us", "ours", "our team", "this team", "wir", "uns", "nous", "nosotros"];
        (0..self.width()).any(|at| {
            let cell = row.cell(at).to_lowercase();
            at == self.side && is_marked(&cell) || US.contains(&cell.as_str())
        })
    }

    /// Reads a cell under its head as if the head stood before it.
    fn headed(&self, row: &Row<'_>, at: usize, context: &Context, facts: &mut Vec<Fact>) {
        let (head, value) = (self.head.cell(at), row.cell(at));
        if value.is_empty() {
            return;
        }
        let mut text = Text::default();
        let cell = row.cells.get(at).cloned().unwrap_or_default();
        let span = row.text.span(cell.clone());
        // The head's words stand elsewhere in the file: they take no room in the row's.
        text.push(&format!("{head}: "), span.start..span.start, self.source.file);
        text.push(value, span.start..span.end, self.source.file);
        // "p99 (ms)": a percentile alone does not take the unit from its head, as a label does.
        if let Some(unit) =
            unit_of_head(head).filter(|_| is_bare_number(row.at(at)) && has_percentile(self.head.at(at)))
        {
            text.push(&format!(" {unit}"), span.end..span.end, self.source.file);
        }
        let passage = Passage::new(&text, self.topic, context);
        prose::read(&passage, self.source, facts);
    }
}
