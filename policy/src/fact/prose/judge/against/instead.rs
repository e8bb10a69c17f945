//! What stands in place of something else.

use super::super::super::super::token::Token;
use super::super::super::cue::Cue;
use super::super::Case;

impl Case<'_, '_> {
    /// "768 MB instead of 512 MB", "memory limit 4 GB, streaming instead of collecting": what stands before the words is
    /// what is taken, and what stands behind them is not.
    pub(super) fn stands_instead(&self, cue: &Cue) -> bool {
        let words = self.passage.words(&cue.tokens).to_lowercase();
        matches!(
            words.as_str(),
            "instead of"
                | "rather than"
                | "in place of"
                | "statt"
                | "anstatt"
                | "anstelle"
                | "au lieu de"
                | "plutôt que"
                | "en lugar de"
                | "en vez de"
        ) && cue.tokens.start >= self.passage.quantities[self.at].tokens.end
    }
}

/// Whether words open what something else stands in place of.
pub(super) fn is_instead(tokens: &[Token<'_>]) -> bool {
    matches!(tokens, [first, second, ..] if first.is("rather") && second.is("than") || first.is("instead") && second.is("of"))
}
