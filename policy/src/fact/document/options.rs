//! Options by number and letter, and the ones that a document takes.

use super::opening::opens_as_chosen;
use crate::text::outline::Outline;
use memchr::memmem::Finder;
use std::collections::HashSet;
use std::sync::LazyLock;

/// Nouns for one of several ways, before its number or letter.
const NOUNS: &[&str] =
    &["option ", "variant ", "design ", "candidate ", "scheme ", "solution ", "variante ", "alternative "];

/// What stands before the letter of the option that is taken.
const TAKES_LETTER: &[&str] = &[
    "pick ",
    "picked ",
    "take ",
    "took ",
    "choose ",
    "chose ",
    "go with ",
    "going with ",
    "went with ",
    "going for ",
    "go for ",
    "went for ",
    "decide for ",
    "decided for ",
    "decided on ",
    "settle on ",
    "settled on ",
    "select ",
    "selected ",
    "adopt ",
    "adopted ",
    "build ",
    "nehmen ",
    "wählen ",
    "uns für ",
    "prenons ",
    "retenons ",
    "choisissons ",
    "elegimos ",
    "tomamos ",
    "quedamos con ",
    "decision: ",
    "decided: ",
    "outcome: ",
    "choice: ",
    "verdict: ",
    "winner: ",
    "entscheidung: ",
    "décision : ",
    "decisión: ",
    "optamos por ",
    "optons pour ",
];

/// What is said on the line of an option that is taken.
const TAKEN: &[&str] = &[
    "(chosen",
    "(selected",
    "(taken",
    "(this one",
    "(our choice",
    "(accepted",
    " chosen.",
    " chosen:",
    " taken.",
    " selected.",
    " picked.",
    " this one.",
    " this is it.",
    " we take this",
    " we take it",
    "(gewählt",
    " gewählt.",
    "(retenu",
    " retenue.",
    " retenu.",
    "(elegid",
    " elegida.",
    " elegido.",
];

/// What stands behind the letter of the option that is taken.
const IS_TAKEN: &[&str] = &[
    " wins",
    " it is",
    " is chosen",
    " is taken",
    " is what we",
    " was chosen",
    " was taken",
    " has won",
    " won",
    " gewinnt",
    " est retenu",
    " gana",
];

/// What stands some words before the number of the option that is taken.
const TAKES_NUMBER: &[&str] = &[
    "chosen",
    "choose",
    "chose",
    "outcome",
    "go with",
    "going with",
    "build ",
    "decision:",
    "decided:",
    "verdict:",
    "went with",
    "decided for",
    "decide for",
    "picked",
    "pick ",
    "selected",
    "we take",
    "take ",
    "wins",
    "gewählt",
    "entschieden",
    "retenue",
    "elegida",
];

/// What stands right behind the number of the option that is taken.
const KEPT: &[&str] = &[
    ", which we keep",
    ", which we take",
    ", which we build",
    ", which we chose",
    " is what we",
    " it is",
    " is chosen",
    " was chosen",
    " has won",
    " wins",
    " (chosen",
    " was taken",
    " is taken",
];

/// Whether a word is the number or the letter of an option: "b", "12", "iii".
fn is_number(word: &str) -> bool {
    let digits = word.bytes().all(|byte| byte.is_ascii_digit());
    (1..=3).contains(&word.len())
        && (digits || word.len() == 1 || word.bytes().all(|byte| matches!(byte, b'i' | b'v' | b'x')))
}

/// The letter that sets a line apart: `b` of "B: a worker", "(b) Go.", "B. Go agent".
pub(super) fn letter(line: &str) -> Option<char> {
    let line = line.trim_start();
    let inner = line.strip_prefix('(');
    let mut signs = inner.unwrap_or(line).chars();
    let letter = signs.next().filter(|sign| matches!(sign, 'a'..='h' | 'A'..='H'))?;
    let close = signs.next()?;
    let parted = if inner.is_some() {
        close == ')'
    } else {
        close == ')' || letter.is_ascii_uppercase() && matches!(close, '.' | ':')
    };
    (parted && signs.next().is_none_or(char::is_whitespace)).then(|| letter.to_ascii_lowercase())
}

/// The lines of the document that a letter sets apart, each with the text up to the next one in its block.
fn lettered(outline: &Outline) -> Vec<(char, &str)> {
    let mut found = Vec::new();
    for block in outline.blocks.iter().filter(|block| !block.quoted) {
        let text: &str = &block.text.plain;
        let mut open: Option<(char, usize)> = None;
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            if let Some(next) = letter(line) {
                found.extend(open.map(|(letter, start)| (letter, &text[start..at])));
                open = Some((next, at));
            }
            at += line.len();
        }
        found.extend(open.map(|(letter, start)| (letter, &text[start..])));
    }
    found
}

