//! Words for what a share may be of.

/// Words for what a service serves: a share of them is a percentile, a share of anything else is not.
pub(crate) fn is_served(lower: &str) -> bool {
    const STEMS: &[&str] = &[
        "request",
        "call",
        "quer",
        "message",
        "lookup",
        "event",
        "response",
        "answer",
        "operation",
        "transaction",
        "check",
        "read",
        "write",
        "update",
        "search",
        "order",
        "payment",
        "page",
        "frame",
        "packet",
        "command",
        "case",
        "command",
        "invocation",
        "decision",
        "render",
        "login",
        "redemption",
        "booking",
        "scan",
        "quote",
        "job",
        "task",
        "anfrage",
        "aufruf",
        "antwort",
        "abfrage",
        "nachricht",
        "buchung",
        "suche",
        "zahlung",
        "fälle",
        "meldung",
        "vorgäng",
        "vorgang",
        "requête",
        "appel",
        "réponse",
        "cas",
        "consulta",
        "peticion",
        "solicitud",
        "respuesta",
        "llamada",
        "mensaje",
        "operaci",
        "richiest",
        "verzoek",
        "zapyta",
        "żąda",
        "запрос",
        "запит",
        "istek",
        "time",
        "transfer",
        "delivery",
        "deliveries",
        "alert",
        "reading",
        "sample",
        "batch",
        "record",
        "item",
        "ticket",
        "notification",
        "session",
        "upload",
        "download",
        "inference",
        "prediction",
        "tick",
        "move",
        "match",
        "round",
        "submission",
        "authori",
        "token",
        "hit",
        "fetch",
        "load",
        "handshake",
        "connection",
        "interaction",
    ];
    STEMS.iter().any(|stem| lower.starts_with(stem))
}

/// What is divided, not counted.
pub(super) fn is_no_case(lower: &str) -> bool {
    matches!(
        lower,
        "its"
            | "their"
            | "our"
            | "his"
            | "the"
            | "time"
            | "day"
            | "week"
            | "month"
            | "quarter"
            | "year"
            | "hours"
            | "memory"
            | "cpu"
            | "capacity"
            | "work"
            | "code"
            | "budget"
            | "disk"
            | "ram"
            | "traffic"
            | "cost"
            | "costs"
            | "it"
            | "them"
            | "this"
            | "that"
            | "zeit"
            | "speichers"
            | "temps"
            | "mémoire"
            | "tiempo"
            | "memoria"
    )
}
