//! Pull requests and what was said about them.

use super::time::from_now;
use super::{Frame, rules, said};
use crate::server::store::Verdict;
use maud::{Markup, html};

/// Rules that are named in a row; a pull request with more of them is looked at on GitHub.
const RULES: usize = 4;

pub fn table(frame: &Frame<'_>, rows: &[Verdict], caption: &str) -> Markup {
    html! {
        @if rows.is_empty() {
            p .note {
                "No pull request has been judged yet. The first one appears here some seconds after it is opened in a "
                "repository that the App is installed in."
            }
        } @else {
            table .stack {
                caption { (caption) }
                thead { tr {
                    th scope="col" { "Pull request" }
                    th scope="col" { "Verdict" }
                    th scope="col" { "Findings" }
                    th scope="col" { "Judged" }
                } }
                tbody { @for verdict in rows { (row(frame, verdict)) } }
            }
        }
    }
}

fn row(frame: &Frame<'_>, verdict: &Verdict) -> Markup {
    let Verdict { repository, number, title, findings, .. } = verdict;
    let head: String = verdict.head.chars().take(8).collect();
    html! {
        tr {
            th scope="row" {
                a href=(pull(frame.web, repository, *number)) { (repository) "#" (number) }
                " "
                span .title { (said(title)) }
                @if !verdict.is_open { " " span .quiet { "(closed)" } }
            }
            td { span .label { "Verdict" } (conclusion(&verdict.conclusion)) }
            td {
                span .label { "Findings" }
                @if findings.is_empty() { span .quiet { "none" } }
                @else {
                    ul .plain {
                        @for (rule, found) in findings.iter().take(RULES) {
                            li { (rules::link(rule)) @if *found > 1 { " × " (found) } }
                        }
                        @if findings.len() > RULES { li .quiet { "and " (findings.len() - RULES) " more rules" } }
                    }
                }
            }
            td { span .label { "Judged" } span { (from_now(verdict.judged, frame.now)) " at " code { (head) } } }
        }
    }
}

/// The address of a pull request.
pub fn pull(web: &str, repository: &str, number: u64) -> String {
    format!("{web}/{repository}/pull/{number}")
}

/// A conclusion in words; colour says nothing that they do not say.
fn conclusion(conclusion: &str) -> Markup {
    let (class, sign, words) = match conclusion {
        "success" => ("good", "✓", "no gaps"),
        "failure" => ("bad", "✗", "gaps"),
        "action_required" => ("bad", "!", "somebody has to act"),
        "neutral" => ("warn", "–", "nothing that fails"),
        "skipped" => ("quiet", "–", "nothing to judge"),
        "cancelled" => ("quiet", "–", "given up"),
        other => return html! { span { (said(other)) } },
    };
    html! { span .(class) { span aria-hidden="true" { (sign) } " " (words) } }
}
