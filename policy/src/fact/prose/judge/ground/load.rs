//! Load that is expected, told by a sum or by whom it reaches; and obligations of a rate that are no load.

use super::super::super::cue::Class;
use super::super::super::passage::stem;
use super::super::super::thing;
use super::super::Case;
use std::ops::Range;

/// Verbs of what comes out of a calculation.
const SUMS: &[&str] = &[
    "makes", "make", "gives", "means", "amounts", "equals", "comes", "adds", "works", "yields", "so", "hence", "thus",
    "i.e", "macht", "ergibt", "ergeben", "soit", "donne", "suma", "equivale", "son",
];

impl Case<'_, '_> {
    /// "… down to 40 MB. We have made that the ceiling": what the next sentence turns into a limit.
    pub(in super::super) fn is_made_limit(&self) -> bool {
        let passage = self.passage;
        let Some(next) = passage.sentences.get(self.sentence + 1) else { return false };
        let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let tokens = &next.tokens;
        let made = tokens.clone().take(8).find(|at| {
            matches!(
                word(*at),
                "made"
                    | "make"
                    | "declare"
                    | "declared"
                    | "turn"
                    | "turned"
                    | "take"
                    | "took"
                    | "adopt"
                    | "adopted"
                    | "machen"
                    | "nehmen"
            ) && matches!(word(at + 1), "that" | "this" | "it" | "these" | "das" | "dies")
        });
        made.is_some_and(|made| {
            let we = (tokens.start..made).any(|at| matches!(word(at), "we" | "wir" | "nous" | "board" | "team"));
            let limit = passage.first(&(made + 2..(made + 7).min(tokens.end)), Class::Limit).is_some();
            we && limit && !next.question
        })
    }

    pub(super) fn is_rate_or_count(&self) -> bool {
        self.is_rate() || self.id == "instance-count"
    }

    fn is_rate(&self) -> bool {
        matches!(self.id, "expected-traffic" | "peak-traffic")
    }

    /// "Every meter sends a reading every eight hours; that makes 8.64 million calls per day to this API": what it comes
    /// to, and that it reaches the service or will.
    pub(super) fn comes_to(&self) -> Option<Range<usize>> {
        if !self.is_rate() {
            return None;
        }
        let passage = self.passage;
        let (start, end) = (self.quantity_start(), passage.quantities[self.at].tokens.end);
        let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let own = self.sentence_tokens();
        // "That is going to be 20 a second for the service".
        let going = start >= 3 && (word(start - 3), word(start - 2), word(start - 1)) == ("going", "to", "be");
        let sum = going
            .then(|| start - 3)
            .or_else(|| (start.saturating_sub(4).max(own.start)..start).find(|at| SUMS.contains(&word(*at))))?;
        let reaches =
            matches!(word(end), "to" | "for" | "at" | "on" | "into" | "an" | "für" | "à" | "vers" | "a" | "hacia")
                && (end + 1..end + 4).any(|at| {
                    matches!(word(at), "us" | "this" | "uns" | "nous" | "nosotros")
                        || passage.topic.own.contains(stem(word(at)))
                        || thing::is_listed(word(at))
                });
        // "… adds up to 4,500 samples per second, day in, day out, for the ingest".
        let reaches = reaches
            || (end..(end + 10).min(own.end)).any(|at| {
                matches!(word(at), "for" | "to" | "at")
                    && passage.tokens.get(at.saturating_sub(1)).is_some_and(|before| before.sign() == Some(','))
                    && (at + 1..at + 3)
                        .any(|at| passage.topic.own.contains(stem(word(at))) || thing::is_listed(word(at)))
            });
        // "… every half second, so the service prints 2 labels per second".
        let reaches = reaches
            || matches!(word(sum), "so" | "hence" | "thus")
                && (sum + 1..start).any(|at| passage.topic.own.contains(stem(word(at))) || thing::is_listed(word(at)));
        let from = self.sentence.checked_sub(1).map_or(own.start, |before| passage.sentences[before].tokens.start);
        let will =
            (from..start).any(|at| matches!(word(at), "will" | "shall" | "werden" | "wird" | "enverront" | "enviarán"));
        let told = [Class::Past, Class::Measure, Class::Old, Class::Other]
            .into_iter()
            .any(|class| passage.first(&(from..end), class).is_some());
        ((reaches || will) && !told).then_some(sum..sum + 1)
    }

    /// "Clients must not send more than 1 request per second", "we leave performance requirements out: the warehouse
    /// moves nine pallets an hour": words of duty that ask nothing of how much the service is to bear.
    pub(super) fn is_no_load(&self, tokens: &Range<usize>) -> bool {
        if !self.is_rate() {
            return false;
        }
        let passage = self.passage;
        let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let must = passage
            .cues_in(&(tokens.start..tokens.start + 1))
            .any(|cue| cue.class == Class::Must && cue.tokens == *tokens);
        let denied = must && matches!(word(tokens.end), "not" | "never" | "only" | "nicht" | "pas");
        let denied = denied
            || must && matches!(passage.words(tokens).to_lowercase().as_str(), "may not" | "may only" | "is not to");
        let limit = passage
            .cues_in(&(tokens.start..tokens.start + 1))
            .any(|cue| cue.class == Class::Limit && cue.tokens == *tokens);
        let start = self.quantity_start();
        // What stands before a colon in words of its own, with a verb, is another statement.
        let apart = limit
            && tokens.end < start
            && (tokens.end..start).any(|at| {
                passage.tokens[at].sign() == Some(':') && passage.has_verb(&(at..start)) && at > tokens.end + 1
            });
        denied || apart
    }
}
