//! Located text: what every reader works on.
//!
//! A [`Span`] is a range of bytes in one file; lines and columns exist only where something is shown
//! ([`LineIndex`]). All spans that leave this module lie on character boundaries.

pub mod asciidoc;
mod lines;
pub mod markdown;
pub mod outline;
pub mod rst;
mod source;
mod span;
pub mod yaml;

pub use source::{Encoding, LineIndex, Position, Source, decode};
pub use span::{Place, Span};