/// The letters of the options that are taken: of "we pick B", "(b) is chosen", "B. A service of its own (chosen)".
fn taken_letters(outline: &Outline) -> HashSet<String> {
    let lines = lettered(outline);
    let mut found = HashSet::new();
    let pair = |first, second| {
        lines.iter().any(|(letter, _)| *letter == first) && lines.iter().any(|(letter, _)| *letter == second)
    };
    if !pair('a', 'b') {
        return found;
    }
    let is_taken = |line: &str| {
        let lower = line.to_lowercase();
        (opens_as_chosen(&lower) || TAKEN.iter().any(|taken| lower.contains(taken)))
            && !lower.contains("not chosen")
            && !lower.contains("not taken")
    };
    found.extend(lines.iter().filter(|(_, line)| is_taken(line)).map(|(letter, _)| letter.to_string()));
    for block in outline.blocks.iter().filter(|block| block.text.plain.len() < 2000) {
        letters_in(&block.text.plain.to_lowercase(), &mut found);
    }
    found
}

/// The letters that a passage in lower case takes: of "we pick B", "B wins".
fn letters_in(lower: &str, found: &mut HashSet<String>) {
    for (at, take) in TAKES_LETTER.iter().flat_map(|take| lower.match_indices(take).take(4)) {
        let denied = lower[..at].ends_with("not ") || lower[..at].ends_with("n't ");
        found.extend(named(&lower[at + take.len()..]).filter(|_| !denied).map(String::from));
    }
    for (at, _) in IS_TAKEN.iter().flat_map(|taken| lower.match_indices(taken).take(4)) {
        let mut before = lower[..at].trim_end_matches(')').chars().rev();
        let letter = before.next().filter(|letter| matches!(letter, 'a'..='h'));
        let apart = before.next().is_none_or(|sign| matches!(sign, ' ' | '(' | '\n' | '*'));
        // "A" is an article, too.
        let article = letter == Some('a') && !lower[..at].ends_with(')');
        found.extend(letter.filter(|_| apart && !article).map(String::from));
    }
}

/// The letter right behind a verb: "(b)", "option b", "b".
fn named(behind: &str) -> Option<char> {
    let behind = behind.strip_prefix("option ").or_else(|| behind.strip_prefix("variant ")).unwrap_or(behind);
    let inner = behind.strip_prefix('(');
    let mut signs = inner.unwrap_or(behind).chars();
    let letter = signs.next().filter(|letter| matches!(letter, 'a'..='h'))?;
    let next = signs.next();
    let closed = if inner.is_some() {
        next == Some(')')
    } else {
        // "We take a pod": an article.
        next.is_none_or(|next| matches!(next, '.' | ',' | ';' | ':' | ')')) || letter != 'a' && next == Some(' ')
    };
    closed.then_some(letter)
}

/// The numbers of the options that a document takes: `b` of "we go with option B".
pub(super) fn taken(outline: &Outline, file: &str) -> HashSet<String> {
    let mut found = taken_letters(outline);
    let nouns = Nouns::of(file);
    if nouns.0.is_empty() {
        return found;
    }
    // Most documents that use one of the nouns speak of no option by its number, and are looked at as a whole once.
    let speaks = nouns.name_one(file) || gives_letter(file);
    let outcomes: Vec<bool> = outline.sections.iter().map(|section| is_outcome(&section.title)).collect();
    for block in outline.blocks.iter().filter(|block| block.text.plain.len() < 2000) {
        let text: &str = &block.text.plain;
        if outcomes.get(block.section).is_some_and(|outcome| *outcome) {
            found.extend(opening(text));
        }
        // Few passages speak of an option, and only those are searched for what they say of it.
        if !speaks || !nouns.name_one(text) && !gives_letter(text) {
            continue;
        }
        numbers_in(&text.to_lowercase(), &mut found);
    }
    found
}

