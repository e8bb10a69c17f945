//! How full the queue is.

use super::Frame;
use super::time::{from_now, span};
use crate::server::metrics::age;
use crate::server::store::Depth;
use jiff::Timestamp;
use maud::{Markup, html};

pub fn table(frame: &Frame<'_>, depth: Depth, paused: &[(u64, Timestamp)]) -> Markup {
    let oldest = age(depth, frame.now).as_secs();
    html! {
        dl .figures {
            div { dt { "Due" } dd { (depth.due) } }
            div { dt { "Being worked on" } dd { (depth.held) } }
            div { dt { "Waiting for another try" } dd { (depth.waiting) } }
            div { dt { "Parked" } dd .bad[depth.parked > 0] { (depth.parked) } }
            div {
                dt { "Oldest due job" }
                dd { @if depth.oldest.is_some() { (span(i64::try_from(oldest).unwrap_or(i64::MAX))) } @else { "none" } }
            }
        }
        @if !paused.is_empty() {
            p { "GitHub asked to leave these installations alone for a while; their jobs wait:" }
            ul {
                @for (installation, until) in paused.iter().take(20) {
                    li { "installation " (installation) ", goes on " (from_now(*until, frame.now)) }
                }
                @if paused.len() > 20 { li { "and " (paused.len() - 20) " more" } }
            }
        }
    }
}
