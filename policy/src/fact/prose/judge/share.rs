//! Wholes and shares: a figure of which the service has only a part, and the parts that are somebody else's.

mod part;

use super::super::super::value::number;
use super::super::super::value::quantity::{Measure, Quantity};
use super::super::cue::Class;
use super::super::passage::stem;
use super::super::thing;
use super::Case;
use std::ops::Range;

/// Words for the service's own part.
const OURS: &[&str] = &["our", "ours", "us", "we", "unser", "unsere", "uns", "notre", "nous", "nuestro", "nuestra"];

impl Case<'_, '_> {
    /// A time that something larger has, of which the service has a part: "ten seconds in all, of which 1.2 s are ours".
    pub(super) fn is_whole(&self) -> bool {
        // "Two instances, one of which is passive".
        if self.id == "instance-count" {
            return false;
        }
        let passage = self.passage;
        let sentence = &passage.sentences[self.sentence];
        let clause = passage.clause_of(self.sentence, self.quantity_start());
        // "Under a second (requirement P-7), of which …": brackets stand between.
        let next =
            sentence.clauses.iter().skip(clause + 1).find(|clause| !clause.aside).map(|clause| clause.tokens.start);
        let after = passage.sentences.get(self.sentence + 1).map(|next| next.tokens.start).filter(|_| next.is_none());
        let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let counted = |at: usize| number::is_word(word(at)) && (word(at + 1), word(at + 2)) == ("of", "which");
        let next =
            next.map(|at| at + usize::from(passage.tokens.get(at).is_some_and(|token| token.sign() == Some(','))));
        let part = next.or(after).filter(|at| {
            counted(*at)
                || matches!(
                    (word(*at), word(*at + 1)),
                    ("of", "which" | "these" | "those" | "that" | "this" | "them")
                        | ("davon" | "dont", _)
                        | ("de", "los")
                )
        });
        // "Of the 200 ms that a page may take, 5 ms are ours".
        let start = self.quantity_start();
        let opens =
            start <= sentence.tokens.start + 2 && matches!(word(sentence.tokens.start), "of" | "von" | "sur" | "de");
        let later = || {
            let mut others = passage.quantities_of(self.sentence).iter();
            others.any(|at| *at > self.at && passage.quantities[*at].measure == self.measure())
        };
        if opens && later() {
            return true;
        }
        if self.leaves_rest()
            || self.has_part_behind()
            || self.has_share()
            || self.is_for_several()
            || self.is_total()
            || self.is_sum()
            || self.is_divided()
            || self.is_told_in_parts()
        {
            return true;
        }
        // "A ceiling of 1 GB, of which the weights take 640 MB": the part is a part of the service.
        let limit = self.own(Class::Limit).is_some();
        part.is_some_and(|at| {
            let rest = at..sentence.tokens.end.max(at + 12).min(passage.tokens.len());
            !limit
                || counted(at)
                || [Class::Grant, Class::Must, Class::Ours, Class::Near]
                    .into_iter()
                    .any(|class| passage.first(&rest, class).is_some())
        })
    }

    /// "The total budget is 1 s. … For the BFF we commit to 180 ms": a smaller figure further on is the service's.
    fn is_total(&self) -> bool {
        let passage = self.passage;
        let own = &passage.quantities[self.at];
        let total = self.scope.ranges.iter().any(|range| {
            let tokens = &passage.tokens[range.clone()];
            // "The SLO of the checkout (300 ms) is for all of its calls together".
            let behind = own.tokens.end..(own.tokens.end + 12).min(passage.tokens.len());
            let together = passage.tokens.get(behind).unwrap_or_default().iter();
            let together = together
                .take_while(|token| !matches!(token.sign(), Some(';' | '.')))
                .any(|token| matches!(&*token.lower, "together" | "altogether" | "zusammen" | "ensemble" | "juntos"));
            if together {
                return true;
            }
            // "The budget for the whole auction".
            tokens.windows(3).any(|words| {
                matches!(&*words[0].lower, "for" | "of")
                    && words[1].is("the")
                    && matches!(&*words[2].lower, "whole" | "entire")
            }) || tokens.windows(2).any(|pair| {
                matches!(&*pair[0].lower, "total" | "overall" | "whole" | "entire" | "complete")
                    && matches!(
                        &*pair[1].lower,
                        "budget" | "time" | "latency" | "delay" | "path" | "chain" | "response"
                    )
            })
        });
        total
            && own.measure == Measure::Time
            && (self.sentence..passage.sentences.len().min(self.sentence + 4)).any(|later| {
                passage.quantities_of(later).iter().any(|at| {
                    let part = &passage.quantities[*at];
                    let firm = [Class::Must, Class::Grant, Class::Ours, Class::Near]
                        .into_iter()
                        .any(|class| passage.in_sentence(later, class).is_some());
                    *at > self.at
                        && part.measure == own.measure
                        && firm
                        && part.value.zip(own.value).is_some_and(|(part, own)| part < own)
                })
            })
    }

