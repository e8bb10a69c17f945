//! What a cell of a table says on its own.

use super::super::prose::cue::{self, Class, Classes, Cue};
use super::super::prose::label;
use super::super::prose::speech::Speech;
use super::super::token::{Token, lex};
use super::super::value::quantity::{self, Measure, Quantity, Style};
use super::super::value::rank::{self, Rank};
use super::super::value::{bound, number, percentile};
use crate::language;
use std::cell::OnceCell;

/// A cell. Its words and what they say are found once, however often the table asks.
pub(super) struct Cell<'a> {
    pub text: &'a str,
    tokens: OnceCell<Vec<Token<'a>>>,
    quantities: OnceCell<Vec<Quantity>>,
    /// The cues in English, and those in the language of the document.
    english: OnceCell<Vec<Cue>>,
    own: OnceCell<Vec<Cue>>,
}

impl<'a> Cell<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        Self {
            text,
            tokens: OnceCell::new(),
            quantities: OnceCell::new(),
            english: OnceCell::new(),
            own: OnceCell::new(),
        }
    }

    pub(super) fn tokens(&self) -> &[Token<'a>] {
        self.tokens.get_or_init(|| lex(self.text))
    }

    fn quantities(&self) -> &[Quantity] {
        self.quantities.get_or_init(|| quantity::scan(self.tokens(), Style::ENGLISH))
    }

    /// The cues in English, or in the one other language that the document is in.
    pub(super) fn cues(&self, speech: Speech) -> &[Cue] {
        let found = if speech == Speech::English { &self.english } else { &self.own };
        found.get_or_init(|| cue::scan(self.tokens(), speech))
    }

    fn ranks(&self) -> Vec<Rank> {
        rank::scan(self.tokens())
    }

    fn measures(&self, measure: Measure) -> bool {
        self.quantities().iter().any(|quantity| quantity.measure == measure)
    }
}

/// `1`, `R3`, `NFR-2`: a cell that counts its row.
pub(super) fn is_index(text: &str) -> bool {
    let digits =
        text.trim_start_matches(|letter: char| letter.is_ascii_uppercase() || matches!(letter, '-' | '#' | '.'));
    !digits.is_empty()
        && digits.len() <= 4
        && !text.starts_with('P')
        && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a cell names a fact, or a percentile.
pub(super) fn names_fact(cell: &Cell<'_>) -> bool {
    label::known(cell.text).is_some()
        || cell.tokens().len() <= 8 && (has_percentile(cell) || names_limit(cell) || speaks_of_failure(cell))
}

pub(super) fn has_percentile(cell: &Cell<'_>) -> bool {
    !percentile::scan(cell.tokens(), number::Marks::Unknown).is_empty()
}

/// Whether a cell speaks of memory, latency, a start or instances.
pub(super) fn names_limit(cell: &Cell<'_>) -> bool {
    cell.cues(Speech::English)
        .iter()
        .any(|cue| matches!(cue.class, Class::Memory | Class::Latency | Class::Startup | Class::Instances))
}

/// "At most 300 ms", "128 MB budget": a cell that says itself that it holds a limit.
pub(super) fn is_bounded(cell: &Cell<'_>) -> bool {
    cell.quantities().iter().any(|quantity| bound::is_upper(cell.tokens(), quantity.tokens.start))
        || cue::roles(cell.tokens()).has(Class::Limit)
}

/// Whether a cell rates a failure: "Failure impact: high".
pub(super) fn states_rating(cell: &Cell<'_>) -> bool {
    !cell.ranks().is_empty() && speaks_of_failure(cell)
}

/// Whether a cell may be a value on its own: "high", "4".
pub(super) fn is_short_value(cell: &Cell<'_>) -> bool {
    (1..=2).contains(&cell.tokens().len()) && holds_value(cell)
}

/// Whether a cell holds anything that may be a value: an amount, a count or a rating.
pub(super) fn holds_value(cell: &Cell<'_>) -> bool {
    !cell.quantities().is_empty() || !cell.ranks().is_empty()
}

/// Whether a cell is a value from its first words on: "high – orders stop", "4 pods", "p95 < 20 ms".
pub(super) fn opens_with_value(cell: &Cell<'_>) -> bool {
    let near = |start: usize| start <= 3;
    cell.quantities().first().is_some_and(|quantity| near(quantity.tokens.start))
        || cell.ranks().first().is_some_and(|rank| rank.tokens.start == 0)
}

/// "20 ms", "≤ 180 MB", "max. 2 s": a cell that holds a figure and no label.
pub(super) fn is_only_value(cell: &Cell<'_>) -> bool {
    let text = cell.text;
    let opens = text.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '≤' | '<' | '~'));
    (opens || text.to_lowercase().starts_with("max")) && cell.tokens().len() <= 5 && has_figure(cell)
}

