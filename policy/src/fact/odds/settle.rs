//! What the odds make of a reading. All odds are logarithms in hundredths, as the weights are.
//!
//! The bounds are those that were best on some hundreds of documents that neither the grammar nor the weights had seen.

use super::super::{Because, Fact, Origin, Standing, Why, prose};
use super::Signs;
use super::weight::Speaks;

/// Below, a figure that reads as a limit is none.
const DOUBTED: i32 = -100;
/// The same where what makes it a limit is seldom mistaken: a comparator, a label, a rating, a plan.
const FIRM_DOUBTED: i32 = -150;
/// How such grounds begin.
const FIRM: [&str; 4] = [prose::UPPER, prose::LABELLED, "a rating", "a plan"];
/// Above, the limit of a time is one of a start.
const START: i32 = 100;
/// Below, what was read as a start is an answer.
const ANSWER: i32 = -200;

/// Weighs a reading against the odds. `explain`: whether to say what was weighed.
pub(super) fn settle(fact: &mut Fact, odds: i32, signs: &Signs<'_, '_>, explain: bool) {
    let ground = fact.because.as_deref().unwrap_or_default();
    let firm = fact.origin == Origin::Labelled || FIRM.iter().any(|firm| ground.starts_with(firm));
    let doubted = if firm { FIRM_DOUBTED } else { DOUBTED };
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

/// Whether the odds may make something else of a reading.
pub(super) fn may_change(fact: &Fact) -> bool {
    let why = || fact.because.as_ref().and_then(Because::why);
    fact.standing == Standing::Stated || fact.value.is_some() && why().and_then(outweighs).is_some()
}

/// Which of the two times a limit is for, where the words around it say so clearly.
pub(super) fn settle_start(fact: &mut Fact, signs: &Signs<'_, '_>) {
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

/// The odds in words: `by the words around it, 14 to 1 for a limit (for: "must"; against: "prototype")`.
fn explained(odds: i32, signs: &Signs<'_, '_>) -> String {
    let ratio = (f64::from(odds.abs()) / 100.0).exp();
    let ratio = match ratio {
        ratio if ratio < 10.0 => format!("{ratio:.1}"),
        ratio if ratio < 1000.0 => format!("{ratio:.0}"),
        _ => "more than 1,000".to_owned(),
    };
    let words = |speaks, side: &str| {
        let words = signs.telling(speaks);
        (!words.is_empty()).then(|| format!("{side}: {words}"))
    };
    let words = [words(Speaks::For, "for"), words(Speaks::Against, "against")];
    let words = words.into_iter().flatten().collect::<Vec<_>>().join("; ");
    let words = if words.is_empty() { words } else { format!(" ({words})") };
    format!("by the words around it, {ratio} to 1 {} a limit{words}", if odds < 0 { "against" } else { "for" })
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
        Why::AmongMeasured | Why::NoWord | Why::Guide => Some(200),
        Why::ImaginedHere | Why::ImaginedOrEstimated | Why::ImaginedOrWished => Some(200),
        _ => Some(100),
    }
}
