//! Which fact a label names.

use super::super::super::vocabulary::{self, Known, Type};
use super::super::super::words;
use super::{COPIES, LONGEST, holds_rate, names_unit_of_time, question};
use std::borrow::Cow;

/// The fact that a label names: percentiles, units of counting and emphasis beside it do not matter.
pub(crate) fn known(label: &str) -> Option<&'static Known> {
    const PEAKS: &[&str] = &["peak", "peaks", "spike", "burst", "spitze", "spitzenlast", "pointe", "pico"];
    if label.len() > LONGEST {
        return None;
    }
    let known = question::asked(label).or_else(|| if holds_opening(label) { named(label) } else { None })?;
    // "Requests per second, peak".
    let peak = known.id == "expected-traffic"
        && label.split(|sign: char| !sign.is_alphanumeric()).any(|word| PEAKS.contains(&word.to_lowercase().as_str()));
    if peak { vocabulary::find("peak-traffic") } else { Some(known) }
}

/// The fact that a label names by its words, however they stand.
fn named(label: &str) -> Option<&'static Known> {
    // "7.2 RAM", "3) Latency": the number of the line.
    let numbered =
        label.trim_start_matches(|sign: char| sign.is_ascii_digit() || matches!(sign, '.' | ')' | '(' | ' '));
    let label = if numbered.starts_with(|first: char| first.is_alphabetic()) { numbered } else { label };
    let mut cleaned = words::plain(label.trim_matches(['*', '_', '`', '"', ':', '-', ' ']));
    let mut bracketed = None;
    if let Some(at) = cleaned.find('(') {
        bracketed = cleaned[at + 1..].split(')').next().map(|inside| inside.trim().to_owned());
        cleaned.truncate(at);
    }
    if let Some(known) = lookup(&cleaned) {
        return Some(known);
    }
    // "R7 (latency)": a number of a requirement, and what it is about.
    if is_number(&cleaned)
        && let Some(known) = bracketed.as_deref().and_then(lookup)
    {
        return Some(known);
    }
    let mut parts: Vec<&str> = cleaned
        .split_whitespace()
        .map(|word| word.trim_end_matches(','))
        .filter(|word| !is_percentile(word) && !word.is_empty())
        .collect();
    copies_counted(&cleaned)
        .or_else(|| bounded(&parts))
        .or_else(|| before_joint(&parts))
        .or_else(|| without_openings(&mut parts))
        .or_else(|| without_participle(&parts))
        .or_else(|| start_after(&parts))
        .or_else(|| lookup(&parts.join(" ")))
}

/// The fact that is called just so.
fn lookup(label: &str) -> Option<&'static Known> {
    let (label, words) = (label.trim(), words::words());
    words.labels.get(label).and_then(|id| vocabulary::find(id)).or_else(|| words.vocabulary.get(label).copied())
}

/// "p99": which percentile it is does not say which fact.
fn is_percentile(word: &str) -> bool {
    word.len() > 1 && word.starts_with('p') && word[1..].bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

/// "Anzahl Pods", "number of gateway pods": whatever is counted of the copies.
fn copies_counted(label: &str) -> Option<&'static Known> {
    let counted = ["anzahl der ", "anzahl ", "number of ", "nombre de ", "número de "];
    let rest = counted.iter().find_map(|count| label.strip_prefix(count))?;
    lookup(rest).filter(|known| known.id == "instance-count")
}

/// "Mémoire max".
fn bounded(parts: &[&str]) -> Option<&'static Known> {
    let (&("max" | "maximum" | "maximal" | "maximale" | "máxima" | "máximo" | "máx"), rest) = parts.split_last()?
    else {
        return None;
    };
    lookup(&rest.join(" ")).filter(|known| matches!(known.value, Type::Bytes | Type::Duration))
}

/// "Memory budget per pod", "Latency target in ms": what stands before such a word names the fact.
fn before_joint(parts: &[&str]) -> Option<&'static Known> {
    let joins = |word: &&str| {
        matches!(
            *word,
            "per"
                | "pro"
                | "je"
                | "par"
                | "por"
                | "in"
                | "for"
                | "of"
                | "each"
                | "and"
                | "according"
                | "nach"
                | "laut"
                | "gemäß"
                | "selon"
                | "según"
                | "by"
                | "[mb]"
                | "at"
        )
    };
    let at = parts.iter().position(joins).filter(|at| *at > 0)?;
    lookup(&parts[..at].join(" "))
}

/// "Our max memory", "expected load": takes words away from the front until what is left names a fact. What names none
/// to the end is left without them.
fn without_openings(parts: &mut Vec<&str>) -> Option<&'static Known> {
    while parts.first().is_some_and(|first| is_opening(first)) {
        let most = matches!(parts.remove(0), "max" | "max." | "maximum");
        // "Max load" is the peak's.
        let of = |known: &'static Known| {
            if most && known.id == "expected-traffic" {
                vocabulary::find("peak-traffic").unwrap_or(known)
            } else {
                known
            }
        };
        let cut = parts.iter().position(|word| matches!(*word, "per" | "pro" | "je" | "par" | "por" | "of" | "for"));
        let whole = lookup(&parts.join(" "));
        if let Some(known) = whole.or_else(|| cut.filter(|at| *at > 0).and_then(|at| lookup(&parts[..at].join(" ")))) {
            return Some(of(known));
        }
    }
    None
}

