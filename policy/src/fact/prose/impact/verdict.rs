//! Whether a rating counts.

use super::super::super::Why;
use super::super::Verdict;
use super::super::cue::Class;
use super::super::label;
use super::super::owner;
use super::super::passage::{Passage, stem};
use super::super::thing;
use std::ops::Range;

pub(super) fn verdict(passage: &Passage<'_>, sentence: usize, rank: &Range<usize>, several: bool) -> Verdict {
    let say = |why: Why, cue: &Range<usize>| Verdict::unclear(why.with(passage.words(cue)));
    if passage.sentences[sentence].question {
        return Verdict::unclear(Why::Question.plain());
    }
    if passage.has_hole(sentence) {
        return Verdict::unclear(Why::HoleRating.plain());
    }
    if passage.context.quoted || passage.in_quotes(rank.start) {
        return Verdict::unclear(Why::InQuotes.plain());
    }
    // "Risk: the team loses its people. Impact: high."
    let risk = passage.label_of(0).filter(|_| sentence > 0).and_then(|label| passage.first(&label, Class::Risk));
    if let Some(cue) = risk.filter(|_| !names_failure_impact(passage, sentence)) {
        return say(Why::RatesRisk, &cue.tokens);
    }
    // "Failure impact: not rated. A waiter called it high."
    let unrated = sentence
        .checked_sub(1)
        .and_then(|before| passage.in_sentence(before, Class::Negated))
        .filter(|cue| passage.words(&cue.tokens).to_lowercase().contains("rat"));
    if let Some(cue) = unrated {
        return say(Why::Denied, &cue.tokens);
    }
    let roles = passage.context.roles;
    for (class, what) in [
        (Class::Example, Why::Guide),
        (Class::Risk, Why::RatesRisk),
        (Class::Rejected, Why::NotTaken),
        (Class::Perhaps, Why::Discussed),
        (Class::Old, Why::UnderBefore),
        (Class::Other, Why::UnderOther),
    ] {
        let named = class == Class::Risk && names_failure_impact(passage, sentence);
        if roles.has(class) && !named {
            return Verdict::unclear(what.with(&passage.context.heading));
        }
    }
    let clause = passage.clause_of(sentence, rank.start);
    let reach = passage.scope(sentence, clause).ranges;
    // "Impact if it fails: low, nobody notices": what follows the rating behind its label does not say whose it is.
    let labelled = label::parted(passage, sentence).is_some_and(|(_, value)| value == rank.start)
        && (rank.end >= passage.sentences[sentence].tokens.end
            || passage.tokens.get(rank.end).is_none_or(|next| next.sign().is_some()));
    let other = of_other(passage, sentence).or_else(|| owner::theirs(passage, &reach, rank.start));
    if let Some(other) = other.filter(|other| !labelled || other.start < rank.end) {
        return say(Why::Other, &other);
    }
    if let Some(words) = owner::disowned(passage, sentence, rank.end).filter(|_| !labelled) {
        return say(Why::Other, &words);
    }
    // "The planner is rated very high. None of this is inherited by the viewer."
    let next = passage
        .in_sentence(sentence + 1, Class::Cancel)
        .filter(|_| passage.points_back(sentence + 1) && passage.sentences[sentence + 1].tokens.len() <= 40);
    if let Some(cue) = next.filter(|cue| {
        let opening = passage.sentences[sentence + 1].tokens.start;
        cue.tokens.start <= opening + 3
    }) {
        return say(Why::TakenBack, &cue.tokens);
    }
    if let Some(apart) = not_ours(passage, sentence, rank) {
        return say(Why::Other, &apart);
    }
    if let Some(named) = owner::goes_on_about(passage, sentence) {
        return say(Why::Before, &named);
    }
    if let Some(whose) = of_their_thing(passage, sentence, rank) {
        return say(Why::Other, &whose);
    }
    if let Some(cue) = of_one_outage(passage, sentence, rank) {
        return Verdict::unclear(Why::Past.with(passage.words(&cue)));
    }
    if rated_anew(passage, sentence, rank) {
        return Verdict::unclear(Why::SetAnew.plain());
    }
    let within =
        |class: Class| reach.iter().find_map(|range| passage.first(range, class)).map(|cue| cue.tokens.clone());
    for (class, what) in [
        (Class::Example, Why::Example),
        (Class::Rejected, Why::NotTaken),
        (Class::Cancel, Why::TakenBack),
        (Class::Old, Why::Before),
        (Class::Other, Why::Other),
        (Class::Negated, Why::Denied),
        (Class::Perhaps, Why::ImaginedOrWished),
        (Class::Later, Why::PutOff),
        (Class::Risk, Why::RatesElse),
    ] {
        // "Risk management put the impact of an outage at severe": who rates is not what is rated.
        let far = |cue: &Range<usize>| {
            class == Class::Risk
                && rank.start.saturating_sub(cue.end) > 6
                && passage.first(&(cue.end..rank.start), Class::Impact).is_some()
                && passage.first(&(cue.end..rank.start), Class::Failure).is_some()
        };
        // "An outage costs us some tickets: low impact": what is told before the colon is what fails.
        let apart = |cue: &Range<usize>| {
            class == Class::Risk
                && cue.end <= rank.start
                && passage.first(&reach_start(&reach, cue), Class::Failure).is_some()
                && passage.tokens[cue.end..rank.start].iter().any(|token| matches!(token.sign(), Some(':' | ';' | '—')))
        };
        // "… as moderate: bills can be estimated": what is told behind the rating.
        let minds = |cue: &Range<usize>| class == Class::Negated && passage.words(cue).to_lowercase().contains(" mind");
        // "What a failure would cost the bank": what a failure does, is told in that mood.
        let would = |cue: &Range<usize>| {
            class == Class::Perhaps
                && rank.start.saturating_sub(cue.end) > 3
                && matches!(&*passage.words(cue).to_lowercase(), "would" | "could" | "might" | "would be")
                && passage.first(&(cue.start.saturating_sub(7)..cue.start), Class::Failure).is_some()
        };
        // "Has been discussed and put at low": what was discussed was settled.
        let settled = |cue: &Range<usize>| {
            class == Class::Perhaps
                && passage.words(cue).to_lowercase().contains("discussed")
                && passage.first(&(cue.end..rank.start.max(cue.end)), Class::Rating).is_some()
        };
        // "Low failure impact: people ask their neighbour": who is named further behind is not rated.
        let aside = |cue: &Range<usize>| {
            matches!(class, Class::Other | Class::Old) && cue.start > rank.end + 4
                || labelled && class == Class::Other && cue.start > rank.end
                // "We call that high": no service that is called.
                || class == Class::Other && passage.words(cue).to_lowercase().starts_with("we call")
        };
        // "If it dies, the match is void; that we call severe": what happens then.
        let follows = |cue: &Range<usize>| {
            class == Class::Cancel && cue.end <= rank.start && passage.clause_of(sentence, cue.start) != clause
                || matches!(class, Class::Cancel | Class::Later | Class::Negated) && passage.tells_apart(rank.end, cue)
        };
        // "Severity if it fails to fire: low": what fails is no denial.
        let fails = |cue: &Range<usize>| {
            let words = passage.words(cue).to_lowercase();
            class == Class::Negated && cue.end < rank.start && (words.starts_with("fail") || words.starts_with("miss"))
        };
        // "What if it fails: high": the label asks, and the rating answers.
        let asks = |cue: &Range<usize>| {
            labelled && class == Class::Perhaps && passage.words(cue).to_lowercase().starts_with("what if")
        };
        let behind = |cue: &Range<usize>| {
            fails(cue)
                || asks(cue)
                || minds(cue)
                || follows(cue)
                || settled(cue)
                || would(cue)
                || aside(cue)
                || class == Class::Perhaps
                    && (cue.start > rank.end + 1 || passage.clause_of(sentence, cue.start) != clause)
        };
        if let Some(cue) = within(class).filter(|cue| !far(cue) && !apart(cue) && !behind(cue)) {
            return say(what, &cue);
        }
    }
    let pasts = reach.iter().flat_map(|range| range.clone()).filter(|at| {
        // "There was no debate about it: very high."
        let idiom = passage.tokens.get(at + 1).is_some_and(|next| next.is("no"))
            && at.checked_sub(1).is_some_and(|before| passage.tokens[before].is("there"));
        !idiom
    });
    let past = pasts.map(|at| &passage.tokens[at]).any(|token| {
        matches!(&*token.lower, "was" | "were" | "war" | "waren" | "wurde" | "était" | "era" | "fue" | "had")
    });
    // "The effects were assessed and were rated as severe": who rated did so once, and it holds.
    let rated = rank.start.saturating_sub(14).max(passage.sentences[sentence].tokens.start)..rank.start;
    let rated = passage.cues_in(&rated).filter(|cue| cue.class == Class::Rating).any(|cue| {
        let words = passage.words(&cue.tokens).to_lowercase();
        words.split([' ', '\n']).any(|word| word.ends_with("ed"))
            || words.ends_with(" was")
            || words.ends_with("put the")
            || words.ends_with("eingestuft")
            || words.ends_with("bewertet")
    });
    let incident = reach
        .iter()
        .flat_map(|range| &passage.tokens[range.clone()])
        .any(|token| token.is("incident") || token.is("incidents"));
    // "When it was a stored procedure, a failure was rated …", "the old one, whose impact was rated …".
    let opening = passage.tokens[passage.sentences[sentence].tokens.start].lower.as_ref();
    let told = matches!(opening, "when" | "while" | "as" | "before" | "until" | "as long as" | "als")
        || passage.in_sentence(sentence, Class::Old).is_some()
        || reach.iter().any(|range| {
            passage.tokens[range.clone()].iter().any(|token| matches!(&*token.lower, "which" | "whose" | "who"))
        });
    // "It had a budget of 6 GB. Failure impact was rated very high.": told of the same as the sentence before.
    let goes_on = past && passage.in_sentence(sentence, Class::Ours).is_none() && goes_on_about_past(passage, sentence);
    if goes_on {
        return Verdict::unclear(Why::Past.plain());
    }
    if let Some(words) = told_of_gone(passage, sentence, rank) {
        return Verdict::unclear(Why::Past.with(passage.words(&words)));
    }
    if past && within(Class::Decide).is_none() && (!rated || incident || told) {
        return Verdict::unclear(Why::Past.plain());
    }
    let not = rank.start.saturating_sub(3)..rank.start;
    if passage.tokens[not].iter().any(|token| {
        matches!(&*token.lower, "not" | "no" | "never" | "nicht" | "pas" | "isn't" | "hardly" | "neither" | "nor")
    }) {
        return Verdict::unclear(Why::Denied.plain());
    }
    if several {
        return Verdict::unclear(Why::Several.plain());
    }
    Verdict::stated("a rating of what a failure does".to_owned())
}