/// The numbers that a passage in lower case takes: of "Candidate C, which we keep", "we go with option 2".
fn numbers_in(lower: &str, found: &mut HashSet<String>) {
    // "Candidate C, which we keep, …".
    for (at, noun) in NOUNS.iter().flat_map(|noun| lower.match_indices(noun).take(8)) {
        let behind = &lower[at + noun.len()..];
        let end = behind.find(|sign: char| !sign.is_alphanumeric()).unwrap_or(behind.len());
        let (number, rest) = behind.split_at(end);
        if is_number(number) && KEPT.iter().any(|kept| rest.starts_with(kept)) {
            found.insert(number.to_owned());
        }
    }
    for take in TAKES_NUMBER {
        for (at, _) in lower.match_indices(take).take(4) {
            let behind = lower.get(at + take.len()..).unwrap_or_default();
            let near = behind.char_indices().nth(40).map_or(behind, |(end, _)| &behind[..end]);
            // "Chosen: B."
            let letter = near
                .strip_prefix(": ")
                .or_else(|| near.strip_prefix(":** "))
                .and_then(|rest| rest.split(|sign: char| !sign.is_alphanumeric()).next());
            found.extend(letter.filter(|letter| letter.len() == 1).map(str::to_owned));
            let behind = NOUNS.iter().find_map(|noun| near.find(noun).map(|option| &near[option + noun.len()..]));
            let number = behind.and_then(|behind| behind.split(|sign: char| !sign.is_alphanumeric()).next());
            found.extend(number.filter(|number| is_number(number)).map(str::to_owned));
        }
    }
}

/// Whether a heading is that of what was decided.
fn is_outcome(title: &str) -> bool {
    const OUTCOMES: &[&str] = &["decision", "outcome", "entscheidung", "décision", "decisión", "verdict"];
    // All of them have one.
    if memchr::memchr2(b'c', b'C', title.as_bytes()).is_none() {
        return false;
    }
    let title = title.to_lowercase();
    OUTCOMES.iter().any(|word| title.contains(word))
}

/// The option that a passage under such a heading opens with: "Option 2.", "B, in Rust."
fn opening(text: &str) -> Option<String> {
    let number = text.get(..7).filter(|word| word.eq_ignore_ascii_case("option ")).map(|_| &text[7..]);
    let number = number.and_then(|rest| {
        let end = rest.find(|sign: char| !sign.is_alphanumeric()).unwrap_or(rest.len());
        let alone = end == rest.len() || rest[end..].starts_with(['.', ',', ';', ':']);
        ((1..=3).contains(&end) && alone).then(|| rest[..end].to_lowercase())
    });
    let mut signs = text.trim().chars();
    let letter = signs.next().filter(char::is_ascii_uppercase);
    let alone = signs.next().is_none_or(|sign| matches!(sign, ',' | '.' | ';' | ':'));
    number.or_else(|| letter.filter(|_| alone).map(|letter| letter.to_lowercase().to_string()))
}

/// The nouns for an option that a document uses, without their first letters, which may be capitals.
struct Nouns(Vec<&'static Finder<'static>>);

impl Nouns {
    fn of(file: &str) -> Self {
        static ALL: LazyLock<Vec<Finder<'static>>> =
            LazyLock::new(|| NOUNS.iter().map(|noun| Finder::new(noun[1..].trim_end())).collect());
        Self(ALL.iter().filter(|noun| noun.find(file.as_bytes()).is_some()).collect())
    }

    /// Whether one of them stands before a number or a letter.
    fn name_one(&self, text: &str) -> bool {
        let numbered = |end: usize| {
            let behind = bare(text[end..].strip_prefix(' ').unwrap_or_default());
            let word = behind.split(|sign: char| !sign.is_alphanumeric()).next().unwrap_or_default();
            word.len() <= 3 && is_number(&word.to_lowercase())
        };
        self.0.iter().any(|noun| noun.find_iter(text.as_bytes()).any(|at| numbered(at + noun.needle().len())))
    }
}

/// A text without the signs of markup before it.
fn bare(text: &str) -> &str {
    text.trim_start_matches(['*', '_', '`', '[', '"', '“', '„', '\\'])
}

/// Whether a letter or a figure alone stands behind a colon: "Chosen: B."
fn gives_letter(text: &str) -> bool {
    let alone = |at: usize| {
        let value = text[at + 1..].trim_start_matches('*').strip_prefix(' ').unwrap_or_default();
        let mut signs = bare(value).chars();
        let first = signs.next();
        // "Chosen: a worker": an article.
        let article = matches!(first, Some('a' | 'A'));
        first.is_some_and(char::is_alphanumeric)
            && !signs.next().is_some_and(|next| next.is_alphanumeric() || article && next == ' ')
    };
    memchr::memchr_iter(b':', text.as_bytes()).any(alone)
}
