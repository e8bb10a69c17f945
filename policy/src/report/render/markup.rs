//! Markdown that holds strangers' words: the one place that makes them harmless.
//!
//! A name, a path or a sentence from a repository must not become a link, a mention, a reference, a picture, HTML or a
//! formula, neither by Markdown nor by what GitHub adds to it. A word that GitHub would make something of is shown as
//! code, in which it makes nothing of anything; the rest is escaped. What cannot be seen or turns the direction of text
//! is shown by its number.

use crate::report::words::printable;
use std::fmt::Write as _;

/// How long a text may be, in characters.
pub const LONGEST_TEXT: usize = 600;
/// How long a name or path may be, in characters.
pub const LONGEST_CODE: usize = 200;
/// More backticks in a row than this are cut: parsers stop counting them somewhere, and then a fence does not hold.
const TICKS: usize = 16;

/// Text as text. Code spans in it stay code; nothing else in it is markup.
#[must_use]
pub fn text(text: &str) -> String {
    text_of(text, LONGEST_TEXT)
}

/// The same with another length.
#[must_use]
pub fn text_of(text: &str, longest: usize) -> String {
    let text = printable(text, longest);
    let mut out = Line::default();
    let mut rest = text.as_str();
    while let Some(open) = rest.find('`') {
        let Some(length) = rest[open + 1..].find('`') else { break };
        out.plain(&rest[..open]);
        match &rest[open + 1..open + 1 + length] {
            // Left out, it would join the words around it.
            "" => out.escaped("``"),
            name => out.code(name),
        }
        rest = &rest[open + length + 2..];
    }
    out.plain(rest);
    out.0
}

/// A text in italics; nothing where it is empty.
#[must_use]
pub fn italic(words: &str) -> String {
    let words = text(words);
    if words.is_empty() { words } else { format!("*{words}*") }
}

/// A name or a path as code.
#[must_use]
pub fn code(name: &str) -> String {
    let mut out = Line::default();
    out.code(&printable(name, LONGEST_CODE));
    out.0
}

/// Text inside HTML, where Markdown has no say: a `<summary>`. Code spans in it are code.
#[must_use]
pub fn html(text: &str) -> String {
    let text = printable(text, LONGEST_TEXT);
    let mut out = String::new();
    for (at, part) in text.split('`').enumerate() {
        if at % 2 == 1 {
            let _ = write!(out, "<code>{}</code>", entities(part));
            continue;
        }
        for word in part.split_inclusive(char::is_whitespace) {
            let bare = word.trim_end();
            if is_live(bare) {
                let _ = write!(out, "<code>{}</code>{}", entities(bare), &word[bare.len()..]);
            } else {
                out.push_str(&entities(word));
            }
        }
    }
    out
}

/// Lines in a fenced block, to be copied. `language` is ours; longer lines and more lines than anybody copies are cut,
/// and it is said.
#[must_use]
pub fn block(language: &str, lines: &str) -> String {
    const LINES: usize = 40;
    const LONGEST_LINE: usize = 300;
    let mut shown: Vec<String> = Vec::new();
    for line in lines.trim_end().lines().take(LINES) {
        let indent = line.len() - line.trim_start_matches(' ').len();
        shown.push(format!("{}{}", " ".repeat(indent.min(40)), tamed(&printable(line, LONGEST_LINE))));
    }
    if lines.trim_end().lines().nth(LINES).is_some() {
        shown.push("…".to_owned());
    }
    let shown = shown.join("\n");
    let fence = "`".repeat(longest_run(&shown).max(2) + 1);
    format!("{fence}{language}\n{shown}\n{fence}\n")
}

/// A link. `label` is Markdown already, `url` one of [`url_path`]'s making.
#[must_use]
pub fn link(label: &str, url: &str) -> String {
    format!("[{label}]({url})")
}

