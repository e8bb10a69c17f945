//! Quoted words and lines: whether they are somebody else's, or were made our own.

use super::super::super::passage::stem;
use super::super::Case;

impl Case<'_, '_> {
    /// "The annex states '… within 3 seconds', and we signed it": what is quoted binds us, by what is said around it.
    pub(super) fn takes_over_quote(&self) -> bool {
        let passage = self.passage;
        let sentence = &passage.sentences[self.sentence];
        let end = passage.quantities[self.at].tokens.end;
        let taken_over = passage.cues_in(&sentence.tokens).any(|cue| {
            let word = passage.words(&cue.tokens);
            matches!(word, "signed" | "agreed" | "adopted" | "accepted" | "committed" | "written into" | "signed off")
                && !passage.in_quotes(cue.tokens.start)
        });
        // "… 'in 30 ms.' We signed it."
        let next = passage.sentences.get(self.sentence + 1).map(|next| &next.tokens);
        // "…", which is now in the service description.
        let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let adopted = (end..sentence.tokens.end).any(|at| {
            matches!(
                (word(at), word(at + 1)),
                ("which", "is") | ("which", "became") | ("which", "we") | ("and", "that")
            ) && (at + 2..at + 5).any(|at| {
                matches!(word(at), "now" | "our" | "binding" | "signed" | "took" | "adopted" | "target" | "limit")
            })
        });
        // "… 'the Partner answers within 50 ms.' We are the Partner."
        let we_are = next.is_some_and(|next| {
            let at = next.start;
            let noun = word(at + 3);
            word(at) == "we"
                && word(at + 1) == "are"
                && matches!(word(at + 2), "the" | "that" | "a")
                && noun.len() > 3
                && (sentence.tokens.start..end).any(|at| word(at) == noun && passage.in_quotes(at))
        });
        taken_over
            || we_are
            || adopted
            || self.quoted_from_form()
            || self.is_new_wording()
            || next.is_some_and(|next| {
                next.len() <= 8
                    && passage.tokens[next.clone()].windows(3).any(|words| {
                        words[0].is("we")
                            && matches!(&*words[1].lower, "signed" | "accepted" | "adopted" | "agreed")
                            && matches!(&*words[2].lower, "it" | "that" | "this" | "to" | "on")
                    })
            })
    }

    /// "We take the class 'max. 256 MiB per pod'", "their engineer wrote it into the acceptance form: 'anonymiser max. 1 GB'":
    /// what we chose, or what was put down in a paper that binds.
    pub(in super::super) fn quoted_from_form(&self) -> bool {
        let passage = self.passage;
        let start = self.quantity_start();
        let own = self.sentence_tokens().start;
        let Some(open) =
            (own..start).rev().take(12).find(|at| matches!(passage.tokens[*at].sign(), Some('"' | '“' | '„' | '«')))
        else {
            return false;
        };
        let chosen = self.chooses_size(open);
        let put_down = self.is_put_in_paper(open);
        chosen || put_down
    }

    /// "We take the class '…": whether the words before the quotation marks say that we chose what is sold by that name.
    fn chooses_size(&self, open: usize) -> bool {
        const CHOOSES: &[&str] = &[
            "take", "took", "choose", "chose", "pick", "picked", "book", "booked", "order", "ordered", "rent", "use",
            "get", "got", "bought", "buy", "nehmen", "buchen", "prenons", "tomamos",
        ];
        const SIZES: &[&str] = &[
            "class", "tier", "plan", "size", "flavour", "flavor", "package", "profile", "shape", "slot", "klasse",
            "tarif", "classe", "clase", "type", "quota", "slice",
        ];
        let passage = self.passage;
        let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let near = open.saturating_sub(7).max(self.sentence_tokens().start)..open;
        near.clone().any(|at| CHOOSES.contains(&word(at)))
            && near.clone().any(|at| SIZES.contains(&word(at)))
            && near
                .clone()
                .any(|at| matches!(word(at), "we" | "wir" | "nous") || passage.topic.own.contains(stem(word(at))))
    }

    /// "… wrote it into the acceptance form: '…": whether it was put down in a paper, and a word says that it is ours.
    fn is_put_in_paper(&self, open: usize) -> bool {
        const PAPERS: &[&str] = &[
            "form",
            "contract",
            "certificate",
            "protocol",
            "agreement",
            "order",
            "annex",
            "sheet",
            "record",
            "minutes",
            "statement",
            "specification",
            "label",
            "plate",
            "permit",
            "licence",
            "license",
            "vertrag",
            "formular",
            "schein",
        ];
        let passage = self.passage;
        let start = self.quantity_start();
        let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let own = self.sentence_tokens().start;
        let close = (start..self.sentence_tokens().end)
            .find(|at| matches!(passage.tokens[*at].sign(), Some('"' | '”' | '“' | '»')));
        let behind = close.map_or(0..0, |close| close..self.sentence_tokens().end);
        let written = behind.clone().any(|at| {
            matches!(word(at), "wrote" | "put" | "entered" | "signed" | "written" | "stands" | "says" | "reads")
                && behind.clone().any(|paper| {
                    PAPERS.contains(&word(paper)) && paper.checked_sub(1).is_some_and(|before| word(before) == "our")
                })
        });
        let wrote = written
            || (own..open).any(|at| {
                matches!(word(at), "wrote" | "put" | "entered" | "noted" | "signed" | "stamped" | "trug" | "schrieb")
                    && (at + 1..open).any(|at| PAPERS.contains(&word(at)))
            });
        // "… to keep to ours" and "us" say whose it is.
        let ours = written
            || (own..start)
                .any(|at| matches!(word(at), "us" | "our" | "we") || passage.topic.own.contains(stem(word(at))));
        wrote && ours
    }

    /// "> **TL;DR** …", "> [!NOTE]", "> Decision: …": the author's own words, set apart.
    pub(super) fn is_summary(&self) -> bool {
        let opening: String =
            self.passage.tokens.iter().take(3).map(|token| token.lower.as_ref()).collect::<Vec<_>>().join("");
        [
            "tl;dr",
            "tldr",
            "[!",
            "summary",
            "note",
            "decision",
            "important",
            "inshort",
            "abstract",
            "kurz",
            "zusammenfassung",
            "résumé",
            "resumen",
        ]
        .iter()
        .any(|known| opening.starts_with(known))
    }
}
