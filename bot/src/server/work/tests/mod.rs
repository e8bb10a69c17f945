//! The work of the App against a GitHub of our own.

mod asked;
mod many;
mod one;
mod organisation;
mod pulls;
mod rotated;
pub mod support;
