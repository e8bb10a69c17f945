//! How often each rule is not met in open pull requests.

use super::said;
use adrule_policy::{report::render, rule};
use maud::{Markup, html};

pub fn table(gaps: &[(String, u64)]) -> Markup {
    html! {
        @if gaps.is_empty() {
            p .note { "No open pull request has a gap. Rules appear here as soon as one does." }
        } @else {
            table .stack {
                caption { "Findings in open pull requests, by the rule that they are of, the most frequent first." }
                thead { tr {
                    th scope="col" { "Rule" }
                    th scope="col" { "What it means" }
                    th scope="col" .number { "Findings" }
                } }
                tbody {
                    @for (id, found) in gaps {
                        tr {
                            th scope="row" { (link(id)) }
                            td { (meaning(id)) }
                            td .number { span .label { "Findings" } (found) }
                        }
                    }
                }
            }
        }
    }
}

/// A rule's id, with a link to its manual page.
pub fn link(id: &str) -> Markup {
    html! {
        @if let Some(page) = render::rule_page(id) { a .code href=(page) { (id) } }
        @else { span .code { (said(id)) } }
    }
}

fn meaning(id: &str) -> String {
    rule::find(id).map_or_else(
        || "A rule of a page's own.".to_owned(),
        |rule| rule.summary().split_whitespace().collect::<Vec<_>>().join(" "),
    )
}
