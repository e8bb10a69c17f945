//! A part that stands right behind its whole.

use super::super::super::cue::Class;
use super::super::Case;

impl Case<'_, '_> {
    /// "64 MB of RAM of which the logger gets 24 MB": the part stands behind the whole, without a comma.
    pub(super) fn has_part_behind(&self) -> bool {
        let passage = self.passage;
        let own = &passage.quantities[self.at];
        let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let end = own.tokens.end;
        let which = (end..(end + 6).min(self.sentence_tokens().end))
            .find(|at| matches!((word(*at), word(*at + 1)), ("of", "which") | ("wovon" | "davon" | "dont", _)));
        let part = passage
            .quantities_of(self.sentence)
            .iter()
            .map(|at| &passage.quantities[*at])
            .find(|part| part.measure == own.measure && which.is_some_and(|which| part.tokens.start > which));
        let (Some(which), Some(part)) = (which, part) else { return false };
        let given = passage
            .cues_in(&(which..part.tokens.start))
            .any(|cue| matches!(cue.class, Class::Grant | Class::Must | Class::Near | Class::Ours));
        let less = part.value.zip(own.value).is_some_and(|(part, own)| part < own);
        // "Of which 60 MB are for the beacon".
        let until = part.tokens.end..(part.tokens.end + 5).min(self.sentence_tokens().end);
        less && (given || self.names_us(&(which..part.tokens.start)) || self.names_us(&until))
    }

    /// "The remaining 465 of the half second go to the radio", "most of the 200 ms": a whole, of which a part is told.
    pub(super) fn is_told_in_parts(&self) -> bool {
        let passage = self.passage;
        let start = self.quantity_start();
        let word = |back: usize| {
            start.checked_sub(back).and_then(|at| passage.tokens.get(at)).map_or("", |token| token.lower.as_ref())
        };
        let of = matches!((word(2), word(1)), ("of", "the") | ("von", "den"));
        let part = matches!(word(3), "rest" | "remainder" | "most" | "much" | "some" | "part" | "parts" | "all")
            || word(3).starts_with(|first: char| first.is_ascii_digit());
        of && part
    }
}
