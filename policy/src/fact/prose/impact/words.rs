//! The words around ratings: what ties a rating to what is rated, and what makes it one of something else.

/// Words right before a rating that tie it to what is rated.
pub(super) const LINKS: &[&str] = &[
    "as",
    "is",
    "are",
    "be",
    "to",
    ":",
    "=",
    "\"",
    "“",
    "„",
    "«",
    "at",
    "rated",
    "a",
    "an",
    "the",
    "of",
    "'",
    "‘",
    "*",
    "_",
    "—",
    "–",
    "-",
    "als",
    "mit",
    "ist",
    "sind",
    "comme",
    "est",
    "de",
    "es",
    "como",
    "|",
    "impact",
    "»",
    "been",
    "consequence",
    "und",
    "considered",
    "deemed",
    "called",
    "severity",
    "criticality",
    "classified",
    "hat",
    "eine",
    "einen",
    "un",
    "une",
    "jugé",
    "jugée",
    "failure",
    "outage",
    "very",
    "harm",
    "eingestuft",
    "bewertet",
    "on",
    "out",
    "remains",
    "stays",
    "therefore",
    "hence",
    "thus",
    "only",
    "just",
    "clearly",
    "still",
    "seen",
    "qualifies",
];

/// Words right behind a rating that leave it one; any other word is a noun that it describes: "a high load".
pub(super) const BEHIND: &[&str] = &[
    "it",
    "because",
    "since",
    "as",
    "by",
    "and",
    "but",
    "for",
    "on",
    "in",
    "when",
    "if",
    "here",
    "to",
    "at",
    "with",
    "weil",
    "da",
    "und",
    "car",
    "et",
    "porque",
    "y",
    "so",
    "too",
    "ein",
    "eingestuft",
    "bewertet",
    "par",
    "por",
    "von",
    "vom",
    "now",
    "today",
    "according",
    "per",
    "after",
    "until",
    "during",
    "unless",
    "though",
    "although",
    "enough",
    "throughout",
    "regardless",
    "whichever",
    "whatever",
    "even",
    "while",
    "despite",
    "given",
    "across",
    "everywhere",
    "mais",
    "aber",
    "pero",
    "pour",
    "para",
    "für",
    "laut",
    "selon",
    "según",
    "only",
    "of",
    "from",
    "thanks",
    "provided",
    "which",
    "that",
    "the",
    "together",
    "anyway",
    "either",
    "overall",
    "already",
    "again",
    "instead",
];

/// Words between a rating and the noun for what is rated: "high as the failure impact".
pub(super) const TO_NOUN: &[&str] = &[
    "as", "for", "the", "its", "our", "a", "an", "als", "für", "die", "comme", "como", "de", "of", "\"", "”", "'", "*",
    ")",
];

/// Words that name who rates, between what is rated and the rating: "Auswirkung laut Netzführung gering".
pub(super) const SOURCES: &[&str] = &["laut", "according", "per", "gemäß", "nach", "selon", "según", "by"];

/// Words behind a rating, or before it, that make it one of the past: "very high at first".
pub(super) const SUPERSEDED: &[&[&str]] = &[
    &["at", "first"],
    &["at", "the", "start"],
    &["initially"],
    &["originally"],
    &["before"],
    &["so", "far"],
    &["zunächst"],
    &["zuerst"],
    &["bisher"],
    &["d'abord"],
    &["au", "départ"],
    &["al", "principio"],
];

/// Words of a label that make its rating one of how often, or of something else.
pub(super) fn is_no_failure(lower: &str) -> bool {
    matches!(
        lower,
        "rate"
            | "rates"
            | "packet"
            | "packets"
            | "frame"
            | "frames"
            | "message"
            | "messages"
            | "event"
            | "events"
            | "record"
            | "records"
            | "sample"
            | "samples"
            | "connection"
            | "connections"
            | "precision"
            | "accuracy"
            | "quality"
            | "likelihood"
            | "probability"
            | "error"
            | "errors"
            | "budget"
            | "tolerance"
            | "signal"
            | "weight"
            | "risk"
            | "incident"
            | "incidents"
            | "severity"
            | "mode"
            | "modes"
            | "recovery"
            | "detection"
    )
}
