//! The same forms in AsciiDoc and reStructuredText: the documents of the sweep, put into the other markups line by line.

use std::fmt::Write as _;

/// A markup besides Markdown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Markup {
    AsciiDoc,
    Rst,
}

pub(crate) const MARKUPS: [Markup; 2] = [Markup::AsciiDoc, Markup::Rst];

impl Markup {
    /// A document of the sweep in this markup; `at` chooses among several ways to write the same.
    pub(crate) fn write(self, markdown: &str, at: usize) -> String {
        let lines: Vec<&str> = markdown.lines().collect();
        let mut out = String::new();
        let mut number = 0;
        while let Some(line) = lines.get(number) {
            let table = lines[number..].iter().take_while(|line| line.starts_with('|')).count();
            let term = lines.get(number + 1).and_then(|next| next.strip_prefix(": "));
            if table > 0 {
                self.table(&lines[number..number + table], at, &mut out);
                number += table;
            } else if let Some(told) = term {
                let (line, told) = (self.inline(line), self.inline(told));
                let _ = match (self, at % 2) {
                    (Self::AsciiDoc, 0) => writeln!(out, "{line}:: {told}"),
                    (Self::AsciiDoc, _) => writeln!(out, "{line}::\n  {told}"),
                    (Self::Rst, 0) => writeln!(out, "{line}\n   {told}"),
                    (Self::Rst, _) => writeln!(out, ":{line}: {told}"),
                };
                number += 2;
            } else {
                let _ = writeln!(out, "{}", self.line(line));
                number += 1;
            }
        }
        out
    }

    fn line(self, line: &str) -> String {
        let level = line.bytes().take_while(|byte| *byte == b'#').count();
        if level > 0 {
            let title = self.inline(line[level..].trim());
            return match self {
                Self::AsciiDoc => format!("{} {title}", "=".repeat(level)),
                Self::Rst => format!("{title}\n{}", ["=", "-", "~"][level - 1].repeat(title.chars().count())),
            };
        }
        for marker in ["- [x] ", "- ", "* ", "+ "] {
            if let Some(text) = line.strip_prefix(marker) {
                return format!("{} {}", if self == Self::AsciiDoc { "*" } else { "-" }, self.inline(text));
            }
        }
        if let Some(text) = line.strip_prefix("1. ") {
            return format!("{} {}", if self == Self::AsciiDoc { "." } else { "1." }, self.inline(text));
        }
        self.inline(line)
    }

    /// Bold, italics and code.
    fn inline(self, text: &str) -> String {
        let text = text.replace("**", "\u{1}").replace("__", "\u{1}");
        match self {
            Self::AsciiDoc => text.replace('*', "_").replace('\u{1}', "*"),
            Self::Rst => text.replace('`', "``").replace('\u{1}', "**"),
        }
    }

    fn table(self, lines: &[&str], at: usize, out: &mut String) {
        let cells = |line: &str| -> Vec<String> {
            let inner = line.trim().trim_start_matches('|').trim_end_matches('|');
            inner.split('|').map(|cell| self.inline(cell.trim())).collect()
        };
        let rows: Vec<Vec<String>> =
            lines.iter().enumerate().filter(|(number, _)| *number != 1).map(|(_, line)| cells(line)).collect();
        match (self, at % 3) {
            (Self::AsciiDoc, way) => asciidoc(&rows, way, out),
            (Self::Rst, 0) => list_table(&rows, out),
            (Self::Rst, 1) => grid(&rows, out),
            (Self::Rst, _) => csv(&rows, out),
        }
    }
}

fn asciidoc(rows: &[Vec<String>], way: usize, out: &mut String) {
    let columns = rows.first().map_or(0, Vec::len);
    out.push_str(match way {
        0 => "|===\n",
        1 => "[%header]\n|===\n",
        _ => "",
    });
    if way == 2 {
        let _ = writeln!(out, "[cols=\"{}\",options=\"header\"]\n|===", vec!["1"; columns].join(","));
    }
    for (number, row) in rows.iter().enumerate() {
        match way {
            // Each cell on a line of its own.
            2 => row.iter().for_each(|cell| {
                let _ = writeln!(out, "|{cell}");
            }),
            _ => {
                let _ = writeln!(out, "|{}", row.join(" |"));
            }
        }
        if number == 0 || way == 2 {
            out.push('\n');
        }
    }
    out.push_str("|===\n");
}

fn list_table(rows: &[Vec<String>], out: &mut String) {
    out.push_str(".. list-table::\n   :header-rows: 1\n\n");
    for row in rows {
        for (number, cell) in row.iter().enumerate() {
            let _ = writeln!(out, "   {} - {cell}", if number == 0 { "*" } else { " " });
        }
    }
    out.push('\n');
}

fn csv(rows: &[Vec<String>], out: &mut String) {
    out.push_str(".. csv-table::\n   :header-rows: 1\n\n");
    for row in rows {
        let quoted: Vec<String> = row.iter().map(|cell| format!("\"{cell}\"")).collect();
        let _ = writeln!(out, "   {}", quoted.join(","));
    }
    out.push('\n');
}

fn grid(rows: &[Vec<String>], out: &mut String) {
    let columns = rows.first().map_or(0, Vec::len);
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0).max(1)
    };
    let rule = |fill: &str, out: &mut String| {
        for column in 0..columns {
            let _ = write!(out, "+{}", fill.repeat(width(column) + 2));
        }
        out.push_str("+\n");
    };
    rule("-", out);
    for (number, row) in rows.iter().enumerate() {
        for (column, cell) in row.iter().enumerate() {
            let _ = write!(out, "| {cell}{} ", " ".repeat(width(column) - cell.chars().count()));
        }
        out.push_str("|\n");
        rule(if number == 0 { "=" } else { "-" }, out);
    }
    out.push('\n');
}
