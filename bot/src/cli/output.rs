//! Where output goes, and how it looks there.

use anyhow::{Context as _, Result};
use std::io::Write as _;

/// Prints to standard output.
pub fn print(text: &str) -> Result<()> {
    let mut out = anstream::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).context("standard output")
}

/// Prints a line to standard error.
pub fn say(text: &str) {
    // Where even standard error is closed there is nobody left to tell.
    let _ = writeln!(anstream::stderr(), "{text}");
}

/// Where rules' manual pages are, for a terminal that shows links.
pub fn rule_pages() -> Option<String> {
    let shows = color() && supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout);
    shows.then(|| format!("{}/blob/main/docs/rules/", env!("CARGO_PKG_REPOSITORY")))
}

/// Whether standard output shows colour: a terminal that has it, and nobody said no.
pub fn color() -> bool {
    use anstream::ColorChoice;
    match anstream::AutoStream::choice(&std::io::stdout()) {
        ColorChoice::Never => false,
        ColorChoice::Always | ColorChoice::AlwaysAnsi => true,
        ColorChoice::Auto => false,
    }
}
