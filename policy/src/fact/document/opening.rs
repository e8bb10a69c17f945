//! What the opening of a heading, an option or a section says of the rest.

use super::super::token::Token;

/// "What it had", "How it was": a heading that tells of what there was; "what was agreed" does not.
pub(super) fn tells_of_past(tokens: &[Token<'_>]) -> bool {
    const ASKS: &[&str] = &["what", "how", "was", "wie", "ce", "lo"];
    const PAST: &[&str] =
        &["had", "was", "were", "did", "took", "ran", "hatte", "war", "avait", "était", "tenía", "era"];
    const HOLDS: &[&str] = &[
        "agreed",
        "decided",
        "promised",
        "asked",
        "required",
        "signed",
        "set",
        "settled",
        "chosen",
        "granted",
        "approved",
        "demanded",
        "ordered",
        "fixed",
        "given",
        "vereinbart",
        "beschlossen",
        "décidé",
        "convenu",
        "acordado",
        "decidido",
    ];
    let has = |words: &[&str]| tokens.iter().skip(1).any(|token| words.contains(&&*token.lower));
    let asks = tokens.first().is_some_and(|first| ASKS.contains(&&*first.lower));
    asks && tokens.len() <= 7 && has(PAST) && !has(HOLDS)
}

/// Whether the text of a lettered option says in its opening that it is the one that was taken.
pub(super) fn opens_as_chosen(lower: &str) -> bool {
    const CHOSEN: &[&str] = &[
        "chosen",
        "selected",
        "our choice",
        "taken",
        "gewählt",
        "ausgewählt",
        "retenue",
        "retenu",
        "elegida",
        "elegido",
    ];
    let end = lower.char_indices().nth(120).map_or(lower.len(), |(at, _)| at);
    let opening = &lower[..end];
    CHOSEN.iter().any(|word| {
        opening.match_indices(word).any(|(at, _)| {
            let before = opening[..at].trim_end_matches([' ', '*', '_']);
            let behind = opening[at + word.len()..].trim_start_matches(['*', '_']);
            before.ends_with(['.', '(', ':', '—', '–', ',', ')'])
                && (behind.is_empty() || behind.starts_with(['.', ')', ':', ',', ';', '!', '\n']))
        })
    })
}

/// Whether a section opens by saying that its option was taken: "Chosen."
pub(super) fn says_chosen(body: &str) -> bool {
    let opening = body.trim_start_matches(|sign: char| !sign.is_alphanumeric());
    ["Chosen", "Selected", "Taken", "Gewählt", "Retenue", "Elegida"]
        .iter()
        .any(|word| opening.strip_prefix(word).is_some_and(|rest| rest.starts_with(['.', '*', '_', ',', ';', '\n'])))
}

/// Labels that turn down what stands behind them.
const REJECTS: &[&str] = &[
    "rejected",
    "discarded",
    "dismissed",
    "ruled out",
    "not chosen",
    "not taken",
    "turned down",
    "dropped",
    "declined",
    "verworfen",
    "abgelehnt",
    "nicht gewählt",
    "rejeté",
    "rejetée",
    "écarté",
    "écartée",
    "rechazado",
    "rechazada",
    "descartado",
    "descartada",
];

/// "Rejected: on the device itself. It has 64 MB …": a label that turns down all that stands in its paragraph; the label.
pub(super) fn rejects(text: &str) -> Option<&str> {
    let text = text.trim_start();
    // Most passages are told apart by their first letter.
    let first = text.as_bytes().first()?.to_ascii_lowercase();
    if first.is_ascii() && !matches!(first, b'r' | b'd' | b'n' | b't' | b'v' | b'a') {
        return None;
    }
    let label = &text[..text.bytes().take(24).position(|sign| matches!(sign, b':' | b'.'))?];
    REJECTS.contains(&label.to_lowercase().as_str()).then_some(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_label_that_rejects_gets_past_the_first_letter() {
        for label in REJECTS {
            assert_eq!(rejects(&format!(" {label}: on the device itself")), Some(*label));
            assert!(
                rejects(&label.to_uppercase()).is_none() && rejects(&format!("{}.", label.to_uppercase())).is_some()
            );
        }
        assert_eq!(rejects("Chosen: on the device itself"), None);
    }
}
