//! Free text that says in brackets what the thing was like that a service replaces: "Replaces crm-profile (Java, p99 of
//! 900 ms agreed)". The brackets are cut out before the reader of prose sees the rest.

use std::ops::Range;

/// Words with which a sentence names what was there before.
const OPENINGS: &[&str] = &[
    "replaces ",
    "replaced ",
    "replacing ",
    "supersedes ",
    "successor of ",
    "successor to ",
    "takes over from ",
    "ersetzt ",
    "löst ",
    "nachfolger von ",
    "nachfolger des ",
    "nachfolgerin von ",
    "remplace ",
    "succède à ",
    "reemplaza ",
    "sustituye ",
];
/// How many words the thing's name may have.
const NAME: usize = 5;

/// The parts of a text without such brackets, in order: the whole text where there are none.
pub(super) fn without_replaced(text: &str) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut from = 0;
    for (open, _) in text.match_indices('(') {
        if open < from || !follows_what_is_replaced(&text[..open]) {
            continue;
        }
        let Some(length) = text[open..].find(')') else { break };
        parts.push(from..open);
        from = open + length + 1;
    }
    parts.push(from..text.len());
    parts.retain(|part| text[part.clone()].contains(char::is_alphanumeric));
    parts
}

/// Whether a sentence that stands open names what is replaced, and nothing more.
fn follows_what_is_replaced(before: &str) -> bool {
    let start = before.rfind([';', '!', '?']).max(before.rfind(". ")).max(before.rfind(".\n")).map_or(0, |at| at + 1);
    let sentence = before[start..].trim_start_matches(|sign: char| !sign.is_alphanumeric()).to_lowercase();
    OPENINGS.iter().any(|opening| {
        sentence
            .strip_prefix(opening)
            .is_some_and(|name| name.split_whitespace().count() <= NAME && !name.contains(','))
    })
}

#[cfg(test)]
mod tests {
    use super::without_replaced;

    fn left(text: &str) -> String {
        without_replaced(text).into_iter().map(|part| &text[part]).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn brackets_behind_what_is_replaced_are_cut_out() {
        assert_eq!(left("Replaces crm (Java, p99 of 900 ms). In Go."), "Replaces crm |. In Go.");
        assert_eq!(left("Shop. Löst das Altsystem (4 GB) ab."), "Shop. Löst das Altsystem | ab.");
    }

    #[test]
    fn other_brackets_stay() {
        for text in [
            "Answers within 20 ms (p99).",
            "It replaces crm (4 GB)",
            "Replaces crm. Limit 80 MB (pod)",
            "Replaces (",
            "",
        ] {
            let whole = if text.is_empty() { "" } else { text };
            assert_eq!(left(text), whole, "{text}");
        }
    }
}