/// Whether the sentences before, as far as they go on with a pronoun, tell of what was: "the previous one lived in 4 GB.
/// It was promised 2 s."
fn goes_on_about_past(passage: &Passage<'_>, sentence: usize) -> bool {
    let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
    for before in (sentence.saturating_sub(4)..sentence).rev() {
        let start = passage.sentences[before].tokens.start;
        if passage.first(&(start..start + 9), Class::Old).is_some() {
            return true;
        }
        let pronoun = matches!(word(start), "it" | "they" | "er" | "sie" | "es" | "il" | "elle")
            && passage.first(&(start + 1..start + 3), Class::Past).is_some();
        if !pronoun || passage.sentences[before].classes.has(Class::Ours) {
            return false;
        }
        let settled =
            [Class::Must, Class::Decide].into_iter().any(|class| passage.sentences[before].classes.has(class));
        if !settled || word(start + 1) == "had" {
            return true;
        }
    }
    false
}

/// "The key store came out with very high; our page was not on the list": a clause behind it that sets ours apart.
fn not_ours(passage: &Passage<'_>, sentence: usize, rank: &Range<usize>) -> Option<Range<usize>> {
    let tokens = &passage.sentences[sentence].tokens;
    let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
    let is_our = |at: usize| matches!(word(at), "our" | "ours" | "unser" | "unsere" | "notre" | "nuestro" | "nuestra");
    let stop = (rank.end..tokens.end).find(|at| matches!(passage.tokens[*at].sign(), Some(';' | ',')))?;
    let our = (stop + 1..(stop + 4).min(tokens.end)).find(|at| is_our(*at))?;
    let denied = (our..(our + 6).min(tokens.end))
        .any(|at| matches!(word(at), "not" | "no" | "never" | "nicht" | "kein" | "pas" | "none"));
    let own = (tokens.start..rank.start).any(|at| is_our(at) || passage.topic.own.contains(stem(word(at))));
    (denied && !own).then_some(our..our + 1)
}

