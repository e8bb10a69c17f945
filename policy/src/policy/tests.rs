//! Running the page's own tests.

use super::{Given, Page};
use crate::text::Place;
use std::sync::Arc;

/// How one test of the page came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestOutcome {
    /// Where the test starts.
    pub place: Place,
    /// Its name, where it has one.
    pub name: Option<String>,
    /// Rules that were to fire and did not, each where it is expected.
    pub silent: Vec<(Arc<str>, Place)>,
    /// Rules that fired and were not expected.
    pub unexpected: Vec<String>,
}

impl TestOutcome {
    /// Whether the rules fired that were to, and no others.
    #[must_use]
    pub fn passed(&self) -> bool {
        self.silent.is_empty() && self.unexpected.is_empty()
    }

    /// Which rule surprised, in a sentence without a full stop.
    #[must_use]
    pub fn words(&self) -> String {
        let silent = self.silent.iter().map(|(rule, _)| format!("`{rule}` was expected and stayed silent"));
        let loud = self.unexpected.iter().map(|rule| format!("`{rule}` fired and was not expected"));
        let surprises: Vec<String> = silent.chain(loud).collect();
        if surprises.is_empty() { "as expected".to_owned() } else { surprises.join("; ") }
    }
}

/// Runs every test of the page. `judge` gives the ids of the rules that fire for a service as the test imagines it.
pub fn run(page: &Page, judge: impl Fn(&Page, &Given) -> Vec<String>) -> Vec<TestOutcome> {
    page.tests
        .iter()
        .map(|test| {
            let mut fired = judge(page, &test.given);
            fired.sort();
            fired.dedup();
            let silent = test.expect.iter().filter(|rule| !fired.iter().any(|id| **id == *rule.value));
            TestOutcome {
                place: test.place.clone(),
                name: test.name.as_ref().map(|name| name.value.clone()),
                silent: silent.map(|rule| (Arc::clone(&rule.value), rule.place.clone())).collect(),
                unexpected: fired
                    .iter()
                    .filter(|id| !test.expect.iter().any(|rule| *rule.value == ***id))
                    .cloned()
                    .collect(),
            }
        })
        .collect()
}