/// Words before the name of a fact that leave it the same.
fn is_opening(word: &str) -> bool {
    matches!(
        word,
        "max"
            | "max."
            | "maximum"
            | "the"
            | "our"
            | "hard"
            | "expected"
            | "target"
            | "required"
            | "service"
            | "runtime"
            | "static"
            | "resident"
            | "process"
            | "total"
            | "container"
            | "working"
            | "physical"
            | "main"
            | "worker"
            | "instance"
            | "pod"
            | "node"
            | "overall"
            | "allowed"
            | "permitted"
            | "agreed"
            | "parallel"
            | "concurrent"
            | "running"
            | "simultaneous"
            | "identical"
            | "deployed"
    )
}

/// "Replicas planned", "memory allowed".
fn without_participle(parts: &[&str]) -> Option<&'static Known> {
    let (last, rest) = parts.split_last().filter(|(_, rest)| !rest.is_empty())?;
    let participle = matches!(
        *last,
        "planned"
            | "required"
            | "needed"
            | "wanted"
            | "allowed"
            | "agreed"
            | "granted"
            | "foreseen"
            | "running"
            | "deployed"
            | "provisioned"
    );
    if participle { lookup(&rest.join(" ")) } else { None }
}

/// "Start-up after failover": only a start may be told apart by what it follows; "RSS after an hour" is measured.
fn start_after(parts: &[&str]) -> Option<&'static Known> {
    let at = parts.iter().position(|word| matches!(*word, "after" | "from" | "on" | "until"))?;
    lookup(&parts[..at].join(" ")).filter(|known| known.id == "startup-time")
}

/// "R7", "nfr 3": the number of a requirement.
fn is_number(label: &str) -> bool {
    label.len() <= 10 && label.trim().ends_with(|last: char| last.is_ascii_digit())
}

/// Whether a label may name a fact: one of its words begins a label that is known. Most lines with a colon do not.
pub(crate) fn may_be_known(label: &str) -> bool {
    if !label.is_ascii() || question::opens(label) {
        return true;
    }
    let ends = |sign: char| sign.is_whitespace() || matches!(sign, '-' | '_' | '(' | '*' | '`' | '"' | ':');
    let openings = &words::words().openings;
    lower_case(label).split(ends).any(|word| openings.contains(word))
}

/// A text with its ASCII letters in lower case, as most are already.
fn lower_case(text: &str) -> Cow<'_, str> {
    let capital = text.bytes().fold(false, |found, byte| found | byte.is_ascii_uppercase());
    if capital { Cow::Owned(text.to_ascii_lowercase()) } else { Cow::Borrowed(text) }
}

/// Whether a label holds a word that begins one that is known. Most that stand somewhere do not, and name no fact however
/// they are taken apart.
fn holds_opening(label: &str) -> bool {
    !label.is_ascii() || parts(&lower_case(label)).any(opens_known)
}

/// The words of a label, with what may stand right beside them: the number of the line, a comma.
fn parts(label: &str) -> impl Iterator<Item = &str> {
    // Of a label of ASCII letters only, so this is all white space.
    let ends = |sign: char| matches!(sign, '\t'..='\r' | ' ' | '-' | '_' | '(' | ')' | '*' | '`' | '"' | ':');
    label.split(ends).filter(|word| !word.is_empty())
}

/// Whether a word in lower case begins a label that is known.
fn opens_known(word: &str) -> bool {
    let (plain, openings) = (unnumbered(word), &words::words().openings);
    openings.contains(plain) || plain.len() < word.len() && openings.contains(word)
}

/// A word of a label without what stands right beside it.
fn unnumbered(word: &str) -> &str {
    word.trim_start_matches(|sign: char| sign.is_ascii_digit() || sign == '.').trim_end_matches(',')
}

/// Whether a label of which a fact is read may end where a text ends; where it begins need not be known. It says no to
/// most of what stands before a colon or a dash: none of the words opens a known label, asks, counts copies or rates.
pub(crate) fn may_end(text: &str) -> bool {
    let start = (text.len().saturating_sub(LONGEST)..=text.len()).find(|at| text.is_char_boundary(*at));
    let label = lower_case(&text[start.unwrap_or_default()..]);
    let is_known = |word: &str| {
        let plain = unnumbered(word);
        opens_known(word) || question::opens(word) || COPIES.contains(&plain) || names_unit_of_time(plain)
    };
    !label.is_ascii() || holds_rate(&label) || parts(&label).any(is_known)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Words and signs of labels, in any order.
    fn labels() -> impl Strategy<Value = String> {
        let words = words::words();
        let known: Vec<String> =
            words.vocabulary.keys().cloned().chain(words.labels.keys().map(|label| (*label).to_owned())).collect();
        let word = prop_oneof![
            4 => prop::sample::select(known),
            1 => prop::sample::select(vec!["p99", "max", "number of", "Anzahl", "R7", "3)", "7.2", "per", "the", "of", "x"])
                .prop_map(str::to_owned),
        ];
        let joint = prop::sample::select(vec![
            " ", "-", "_", " (", ") ", ", ", ": ", " *", "* ", "`", "\"", "’", "\u{a0}", ". ", "",
        ]);
        prop::collection::vec((word, joint, any::<bool>()), 1..4).prop_map(|parts| {
            parts.into_iter().fold(String::new(), |label, (word, joint, upper)| {
                label + &(if upper { word.to_uppercase() } else { word }) + joint
            })
        })
    }

    proptest! {
        #[test]
        fn what_names_a_fact_is_not_passed_over(label in labels()) {
            prop_assert!(named(&label).is_none() || holds_opening(&label), "{label}");
        }
    }
}
