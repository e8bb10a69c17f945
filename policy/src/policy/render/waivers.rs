//! Exceptions as prose, by whether they hold.

use crate::policy::words::{day, listed, number, one_line};
use crate::policy::{Page, Waiver, is_active};
use jiff::civil::Date;
use std::fmt::Write;

pub(super) fn waivers(page: &Page, today: Date) -> String {
    let past = |waiver: &Waiver| waiver.expires.as_ref().is_some_and(|day| day.value < today);
    let (mut open, mut over, mut later, mut broken) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for waiver in &page.waivers {
        let group = match waiver.sound {
            false => &mut broken,
            true if is_active(waiver, today) => &mut open,
            true if past(waiver) => &mut over,
            true => &mut later,
        };
        group.push(waiver);
    }
    let groups = [
        waiver_group(&open, "is open", "are open", "until"),
        waiver_group(&over, "has expired", "have expired", "on"),
        waiver_group(&later, "is granted for later", "are granted for later", "until"),
        waiver_group(
            &broken,
            "is not in force, because something is missing or wrong",
            "are not in force, because something is missing or wrong",
            "until",
        ),
    ];
    groups.into_iter().filter(|group| !group.is_empty()).collect::<Vec<_>>().join("\n\n")
}

fn waiver_group(group: &[&Waiver], one: &str, many: &str, until: &str) -> String {
    match group {
        [] => String::new(),
        [waiver] => format!("One waiver {one}: {}.", waiver_words(waiver, until)),
        _ => {
            let count = number(u32::try_from(group.len()).map_or(f64::MAX, f64::from));
            let mut first = count.chars();
            let count: String = first.next().into_iter().flat_map(char::to_uppercase).chain(first).collect();
            let lines: Vec<String> = group.iter().map(|waiver| format!("- {}.", waiver_words(waiver, until))).collect();
            format!("{count} waivers {many}:\n\n{}", lines.join("\n"))
        }
    }
}

/// "`edge-proxy`, until 31 January 2027 (edge-team: benchmark under way)".
pub(in crate::policy) fn waiver_words(waiver: &Waiver, until: &str) -> String {
    let scope: Vec<String> = waiver.scope.iter().map(|scope| format!("`{}`", scope.text)).collect();
    let mut text = if scope.is_empty() { "no service".to_owned() } else { listed(&scope, "and") };
    if let Some(rule) = waiver.rule.as_ref().filter(|rule| rule.as_ref() != "language-without-reason") {
        let _ = write!(text, " from `{}`", one_line(rule));
    }
    if let Some(expires) = &waiver.expires {
        let _ = write!(text, ", {until} {}", day(expires.value));
    }
    let who = waiver.owner.as_ref().map(|owner| one_line(owner));
    let why = waiver.reason.as_ref().map(|reason| one_line(reason));
    let told: Vec<String> = who.into_iter().chain(why).collect();
    if !told.is_empty() {
        let _ = write!(text, " ({})", told.join(": "));
    }
    text
}
