//! Lines that lead to what is planned with: "Numbers we plan with:", "Planning figures:".

use super::super::super::prose::cue::{self, Class, Classes};
use super::super::super::token::lex;
use super::Topic;

/// Whether the figures under a leading line are those that somebody plans with, and neither measured nor another's.
pub(super) fn leads(text: &str, said: &Classes, topic: &Topic<'_>) -> bool {
    const TOLD: &[Class] = &[
        Class::Measure,
        Class::Past,
        Class::Old,
        Class::Other,
        Class::Perhaps,
        Class::Rejected,
        Class::Later,
        Class::Negated,
        Class::Example,
    ];
    const FIGURES: &[&str] =
        &["figures", "numbers", "load", "traffic", "volume", "volumes", "values", "zahlen", "chiffres", "cifras"];
    let tokens = lex(text);
    if TOLD.iter().any(|class| said.has(*class)) {
        return false;
    }
    let cues = cue::scan(&tokens, topic.speech);
    let told = cues.iter().any(|cue| TOLD.contains(&cue.class));
    let plans = cues.iter().any(|cue| cue.class == Class::Expect)
        || tokens.windows(2).any(|pair| {
            matches!(&*pair[0].lower, "planning" | "plan" | "planned" | "design" | "sizing")
                && FIGURES.contains(&&*pair[1].lower)
        });
    plans && !told
}
