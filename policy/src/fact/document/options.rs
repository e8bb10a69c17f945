//! Options by number and letter, and the ones that a document takes.

use crate::text::outline::Outline;
use std::collections::HashSet;

/// Nouns for one of several ways, before its number or letter.
const NOUNS: &[&str] =
    &["option ", "variant ", "design ", "candidate ", "scheme ", "solution ", "variante ", "alternative "];

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
        let text = block.text.plain.as_str();
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
    const TAKES: &[&str] = &[
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
    let lines = lettered(outline);
    let mut found = HashSet::new();
    let pair = |first, second| {
        lines.iter().any(|(letter, _)| *letter == first) && lines.iter().any(|(letter, _)| *letter == second)
    };
    if !pair('a', 'b') {
        return found;
    }
    for (letter, line) in &lines {
        let lower = line.to_lowercase();
        if TAKEN.iter().any(|taken| lower.contains(taken))
            && !lower.contains("not chosen")
            && !lower.contains("not taken")
        {
            found.insert(letter.to_string());
        }
    }
    for block in outline.blocks.iter().filter(|block| block.text.plain.len() < 2000) {
        let lower = block.text.plain.to_lowercase();
        for (at, take) in TAKES.iter().flat_map(|take| lower.match_indices(take).take(4)) {
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
    found
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
    const TAKES: &[&str] = &[
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
    const OUTCOMES: &[&str] = &["decision", "outcome", "entscheidung", "décision", "decisión", "verdict"];
    let mut found = taken_letters(outline);
    if !NOUNS.iter().any(|noun| memchr::memmem::find(file.as_bytes(), noun[1..].trim_end().as_bytes()).is_some()) {
        return found;
    }
    for block in outline.blocks.iter().filter(|block| block.text.plain.len() < 2000) {
        let lower = block.text.plain.to_lowercase();
        // "Option 2." under "Decision".
        let title = outline.sections.get(block.section).map_or("", |section| section.title.as_str()).to_lowercase();
        if let Some(number) = lower.strip_prefix("option ").filter(|_| OUTCOMES.iter().any(|word| title.contains(word)))
        {
            let (number, rest) =
                number.split_at(number.find(|sign: char| !sign.is_alphanumeric()).unwrap_or(number.len()));
            if (1..=3).contains(&number.len()) && (rest.is_empty() || rest.starts_with(['.', ',', ';', ':'])) {
                found.insert(number.to_owned());
            }
        }
        // "B, in Rust." under "Decision".
        let mut signs = block.text.plain.trim().chars();
        let letter = signs.next().filter(char::is_ascii_uppercase);
        if let Some(letter) = letter
            && signs.next().is_none_or(|sign| matches!(sign, ',' | '.' | ';' | ':'))
            && OUTCOMES.iter().any(|word| title.contains(word))
        {
            found.insert(letter.to_lowercase().to_string());
        }
        // "Candidate C, which we keep, …".
        for (at, noun) in NOUNS.iter().flat_map(|noun| lower.match_indices(noun).take(8)) {
            let behind = &lower[at + noun.len()..];
            let end = behind.find(|sign: char| !sign.is_alphanumeric()).unwrap_or(behind.len());
            let (number, rest) = behind.split_at(end);
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
            if is_number(number) && KEPT.iter().any(|kept| rest.starts_with(kept)) {
                found.insert(number.to_owned());
            }
        }
        for take in TAKES {
            for (at, _) in lower.match_indices(take).take(4) {
                let behind = lower.get(at + take.len()..).unwrap_or_default();
                let near: String = behind.chars().take(40).collect();
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
    found
}
