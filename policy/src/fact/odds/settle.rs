//! What the odds make of a reading. All odds are logarithms in hundredths, as the weights are.
//!
//! The bounds are those that were best on some hundreds of documents that neither the grammar nor the weights had seen.

use super::super::{Because, Fact, Origin, Standing, Why};
use super::Signs;
use super::weight::Speaks;

/// Below, a figure in a sentence that reads as a limit is none.
const DOUBTED: i32 = -100;
/// The same for a labelled one, which says itself what it is.
const LABEL_DOUBTED: i32 = -150;
/// Above, the limit of a time is one of a start.
const START: i32 = 100;
/// Below, what was read as a start is an answer.
const ANSWER: i32 = -200;

/// Weighs a reading against the odds. `explain`: whether to say what was weighed.
pub(super) fn settle(fact: &mut Fact, odds: i32, signs: &Signs<'_, '_>, explain: bool) {
    let doubted = if fact.origin == Origin::Labelled { LABEL_DOUBTED } else { DOUBTED };
    match fact.standing {
        Standing::Stated if odds < doubted => {
            fact.standing = Standing::Unclear;
            fact.because = Some(said(Why::Odds, &signs.telling(Speaks::Against)));
        }
        Standing::Unclear if is_outweighed(fact, odds) => {
            fact.standing = Standing::Stated;
            fact.because = Some(because(signs));
        }
        _ => {}
    }
    if explain && !fact.reasons.is_empty() {
        fact.reasons.push(explained(odds, signs));
    }
    if fact.standing == Standing::Stated && fact.origin == Origin::Prose {
        settle_start(fact, signs);
    }
}

/// Which of the two times a limit is for, where the words around it say so clearly.
fn settle_start(fact: &mut Fact, signs: &Signs<'_, '_>) {
    match &*fact.kind {
        "latency-target" if signs.odds_of_start() > START => {
            fact.kind = "startup-time".into();
            fact.percentile = None;
        }
        "startup-time" if signs.odds_of_start() < ANSWER => fact.kind = "latency-target".into(),
        _ => {}
    }
}

/// Whether a figure may turn out to be a limit by the words around it, by those of its own block: what stands further off
/// is looked for only then.
pub(super) fn may_be_sure(within: i32) -> bool {
    within > 0
}

/// The reason of a figure that counts by the words around it.
pub(super) fn because(signs: &Signs<'_, '_>) -> Because {
    let words = signs.telling(Speaks::For);
    let colon = if words.is_empty() { "" } else { ": " };
    format!("the words around it are those of limits{colon}{words}").into()
}

fn said(why: Why, words: &str) -> Because {
    if words.is_empty() { why.plain() } else { why.list(words) }
}

/// The odds in words: "14 to 1 for a limit, by the words around it: "must"; against it: "prototype"".
fn explained(odds: i32, signs: &Signs<'_, '_>) -> String {
    let ratio = (f64::from(odds.abs()) / 100.0).exp().min(1e6);
    let ratio = if ratio < 10.0 { format!("{ratio:.1}") } else { format!("{ratio:.0}") };
    let side = if odds < 0 { "against" } else { "for" };
    let words = |speaks, label: &str| {
        let words = signs.telling(speaks);
        if words.is_empty() { String::new() } else { format!("; {label} {words}") }
    };
    let (for_it, against_it) = (words(Speaks::For, "for one"), words(Speaks::Against, "against one"));
    format!("by the words around it, {ratio} to 1 {side} a limit{for_it}{against_it}")
}

/// Whether the words around a reading outweigh the reason against it.
fn is_outweighed(fact: &Fact, odds: i32) -> bool {
    let why = fact.because.as_ref().and_then(Because::why);
    fact.value.is_some() && why.and_then(outweighs).is_some_and(|least| odds > least)
}

/// From which odds on the words around a reading outweigh the reason against it; none where nothing does.
fn outweighs(why: Why) -> Option<i32> {
    match why {
        Why::Hole | Why::HoleRating | Why::Question | Why::Struck | Why::Quoted | Why::InQuotes | Why::Discussed => {
            None
        }
        Why::UnderBefore | Why::UnderOther | Why::Whole | Why::Example | Why::Denied | Why::Warning => None,
        Why::TwoAmounts | Why::LowerBound | Why::LimitBefore | Why::GivenUp | Why::SetAnew | Why::Odds => None,
        Why::AmongMeasured | Why::Guide | Why::ImaginedHere | Why::ImaginedOrEstimated | Why::ImaginedOrWished => {
            Some(200)
        }
        _ => Some(100),
    }
}
