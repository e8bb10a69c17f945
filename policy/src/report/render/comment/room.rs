//! How much still fits: only whole pieces are ever added.

use super::context::Limits;

/// What is left of a limit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    characters: usize,
    bytes: usize,
    /// Lines that one list may have.
    lines: usize,
}

impl Room {
    pub fn new(limits: Limits) -> Self {
        Self { characters: limits.characters, bytes: limits.bytes, lines: limits.findings }
    }

    /// A part of it, which holds one list.
    pub fn part(limits: Limits) -> Self {
        const PARTS: usize = 16;
        Self { characters: limits.characters / PARTS, bytes: limits.bytes / PARTS, lines: limits.findings }
    }

    /// Takes the place that a text needs; false, and nothing taken, where it does not fit.
    pub fn take(&mut self, text: &str) -> bool {
        let characters = text.encode_utf16().count();
        let fits = characters <= self.characters && text.len() <= self.bytes;
        if fits {
            self.characters -= characters;
            self.bytes -= text.len();
        }
        fits
    }
}

/// Lines of a list, as many as there is room for, and how many more there are.
pub(super) fn list(lines: impl IntoIterator<Item = String>, room: &mut Room) -> String {
    let mut out = String::new();
    let mut lines = lines.into_iter().enumerate();
    for (at, line) in lines.by_ref() {
        let line = format!("- {line}\n");
        if at == room.lines || !room.take(&line) {
            out.push_str(&format!("- … and {} more\n", 1 + lines.count()));
            break;
        }
        out.push_str(&line);
    }
    out
}

/// A folded part: `title` is HTML, `inside` Markdown.
pub(super) fn fold(title: &str, inside: &str) -> String {
    format!("<details><summary>{title}</summary>\n\n{}\n\n</details>\n\n", inside.trim_end())
}
