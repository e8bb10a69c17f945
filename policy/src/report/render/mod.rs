//! One file here for each output format.

pub mod facts;
pub mod human;
pub mod json;
pub mod markdown;
