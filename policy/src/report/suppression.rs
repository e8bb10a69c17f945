//! Comments in files that excuse findings: `<!-- adrule: allow RULE: reason, until 2027-03-01 -->`, in the comments of
//! each markup.

use crate::decision::{Format, format};
use crate::text::{Place, Span, yaml};
use jiff::civil::Date;
use std::sync::Arc;

/// The longest comment that is read, in bytes.
const LONGEST: usize = 2000;

/// A comment that excuses the findings of one rule in its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppression {
    /// Where it stands.
    pub place: Place,
    /// The rule's id, as written.
    pub rule: String,
    /// Why; none where it says nothing.
    pub reason: Option<String>,
    /// Its last day.
    pub until: Until,
}

/// How long a suppression holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Until {
    /// For good.
    Open,
    /// To the end of this day.
    Day(Date),
    /// A date was meant, and is none.
    Unread(String),
}

impl Suppression {
    /// Whether it excuses anything on a day: it has a reason and its last day is not over.
    #[must_use]
    pub fn is_active(&self, today: Date) -> bool {
        let in_time = match &self.until {
            Until::Open => true,
            Until::Day(last) => today <= *last,
            Until::Unread(_) => false,
        };
        self.reason.is_some() && in_time
    }

    /// Whether both say the same, wherever they stand.
    #[must_use]
    pub fn says_what(&self, other: &Self) -> bool {
        (&self.rule, &self.reason, &self.until) == (&other.rule, &other.reason, &other.until)
    }
}

/// The suppressions in a file, in order. Examples in code blocks are none.
#[must_use]
pub fn suppressions(path: &Arc<str>, text: &str) -> Vec<Suppression> {
    if memchr::memmem::find(text.as_bytes(), b"adrule:").is_none() {
        return Vec::new();
    }
    let comments = match format(path) {
        Some(Format::Markdown) => markdown(text),
        Some(Format::Asciidoc) => asciidoc(text),
        Some(Format::Rst) => rst(text),
        Some(Format::Yaml) => {
            yaml::parse(text).comments().iter().map(|comment| (comment.span, comment.text.to_string())).collect()
        }
        None => Vec::new(),
    };
    comments.into_iter().filter_map(|(span, words)| read(path, span, &words)).collect()
}

/// What a comment says: `adrule: allow RULE: reason, until DATE`.
fn read(path: &Arc<str>, span: Span, words: &str) -> Option<Suppression> {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let rest = words.strip_prefix("adrule:")?.trim_start().strip_prefix("allow")?;
    if !rest.is_empty() && !rest.starts_with([' ', ':']) {
        return None;
    }
    let (rule, said) = rest.split_once(':').unwrap_or((rest, ""));
    let (said, until) = until(said);
    let said = said.trim().trim_end_matches(',').trim();
    let reason = said.chars().any(char::is_alphanumeric).then(|| said.to_owned());
    Some(Suppression { place: Place::new(Arc::clone(path), span), rule: rule.trim().to_owned(), reason, until })
}

/// Cuts `until …` off the end, where a date is meant: "until the wiki is gone" is part of a reason.
fn until(said: &str) -> (&str, Until) {
    let Some((before, day)) = said.rsplit_once("until ") else { return (said, Until::Open) };
    let (day, is_apart) = (day.trim().trim_end_matches('.'), before.trim_end().is_empty() || before.ends_with(", "));
    match day.parse::<Date>() {
        Ok(date) if day.len() == 10 => (before, Until::Day(date)),
        _ if is_apart && day.starts_with(|c: char| c.is_ascii_digit()) => (before, Until::Unread(day.to_owned())),
        _ => (said, Until::Open),
    }
}

/// The lines of a text with where they start.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_inclusive('\n').scan(0, |at, line| {
        let start = *at;
        *at += line.len();
        Some((start, line.trim_end()))
    })
}

/// HTML comments that open a line, also over several lines.
fn markdown(text: &str) -> Vec<(Span, String)> {
    let mut found = Vec::new();
    let mut fence: Option<&str> = None;
    for (start, line) in lines(text) {
        let words = line.trim_start();
        let indent = line.len() - words.len();
        if let Some(open) = fence {
            let is_end = words.starts_with(open) && words.trim_start_matches(&open[..1]).is_empty();
            fence = fence.filter(|_| !is_end);
            continue;
        }
        if words.starts_with("```") || words.starts_with("~~~") {
            let length = words.len() - words.trim_start_matches(&words[..1]).len();
            fence = Some(&words[..length]);
            continue;
        }
        let open = start + indent;
        if indent < 4 && words.starts_with("<!--") && is_ours(&words[4..]) {
            let rest = cut(&text[open..]);
            if let Some(end) = rest.find("-->") {
                found.push((Span::new(open, open + end + 3), rest[4..end].to_owned()));
            }
        }
    }
    found
}

/// Line comments outside of blocks of code.
fn asciidoc(text: &str) -> Vec<(Span, String)> {
    let mut found = Vec::new();
    let mut block: Option<&str> = None;
    for (start, line) in lines(text) {
        let is_fence =
            line.len() >= 4 && ["-", ".", "+", "/"].iter().any(|mark| line.trim_start_matches(mark).is_empty());
        if is_fence || line.starts_with("```") {
            match block {
                Some(open) if open == line || line.starts_with("```") && open.starts_with("```") => block = None,
                Some(_) => {}
                None => block = Some(line),
            }
        } else if let (None, Some(words)) = (block, line.strip_prefix("//")) {
            found.push((Span::new(start, start + line.len()), words.to_owned()));
        }
    }
    found
}

