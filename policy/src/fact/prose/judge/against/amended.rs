//! Words in quotation marks that a record puts in place of others: "New: '…'", "'…' becomes '…'", "section 2 now says '…'".

use super::super::Case;

impl Case<'_, '_> {
    /// Whether the quoted words are those that hold from now on.
    pub(super) fn is_new_wording(&self) -> bool {
        const NEW: &[&str] = &[
            "new",
            "after",
            "now",
            "becomes",
            "become",
            "hereafter",
            "henceforth",
            "neu",
            "nachher",
            "jetzt",
            "nun",
            "nouveau",
            "nouvelle",
            "après",
            "désormais",
            "nuevo",
            "nueva",
            "ahora",
            "después",
        ];
        const SAYS: &[&str] = &["read", "reads", "say", "says", "state", "states", "lautet", "heißt", "dit", "dice"];
        const REPLACES: &[&str] =
            &["replace", "replaces", "replaced", "change", "changes", "changed", "swap", "turn", "ersetzen"];
        let passage = self.passage;
        let start = self.quantity_start();
        let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let Some(open) = (start.saturating_sub(24)..start)
            .rev()
            .find(|at| matches!(passage.tokens[*at].sign(), Some('"' | '“' | '„' | '«')))
        else {
            return false;
        };
        // Behind the mark that closes the words before, or the end of the sentence before.
        let from = (open.saturating_sub(10)..open)
            .rev()
            .find(|at| matches!(passage.tokens[*at].sign(), Some('"' | '”' | '“' | '»' | '.' | ';')))
            .map_or(open.saturating_sub(10), |at| at + 1);
        let words: Vec<&str> = (from..open).filter(|at| passage.tokens[*at].is_word()).map(word).collect();
        let Some(last) = words.last() else { return false };
        let says = SAYS.contains(last)
            && words.iter().any(|word| matches!(*word, "now" | "nun" | "jetzt" | "désormais" | "ahora"));
        let label =
            NEW.contains(last) && words.len() <= 3 && !words.iter().any(|word| matches!(*word, "not" | "no" | "never"));
        let before = from.saturating_sub(24)..from;
        let put = matches!(*last, "by" | "with" | "to" | "into" | "durch" | "par" | "por")
            && words.len() <= 2
            && before.clone().any(|at| REPLACES.contains(&word(at)));
        says || label || put
    }
}