    /// "100 ms from touch to display. Pad 20 ms, panel 40 ms, and for the relay 40 ms": parts that add up to the figure,
    /// one of which is the service's.
    fn is_sum(&self) -> bool {
        self.parts_of(self.sentence, self.at).is_some()
    }

    /// The sentence and the parts into which a time is divided.
    fn parts_of(&self, sentence: usize, at: usize) -> Option<(usize, Vec<usize>)> {
        let passage = self.passage;
        let own = &passage.quantities[at];
        let whole = own.value.filter(|_| own.measure == Measure::Time)?;
        (sentence..passage.sentences.len().min(sentence + 3)).find_map(|later| {
            let figures = passage.quantities_of(later).iter().copied();
            let parts: Vec<usize> =
                figures.filter(|part| *part > at && passage.quantities[*part].measure == own.measure).collect();
            let sum: f64 = parts.iter().filter_map(|part| passage.quantities[*part].value).sum();
            let adds_up = parts.len() > 1 && (sum - whole).abs() <= 0.005 * whole;
            let ours = adds_up && parts.iter().any(|part| self.names_us(&self.segment(later, *part)));
            ours.then_some((later, parts))
        })
    }

    /// "Chat's target is 150 ms; for the filter 4 ms of it": whether a figure says that it is a part of the one before.
    fn is_part(&self, at: usize) -> bool {
        let word = |at: usize| self.passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let end = self.passage.quantities[at].tokens.end;
        matches!(
            (word(end), word(end + 1)),
            ("of", "it" | "that" | "this" | "them" | "these" | "those")
                | ("davon" | "dessen", _)
                | ("de", "cela" | "ello" | "eso")
        )
    }

    /// "1 GB for four pods, so no pod gets more than 256 MB": what several copies have together.
    fn is_for_several(&self) -> bool {
        let passage = self.passage;
        let own = &passage.quantities[self.at];
        let end = own.tokens.end;
        let several = || {
            let count = passage.quantities.get(self.at + 1).filter(|count| count.tokens.start <= end + 2)?;
            let noun = count.tokens.end..count.tokens.end + 2;
            let copies = passage.first(&noun, Class::Instances).is_some()
                || noun.clone().any(|at| {
                    passage.tokens.get(at).is_some_and(|token| passage.topic.own.contains(stem(&token.lower)))
                });
            copies.then_some(count.value).flatten().filter(|_| count.measure == Measure::Bare)
        };
        own.measure == Measure::Bytes
            && several().is_some_and(|count| {
                passage.quantities_of(self.sentence).iter().map(|at| &passage.quantities[*at]).any(|part| {
                    part.measure == Measure::Bytes
                        && part.tokens.start > end
                        && part.value.zip(own.value).is_some_and(|(part, whole)| part * count <= whole * 1.03)
                })
            })
    }

    /// "An audio track starts within 1.5 s. For the backend this means 600 ms, the rest is for the radio": whether the
    /// next figure is the service's part of this one, and somebody else has the rest.
    fn leaves_rest(&self) -> bool {
        let passage = self.passage;
        let own = &passage.quantities[self.at];
        let next = self.at + 1;
        let smaller = passage.quantities.get(next).is_some_and(|part| {
            part.measure == own.measure && part.value.zip(own.value).is_some_and(|(part, own)| part < own)
        });
        own.measure == Measure::Time && (smaller && self.rest_behind(next) || self.remains_of(own))
    }

