//! The client against a GitHub of our own that goes wrong.

mod checks;
mod comment;
mod documented;
mod emulate;
mod faults;
mod objects;
mod reviews;
pub mod support;

#[path = "../../../tests/fake/mod.rs"]
pub mod fake;
#[path = "../../../tests/server/mod.rs"]
mod server;
