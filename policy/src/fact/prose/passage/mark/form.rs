//! Words whose form says that they tell of nothing: an attribute, a passive of what is to be.

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