/// Comments that open a line, with the indented lines below them.
fn rst(text: &str) -> Vec<(Span, String)> {
    let mut found: Vec<(Span, String)> = Vec::new();
    let mut is_open = false;
    for (start, line) in lines(text) {
        let is_below = line.starts_with(char::is_whitespace);
        match line.strip_prefix(".. ") {
            Some(words) if is_ours(words) => {
                found.push((Span::new(start, start + line.len()), words.to_owned()));
                is_open = true;
            }
            _ if is_open && is_below => {
                if let Some((span, words)) = found.last_mut().filter(|(_, words)| words.len() < LONGEST) {
                    span.end = start + line.len();
                    *words = format!("{words} {}", cut(line.trim()));
                }
            }
            _ => is_open = false,
        }
    }
    found
}

fn is_ours(words: &str) -> bool {
    words.trim_start().starts_with("adrule:")
}

fn cut(text: &str) -> &str {
    let mut end = text.len().min(LONGEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    /// Rule, reason, end and the text of each.
    fn of<'t>(path: &str, text: &'t str) -> Vec<(String, Option<String>, Until, &'t str)> {
        let all = suppressions(&path.into(), text).into_iter();
        all.map(|one| (one.rule, one.reason, one.until, one.place.span.of(text))).collect()
    }

    #[test]
    fn each_markup_has_its_comments() {
        let day = Until::Day(date(2027, 3, 1));
        for (path, text) in [
            ("a.md", "# T\n\n<!-- adrule: allow x-y: from the wiki, until 2027-03-01 -->\n"),
            ("a.md", "<!-- adrule: allow x-y:\n  from the wiki,\n  until 2027-03-01\n-->\n"),
            ("a.yaml", "a: 1\nb: 2 # adrule: allow x-y: from the wiki, until 2027-03-01\n"),
            ("a.adoc", "= T\n// adrule: allow x-y: from the wiki, until 2027-03-01\r\n"),
            ("a.rst", ".. adrule: allow x-y: from the wiki,\n   until 2027-03-01\n\nMore.\n"),
        ] {
            let found = of(path, text);
            assert_eq!(found.len(), 1, "{path}: {text}");
            let (rule, reason, until, _) = &found[0];
            assert_eq!((rule.as_str(), reason.as_deref(), until), ("x-y", Some("from the wiki"), &day), "{text}");
        }
    }

    #[test]
    fn its_place_is_the_whole_comment() {
        let text = "# T\n\n  <!-- adrule: allow a: b -->  <!-- c -->\n";
        assert_eq!(of("a.md", text)[0].3, "<!-- adrule: allow a: b -->");
        assert_eq!(of("a.yaml", "a: 1\n# adrule: allow a: b\n")[0].3, "# adrule: allow a: b");
    }

    #[test]
    fn reasons_and_dates() {
        let one = |said: &str| {
            let (rule, reason, until, _) = of("a.yaml", &format!("# adrule: allow{said}\n")).remove(0);
            (rule, reason.unwrap_or_default(), until)
        };
        let open = |rule: &str, reason: &str| (rule.to_owned(), reason.to_owned(), Until::Open);
        assert_eq!(one(" a"), open("a", ""));
        assert_eq!(one(" a: --"), open("a", ""));
        assert_eq!(one(" a: until the wiki is gone"), open("a", "until the wiki is gone"));
        assert_eq!(one(" a: b: c, until 2nd quarter").2, Until::Unread("2nd quarter".to_owned()));
        assert_eq!(
            one(" a: until 2027-13-01"),
            ("a".to_owned(), String::new(), Until::Unread("2027-13-01".to_owned()))
        );
        assert_eq!(one(" a: b until 2027-03-01.").2, Until::Day(date(2027, 3, 1)));
    }

    #[test]
    fn examples_and_text_are_no_comments() {
        for (path, text) in [
            ("a.md", "```md\n<!-- adrule: allow a: b -->\n```\n"),
            ("a.md", "~~~~\n~~~\n<!-- adrule: allow a: b -->\n~~~~\n"),
            ("a.md", "    <!-- adrule: allow a: b -->\n"),
            ("a.md", "Write `<!-- adrule: allow a: b -->`.\n"),
            ("a.md", "<!-- adrule: allow a: b\n"),
            ("a.yaml", "a: |\n  # adrule: allow a: b\nb: '# adrule: allow a: b'\n"),
            ("a.adoc", "----\n// adrule: allow a: b\n----\n"),
            ("a.rst", "::\n\n  .. adrule: allow a: b\n"),
            ("a.rst", ".. adrule:: allow a: b\n"),
            ("a.md", "<!-- adrule: allowed a: b -->\n"),
        ] {
            assert_eq!(of(path, text), [], "{path}: {text}");
        }
    }

    #[test]
    fn an_unclosed_wall_takes_no_time() {
        let text = "<!-- adrule: allow a: b\n".repeat(50_000);
        assert!(of("a.md", &text).is_empty());
        assert_eq!(of("a.rst", &format!(".. adrule: allow a: b\n{}", " c\n".repeat(100_000))).len(), 1);
    }

    proptest! {
        #[test]
        fn places_lie_on_characters(
            at in 0usize..5,
            text in "(<!-- |// |.. |# |adrule: |allow |a:|é|until |2027-03-01|-->|```|----| |\r?\n){0,24}",
        ) {
            let path = ["a.md", "a.adoc", "a.rst", "a.yaml", "a.txt"][at];
            for one in suppressions(&path.into(), &text) {
                prop_assert!(text.get(one.place.span.range()).is_some_and(|words| words.contains("adrule:")));
            }
        }
    }
}
