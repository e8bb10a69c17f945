//! Labels that ask: "How many of us run: 4", "How long they wait: 200 ms", "Wie viel Speicher: 256 MB".

use super::super::super::vocabulary::{self, Known};

/// Words that open such a label.
const OPENINGS: &[&str] = &[
    "how", "wie", "wieviel", "wieviele", "combien", "quelle", "quel", "en", "cuánto", "cuánta", "cuántos", "cuántas",
    "qué", "cuanto", "cuanta", "cuantos", "cuantas",
];
/// "How much", and how it is asked in other languages.
const MUCH: &[&str] =
    &["how much", "wie viel", "wieviel", "combien", "cuánto", "cuánta", "cuanto", "cuanta", "quelle quantité"];
const MANY: &[&str] = &["how many", "wie viele", "wieviele", "combien", "cuántos", "cuántas", "cuantos", "cuantas"];
const FAST: &[&str] = &[
    "how fast",
    "how quick",
    "how quickly",
    "how soon",
    "how promptly",
    "wie schnell",
    "wie rasch",
    "en combien de temps",
    "à quelle vitesse",
    "en cuánto tiempo",
    "con qué rapidez",
];
const LONG: &[&str] = &["how long", "how late", "wie lange", "combien de temps", "cuánto tiempo", "cuánto"];
const BAD: &[&str] = &[
    "how bad",
    "how badly",
    "how serious",
    "how severe",
    "how grave",
    "how critical",
    "wie schlimm",
    "wie schwer",
    "wie kritisch",
    "wie gravierend",
    "quelle gravité",
    "qué gravedad",
    "qué tan grave",
];

const MEMORY: &[&str] = &["memory", "ram", "rss", "speicher", "arbeitsspeicher", "hauptspeicher", "mémoire", "memoria"];
const COPIES: &[&str] = &[
    "instances",
    "instance",
    "replicas",
    "copies",
    "pods",
    "processes",
    "nodes",
    "containers",
    "workers",
    "instanzen",
    "replikate",
    "kopien",
    "prozesse",
    "réplicas",
    "copias",
    "instancias",
    "procesos",
];
/// "Of us", "of them", "do we run".
const OURS: &[&str] = &["us", "them", "these", "those", "it", "davon", "uns", "eux"];
const RUN: &[&str] = &["run", "runs", "running", "deployed", "started", "laufen", "läuft", "tournent", "corren"];
/// "How long they'll wait", "how long it may take", "how long an answer takes".
const WAIT: &[&str] = &[
    "wait",
    "waits",
    "waiting",
    "take",
    "takes",
    "answer",
    "answers",
    "respond",
    "responds",
    "reply",
    "replies",
    "warten",
    "wartet",
    "dauern",
    "dauert",
    "antwort",
    "brauchen",
    "braucht",
    "attendre",
    "attend",
    "attendent",
    "tarda",
    "tardar",
    "esperar",
    "espera",
    "responde",
];
const START: &[&str] = &[
    "ready",
    "start",
    "starts",
    "started",
    "up",
    "boot",
    "boots",
    "booted",
    "restart",
    "restarts",
    "startet",
    "starten",
    "bereit",
    "démarre",
    "démarrer",
    "prêt",
    "arranca",
    "arrancar",
    "listo",
    "lista",
];
/// What else has a length, an age or a number.
const ELSE: &[&str] = &[
    "keep",
    "keeps",
    "kept",
    "store",
    "stored",
    "stores",
    "stale",
    "old",
    "live",
    "lives",
    "cache",
    "cached",
    "caches",
    "valid",
    "retain",
    "retained",
    "last",
    "lasts",
    "log",
    "logs",
    "offline",
    "retry",
    "retries",
    "poll",
    "polls",
    "export",
    "batch",
    "report",
    "recover",
    "backup",
    "restore",
    "deploy",
    "build",
    "disk",
    "upload",
    "file",
    "files",
    "payload",
    "gespeichert",
    "aufbewahrt",
    "aufgehoben",
    "gültig",
    "alt",
    "conservé",
    "conservés",
    "gardé",
    "guarda",
    "guardan",
    "conserva",
    "dura",
    "duran",
    "people",
    "lost",
    "lose",
    "loses",
    "missing",
    "perdu",
    "perdido",
    "verloren",
    "users",
    "engineers",
    "days",
];

/// The fact that a label asks for.
pub(super) fn asked(label: &str) -> Option<&'static Known> {
    if !opens(label) {
        return None;
    }
    let label = label.trim_end_matches(['?', ' ', ':']).to_lowercase().replace('’', "'");
    let words: Vec<&str> = label.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let begins = |phrases: &[&str]| {
        phrases.iter().any(|phrase| {
            label.strip_prefix(phrase).is_some_and(|rest| rest.is_empty() || !rest.starts_with(char::is_alphanumeric))
        })
    };
    let has = |list: &[&str]| words.iter().any(|word| list.contains(word));
    if has(ELSE) || words.len() > 12 {
        return None;
    }
    let id = if begins(BAD) {
        "failure-impact"
    } else if begins(MUCH) && has(MEMORY) {
        "memory-budget"
    } else if begins(MANY) && (has(COPIES) || label == "how many" || has(OURS) && has(RUN)) {
        "instance-count"
    } else if (begins(FAST) || begins(LONG)) && has(START) {
        "startup-time"
    } else if begins(FAST) || begins(LONG) && has(WAIT) {
        "latency-target"
    } else {
        return None;
    };
    vocabulary::find(id)
}

/// Whether a label may ask for a fact.
pub(super) fn opens(label: &str) -> bool {
    let label = label.trim_start();
    // Most labels are told apart by their first letter.
    let letter = label.as_bytes().first().map_or(0, u8::to_ascii_lowercase);
    if letter.is_ascii_alphanumeric() && !matches!(letter, b'h' | b'w' | b'c' | b'q' | b'e') {
        return false;
    }
    let first = label.split(|sign: char| !sign.is_alphanumeric()).next().unwrap_or_default();
    if first.is_ascii() {
        OPENINGS.iter().any(|opening| opening.eq_ignore_ascii_case(first))
    } else {
        OPENINGS.contains(&first.to_lowercase().as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_opening_gets_past_the_first_letter() {
        for opening in OPENINGS {
            assert!(opens(opening) && opens(&format!(" {} ", opening.to_uppercase())), "{opening}");
        }
        assert!(!opens("hours") && !opens("Memory") && !opens(""));
    }
}