/// A path as a part of an address. None where it is no path inside of a repository, or is too long to be one.
#[must_use]
pub fn url_path(path: &str) -> Option<String> {
    const LONGEST_PATH: usize = 1024;
    if path.len() > LONGEST_PATH || path.split('/').any(|part| matches!(part, "" | "." | "..")) {
        return None;
    }
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'_' | b'~' | b'-' => out.push(char::from(byte)),
            byte => drop(write!(out, "%{byte:02X}")),
        }
    }
    Some(out)
}

/// A line of Markdown that is being written.
#[derive(Default)]
struct Line(String);

impl Line {
    fn code(&mut self, name: &str) {
        let name = tamed(name);
        // Two spans that touch would be read as one.
        if self.0.ends_with('`') {
            self.0.push(' ');
        }
        let ticks = "`".repeat(longest_run(&name) + 1);
        let pad = if name.is_empty() || name.starts_with('`') || name.ends_with('`') { " " } else { "" };
        let name = if name.is_empty() { "" } else { &name };
        let _ = if name.is_empty() { write!(self.0, "` `") } else { write!(self.0, "{ticks}{pad}{name}{pad}{ticks}") };
    }

    fn plain(&mut self, text: &str) {
        for word in text.split_inclusive(char::is_whitespace) {
            let bare = word.trim_end();
            if is_live(bare) {
                // Brackets, quotes and full stops around a word are no part of it.
                let inner = bare.trim_start_matches(['(', '[', '"', '\'']);
                let before = bare.len() - inner.len();
                let inner = inner.trim_end_matches([')', ']', '"', '\'', '.', ',', ';', '!', '?']);
                self.escaped(&bare[..before]);
                self.code(inner);
                self.escaped(&bare[before + inner.len()..]);
                self.escaped(&word[bare.len()..]);
            } else {
                self.escaped(word);
            }
        }
    }

    fn escaped(&mut self, text: &str) {
        for c in text.chars() {
            let starts = self.0.is_empty();
            // A number at the start of a line is a list when a full stop or a bracket follows it.
            let numbers = matches!(c, '.' | ')') && !starts && self.0.bytes().all(|byte| byte.is_ascii_digit());
            match c {
                // White space before the first word would indent it.
                c if starts && c.is_whitespace() => {}
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '&' => self.0.push_str("&amp;"),
                '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' => self.0.extend(['\\', c]),
                '-' | '+' | '=' | '#' | ':' if starts => self.0.extend(['\\', c]),
                _ if numbers => self.0.extend(['\\', c]),
                c => self.0.push(c),
            }
        }
    }
}

/// Whether GitHub would make something of a word without white space: a mention, a reference to an issue, a commit or an
/// advisory, an address, an emoji, a formula.
fn is_live(word: &str) -> bool {
    let mut chars = word.chars().peekable();
    let mut digits = 0usize;
    let mut is_word_before = false;
    while let Some(c) = chars.next() {
        match c {
            '@' | '＠' | '﹫' | '$' | '＄' | '﹩' => return true,
            '#' | '＃' | '﹟' if chars.peek().is_some_and(|next| next.is_alphanumeric()) => return true,
            _ => {}
        }
        // A commit is seven hexadecimal digits or more, with no letter beside them.
        if c.is_ascii_hexdigit() && !is_word_before {
            digits += 1;
            if digits >= 7 && !chars.peek().is_some_and(char::is_ascii_alphanumeric) {
                return true;
            }
        } else {
            digits = 0;
            is_word_before = c.is_ascii_alphanumeric();
        }
    }
    let lower = word.to_ascii_lowercase();
    let addresses = ["://", "www.", "mailto:", "xmpp:", "ghsa-"];
    addresses.iter().any(|start| lower.contains(start))
        || ["gh-", "cve-"].iter().any(|start| is_before_digit(&lower, start))
        || has_emoji(&lower)
}

