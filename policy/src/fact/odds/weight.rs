//! What a sign weighs.

use super::super::prose::cue::key;
use super::Figure;
use super::around::{Sheet, Sink};
use super::sign;
use super::term::{Place, Term};

/// Signs with their weights in hundredths, in open addressing; a sign of 0 is an empty slot.
struct Table {
    signs: &'static [u32],
    weights: &'static [i16],
    /// What no sign at all weighs.
    start: i32,
    /// The same for what tells a start from an answer.
    startup: i32,
}

include!(concat!(env!("OUT_DIR"), "/odds.rs"));

impl Table {
    fn get(&self, sign: u32) -> i32 {
        let mut slot = sign::slot(sign, self.signs.len());
        loop {
            match self.signs[slot] {
                0 => return 0,
                known if known == sign => return i32::from(self.weights[slot]),
                _ => slot = (slot + 1) % self.signs.len(),
            }
        }
    }
}

/// The signs' weights added up.
pub(super) struct Sum {
    kind: u32,
    total: i32,
}

impl Sum {
    /// What the block of a figure weighs.
    pub(super) fn within<'t>(sheet: &Sheet<'_, 't>, figure: &Figure) -> Self {
        let mut sum = Self { kind: key::hash(figure.kind), total: WEIGHTS.start };
        sheet.visit(&figure.tokens, figure.kind, &mut sum);
        sum
    }

    /// The logarithm of the odds, in hundredths.
    pub(super) fn total(&self) -> i32 {
        self.total
    }
}

/// What a sign weighs for a figure that measures `kind`.
fn weight(place: Place, one: &Term<'_>, two: Option<&Term<'_>>, kind: u32) -> i32 {
    let sign = sign::sign(place.start(), one.hash, two.map_or(0, |two| two.hash));
    let crossed = if place.is_crossed() { WEIGHTS.get(sign::of_measure(sign, kind)) } else { 0 };
    WEIGHTS.get(sign) + crossed
}

impl<'t> Sink<'t> for Sum {
    fn tell(&mut self, place: Place, one: Term<'t>, two: Option<Term<'t>>) {
        self.total += weight(place, &one, two.as_ref(), self.kind);
    }
}

/// What tells a start from an answer, added up.
pub(super) struct Startup(i32);

/// Stands in the file of weights where the measure does, for what tells times of a start from those of an answer.
pub(super) const STARTUP: &str = "startup";

impl Startup {
    pub(super) fn new() -> Self {
        Self(WEIGHTS.startup)
    }

    /// The logarithm of the odds that a limit of a time is one of a start, in hundredths.
    pub(super) fn total(&self) -> i32 {
        self.0
    }
}

impl<'t> Sink<'t> for Startup {
    fn tell(&mut self, place: Place, one: Term<'t>, two: Option<Term<'t>>) {
        let sign = sign::sign(place.start(), one.hash, two.map_or(0, |two| two.hash));
        self.0 += WEIGHTS.get(sign::of_measure(sign, const { key::hash(STARTUP) }));
    }
}

/// Which way words speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Speaks {
    /// For a limit.
    For,
    /// Against one.
    Against,
}

/// The weights by their words, to say which ones tell most.
pub(super) struct Words<'t> {
    kind: u32,
    words: Vec<(&'t str, i32)>,
}

/// Words that are shown.
const SHOWN: usize = 3;
/// Words that weigh less, in hundredths, tell nobody anything.
const TELLING: i32 = 20;
/// Words that weigh something, and tell people nothing.
const PLAIN: [&str; 39] = [
    "the", "and", "for", "with", "that", "this", "its", "was", "are", "has", "had", "not", "but", "our", "their",
    "from", "der", "die", "das", "und", "den", "dem", "des", "ein", "eine", "ist", "wird", "mit", "les", "est", "une",
    "dans", "los", "las", "del", "una", "que", "con", "por",
];

impl Words<'_> {
    /// For a figure that measures `kind`.
    pub(super) fn of(kind: &str) -> Self {
        Self { kind: key::hash(kind), words: Vec::new() }
    }

    /// The words that weigh most, each in quotation marks.
    pub(super) fn telling(mut self, speaks: Speaks) -> String {
        let sign = if speaks == Speaks::For { 1 } else { -1 };
        self.words.sort_unstable();
        let mut sums: Vec<(&str, i32)> = Vec::new();
        for (word, weight) in self.words {
            match sums.last_mut().filter(|(last, _)| *last == word) {
                Some((_, sum)) => *sum += sign * weight,
                None => sums.push((word, sign * weight)),
            }
        }
        sums.retain(|(word, sum)| *sum >= TELLING && !PLAIN.contains(&word.to_lowercase().as_str()));
        sums.sort_by_key(|(word, sum)| (std::cmp::Reverse(*sum), *word));
        let words: Vec<String> = sums.iter().take(SHOWN).map(|(word, _)| format!("\"{word}\"")).collect();
        words.join(", ")
    }
}

impl<'t> Sink<'t> for Words<'t> {
    fn tell(&mut self, place: Place, one: Term<'t>, two: Option<Term<'t>>) {
        let weight = weight(place, &one, two.as_ref(), self.kind);
        let words = [Some(one), two].into_iter().flatten().filter_map(|term| term.written());
        self.words.extend(words.map(|word| (word, weight)));
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that stops at a bad line")]
mod tests {
    use super::*;

    /// The lines of the file of weights: where a sign stands, its words, the measure and the weight.
    fn lines() -> impl Iterator<Item = (u32, i32)> {
        include_str!("../words/odds.tsv")
            .lines()
            .filter(|line| !line.starts_with(['#']) && !line.starts_with("start\t"))
            .map(|line| {
                let parts: Vec<&str> = line.split('\t').collect();
                let mut words = parts[0].split(' ').map(key::hash);
                let start = sign::start(words.next().unwrap());
                let sign = sign::sign(start, words.next().unwrap(), words.next().unwrap_or(0));
                let measure = key::hash(parts[1]);
                let sign = if parts[1] == "*" { sign } else { sign::of_measure(sign, measure) };
                (sign, parts[2].parse().unwrap())
            })
    }

    #[test]
    fn every_line_is_found_in_the_table() {
        let found = lines().filter(|(sign, weight)| WEIGHTS.get(*sign) == *weight).count();
        // Two signs in a million share a number, and then weigh what they weigh together.
        assert!(lines().count() - found <= 2, "{found} of {}", lines().count());
        assert!(found > 10_000);
        assert_eq!(WEIGHTS.get(sign::sign(1, 2, 3)), 0);
    }

    #[test]
    fn the_words_that_tell_most_come_first_and_plain_ones_not_at_all() {
        let words = Words { kind: 0, words: vec![("must", 60), ("the", 90), ("must", 30), ("used", -50), ("p95", 70)] };
        assert_eq!(words.telling(Speaks::For), "\"must\", \"p95\"");
        let words = Words { kind: 0, words: vec![("must", 60), ("used", -50), ("today", -19)] };
        assert_eq!(words.telling(Speaks::Against), "\"used\"");
    }
}
