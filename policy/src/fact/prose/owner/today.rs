//! The system that does the work so far, named in one sentence and spoken of in the next: "letters are sent by a host batch
//! today. It may use 8 GB"; and what other people built: "colleagues in Lyon rewrote their scheduler. It has to …".

use super::super::cue::Class;
use super::super::passage::Passage;
use super::{is_own, word};
use std::ops::Range;

/// Words for the time in which the document is written.
const TODAY: &[&str] = &[
    "today",
    "currently",
    "presently",
    "heute",
    "derzeit",
    "aktuell",
    "momentan",
    "bislang",
    "aujourd'hui",
    "aujourd",
    "actuellement",
    "hoy",
    "actualmente",
];

/// Articles of what is named for the first time.
const INDEFINITE: &[&str] = &["a", "an", "ein", "eine", "einem", "einer", "einen", "un", "une", "una"];

/// People who run something of their own.
const PEOPLE: &[&str] = &[
    "colleagues",
    "friends",
    "peers",
    "neighbours",
    "kollegen",
    "nachbarn",
    "collègues",
    "voisins",
    "colegas",
    "vecinos",
];

/// Pronouns that go on about what was named last.
const PRONOUNS: &[&str] = &[
    "it", "its", "they", "their", "er", "sie", "es", "sein", "seine", "seiner", "ihr", "ihre", "il", "elle", "son",
    "sa", "ses", "su", "sus",
];

/// Words that do so with a noun behind them.
const POINTERS: &[&str] =
    &["that", "this", "dieser", "diese", "dieses", "ce", "cet", "cette", "ese", "esa", "este", "esta"];

/// The words of a sentence before that name the system which a sentence goes on to speak of.
pub(crate) fn goes_on_about(passage: &Passage<'_>, sentence: usize) -> Option<Range<usize>> {
    let goes_on = |sentence: usize| {
        let tokens = &passage.sentences[sentence].tokens;
        let noun = passage.tokens.get(tokens.start + 1).is_some_and(|next| next.is_word() && next.lower.len() > 4);
        PRONOUNS.contains(&word(passage, tokens.start))
            || POINTERS.contains(&word(passage, tokens.start)) && noun && !is_own(passage, tokens.start + 1)
    };
    let ours = |sentence: usize| {
        let tokens = passage.sentences[sentence].tokens.clone();
        tokens.clone().any(|at| {
            matches!(word(passage, at), "new" | "neue" | "neuer" | "nouveau" | "nouvelle" | "nuevo" | "nueva")
        })
    };
    for before in (sentence.saturating_sub(3)..sentence).rev() {
        if !goes_on(before + 1) || ours(before + 1) {
            return None;
        }
        let named = so_far(passage, before).or_else(|| of_people(passage, before)).or_else(|| run_by(passage, before));
        if let Some(named) = named {
            return Some(named);
        }
    }
    None
}

/// "Letters are sent by a host batch today": who does the work so far, without a figure or a limit.
fn so_far(passage: &Passage<'_>, sentence: usize) -> Option<Range<usize>> {
    let own = &passage.sentences[sentence];
    let today = own.tokens.clone().find(|at| TODAY.contains(&word(passage, *at)))?;
    let named = own
        .tokens
        .clone()
        .any(|at| INDEFINITE.contains(&word(passage, at)) || passage.first(&(at..at + 1), Class::Old).is_some());
    let firm =
        [Class::Must, Class::Limit, Class::Decide, Class::Chosen].into_iter().any(|class| own.classes.has(class));
    let begins = own.tokens.clone().take(4).any(|at| matches!(word(passage, at), "we" | "wir" | "nous"));
    (named && !firm && !begins && !own.question && passage.quantities_of(sentence).is_empty())
        .then_some(today..today + 1)
}

/// "The login service is operated by Identity": who runs it, where that is not us.
fn run_by(passage: &Passage<'_>, sentence: usize) -> Option<Range<usize>> {
    let tokens = &passage.sentences[sentence].tokens;
    let verb = (tokens.start + 2..tokens.end).take(10).find(|at| {
        matches!(
            word(passage, *at),
            "operated"
                | "run"
                | "owned"
                | "maintained"
                | "provided"
                | "hosted"
                | "managed"
                | "betrieben"
                | "exploité"
                | "exploitée"
                | "operado"
                | "operada"
                | "gestionado"
        )
    })?;
    let passive = (verb.saturating_sub(2)..verb)
        .any(|at| matches!(word(passage, at), "is" | "are" | "wird" | "werden" | "est" | "es"));
    let by = (verb.saturating_sub(3)..verb + 2)
        .find(|at| matches!(word(passage, *at), "by" | "vom" | "von" | "par" | "por"))?;
    let whom =
        by + 1 + usize::from(matches!(word(passage, by + 1), "the" | "our" | "der" | "dem" | "la" | "le" | "l" | "el"));
    let ours = is_own(passage, whom)
        || matches!(
            word(passage, whom),
            "us" | "uns" | "nous" | "nosotros" | "systemd" | "cron" | "kubernetes" | "hand"
        )
        || matches!(word(passage, by + 1), "our" | "this");
    let name = passage.tokens.get(whom).is_some_and(|token| token.is_word());
    (passive && name && !ours).then_some(verb..whom + 1)
}

/// "Our colleagues in Lyon rewrote their scheduler."
fn of_people(passage: &Passage<'_>, sentence: usize) -> Option<Range<usize>> {
    let tokens = &passage.sentences[sentence].tokens;
    let people = (tokens.start..(tokens.start + 3).min(tokens.end)).find(|at| PEOPLE.contains(&word(passage, *at)))?;
    let placed = matches!(word(passage, people + 1), "in" | "at" | "of" | "from" | "aus" | "à" | "de" | "en" | "next");
    let theirs = (people..tokens.end).any(|at| matches!(word(passage, at), "their" | "ihren" | "ihre" | "leur" | "su"));
    (placed && theirs).then_some(people..people + 1)
}