fn is_before_digit(word: &str, start: &str) -> bool {
    word.match_indices(start).any(|(at, _)| word[at + start.len()..].starts_with(|c: char| c.is_ascii_digit()))
}

/// `:name:`, or `:name` at its end: our own colon may follow.
fn has_emoji(word: &str) -> bool {
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'+' | b'-');
    word.split(':').skip(1).any(|part| !part.is_empty() && part.bytes().all(is_name))
}

fn entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}

fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

/// A text without walls of backticks.
fn tamed(text: &str) -> String {
    let mut run = 0;
    let kept = text.chars().filter(|&c| {
        run = if c == '`' { run + 1 } else { 0 };
        run <= TICKS
    });
    kept.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_github_would_link_are_code() {
        for (given, shown) in [
            ("ask @org/team, please", "ask `@org/team`, please"),
            ("see #12.", "see `#12`."),
            ("(GH-12) and gh-pages", "(`GH-12`) and gh-pages"),
            ("a/b#12", "`a/b#12`"),
            ("ＡＴ＠org", "`ＡＴ＠org`"),
            ("since a1b2c3d (in 123456 runs)", "since `a1b2c3d` (in 123456 runs)"),
            ("https://x.example/y!", "`https://x.example/y`!"),
            ("www.x.example", "`www.x.example`"),
            ("ring on-call:oncall@x.example", "ring `on-call:oncall@x.example`"),
            ("ship it :tada:", "ship it `:tada:`"),
            ("p95: 10 ms: fine", "p95: 10 ms: fine"),
            ("as docs/adr/0001.md:31 says", "as `docs/adr/0001.md:31` says"),
            ("costs $5 or $6", "costs `$5` or `$6`"),
            ("C# and F#", "C# and F#"),
            ("GHSA-xxxx", "`GHSA-xxxx`"),
        ] {
            assert_eq!(text(given), shown, "{given}");
        }
    }

    #[test]
    fn markup_is_escaped() {
        assert_eq!(
            text("*a* _b_ [c](d) <e> & ![f](g) ~~h~~ |"),
            r"\*a\* \_b\_ \[c\](d) &lt;e&gt; &amp; !\[f\](g) \~\~h\~\~ \|"
        );
        assert_eq!(text("- a"), "\\- a");
        assert_eq!(text("12. a"), "12\\. a");
        assert_eq!(text("# a"), "\\# a");
        assert_eq!(text("   # a"), "\\# a");
        assert_eq!(text("C#``1"), "C#\\`\\`1");
        assert_eq!(text("a\nb\r\n> c"), "a b  &gt; c");
        assert_eq!(text("a\u{202E}b\u{2028}c"), "a\\\\u{202e}b\\\\u{2028}c");
    }

    #[test]
    fn code_holds_whatever_is_in_it() {
        assert_eq!(code("a`b"), "``a`b``");
        assert_eq!(code("`"), "`` ` ``");
        assert_eq!(code(""), "` `");
        assert_eq!(text("`a``b` `@x`"), "`a` `b` `@x`");
        assert_eq!(code(&"`".repeat(150)), format!("{0} {1} {0}", "`".repeat(17), "`".repeat(16)));
    }

    #[test]
    fn a_block_is_fenced_by_more_than_it_holds() {
        assert_eq!(block("md", "a\n  ```js\n  b\n"), "````md\na\n  ```js\n  b\n````\n");
        assert!(block("md", &"x\n".repeat(100)).ends_with("x\n…\n```\n"));
    }

    #[test]
    fn html_is_escaped_without_markdown() {
        assert_eq!(html("`a<b` & @org *c*"), "<code>a&lt;b</code> &amp; <code>@org</code> *c*");
    }

    #[test]
    fn paths_are_addresses() {
        assert_eq!(url_path("a b/c#d?.md").as_deref(), Some("a%20b/c%23d%3F.md"));
        assert_eq!(url_path("a/../b"), None);
        assert_eq!(url_path("/a"), None);
    }
}