    /// Whether one of the next times is what remains of this one for the service.
    fn remains_of(&self, whole: &Quantity) -> bool {
        let passage = self.passage;
        let until = passage.sentences.len().min(self.sentence + 3);
        let later = (self.sentence..until)
            .flat_map(|sentence| passage.quantities_of(sentence).iter().map(move |at| (sentence, *at)));
        later.filter(|(_, at)| *at > self.at).take(4).any(|(sentence, at)| {
            let part = &passage.quantities[at];
            part.measure == whole.measure
                && part.value.zip(whole.value).is_some_and(|(part, whole)| part < whole)
                && self.remains(sentence, at)
        })
    }

    /// "We have the remaining 4 s", "what remains for our caption service, 600 ms": what is left of a time for the service.
    fn remains(&self, sentence: usize, at: usize) -> bool {
        let passage = self.passage;
        let start = passage.quantities[at].tokens.start;
        let from = start.saturating_sub(9).max(passage.sentences[sentence].tokens.start);
        let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let rest = (from..start).any(|at| {
            matches!(
                word(at),
                "remaining"
                    | "remains"
                    | "remain"
                    | "left"
                    | "bleiben"
                    | "bleibt"
                    | "restlichen"
                    | "übrigen"
                    | "reste"
                    | "restent"
                    | "queda"
                    | "quedan"
                    | "part"
                    | "share"
                    | "portion"
                    | "slice"
                    | "anteil"
                    | "teil"
                    | "parte"
            )
        });
        let since = at.checked_sub(1).map_or(0, |before| passage.quantities[before].tokens.end);
        rest && since <= from.max(start.saturating_sub(3))
            && (self.names_us(&(from..start)) || self.names_service(&(from..start)))
    }

    /// "The controller's share of this is 1.5 s".
    fn names_service(&self, range: &Range<usize>) -> bool {
        let tokens = self.passage.tokens.get(range.clone()).unwrap_or_default();
        tokens.windows(2).any(|pair| {
            let owner = thing::possessor(&pair[0].lower);
            owner.len() < pair[0].lower.len()
                && thing::is_word_for_service(owner)
                && matches!(&*pair[1].lower, "share" | "part" | "portion" | "slice")
        })
    }

    /// Whether "the rest" is said to be somebody else's right behind a figure.
    fn rest_behind(&self, at: usize) -> bool {
        let passage = self.passage;
        let end = passage.quantities[at].tokens.end;
        let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let next = passage.quantities.get(at + 1).map_or(usize::MAX, |next| next.tokens.start);
        (end..(end + 9).min(next)).any(|at| {
            matches!(
                (word(at), word(at + 1)),
                ("the", "rest" | "remainder" | "remaining") | ("der", "rest") | ("le", "reste") | ("el", "resto")
            ) && (at + 2..at + 5).any(|at| {
                matches!(word(at), "is" | "belongs" | "goes" | "for" | "gehört" | "ist" | "est" | "es" | "to")
            })
        })
    }

    /// Whether a smaller figure of the sentence, or of the next one, is a part of this one.
    fn has_share(&self) -> bool {
        let passage = self.passage;
        let own = &passage.quantities[self.at];
        own.measure == Measure::Time
            && (self.at + 1..passage.quantities.len().min(self.at + 3)).any(|at| {
                let part = &passage.quantities[at];
                part.measure == own.measure
                    && part.tokens.start - own.tokens.end < 40
                    && part.value.zip(own.value).is_some_and(|(part, own)| part < own)
                    && self.is_part(at)
                    // "The bank needs 1.2 s of that" leaves the whole the service's own.
                    && (self.sentence..passage.sentences.len().min(self.sentence + 2)).any(|sentence| {
                        passage.sentences[sentence].tokens.contains(&part.tokens.start)
                            && self.names_us(&self.segment(sentence, at))
                    })
            })
    }

