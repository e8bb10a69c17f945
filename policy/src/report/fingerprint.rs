//! What stays the same about a finding when lines move and files are renamed.

use super::{Finding, Sources};
use crate::tree;
use std::collections::HashMap;

/// The most of a place's text that is looked at, in bytes: enough to tell two places apart.
const QUOTED: usize = 4096;

/// The fingerprint of a finding: its rule, its subject and the words at its first place, white space and letter case
/// left out. 32 hexadecimal digits. A path is no part of it, so that a renamed file keeps its fingerprints; two findings
/// may have the same one.
#[must_use]
pub fn fingerprint(finding: &Finding, sources: &Sources) -> String {
    let mut hash = Fnv::new();
    hash.field(&finding.rule);
    let path = finding.places.first().map_or("", |first| first.place.path.as_ref());
    // A subject that is a path says no more than the place does, and changes with it.
    let is_path = finding.subject == path || sources.get(&finding.subject).is_some();
    hash.field(if is_path { "" } else { &finding.subject });
    match quoted(finding, sources) {
        Some(words) => words.split_whitespace().for_each(|word| hash.field(&word.to_lowercase())),
        None => hash.field(tree::name(path)),
    }
    format!("{:032x}", hash.0)
}

/// The fingerprints of several findings, each once: of those that share one, the second gets `-2`, and so on.
#[must_use]
pub fn fingerprints(findings: &[Finding], sources: &Sources) -> Vec<String> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    findings
        .iter()
        .map(|finding| {
            let one = fingerprint(finding, sources);
            let times = seen.entry(one.clone()).or_insert(0);
            *times += 1;
            if *times == 1 { one } else { format!("{one}-{times}") }
        })
        .collect()
}

/// The fingerprint of some texts, in this order: 32 hexadecimal digits.
pub(crate) fn fingerprint_of(texts: &[&str]) -> String {
    let mut hash = Fnv::new();
    texts.iter().for_each(|text| hash.field(text));
    format!("{:032x}", hash.0)
}

/// The words at the first place; of a file as a whole, its title or first line. None where there are no words.
fn quoted<'s>(finding: &Finding, sources: &'s Sources) -> Option<&'s str> {
    let place = &finding.places.first()?.place;
    let text = sources.get(&place.path)?;
    let words = place.span.of(text);
    if words.chars().any(char::is_alphanumeric) {
        return Some(cut(words));
    }
    if !place.span.is_empty() || place.span.start > 0 {
        // A place without words of its own, such as the end of a section, is told apart by its line.
        let start = text.get(..place.span.start)?.rfind('\n').map_or(0, |at| at + 1);
        let line = text[start..].lines().next().filter(|line| line.chars().any(char::is_alphanumeric));
        if let Some(line) = line {
            return Some(cut(line));
        }
    }
    let heading = text.lines().find(|line| line.starts_with("# ") || line.starts_with("= "));
    heading.or_else(|| text.lines().find(|line| line.chars().any(char::is_alphanumeric))).map(cut)
}

fn cut(text: &str) -> &str {
    let mut end = text.len().min(QUOTED);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// FNV-1a with 128 bits: the same everywhere and in every version, which the standard hasher does not promise.
struct Fnv(u128);

impl Fnv {
    fn new() -> Self {
        Self(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d)
    }

    /// Adds a field; its end counts, so that `ab`, `c` is not `a`, `bc`.
    fn field(&mut self, text: &str) {
        for byte in text.bytes().chain([0xff]) {
            self.0 = (self.0 ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Severity;
    use crate::text::{Place, Span};
    use proptest::prelude::*;

    fn of(path: &str, text: &str, words: &str, subject: &str) -> String {
        let mut sources = Sources::default();
        sources.add(&path.into(), &text.into());
        let at = text.find(words).unwrap();
        let place = Place::new(path, Span::new(at, at + words.len()));
        fingerprint(&Finding::new("rule", Severity::Error, subject, "message", place), &sources)
    }

    #[test]
    fn moved_lines_renamed_files_and_white_space_change_nothing() {
        let one = of("docs/adr/0001-a.md", "# A\n\nStatus: who  knows\n", "who  knows", "docs/adr/0001-a.md");
        let other = of("adr/0007-b.md", "# A\n\nMore.\n\n* Status: Who\tknows\n", "Who\tknows", "adr/0007-b.md");
        assert_eq!(one, other);
        assert_eq!(one.len(), 32);
    }

    #[test]
    fn other_words_subjects_and_rules_change_it() {
        let one = of("a.yaml", "name: a\nname: b\n", "name: a", "edge-proxy");
        assert_ne!(one, of("a.yaml", "name: a\nname: b\n", "name: b", "edge-proxy"));
        assert_ne!(one, of("a.yaml", "name: a\nname: b\n", "name: a", "ledger"));
    }

    #[test]
    fn a_file_as_a_whole_is_known_by_its_title() {
        let one = of("a.md", "---\nstatus: accepted\n---\n\n# Use Go\n", "", "a.md");
        assert_eq!(one, of("b.md", "---\nstatus: proposed\n---\n\n# Use Go\n", "", "b.md"));
        assert_ne!(one, of("b.md", "---\nstatus: accepted\n---\n\n# Use Rust\n", "", "b.md"));
    }

    #[test]
    fn equal_ones_are_numbered() {
        let finding = Finding::new("rule", Severity::Info, "a", "b", Place::file("c"));
        let all = fingerprints(&[finding.clone(), finding.clone(), finding], &Sources::default());
        assert_eq!(all[1], format!("{}-2", all[0]));
        assert_eq!(all[2], format!("{}-3", all[0]));
    }

    /// Written down: a fingerprint that changes with a version of adrule makes every baseline useless.
    #[test]
    fn it_is_the_same_in_every_version() {
        assert_eq!(of("a.md", "# Use Go\n", "Use Go", "service"), "fcf4d2ec93a90d1c241bc22775d35e2f");
    }

    proptest! {
        #[test]
        fn any_span_gives_one(text in "\\PC{0,40}", start in 0usize..60, end in 0usize..60) {
            let mut sources = Sources::default();
            sources.add(&"a".into(), &text.as_str().into());
            let finding = Finding::new("r", Severity::Info, "s", "m", Place::new("a", Span::new(start, end)));
            prop_assert_eq!(fingerprint(&finding, &sources).len(), 32);
        }
    }
}