/// "The bank rates an outage of its portal as critical": somebody else's thing, as its owner rates it.
fn of_their_thing(passage: &Passage<'_>, sentence: usize, rank: &Range<usize>) -> Option<Range<usize>> {
    let tokens = &passage.sentences[sentence].tokens;
    let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
    let owner = passage
        .cues_in(&(tokens.start..tokens.start + 4))
        .find(|cue| matches!(cue.class, Class::Outsider | Class::Other))?;
    passage.cues_in(&(owner.tokens.end..rank.start)).filter(|cue| cue.class == Class::Failure).find_map(|cue| {
        let of = cue.tokens.end + usize::from(matches!(word(cue.tokens.end), "of" | "de" | "von"));
        let whose = matches!(
            word(of),
            "their" | "its" | "ihres" | "ihrer" | "seines" | "seiner" | "leur" | "son" | "sa" | "su"
        );
        let noun = word(of + 1);
        let own = passage.topic.own.contains(stem(noun)) || thing::is_listed(noun);
        (whose && !own).then_some(of..of + 2)
    })
}

/// "We were told you were of very high impact", "you were rated high": what was said once, of something that is gone or
/// is spoken to as if it were.
fn told_of_gone(passage: &Passage<'_>, sentence: usize, rank: &Range<usize>) -> Option<Range<usize>> {
    let tokens = passage.sentences[sentence].tokens.start..rank.start;
    let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
    let past = |at: usize| matches!(word(at), "was" | "were" | "had" | "war" | "waren" | "était" | "era");
    let told = tokens.clone().find(|at| {
        matches!(word(*at), "told" | "assured" | "warned" | "sold" | "taught")
            && at.checked_sub(1).is_some_and(|before| matches!(word(before), "were" | "was" | "been"))
    });
    if let Some(told) = told.filter(|told| (told + 1..rank.start).any(past)) {
        return Some(told..told + 1);
    }
    tokens.clone().find(|at| word(*at) == "you" && past(at + 1)).map(|at| at..at + 2)
}

