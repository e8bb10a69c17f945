//! Where the labels of a table stand: in a column, or in its head.

use super::super::prose::label;
use super::Table;
use super::cell::{Cell, holds_value, names_fact, opens_with_value, speaks_of_failure};
use super::head::{heads_dates, heads_ratings, is_remark};

impl Table<'_> {
    /// The column of labels: behind those that name no fact, as owners and priorities do.
    pub(super) fn labels_from(&self) -> usize {
        let is_label = |cell: &Cell<'_>| label::known(cell.text).is_some() && !holds_value(cell);
        let labels = |at: &usize| self.body.iter().any(|row| is_label(row.at(*at)));
        let heads = (0..self.width()).any(|at| self.heads_fact(at));
        let last = self.width().saturating_sub(1).min(self.side + 3);
        if heads || labels(&self.side) {
            return self.side;
        }
        let other = |at: &usize| !is_remark(self.head.cell(*at)) && !heads_dates(self.head.cell(*at));
        (self.side + 1..last).find(labels).or_else(|| (self.side..last).find(other)).unwrap_or(self.side)
    }

    /// Whether the head of a column names a fact; "Owner" beside values is a remark.
    fn heads_fact(&self, at: usize) -> bool {
        let head = self.head.at(at);
        names_fact(head) && !is_remark(head.text) || heads_ratings(head.text) && self.heads_failure()
    }

    /// "Service | If it stops | Rating": whether a column tells of a failure.
    pub(super) fn heads_failure(&self) -> bool {
        (0..self.width()).any(|at| speaks_of_failure(self.head.at(at)))
    }

    /// Whether the first column is a fact as the others are: one row of values, with no service before them.
    pub(super) fn is_one_row(&self) -> bool {
        let [row] = self.body else { return false };
        names_fact(self.head.at(0)) && opens_with_value(row.at(0))
    }

    /// Whether the head names the facts and each row is a service.
    pub(super) fn is_by_column(&self) -> bool {
        if self.is_one_row() {
            return true;
        }
        let first = self.side + 1;
        let head = (first..self.width()).filter(|at| self.heads_fact(*at)).count();
        let side = self.body.iter().filter(|row| names_fact(row.at(self.side))).count();
        head > side
    }
}
