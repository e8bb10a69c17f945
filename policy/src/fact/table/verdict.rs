//! Tables that tell of wishes with a column for the answer, of decisions with what they brought, and of runs under a
//! growing load.

use super::super::prose::cue::Class;
use super::{Column, Row, Table};

/// "Do we take it?", "Accepted?", "In or out": the head of a column that answers each row.
pub(super) fn asks_for_verdict(head: &str) -> bool {
    const HEADS: &[&str] = &[
        "in or out",
        "yes or no",
        "yes/no",
        "our answer",
        "answer",
        "ruling",
        "our ruling",
        "our verdict",
        "what came of it",
        "fate",
        "antwort",
        "unsere antwort",
        "réponse",
        "notre réponse",
        "respuesta",
    ];
    const TAKES: &[&str] = &[
        "take",
        "taken",
        "accept",
        "accepted",
        "adopt",
        "adopted",
        "agree",
        "agreed",
        "approved",
        "granted",
        "binding",
        "commit",
        "committed",
        "promise",
        "promised",
        "übernommen",
        "angenommen",
        "verbindlich",
        "retenu",
        "retenue",
        "accepté",
        "acceptée",
        "aceptado",
        "aceptada",
        "tomamos",
    ];
    let question = head.strip_suffix('?').map(str::trim);
    let taking = |head: &str| head.split(' ').any(|word| TAKES.contains(&word)) && head.split(' ').count() <= 6;
    HEADS.contains(&question.unwrap_or(head)) || question.is_some_and(taking)
}

/// What the answer to a row says of its figures: "yes, binding", "too vague, no", "later".
pub(super) fn answer(cell: &str) -> Option<Class> {
    const YES: &[&str] = &[
        "yes",
        "yep",
        "yeah",
        "ok",
        "okay",
        "sure",
        "in",
        "taken",
        "accepted",
        "adopted",
        "agreed",
        "binding",
        "granted",
        "approved",
        "kept",
        "✓",
        "✔",
        "✅",
        "ja",
        "angenommen",
        "oui",
        "accepté",
        "sí",
        "si",
        "aceptado",
    ];
    const NO: &[&str] = &[
        "no", "nope", "never", "out", "not", "refused", "rejected", "declined", "dropped", "✗", "✘", "❌", "nein",
        "nicht", "non", "refusé",
    ];
    const LATER: &[&str] = &[
        "later",
        "maybe",
        "perhaps",
        "open",
        "tbd",
        "postponed",
        "parked",
        "deferred",
        "someday",
        "unclear",
        "später",
        "vielleicht",
        "offen",
        "plus",
        "peut-être",
        "quizás",
        "luego",
    ];
    let lower = cell.to_lowercase();
    let words = || lower.split([' ', ',', ';', '.', ':', '–', '—', '(', ')']).filter(|word| !word.is_empty());
    let first = words().next()?;
    if words().any(|word| NO.contains(&word)) {
        Some(Class::Rejected)
    } else if words().any(|word| LATER.contains(&word)) {
        Some(Class::Later)
    } else {
        YES.contains(&first).then_some(Class::Limit)
    }
}

/// "What we decided": rows of decisions, and not of what there was.
pub(super) fn tells_of_decisions(head: &str) -> bool {
    head.split(' ').any(|word| {
        matches!(
            word.to_lowercase().as_str(),
            "decided"
                | "agreed"
                | "resolved"
                | "settled"
                | "chose"
                | "concluded"
                | "beschlossen"
                | "entschieden"
                | "décidé"
                | "decidimos"
                | "decidido"
        )
    })
}

/// "Limit that came with it": a head without what it tells of its noun.
pub(super) fn without_clause(head: &str) -> &str {
    // Most heads are of one word.
    if memchr::memchr(b' ', head.as_bytes()).is_none() {
        return head;
    }
    [" that ", " which ", " we ", " it ", ", die ", ", der ", ", das ", " qui ", " que "]
        .iter()
        .filter_map(|joint| head.find(joint))
        .min()
        .and_then(|at| head.get(..at))
        .unwrap_or(head)
}

/// "Users", "Batch size": what is turned up from run to run.
fn heads_load(head: &str) -> bool {
    const HEADS: &[&str] = &[
        "users",
        "clients",
        "connections",
        "threads",
        "concurrency",
        "parallelism",
        "parallel",
        "sessions",
        "streams",
        "subscribers",
        "players",
        "devices",
        "goroutines",
        "vus",
        "load",
        "rps",
        "qps",
        "req/s",
        "requests",
        "requests/s",
        "events/s",
        "messages/s",
        "batch",
        "batch size",
        "message size",
        "queue depth",
        "open connections",
        "items",
        "rows",
        "records",
        "entries",
        "documents",
        "nutzer",
        "benutzer",
        "verbindungen",
        "last",
        "utilisateurs",
        "connexions",
        "charge",
        "usuarios",
        "conexiones",
        "carga",
    ];
    const BEFORE: &[&str] = &["virtual ", "concurrent ", "parallel ", "simultaneous ", "active ", "gleichzeitige "];
    let head = head.trim().to_lowercase();
    let bare = BEFORE.iter().find_map(|word| head.strip_prefix(word)).unwrap_or(&head);
    HEADS.contains(&bare)
}

/// "Req/s reached": a column of what came out of a run.
fn heads_reached(head: &str) -> bool {
    head.split(' ').any(|word| {
        matches!(
            word.to_lowercase().as_str(),
            "reached" | "achieved" | "attained" | "sustained" | "erreicht" | "atteint" | "alcanzado"
        )
    })
}

impl Table<'_> {
    /// "Users | p99 | RSS" above 100, 500 and 2,000: a table of runs, each under more load than the last.
    pub(super) fn is_of_runs(&self) -> bool {
        let number = |row: &Row<'_>, at: usize| {
            let cell = row.at(at);
            cell.text.starts_with(|first: char| first.is_ascii_digit()) && cell.tokens().len() <= 2
        };
        let swept = |at: &usize| {
            heads_load(self.head.cell(*at)) && self.body.len() > 1 && self.body.iter().all(|row| number(row, *at))
        };
        // "Metric | Target | Reached": a column of limits beside what came out.
        !self.columns.contains(&Column::Wanted)
            && ((0..=self.side).any(|at| swept(&at)) || (0..self.width()).any(|at| heads_reached(self.head.cell(at))))
    }

    /// "sends feel instant | too vague, no": what was answered to a row.
    pub(super) fn answered(&self, row: &Row<'_>) -> Option<Class> {
        let at =
            (self.side + 1..self.width()).find(|at| asks_for_verdict(&self.head.cell(*at).trim().to_lowercase()))?;
        answer(row.cell(at))
    }
}
