//! Words whose form says that they tell of nothing: an attribute, a passive of what is to be, a noun.

use super::super::super::super::token::Token;

/// "Can be seen", "has to be seen", and not "as can be seen".
pub(super) fn is_to_be_seen(tokens: &[Token<'_>], at: usize) -> bool {
    let back =
        |back: usize| at.checked_sub(back).and_then(|at| tokens.get(at)).map_or("", |token| token.lower.as_ref());
    let modal = matches!(back(2), "must" | "can" | "should" | "shall" | "may");
    let owes = back(2) == "to" && matches!(back(3), "has" | "have" | "needs" | "need" | "ought");
    back(1) == "be" && (modal && back(3) != "as" || owes)
}

/// "The first hit", "an expired card": a noun, and what only tells of what kind a thing is.
pub(super) fn is_attribute(tokens: &[Token<'_>], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|at| tokens.get(at));
    let named = before.is_some_and(|word| {
        matches!(&*word.lower, "a" | "an" | "the" | "each" | "every" | "first" | "last" | "next" | "no" | "any")
    });
    named
        && matches!(&*tokens[at].lower, "hit" | "expired" | "obsolete" | "void")
        && tokens.get(at + 1).is_some_and(Token::is_word)
}

/// "Is answered", "the graph held in memory", "has to have sent": what holds, or has to, and tells of no past. `limited`
/// says whether a word for a limit stands in the passage.
pub(super) fn is_no_past(tokens: &[Token<'_>], at: usize, limited: bool) -> bool {
    is_noun(tokens, at)
        || is_passive(tokens, at)
        || is_kept_in(tokens, at)
        || is_owed(tokens, at)
        || is_done_by(tokens, at)
        || limited && is_share_done(tokens, at)
        || is_with_done(tokens, at)
}

/// "A hit has to be served": a thing, not a past.
fn is_noun(tokens: &[Token<'_>], at: usize) -> bool {
    at.checked_sub(1)
        .and_then(|at| tokens.get(at))
        .is_some_and(|before| matches!(&*before.lower, "a" | "an" | "each" | "every" | "any" | "per" | "cache" | "one"))
}

/// "The graph held in memory": what is there, not what was.
fn is_kept_in(tokens: &[Token<'_>], at: usize) -> bool {
    matches!(&*tokens[at].lower, "held" | "kept" | "hosted" | "loaded")
        && tokens.get(at + 1).is_some_and(|next| next.is("in"))
}

/// "Has to have sent the record": the end of an obligation, no past.
fn is_owed(tokens: &[Token<'_>], at: usize) -> bool {
    let before =
        |back: usize| at.checked_sub(back).and_then(|at| tokens.get(at)).map_or("", |token| token.lower.as_ref());
    before(1) == "have" && matches!(before(2), "to" | "must" | "should" | "shall")
}

/// "One process, started by systemd": who does it, behind a comma, is no past.
fn is_done_by(tokens: &[Token<'_>], at: usize) -> bool {
    let comma = at.checked_sub(1).is_some_and(|before| tokens[before].sign() == Some(','));
    comma && tokens[at].lower.ends_with("ed") && tokens.get(at + 1).is_some_and(|next| next.is("by"))
}

/// "Hit detection must …", "memory use is …": what opens a sentence before another word, or follows a noun of memory,
/// is a noun.
pub(super) fn is_noun_by_place(tokens: &[Token<'_>], at: usize) -> bool {
    let word = |at: usize| tokens.get(at).map_or("", |token| token.lower.as_ref());
    let before = at.checked_sub(1).and_then(|at| tokens.get(at));
    let opens = before.is_none_or(|before| matches!(before.sign(), Some('.' | '?' | '!')))
        && tokens[at].text.starts_with(char::is_uppercase)
        && tokens.get(at + 1).is_some_and(|next| next.is_word() && next.lower.len() > 4);
    let used = matches!(word(at), "use" | "need")
        && matches!(word(at.wrapping_sub(1)), "memory" | "ram" | "the" | "its" | "heap" | "cpu");
    opens || used
}

/// "Is answered", "to be served": a passive of the present, no past.
fn is_passive(tokens: &[Token<'_>], at: usize) -> bool {
    let from = at.saturating_sub(3);
    let word = &tokens[at].lower;
    let participle = word.ends_with("ed")
        || matches!(word.as_ref(), "kept" | "held" | "run" | "sent" | "made" | "got" | "spent" | "cost");
    // "A Go agent, held to 96 MB": behind a comma, with a word for a bound.
    let apart = at.checked_sub(1).is_some_and(|before| matches!(tokens[before].sign(), Some(',' | '(' | ':' | ';')))
        && tokens.get(at + 1).is_some_and(|next| {
            matches!(&*next.lower, "to" | "at" | "below" | "under" | "within" | "inside" | "beneath")
        });
    if apart && matches!(word.as_ref(), "kept" | "held") {
        return true;
    }
    participle
        && tokens[from..at].iter().any(|token| {
            matches!(
                &*token.lower,
                "is" | "are" | "be" | "being" | "gets" | "get" | "must" | "isn't" | "aren't" | "it's" | "been"
            )
        })
        && !tokens[from..at].iter().any(|token| matches!(&*token.lower, "was" | "were" | "had"))
}

/// "Target: 95% of scans answered in under 180 ms": what a share has to be, beside a word for a limit.
fn is_share_done(tokens: &[Token<'_>], at: usize) -> bool {
    let bounds = |at: usize| {
        let word = |at: usize| tokens.get(at).map_or("", |token| token.lower.as_ref());
        matches!(word(at), "within" | "under" | "below" | "inside")
            || word(at) == "in" && matches!(word(at + 1), "under" | "less" | "at" | "<" | "≤")
    };
    let share = |pair: &[Token<'_>]| {
        (pair[0].sign() == Some('%') || matches!(&*pair[0].lower, "percent" | "prozent")) && pair[1].is("of")
    };
    tokens[at].lower.ends_with("ed") && bounds(at + 1) && tokens[at.saturating_sub(6)..at].windows(2).any(share)
}

/// "Stays under 420 MB with the full directory loaded": a circumstance, and nothing that has been.
fn is_with_done(tokens: &[Token<'_>], at: usize) -> bool {
    let ends = tokens.get(at + 1).is_none_or(|next| next.sign().is_some());
    let with = tokens[at.saturating_sub(6)..at].iter().rposition(|token| token.is("with"));
    let clear = |with: usize| {
        let from = at - at.min(6) + with;
        tokens[from..at].iter().all(|token| token.is_word() && !matches!(&*token.lower, "we" | "it" | "they" | "that"))
    };
    tokens[at].lower.ends_with("ed") && ends && with.is_some_and(clear)
}

/// Whether "since" stands behind a perfect, in the same clause: it still holds.
pub(super) fn goes_on_since(tokens: &[Token<'_>], at: usize) -> bool {
    let until = tokens[at..].iter().take(12).position(|token| matches!(token.sign(), Some('.' | ';' | ':')));
    tokens[at..].iter().take(until.unwrap_or(12)).any(|token| token.is("since"))
}
