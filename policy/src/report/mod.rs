//! What was found, and how it is said.

mod finding;

pub use finding::{Finding, Fix, Labelled, Severity};