/// Whether a cell speaks of a failure of the service: "What happens if it fails?"
pub(super) fn speaks_of_failure(cell: &Cell<'_>) -> bool {
    cell.cues(Speech::English).iter().any(|cue| cue.class == Class::Failure)
}

/// "Group controller (this ADR)": a row that says that it is the document's own.
pub(super) fn is_marked(text: &str) -> bool {
    const MARKS: &[&str] = &[
        "this adr",
        "this record",
        "this decision",
        "this service",
        "this rfc",
        "this document",
        "this one",
        "(ours)",
        "(us)",
        "our service",
        "dieser dienst",
        "diese entscheidung",
        "ce service",
        "este servicio",
    ];
    let lower = text.to_lowercase();
    MARKS.iter().any(|mark| lower.contains(mark))
}

pub(super) fn is_language(text: &str) -> bool {
    text.split(|letter: char| !letter.is_alphanumeric() && letter != '+' && letter != '#')
        .any(|word| language::find(&word.to_lowercase()).is_some())
}

/// Whether a cell holds a time, an amount of memory or a rate.
pub(super) fn has_figure(cell: &Cell<'_>) -> bool {
    [Measure::Bytes, Measure::Time, Measure::Rate].into_iter().any(|measure| cell.measures(measure))
}

/// `ms`, `GiB`, `req/s`: whether a cell is a unit and nothing else.
pub(super) fn is_unit(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 24
        && !text.contains(char::is_numeric)
        && has_figure(&Cell::of(&format!("1 {text}")))
}

/// `30`, `≤ 1,200`: whether a cell is a number that wants a unit.
pub(super) fn is_bare_number(cell: &Cell<'_>) -> bool {
    cell.text.contains(char::is_numeric) && cell.text.len() <= 24 && !has_figure(cell)
}

/// "Ceiling for the new pod", "p95 target": whether a label itself says that its value is a limit of time or memory.
pub(super) fn names_ceiling(label: &str, roles: Classes) -> bool {
    const CEILINGS: &[&str] = &[
        "ceiling",
        "cap",
        "limit",
        "budget",
        "target",
        "maximum",
        "allowance",
        "quota",
        "obergrenze",
        "grenze",
        "plafond",
        "limite",
        "tope",
        "límite",
    ];
    let first = |text: &str| {
        text.split(|sign: char| !sign.is_alphanumeric()).any(|word| CEILINGS.contains(&word.to_lowercase().as_str()))
    };
    roles.has(Class::Limit) && first(label)
}

