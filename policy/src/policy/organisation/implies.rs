//! Whether what one page asks for is at least what another one asks for. What cannot be told is not.

use crate::policy::compare::holds;
use crate::policy::{Comparison, FactType, Op, Page, Requirement, Requires};

/// Whether everything that meets `narrow` meets `wide`. Both are of `page`.
pub fn requires(narrow: &Requires, wide: &Requires, page: &Page) -> bool {
    let one = |narrow: &Requirement, wide: &Requirement| requirement(narrow, wide, page);
    // Something that must be stated in any case, or each of the ways to meet `any`.
    let gives = |wanted: &dyn Fn(&Requirement) -> bool| {
        narrow.all.iter().any(wanted) || (!narrow.any.is_empty() && narrow.any.iter().all(wanted))
    };
    let all = wide.all.iter().all(|wide| gives(&|narrow| one(narrow, wide)));
    let any = wide.any.is_empty() || gives(&|narrow| wide.any.iter().any(|wide| one(narrow, wide)));
    all && any
}

/// Whether every fact that meets `narrow` meets `wide`.
pub fn requirement(narrow: &Requirement, wide: &Requirement, page: &Page) -> bool {
    if narrow.fact != wide.fact {
        return false;
    }
    let Some(kind) = page.fact_type(&narrow.fact) else { return false };
    let met = |asked: &Comparison| narrow.comparisons.iter().any(|given| comparison(given, asked, &kind));
    wide.comparisons.iter().all(met) && percentile(narrow, wide)
}

fn comparison(narrow: &Comparison, wide: &Comparison, kind: &FactType) -> bool {
    if narrow == wide {
        return true;
    }
    let is_listed = |op| matches!(op, Op::OneOf | Op::NoneOf);
    match (narrow.op, wide.op) {
        (Op::NoneOf, Op::NoneOf) => wide.values.iter().all(|value| narrow.values.contains(value)),
        (Op::OneOf, Op::OneOf) => narrow.values.iter().all(|value| wide.values.contains(value)),
        // Of a list of names, `one-of` says that one of them is there, and nothing of the others.
        _ if kind.name() == "names" && (is_listed(narrow.op) || is_listed(wide.op)) => false,
        (Op::Equals | Op::OneOf, _) => narrow.values.iter().all(|value| holds(wide, value, kind) == Some(true)),
        _ if narrow.op.is_upper() && wide.op.is_upper() || narrow.op.is_lower() && wide.op.is_lower() => {
            let ends = narrow.values.first();
            let is_same = narrow.op == wide.op && ends.is_some() && narrow.values == wide.values;
            is_same || ends.is_some_and(|end| holds(wide, end, kind) == Some(true))
        }
        _ => false,
    }
}

/// The percentiles that a requirement takes: a lower and an upper end.
fn taken(requirement: &Requirement) -> Option<(f64, f64)> {
    let asked = requirement.percentile.as_ref()?.value;
    let has = |test: fn(Op) -> bool| requirement.comparisons.iter().any(|comparison| test(comparison.op));
    let is_exact = requirement.comparisons.iter().any(|comparison| comparison.op == Op::Equals);
    Some(match (is_exact || (has(Op::is_upper) && has(Op::is_lower)), has(Op::is_lower)) {
        (true, _) => (asked, asked),
        (false, true) => (0.0, asked),
        (false, false) => (asked, 100.0),
    })
}

fn percentile(narrow: &Requirement, wide: &Requirement) -> bool {
    match (taken(narrow), taken(wide)) {
        (_, None) => true,
        (None, Some(_)) => false,
        (Some((from, to)), Some((least, most))) => from >= least - 1e-9 && to <= most + 1e-9,
    }
}