/// "Severity of the last outage: high", "the impact of the March incident was high": a single failure.
fn of_one_outage(passage: &Passage<'_>, sentence: usize, rank: &Range<usize>) -> Option<Range<usize>> {
    const ONE: &[&str] = &[
        "last",
        "latest",
        "recent",
        "previous",
        "yesterday's",
        "letzten",
        "letzte",
        "dernière",
        "dernier",
        "última",
        "último",
    ];
    let tokens = &passage.sentences[sentence].tokens;
    passage.cues_in(&(tokens.start..rank.start)).filter(|cue| cue.class == Class::Failure).find_map(|cue| {
        let before = cue.tokens.start.checked_sub(1).filter(|at| *at >= tokens.start)?;
        let one = passage.tokens.get(before).is_some_and(|token| ONE.contains(&&*token.lower));
        one.then_some(before..cue.tokens.end)
    })
}

/// "In 2021 we rated it as high. Since the fallback exists we rate it as medium": a rating of its day, and a later one.
fn rated_anew(passage: &Passage<'_>, sentence: usize, rank: &Range<usize>) -> bool {
    let word = |at: usize| passage.tokens.get(at).map_or("", |token| token.lower.as_ref());
    let tokens = &passage.sentences[sentence].tokens;
    let year = |at: usize| {
        let text = passage.tokens.get(at).map_or("", |token| token.text);
        text.len() == 4
            && (text.starts_with("19") || text.starts_with("20"))
            && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let dated = (tokens.start..(tokens.start + 4).min(tokens.end)).any(|at| {
        matches!(word(at), "in" | "im" | "en" | "until" | "before") && (at + 1..at + 4).any(year)
            || matches!(
                word(at),
                "adr" | "record" | "rfc" | "once" | "originally" | "initially" | "ursprünglich" | "früher"
            )
            || matches!(
                (word(at), word(at + 1)),
                ("at", "first") | ("years" | "year" | "months", "ago") | ("back", "then")
            )
    });
    let own = passage.ranks.iter().find(|other| other.tokens == *rank).map(|other| other.name);
    let until =
        passage.sentences.get((sentence + 3).min(passage.sentences.len()) - 1).map_or(0, |last| last.tokens.end);
    dated
        && passage.ranks.iter().any(|other| {
            (tokens.end..until).contains(&other.tokens.start)
                && Some(other.name) != own
                && passage.first(&(tokens.end..other.tokens.start), Class::Rating).is_some()
        })
}

/// From the start of the clause in which a cue stands to the cue.
fn reach_start(reach: &[Range<usize>], cue: &Range<usize>) -> Range<usize> {
    let own = reach.iter().find(|range| range.contains(&cue.start));
    own.map_or(cue.start, |range| range.start)..cue.start
}

/// Whether a sentence says "failure impact", or "impact of an outage": under a heading for risks, too, it is what it says.
fn names_failure_impact(passage: &Passage<'_>, sentence: usize) -> bool {
    let tokens = &passage.sentences[sentence].tokens;
    passage.cues_in(tokens).filter(|cue| cue.class == Class::Impact).any(|cue| {
        let near = cue.tokens.start.saturating_sub(1)..(cue.tokens.end + 4).min(tokens.end);
        passage.first(&near, Class::Failure).is_some()
    })
}

/// What the title only tells of, or gives up, where the sentence or the one that it continues speaks of that.
fn of_other(passage: &Passage<'_>, sentence: usize) -> Option<Range<usize>> {
    if passage.all_given_up(sentence).is_some() {
        let start = passage.sentences[sentence].tokens.start;
        return Some(start..start + 1);
    }
    let told = |range: &Range<usize>| passage.told_of(range).or_else(|| passage.given_up(range));
    let tokens = &passage.sentences[sentence].tokens;
    let goes_on = passage.tokens.get(tokens.start).is_some_and(|first| {
        matches!(
            &*first.lower,
            "its" | "their" | "it" | "they" | "sein" | "seine" | "ihr" | "ihre" | "son" | "sa" | "su"
        )
    });
    told(tokens).or_else(|| {
        let before = passage.sentences.get(sentence.checked_sub(1).filter(|_| goes_on)?)?;
        let opening = before.tokens.start..(before.tokens.start + 9).min(before.tokens.end);
        let old = passage.first(&opening, Class::Old).map(|cue| cue.tokens.clone());
        // "Theirs must stay below 2 GB. They rate a failure of it as high."
        let theirs = || {
            let token = passage.tokens.get(opening.start)?;
            matches!(&*token.lower, "theirs" | "their").then(|| opening.start..opening.start + 1)
        };
        old.or_else(|| told(&opening)).or_else(theirs)
    })
}
