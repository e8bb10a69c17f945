//! What a clause speaks of: the service, or a thing that the service handles.

use super::super::words::WordSet;
use super::passage::{Passage, stem};
use std::ops::Range;
use std::sync::LazyLock;

/// Words for a service and its parts.
const SERVICES: &[&str] = &[
    "service",
    "process",
    "processe",
    "pod",
    "instance",
    "container",
    "worker",
    "agent",
    "daemon",
    "server",
    "node",
    "replica",
    "app",
    "application",
    "binary",
    "program",
    "job",
    "function",
    "sidecar",
    "gateway",
    "bridge",
    "collector",
    "component",
    "module",
    "system",
    "engine",
    "client",
    "controller",
    "it",
    "we",
    "they",
    "itself",
    "proxy",
    "broker",
    "adapter",
    "scheduler",
    "unit",
    "box",
    "build",
    "release",
    "hub",
    "device",
    "kiosk",
    "backend",
    "api",
    "host",
    "machine",
    "everything",
    "thing",
    "one",
    "dienst",
    "instanz",
    "prozess",
    "anwendung",
    "programm",
    "knoten",
    "er",
    "sie",
    "es",
    "wir",
    "processu",
    "nœud",
    "serveur",
    "il",
    "elle",
    "servicio",
    "proceso",
    "instancia",
    "contenedor",
    "nodo",
    "servidor",
    "ram",
    "rss",
    "heap",
    "memory",
    "mem",
    "footprint",
    "usage",
    "total",
    "task",
    "shard",
    "consumer",
    "producer",
    "relay",
    "fleet",
    "copy",
    "copie",
    "cluster",
    "site",
    "runner",
    "runtime",
    "plugin",
    "plug",
    "extension",
    "library",
    "lambda",
];

/// The same, to be found at once.
static LISTED: LazyLock<WordSet<&str>> = LazyLock::new(|| SERVICES.iter().copied().collect());

/// Words that stand between a subject and its verb.
const BETWEEN: &[&str] = &[
    "must",
    "should",
    "has",
    "to",
    "have",
    "shall",
    "will",
    "can",
    "may",
    "be",
    "is",
    "are",
    "a",
    "not",
    "also",
    "then",
    "again",
    "needs",
    "need",
    "take",
    "takes",
    "always",
    "only",
    "still",
    "therefore",
    "thus",
    "now",
    "and",
    "never",
    "would",
    "we",
    "expected",
    "required",
    "supposed",
];

/// The word that a verb at `at` speaks of: the nearest one before it in its clause that is no helper.
pub(crate) fn before(passage: &Passage<'_>, at: usize) -> Option<usize> {
    for before in (at.saturating_sub(8)..at).rev() {
        let token = passage.tokens.get(before)?;
        if token.sign().is_some() {
            return None;
        }
        // "A new pod 2 s to become ready".
        let figure = passage.quantities.partition_point(|quantity| quantity.tokens.end <= before);
        if passage.quantities.get(figure).is_some_and(|quantity| quantity.tokens.contains(&before)) {
            continue;
        }
        if !BETWEEN.contains(&&*token.lower) {
            return Some(before);
        }
    }
    None
}

/// Whether a word is one for the service: in general, or by the document's title.
pub(crate) fn is_service(passage: &Passage<'_>, at: usize) -> bool {
    is_general(passage, at)
        || passage.tokens.get(at).is_some_and(|token| passage.topic.own.contains(stem(&token.lower)))
}

/// Whether a word is one for services in general; a title may name what the service handles.
pub(crate) fn is_general(passage: &Passage<'_>, at: usize) -> bool {
    passage.tokens.get(at).is_some_and(|token| is_word_for_service(&token.lower))
}

/// Whether a word in lower case is one of those for services in general; not every one that does something.
pub(crate) fn is_listed(lower: &str) -> bool {
    LISTED.contains(stem(lower)) || LISTED.contains(lower)
}

/// Whether a word in lower case is one for services in general.
pub(crate) fn is_word_for_service(lower: &str) -> bool {
    let word = stem(lower);
    // "Recogniser", "dispatcher": what does something; "larger" compares.
    const NO_DOERS: &[&str] = &[
        "another",
        "answer",
        "barrier",
        "better",
        "bigger",
        "border",
        "buffer",
        "chapter",
        "charter",
        "cheaper",
        "colour",
        "corner",
        "counter",
        "customer",
        "december",
        "director",
        "dispatcher",
        "doctor",
        "earlier",
        "easier",
        "either",
        "error",
        "factor",
        "farther",
        "faster",
        "floor",
        "folder",
        "further",
        "greater",
        "harbor",
        "header",
        "higher",
        "however",
        "labor",
        "larger",
        "letter",
        "longer",
        "major",
        "manager",
        "matter",
        "member",
        "minor",
        "mirror",
        "motor",
        "neither",
        "november",
        "number",
        "october",
        "officer",
        "order",
        "paper",
        "parameter",
        "passenger",
        "power",
        "prior",
        "quarter",
        "quicker",
        "rather",
        "sensor",
        "september",
        "shorter",
        "slower",
        "smaller",
        "sooner",
        "stricter",
        "summer",
        "tighter",
        "together",
        "water",
        "weather",
        "whether",
        "winter",
    ];
    let doer = word.len() > 5 && !NO_DOERS.contains(&word) && (word.ends_with("er") || word.ends_with("or"));
    doer || is_listed(lower)
}

/// "Chat" of "chat's own target".
pub(crate) fn possessor(word: &str) -> &str {
    word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word)
}

/// Whether a range names the service, or has no subject at all because it has no verb.
pub(crate) fn speaks_of_service(passage: &Passage<'_>, range: &Range<usize>) -> bool {
    !passage.has_verb(range) || range.clone().any(|at| is_service(passage, at))
}