/// "Auctioneer (another team)": a label that says in brackets that the row is somebody else's.
pub(super) fn is_of_others(label: &str) -> bool {
    const OTHERS: &[&str] = &[
        "other",
        "another",
        "others",
        "their",
        "theirs",
        "external",
        "externally",
        "vendor",
        "vendors",
        "partner",
        "partners",
        "supplier",
        "suppliers",
        "third",
        "upstream",
        "downstream",
        "bought",
        "rented",
        "hosted",
        "saas",
        "fremd",
        "fremde",
        "fremdes",
        "fremder",
        "fremden",
        "extern",
        "externe",
        "externer",
        "externes",
        "zugekauft",
        "anderes",
        "anderer",
        "andere",
        "autre",
        "externe",
        "fournisseur",
        "tiers",
        "otro",
        "otra",
        "externo",
        "externa",
        "proveedor",
        "tercero",
        "terceros",
    ];
    let Some((_, behind)) = label.split_once('(') else { return false };
    let inside = behind.split(')').next().unwrap_or_default();
    inside.split(|sign: char| !sign.is_alphabetic()).any(|word| OTHERS.contains(&word.to_lowercase().as_str()))
        || inside.to_lowercase().starts_with("not our")
}

/// What the state of a row says of its figures.
pub(super) fn state_class(state: &str, roles: Classes) -> Option<Class> {
    const AGREED: &[&str] = &["agreed", "accepted", "approved", "signed", "final", "binding", "must"];
    const OPEN: &[&str] = &["open", "proposed", "proposal", "tbd", "offen", "idea", "draft"];
    const GONE: &[&str] = &[
        "withdrawn",
        "cancelled",
        "canceled",
        "obsolete",
        "void",
        "refused",
        "superseded",
        "zurückgezogen",
        "gestrichen",
        "hinfällig",
        "retiré",
        "retirée",
        "annulé",
        "annulée",
        "retirado",
        "anulado",
        "cancelado",
    ];
    const PUT_OFF: &[&str] =
        &["postponed", "deferred", "parked", "vertagt", "verschoben", "reporté", "reportée", "aplazado", "aplazada"];
    let lower = state.to_lowercase();
    if GONE.contains(&lower.as_str()) {
        return Some(Class::Rejected);
    }
    if PUT_OFF.contains(&lower.as_str()) {
        return Some(Class::Later);
    }
    // "Measured": of what kind the figure is.
    let alone = lower.split(' ').nth(1).is_none();
    if alone && roles.has(Class::Measure) {
        Some(Class::Measure)
    } else if alone && roles.has(Class::Limit) {
        Some(Class::Limit)
    } else if roles.has(Class::Rejected) {
        Some(Class::Rejected)
    } else if AGREED.contains(&lower.as_str()) {
        Some(Class::Limit)
    } else if roles.has(Class::Later) || OPEN.contains(&lower.as_str()) {
        Some(Class::Later)
    } else {
        None
    }
}

/// Which words of a label would make a value one of another kind: "scans" makes 2 MB a size, and 30/s no other rate.
pub(super) fn other_kinds(value: &Cell<'_>) -> &'static [Class] {
    if value.measures(Measure::Rate) {
        &[Class::OtherRate]
    } else if value.measures(Measure::Time) {
        &[Class::OtherTime]
    } else {
        &[Class::OtherBytes, Class::OtherTime, Class::OtherRate]
    }
}

/// Whether a cell holds an amount of data.
pub(super) fn is_amount_of_data(cell: &Cell<'_>) -> bool {
    cell.measures(Measure::Bytes)
}

/// Whether a cell holds a rate.
pub(super) fn has_rate(cell: &Cell<'_>) -> bool {
    cell.measures(Measure::Rate)
}

/// `quote-engine`, `book`: the name of a service, as against "Platform A".
pub(super) fn is_service_name(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_' | b'.'))
}

/// The number of an option: `1` of "Option 1: on device".
pub(super) fn option_number(text: &str) -> Option<String> {
    let lower = text.trim().to_lowercase();
    let rest = ["option ", "variant ", "variante ", "opción "].iter().find_map(|word| lower.strip_prefix(word))?;
    let number: String = rest.chars().take_while(|sign| sign.is_alphanumeric()).collect();
    (1..=3).contains(&number.len()).then_some(number)
}
