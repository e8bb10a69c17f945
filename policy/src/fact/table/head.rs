//! What the head of a column says on its own.

use super::cell::is_unit;
use super::verdict::asks_for_verdict;

/// Whether the head of the column of labels says that the rows are what could be used: "Library".
pub(super) fn lists_candidates(head: &str) -> bool {
    const KINDS: &[&str] = &[
        "library",
        "crate",
        "framework",
        "engine",
        "runtime",
        "language",
        "implementation",
        "candidate",
        "contender",
        "product",
        "tool",
        "database",
        "broker",
        "company",
        "companies",
        "firm",
        "firma",
        "competitor",
        "customer",
        "unternehmen",
        "entreprise",
        "société",
        "empresa",
        "machine type",
        "instance type",
        "flavour",
        "flavor",
        "sku",
        "node type",
        "machine",
        "board",
        "hardware",
        "vendor",
        "supplier",
        "provider",
        "contender",
        "stack",
        "option",
        "variant",
        "competitor",
        "maschinentyp",
        "anbieter",
        "hersteller",
        "fournisseur",
        "proveedor",
        "bibliothek",
        "sprache",
        "produkt",
        "langage",
        "bibliothèque",
        "lenguaje",
    ];
    KINDS.contains(&head.trim().to_lowercase().as_str())
}

/// "Version", "Time": the head of a column that tells points of time or states of the program, where it holds numbers.
pub(super) fn lists_runs(head: &str) -> bool {
    const HEADS: &[&str] = &[
        "version",
        "release",
        "timestamp",
        "time",
        "uhrzeit",
        "heure",
        "hora",
        "commit",
        "build",
        "attempt",
        "año",
        "year",
        "quarter",
        "jahr",
        "année",
    ];
    HEADS.contains(&head.trim().to_lowercase().as_str())
}

/// "vCPU", "USD/h": a column of what machines have and cost.
pub(super) fn heads_machines(head: &str) -> bool {
    const WORDS: &[&str] = &[
        "vcpu",
        "vcpus",
        "usd",
        "eur",
        "gbp",
        "price",
        "prices",
        "€/h",
        "$/h",
        "preis",
        "preise",
        "prix",
        "precio",
        "list price",
        "hourly",
        "boxes",
        "servers",
        "hosts",
        "racks",
        "monthly",
        "ghz",
        "sockets",
    ];
    let offers = ["per month", "per hour", "pro monat", "par mois", "al mes"].contains(&head.to_lowercase().as_str());
    offers
        || head
            .split(|sign: char| sign.is_whitespace() || matches!(sign, '/' | '(' | ')'))
            .any(|word| WORDS.contains(&word.to_lowercase().as_str()))
}

/// "When", "Date": a column of days.
pub(super) fn heads_dates(head: &str) -> bool {
    const HEADS: &[&str] = &[
        "when",
        "date",
        "day",
        "since",
        "week",
        "month",
        "meeting",
        "decided",
        "datum",
        "wann",
        "tag",
        "sitzung",
        "quand",
        "séance",
        "fecha",
        "cuándo",
        "sesión",
        "decided on",
    ];
    HEADS.contains(&head.trim().to_lowercase().as_str())
}

/// "Rating", "Einstufung": the head of a column of ratings.
pub(super) fn heads_ratings(head: &str) -> bool {
    const HEADS: &[&str] = &[
        "rating",
        "rated",
        "severity",
        "grade",
        "class",
        "how bad",
        "our rating",
        "we rate it",
        "rated as",
        "einstufung",
        "bewertung",
        "schwere",
        "cotation",
        "gravité",
        "note",
        "gravedad",
        "calificación",
    ];
    HEADS.contains(&head.trim().to_lowercase().as_str())
}

/// "Service": the head of a column of names of services.
pub(super) fn heads_services(head: &str) -> bool {
    const HEADS: &[&str] = &[
        "service",
        "component",
        "application",
        "app",
        "system",
        "process",
        "module",
        "dienst",
        "komponente",
        "servicio",
    ];
    HEADS.contains(&head.trim().to_lowercase().as_str())
}

/// Whether the head of the column of labels says that the rows are requirements; "Limit" heads those of any kind.
pub(super) fn names_requirements(head: &str) -> bool {
    const NAMES: &[&str] = &[
        "requirement",
        "requirements",
        "req",
        "nfr",
        "nfrs",
        "objective",
        "slo",
        "anforderung",
        "anforderungen",
        "exigence",
        "exigences",
        "requisito",
        "requisitos",
        "decision",
        "decisions",
        "constraint",
        "constraints",
        "clause",
        "clauses",
        "commitment",
        "commitments",
        "obligation",
        "obligations",
        "beschluss",
        "beschlüsse",
        "entscheidung",
        "vorgabe",
        "klausel",
        "décision",
        "engagement",
        "contrainte",
        "decisión",
        "acuerdo",
        "compromiso",
        "restricción",
    ];
    let head = head.to_lowercase();
    head.split(|letter: char| !letter.is_alphabetic()).any(|word| NAMES.contains(&word))
}

/// Whether a column holds the units of the figures in another one.
pub(super) fn heads_units(head: &str) -> bool {
    const HEADS: &[&str] = &[
        "unit",
        "units",
        "uom",
        "unit of measure",
        "in",
        "einheit",
        "einheiten",
        "unité",
        "unités",
        "unidad",
        "unidades",
    ];
    let head = head.trim().trim_end_matches('.').to_lowercase();
    HEADS.contains(&head.as_str())
}

/// The unit that the head of a column names: `ms` of "p99 (ms)", `MB` of "MB".
pub(super) fn unit_of_head(head: &str) -> Option<&str> {
    let head = head.trim();
    let inside = head.strip_suffix([')', ']']).and_then(|head| head.rfind(['(', '[']).map(|at| &head[at + 1..]));
    let behind = || head.rsplit_once(" in ").or_else(|| head.rsplit_once(", ")).map(|(_, unit)| unit);
    inside.or_else(behind).or(Some(head)).map(str::trim).filter(|unit| is_unit(unit))
}

/// Whether a column says how far each row has come: "Status"; or of what kind its figure is.
pub(super) fn heads_states(head: &str) -> bool {
    const HEADS: &[&str] = &[
        "status", "state", "stand", "état", "statut", "estado", "decision", "verdict", "kind", "nature", "basis",
        "outcome", "result", "art", "standing",
    ];
    let head = head.trim().to_lowercase();
    HEADS.contains(&head.as_str()) || asks_for_verdict(&head)
}

pub(super) fn is_remark(text: &str) -> bool {
    let lower = text.to_lowercase();
    [
        "why",
        "reason",
        "source",
        "comes from",
        "note",
        "comment",
        "remark",
        "owner",
        "rationale",
        "who",
        "origin",
        "because",
        "explanation",
        "priority",
        "prio",
        "measured by",
        "measured with",
        "checked by",
        "verified by",
        "weight",
        "gewicht",
        "score",
        "approved by",
        "decided by",
        "signed by",
        "signed off by",
        "signed at",
        "signed on",
        "set by",
        "asked by",
        "asked for by",
        "warum",
        "grund",
        "quelle",
        "bemerkung",
        "raison",
        "remarque",
        "motivo",
        "nota",
        "origen",
    ]
    .iter()
    .any(|word| lower.starts_with(word))
}
