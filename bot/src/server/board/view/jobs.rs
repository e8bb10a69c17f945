//! Jobs that were parked, with a way to have them tried again.

use super::pulls::pull;
use super::time::from_now;
use super::{Frame, Rows, said};
use crate::server::store::{Parked, Subject};
use maud::{Markup, html};

pub fn table(frame: &Frame<'_>, parked: &Rows<Parked>) -> Markup {
    html! {
        @if parked.rows.is_empty() {
            p .note { "No job is parked. One that fails again and again, or in a way that does not pass, is shown here." }
        } @else {
            table .stack {
                caption { "Jobs that are left alone until somebody asks for another try, the newest first." }
                thead { tr {
                    th scope="col" { "Job" }
                    th scope="col" { "Why" }
                    th scope="col" { "Parked" }
                    th scope="col" { "Try again" }
                } }
                tbody { @for job in &parked.rows { (row(frame, job)) } }
            }
        }
    }
}

fn row(frame: &Frame<'_>, parked: &Parked) -> Markup {
    let Parked { job, mark, why, since, attempts } = parked;
    let name = name(&mark.subject, mark.installation);
    html! {
        tr {
            th scope="row" { (subject(frame, &mark.subject, &name)) }
            td { span .label { "Why" } span { (said(why)) } }
            td {
                span .label { "Parked" }
                span {
                    (from_now(*since, frame.now))
                    @if *attempts > 0 { ", after " (attempts) @if *attempts == 1 { " try" } @else { " tries" } }
                }
            }
            td {
                form .inline method="post" action="/jobs/retry" {
                    input type="hidden" name="form" value=(frame.form);
                    input type="hidden" name="job" value=(job);
                    button .small aria-label={ "Retry " (name) } { "Retry" }
                }
            }
        }
    }
}

fn subject(frame: &Frame<'_>, subject: &Subject, name: &str) -> Markup {
    let web = frame.web;
    let address = match subject {
        Subject::Pull { repository, number } => Some(pull(web, repository, *number)),
        Subject::Command { repository, number, comment } => {
            Some(format!("{}#issuecomment-{comment}", pull(web, repository, *number)))
        }
        Subject::Group { repository, head, .. } => Some(format!("{web}/{repository}/commit/{head}")),
        Subject::Repository { repository } => Some(format!("{web}/{repository}")),
        Subject::Installation => None,
    };
    html! { @if let Some(address) = address { a href=(address) { (name) } } @else { (name) } }
}

fn name(subject: &Subject, installation: u64) -> String {
    match subject {
        Subject::Pull { repository, number } => format!("{repository}#{number}"),
        Subject::Command { repository, number, .. } => format!("a command below {repository}#{number}"),
        Subject::Group { repository, branch, .. } => format!("merge group of {repository} for {branch}"),
        Subject::Repository { repository } => format!("all open pull requests of {repository}"),
        Subject::Installation => format!("all repositories of installation {installation}"),
    }
}
