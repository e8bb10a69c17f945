//! Words for what was settled, or for what each of several lacks, which take back nothing of the figure beside them.

use super::super::super::super::token::Token;
use super::super::super::super::value::quantity::Measure;
use super::super::super::cue::Cue;
use super::super::super::passage::stem;
use super::super::Case;
use std::ops::Range;

impl Case<'_, '_> {
    /// "Decided:", "Agreed with the clerk:": whether a label says that what stands behind it was settled.
    pub(in super::super) fn is_verdict(&self, label: &Range<usize>) -> bool {
        const SETTLED: &[&str] = &[
            "decided",
            "decision",
            "agreed",
            "agreement",
            "adopted",
            "accepted",
            "approved",
            "resolved",
            "resolution",
            "outcome",
            "verdict",
            "settled",
            "beschlossen",
            "beschluss",
            "entschieden",
            "vereinbart",
            "décidé",
            "décision",
            "adopté",
            "convenu",
            "decidido",
            "decisión",
            "acordado",
            "acuerdo",
        ];
        let first = self.passage.tokens[label.clone()].iter().find(|token| token.is_word());
        first.is_some_and(|token| SETTLED.contains(&&*token.lower))
    }

    /// "Five replicas, none of which keeps state": says what each of them lacks; only a verb of force or of a promise
    /// takes the figure back.
    pub(super) fn denies_a_trait(&self, cue: &Cue) -> bool {
        const FORCE: &[&str] = &[
            "apply", "bind", "hold", "count", "stand", "matter", "survive", "concern", "is", "are", "was", "were",
            "has", "have", "had", "can", "will", "should", "made", "became", "carrie", "carry", "remain", "stay", "do",
            "doe",
        ];
        const COPULAS: &[&str] = &["is", "are", "has", "have", "can", "will"];
        const TRAITS: &[&str] = &["shared", "stateful", "special", "primary", "idle", "spare", "exposed", "in", "on"];
        let passage = self.passage;
        let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let of = cue.tokens.end - 1;
        let none = word(cue.tokens.start) == "none" && matches!(word(of), "which" | "them" | "those" | "these");
        let verb = word(of + 1);
        let force = FORCE.contains(&stem(verb)) || FORCE.contains(&verb);
        none && self.measure() == Measure::Bare
            && (!force && passage.tokens.get(of + 1).is_some_and(Token::is_word)
                || COPULAS.contains(&verb) && TRAITS.contains(&word(of + 2)))
    }
}
