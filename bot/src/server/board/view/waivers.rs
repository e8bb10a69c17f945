//! Waivers, those that have ended or end soon first.

use super::time::days;
use super::{Frame, rules, said};
use crate::server::store::WaiverSeen;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use maud::{Markup, html};

/// Days before the end from which on it is worth a look.
const SOON: i32 = 30;

pub fn table(frame: &Frame<'_>, rows: &[WaiverSeen]) -> Markup {
    let today = frame.now.to_zoned(TimeZone::UTC).date();
    html! {
        @if rows.is_empty() {
            p .note {
                "No page has a waiver. Those of every repository's " code { "adrule.yaml" }
                " appear here when it is next read."
            }
        } @else {
            table .stack {
                caption { "Waivers on the pages of all repositories: ended ones first, then by their last day." }
                thead { tr {
                    th scope="col" { "Waiver" }
                    th scope="col" { "Last day" }
                    th scope="col" { "Owner" }
                    th scope="col" { "Reason" }
                } }
                tbody { @for waiver in rows { (row(frame, waiver, today)) } }
            }
        }
    }
}

fn row(frame: &Frame<'_>, waiver: &WaiverSeen, today: Date) -> Markup {
    let WaiverSeen { repository, rule, scope, owner, reason, expires } = waiver;
    html! {
        tr {
            th scope="row" {
                a href={ (frame.web) "/" (repository) } { (repository) }
                " " span .title { (rules::link(rule)) " for " (said(scope)) }
            }
            td { span .label { "Last day" } (end(*expires, today)) }
            td { span .label { "Owner" } (stated(owner)) }
            td { span .label { "Reason" } (stated(reason)) }
        }
    }
}

fn end(expires: Option<Date>, today: Date) -> Markup {
    let Some(day) = expires else { return html! { span .quiet { "none" } } };
    // The last day still counts.
    let (class, words) = match days(today, day) {
        -1 => ("bad", "ended yesterday".to_owned()),
        left @ ..0 => ("bad", format!("ended {} days ago", -left)),
        0 => ("warn", "today".to_owned()),
        1 => ("warn", "tomorrow".to_owned()),
        left @ 2..=SOON => ("warn", format!("in {left} days")),
        left => ("quiet", format!("in {left} days")),
    };
    html! { span { time datetime=(day) { (day) } " " span .(class) { (words) } } }
}

fn stated(words: &str) -> Markup {
    html! { @if words.trim().is_empty() { span .quiet { "not stated" } } @else { span { (said(words)) } } }
}
