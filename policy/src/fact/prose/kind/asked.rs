//! Which time a question asks for: "How long will callers wait?", "How soon is it up?"

use super::super::passage::Passage;
use super::word_at;
use std::ops::Range;

/// Whether a question asks how long something takes, or somebody waits; what is kept, or lasts, has a length.
pub(in super::super) fn asks_how_long(passage: &Passage<'_>, question: &Range<usize>) -> bool {
    const LONG: &[(&str, &str)] = &[
        ("how", "long"),
        ("how", "late"),
        ("wie", "lange"),
        ("wie", "lang"),
        ("cuánto", "tiempo"),
        ("combien", "de"),
        ("what", "time"),
    ];
    const WAITS: &[&str] = &[
        "take", "takes", "taking", "wait", "waits", "waiting", "need", "needs", "be", "until", "till", "before",
        "patient", "dauern", "warten", "wartet", "brauchen", "attendre", "attend", "prendre", "tarda", "tardar",
        "espera", "esperar",
    ];
    const KEPT: &[&str] = &[
        "kept",
        "keep",
        "held",
        "hold",
        "stored",
        "valid",
        "open",
        "alive",
        "cached",
        "retained",
        "old",
        "long",
        "session",
        "lease",
        "gültig",
        "offen",
        "aufbewahrt",
        "conservé",
        "guardado",
    ];
    let words = || question.clone().map(|at| word_at(passage, at));
    let asks = question.clone().any(|at| LONG.contains(&(word_at(passage, at), word_at(passage, at + 1))));
    asks && words().any(|word| WAITS.contains(&word)) && !words().skip(2).any(|word| KEPT.contains(&word))
}

/// Whether a question asks for the time of a start: how soon something is up.
pub(in super::super) fn asks_how_soon(passage: &Passage<'_>, question: &Range<usize>) -> bool {
    const HOW: &[&str] =
        &["soon", "fast", "quick", "quickly", "long", "schnell", "lange", "bald", "vite", "rápido", "when"];
    const UP: &[&str] = &[
        "up",
        "ready",
        "live",
        "serving",
        "running",
        "usable",
        "online",
        "back",
        "warm",
        "awake",
        "listening",
        "operational",
        "healthy",
        "started",
        "booted",
        "bereit",
        "oben",
        "prêt",
        "prête",
        "listo",
        "lista",
    ];
    let how = question.clone().take(3).any(|at| HOW.contains(&word_at(passage, at)));
    let last = question.clone().rev().find(|at| passage.tokens[*at].is_word());
    // "How quickly must a quote come back?"
    let comes = |at: usize| {
        at.checked_sub(1).is_some_and(|at| matches!(word_at(passage, at), "come" | "comes" | "get" | "sent" | "go"))
    };
    how && last.is_some_and(|at| UP.contains(&word_at(passage, at)) && !comes(at))
}
