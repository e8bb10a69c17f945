//! The pure core of adrule: bytes in, report out. No files, no network, no clock, no environment.

pub mod catalog;
pub mod check;
pub mod decision;
pub mod estate;
pub mod fact;
pub mod language;
pub mod manifest;
pub mod parallel;
pub mod plan;
pub mod policy;
pub mod report;
pub mod rule;
pub mod text;
pub mod tree;
