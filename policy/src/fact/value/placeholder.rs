//! Words that stand where a value is still to come.

use super::super::token::{Kind, Token};

/// Whether a text (or one clause of it) is to be filled in: `TBD`, `<N> MB`, `{p95}`, `… ms`, `e.g. 120 ms`.
pub(crate) fn is_placeholder(text: &str, tokens: &[Token<'_>]) -> bool {
    let trimmed = text.trim();
    if !tokens.iter().any(|token| token.sign().is_none()) {
        // Nothing but signs: `?`, `—`, `…`, `___`.
        return true;
    }
    has_hole(trimmed) || tokens.iter().enumerate().any(|(at, _)| word(tokens, at)) || is_choice(tokens)
}

/// Whether a word at `at` says that something is to be filled in.
pub(crate) fn word(tokens: &[Token<'_>], at: usize) -> bool {
    let lower = |at: usize| tokens.get(at).map_or("", |token| token.lower.as_ref());
    let phrase = |wanted: &[&str]| wanted.iter().enumerate().all(|(index, word)| lower(at + index) == *word);
    match lower(at) {
        "tbd" | "tba" | "tbc" | "todo" | "fixme" | "xxx" | "xx" | "nnn" | "offen" | "placeholder" | "platzhalter"
        | "待定" | "未定" | "미정" => true,
        "n" | "k" => phrase(&["n", "/", "a"]) || phrase(&["k", ".", "a"]),
        "na" => tokens.len() == 1,
        "x" | "y" => tokens.get(at + 1).is_some_and(|next| super::unit::of(next.text, &next.lower, false).is_some()),
        "to" => {
            let obliged = at.checked_sub(1).is_some_and(|before| {
                matches!(lower(before), "has" | "have" | "had" | "needs" | "need" | "want" | "wants" | "got" | "ought")
            });
            // "To be decided in under 30 ms" is an obligation.
            let in_time = matches!(lower(at + 3), "in" | "within" | "under" | "below");
            !obliged
                && !in_time
                && phrase(&["to", "be"])
                && matches!(
                    lower(at + 2),
                    "defined"
                        | "determined"
                        | "decided"
                        | "confirmed"
                        | "filled"
                        | "agreed"
                        | "specified"
                        | "announced"
                )
        }
        "e" => phrase(&["e", ".", "g"]),
        "eg" => tokens.get(at + 1).is_some_and(|next| next.sign() == Some('.')),
        "z" => phrase(&["z", ".", "b"]) || phrase(&["z", "b"]),
        "for" => matches!(lower(at + 1), "example" | "instance"),
        "zum" => lower(at + 1) == "beispiel",
        "par" => lower(at + 1) == "exemple",
        "por" => matches!(lower(at + 1), "ejemplo" | "definir" | "determinar"),
        "à" => matches!(lower(at + 1), "définir" | "déterminer" | "préciser" | "compléter"),
        "noch" => matches!(lower(at + 1), "offen" | "festzulegen") || lower(at + 1) == "zu",
        // "It has 200 ms to pick one" is no order.
        "choose" | "insert" | "pick" | "select" => {
            let told = at.checked_sub(1).is_some_and(|before| {
                matches!(lower(before), "to" | "must" | "can" | "may" | "we" | "they" | "it" | "will" | "shall")
            });
            at == 0 || lower(at + 1) == "one" && !told
        }
        "fill" => lower(at + 1) == "in" && at == 0,
        _ => false,
    }
}

/// `<N> MB`, `{p95}`, `{{ .Values.memory }}`, `${MEM}`, `[insert value]`, `___ MB`, `… ms`, `?? ms`.
fn has_hole(text: &str) -> bool {
    if text.contains("{{") || text.contains("${") || text.contains("__") || text.contains("??") || text.contains("<%") {
        return true;
    }
    if text.starts_with('…') || text.starts_with("...") {
        return true;
    }
    between(text, '<', '>', |inside| !inside.is_empty() && inside.starts_with(|first: char| first.is_alphabetic()))
        || between(text, '{', '}', |inside| !inside.is_empty())
        || between(text, '[', ']', |inside| {
            inside.contains(' ') && inside.starts_with(|first: char| first.is_alphabetic()) && !inside.contains(',')
        })
}

fn between(text: &str, open: char, close: char, fits: impl Fn(&str) -> bool) -> bool {
    let Some(start) = text.find(open) else { return false };
    let inside = text.get(start + open.len_utf8()..).unwrap_or_default();
    inside.find(close).is_some_and(|end| fits(&inside[..end]))
}

/// `low | medium | high`: the choices of a template, none of them chosen.
fn is_choice(tokens: &[Token<'_>]) -> bool {
    let ranks = super::rank::scan(tokens);
    let mut names: Vec<&str> = ranks.iter().map(|rank| rank.name).collect();
    names.dedup();
    let apart = |pair: &[super::rank::Rank]| {
        tokens[pair[0].tokens.end..pair[1].tokens.start].iter().all(|token| {
            matches!(token.kind, Kind::Sign('|' | '/' | ',')) || matches!(&*token.lower, "or" | "oder" | "ou" | "o")
        })
    };
    names.len() >= 3 && ranks.windows(2).all(apart)
        || names.len() == 2
            && ranks.windows(2).all(|pair| {
                apart(pair)
                    && tokens[pair[0].tokens.end..pair[1].tokens.start].iter().any(|token| token.sign() == Some('|'))
            })
}
