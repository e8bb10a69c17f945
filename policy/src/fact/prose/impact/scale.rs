//! Words of the scale that rate nothing: the scale itself, a rating of the past, one of several.

use super::super::super::value::rank::Rank;
use super::super::passage::Passage;
use super::words::SUPERSEDED;
use std::ops::Range;

/// "Considered very high at first", "raised from medium to high": the rating that there was before.
pub(super) fn is_superseded(passage: &Passage<'_>, rank: &Range<usize>) -> bool {
    let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
    let mut end = rank.end;
    while passage.tokens.get(end).is_some_and(|token| matches!(token.sign(), Some('"' | '”' | '\'' | '*'))) {
        end += 1;
    }
    let from = |at: &usize| matches!(word(*at), "from" | "von") && matches!(word(end), "to" | "auf");
    // "Of at least high", "high or above": a threshold, and no rating.
    let mut start = rank.start;
    while start
        .checked_sub(1)
        .and_then(|at| passage.tokens.get(at))
        .is_some_and(|token| matches!(token.sign(), Some('"' | '“' | '„' | '*')))
    {
        start -= 1;
    }
    let before = |back: usize| start.checked_sub(back).map_or("", word);
    let threshold = matches!(before(1), "least" | "minimum" | "mindestens")
        || matches!(
            (word(end), word(end + 1)),
            ("or", "higher" | "above" | "more" | "worse" | "better") | ("and", "above")
        );
    // "We argued between low and high and landed on medium."
    let between = matches!(before(1), "between" | "zwischen" | "entre")
        || matches!(before(1), "and" | "und" | "et" | "y")
            && (2..6).any(|back| matches!(before(back), "between" | "zwischen" | "entre"))
            && (2..5).any(|back| {
                start.checked_sub(back).is_some_and(|at| passage.ranks.iter().any(|rank| rank.tokens.contains(&at)))
            });
    if between {
        return true;
    }
    // "Some said high, some said low."
    let voice = matches!(before(1), "said" | "say" | "voted" | "suggested")
        && matches!(before(2), "some" | "others" | "many" | "few" | "two" | "three" | "one" | "several" | "half");
    if threshold || voice {
        return true;
    }
    SUPERSEDED.iter().any(|phrase| (0..phrase.len()).all(|at| word(end + at) == phrase[at]))
        || rank.start.checked_sub(1).filter(from).is_some()
}

/// "(low / medium / high / very high)": the scale itself, three words of it and more with nothing but signs between.
pub(super) fn is_of_scale(passage: &Passage<'_>, sentence: usize, rank: &Range<usize>) -> bool {
    let tokens = &passage.sentences[sentence].tokens;
    let joins = |range: Range<usize>| {
        range.len() <= 2
            && range.clone().all(|at| {
                matches!(passage.tokens[at].sign(), Some('/' | ',' | '|' | '<' | '-' | '–'))
                    || matches!(&*passage.tokens[at].lower, "or" | "oder" | "ou" | "o" | "and")
            })
    };
    let at = passage.ranks.partition_point(|other| other.tokens.start < rank.start);
    let near = |other: &Rank| tokens.contains(&other.tokens.start);
    let mut first = at;
    while first > 0
        && near(&passage.ranks[first - 1])
        && joins(passage.ranks[first - 1].tokens.end..passage.ranks[first].tokens.start)
    {
        first -= 1;
    }
    let mut last = at;
    while passage
        .ranks
        .get(last + 1)
        .is_some_and(|next| near(next) && joins(passage.ranks[last].tokens.end..next.tokens.start))
    {
        last += 1;
    }
    last - first >= 2
}

/// Whether another word of the scale stands in the same clause, or in one that continues it.
pub(super) fn several(passage: &Passage<'_>, sentence: usize, ranks: &[&Rank], rank: &Rank) -> bool {
    let clause = |rank: &Rank| passage.clause_of(sentence, rank.tokens.start);
    let own = clause(rank);
    let parted = |other: &Rank| {
        let there = clause(other);
        there != own
            && passage.sentences[sentence]
                .clauses
                .get(there.max(own))
                .is_some_and(|clause| passage.has_verb(&clause.tokens))
    };
    ranks.iter().any(|other| other.name != rank.name && !parted(other))
}

/// "Failures with high severity are paged": failures of one sort, and not the failure of the service.
pub(super) fn is_sort(passage: &Passage<'_>, rank: &Range<usize>) -> bool {
    let word = |back: usize| {
        rank.start.checked_sub(back).and_then(|at| passage.tokens.get(at)).map_or("", |token| token.lower.as_ref())
    };
    matches!(word(1), "with" | "of")
        && matches!(
            word(2),
            "failures"
                | "outages"
                | "incidents"
                | "errors"
                | "bugs"
                | "defects"
                | "alerts"
                | "findings"
                | "tickets"
                | "changes"
        )
}

/// "Failure rate", "error budget", "the probability of a failure": how often, not how bad.
pub(super) fn is_share(passage: &Passage<'_>, failure: &Range<usize>) -> bool {
    let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
    matches!(word(failure.end), "rate" | "rates" | "budget" | "probability" | "mode" | "modes" | "count" | "counts")
}