    /// Whether the figure is the service's part of a time that is limited.
    pub(super) fn is_own_share(&self) -> bool {
        let passage = self.passage;
        if self.measure() == Measure::Time && self.rest_behind(self.at) {
            let before = self.sentence.saturating_sub(1)..=self.sentence;
            let mut wholes = before.flat_map(|sentence| passage.quantities_of(sentence));
            return wholes.any(|at| {
                let whole = &passage.quantities[*at];
                *at < self.at
                    && whole.measure == Measure::Time
                    && whole.value.zip(passage.quantities[self.at].value).is_some_and(|(whole, part)| part < whole)
            });
        }
        if self.measure() == Measure::Time && self.remains(self.sentence, self.at) {
            let before = self.sentence.saturating_sub(2)..=self.sentence;
            let mut wholes = before.flat_map(|sentence| passage.quantities_of(sentence));
            return wholes.any(|at| *at < self.at && passage.quantities[*at].measure == Measure::Time);
        }
        if self.measure() == Measure::Time && self.is_part(self.at) {
            return self.names_us(&self.segment(self.sentence, self.at));
        }
        self.measure() == Measure::Time
            && (self.sentence.saturating_sub(2)..=self.sentence).any(|before| {
                let limited = [Class::Must, Class::Limit, Class::Grant]
                    .into_iter()
                    .any(|class| passage.in_sentence(before, class).is_some());
                let mut wholes = passage.quantities_of(before).iter().filter(|at| limited && **at < self.at);
                wholes.any(|at| {
                    self.parts_of(before, *at).is_some_and(|(sentence, parts)| {
                        sentence == self.sentence
                            && parts.contains(&self.at)
                            && self.names_us(&self.segment(self.sentence, self.at))
                    })
                })
            })
    }

    /// The words that belong to a figure in an enumeration: from the sign before it to the sign behind it.
    fn segment(&self, sentence: usize, at: usize) -> Range<usize> {
        let passage = self.passage;
        let tokens = &passage.sentences[sentence].tokens;
        let parts = |at: &usize| matches!(passage.tokens[*at].sign(), Some(',' | ';' | ':'));
        let quantity = &passage.quantities[at].tokens;
        let start = (tokens.start..quantity.start).rev().find(parts).map_or(tokens.start, |at| at + 1);
        start..(quantity.end..tokens.end).find(parts).unwrap_or(tokens.end)
    }

    fn names_us(&self, range: &Range<usize>) -> bool {
        self.passage.tokens.get(range.clone()).unwrap_or_default().iter().any(|token| {
            OURS.contains(&&*token.lower) || token.is_word() && self.passage.topic.own.contains(stem(&token.lower))
        })
    }

    /// "512 MB, we take a quarter: 128 MB": a fraction of the figure that is worked out behind it.
    fn is_divided(&self) -> bool {
        let passage = self.passage;
        let own = &passage.quantities[self.at];
        let figures = passage.quantities_of(self.sentence).iter();
        let later: Vec<_> = figures
            .map(|at| &passage.quantities[*at])
            .filter(|part| part.tokens.start > own.tokens.end && part.measure == own.measure)
            .collect();
        later.iter().any(|part| {
            let between = passage.tokens.get(own.tokens.end..part.tokens.end).unwrap_or_default();
            between.iter().any(|token| {
                let Some(fraction) = number::share(&token.lower) else { return false };
                part.value.zip(own.value).is_some_and(|(part, whole)| (part - whole * fraction).abs() <= 0.02 * whole)
            })
        })
    }

    /// "The other 2 GiB belong to the viewer": what is left of a whole is somebody else's, unless it is said to be ours.
    pub(super) fn rest_of_others(&self) -> Option<Range<usize>> {
        const REST: &[&str] = &["other", "remaining", "übrigen", "restlichen", "anderen", "autres", "otros"];
        let passage = self.passage;
        if let Some(another) = self.another_of_others() {
            return Some(another);
        }
        let before = self.quantity_start().checked_sub(1)?;
        let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
        let rest =
            REST.contains(&word(before)) && matches!(word(before.checked_sub(1)?), "the" | "die" | "les" | "los");
        let end = passage.quantities[self.at].tokens.end;
        // "The agent must make do with the remaining 200 MB" gives the rest to the agent.
        let belongs = (end..end + 3).any(|at| {
            matches!(
                word(at),
                "is" | "are" | "belong" | "belongs" | "go" | "goes" | "stay" | "stays" | "gehören" | "sind"
            )
        });
        let behind = end..(end + 8).min(self.sentence_tokens().end);
        (rest && belongs && !self.names_us(&behind)).then(|| before - 1..before + 1)
    }
}
