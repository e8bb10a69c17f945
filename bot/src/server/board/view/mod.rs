//! What the page shows, as pure functions from what is known to HTML. `maud` escapes what others wrote.

mod jobs;
mod pulls;
mod queue;
mod rules;
mod time;
mod waivers;

use crate::server::log::is_harmless;
use crate::server::page::Page;
use crate::server::store::{Depth, Parked, Verdict, WaiverSeen};
use axum::http::StatusCode;
use jiff::Timestamp;
use maud::{Markup, html};

/// The parts of the page, each at an address of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Overview,
    Pulls,
    Rules,
    Waivers,
    Jobs,
}

impl Part {
    pub const ALL: [Self; 5] = [Self::Overview, Self::Pulls, Self::Rules, Self::Waivers, Self::Jobs];

    /// The address of the part.
    pub fn path(self) -> &'static str {
        match self {
            Self::Overview => "/",
            Self::Pulls => "/pulls",
            Self::Rules => "/rules",
            Self::Waivers => "/waivers",
            Self::Jobs => "/jobs",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Overview => "Overview",
            Self::Pulls => "Pull requests",
            Self::Rules => "Gaps by rule",
            Self::Waivers => "Waivers",
            Self::Jobs => "Parked jobs",
        }
    }

    /// The part at an address.
    pub fn at(path: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.path() == path)
    }
}

/// What every part of the page needs to know.
pub struct Frame<'f> {
    pub now: Timestamp,
    /// Where people see GitHub: `https://github.com`.
    pub web: &'f str,
    /// What a form carries to show that it is ours.
    pub form: &'f str,
    /// Whether there is something to log out of.
    pub has_session: bool,
    /// What became of the last thing that was asked for.
    pub notice: Option<Notice>,
}

/// What became of a wish.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The job is due again.
    Retried(i64),
    /// The job was not parked any more.
    NotParked(i64),
}

/// Rows of a list, and whether there are more than these.
pub struct Rows<T> {
    pub rows: Vec<T>,
    pub has_more: bool,
}

impl<T> Rows<T> {
    /// The first `limit` of them; who wants to know whether there are more has asked for one more.
    pub fn of(mut rows: Vec<T>, limit: usize) -> Self {
        let has_more = rows.len() > limit;
        rows.truncate(limit);
        Self { rows, has_more }
    }
}

/// What the overview shows.
pub struct Overview {
    pub depth: Depth,
    /// Installations that GitHub asked to leave alone, and until when.
    pub paused: Vec<(u64, Timestamp)>,
    pub parked: Rows<Parked>,
    pub pulls: Rows<Verdict>,
    pub gaps: Rows<(String, u64)>,
    pub waivers: Rows<WaiverSeen>,
}

/// Everything at a glance.
pub fn overview(frame: &Frame<'_>, seen: &Overview) -> Page {
    let body = html! {
        section aria-labelledby="queue" {
            h2 #queue { "Queue" }
            (queue::table(frame, seen.depth, &seen.paused))
        }
        section aria-labelledby="jobs" {
            h2 #jobs { "Parked jobs" }
            (jobs::table(frame, &seen.parked))
            (more(Part::Jobs, seen.parked.has_more))
        }
        section aria-labelledby="pulls" {
            h2 #pulls { "Recent pull requests" }
            (pulls::table(frame, &seen.pulls.rows, "The pull requests that were judged last, the newest first."))
            (more(Part::Pulls, seen.pulls.has_more))
        }
        section aria-labelledby="rules" {
            h2 #rules { "Gaps by rule" }
            (rules::table(&seen.gaps.rows))
            (more(Part::Rules, seen.gaps.has_more))
        }
        section aria-labelledby="waivers" {
            h2 #waivers { "Waivers" }
            (waivers::table(frame, &seen.waivers.rows))
            (more(Part::Waivers, seen.waivers.has_more))
        }
    };
    framed(frame, Part::Overview, body)
}

/// The pull requests that were judged last; `page` counts from 1.
pub fn pulls(frame: &Frame<'_>, rows: &Rows<Verdict>, page: u64) -> Page {
    let body = html! {
        (pulls::table(frame, &rows.rows, "Pull requests, the one that was judged last first. Closed ones stay in the list."))
        @if page > 1 || rows.has_more {
            nav .pages aria-label="Pages of the list" {
                @if page > 1 { a rel="prev" href={ "/pulls?page=" (page - 1) } { "Newer" } }
                span { "Page " (page) }
                @if rows.has_more { a rel="next" href={ "/pulls?page=" (page + 1) } { "Older" } }
            }
        }
    };
    framed(frame, Part::Pulls, body)
}

/// How often each rule is not met.
pub fn rules(frame: &Frame<'_>, gaps: &[(String, u64)]) -> Page {
    framed(frame, Part::Rules, rules::table(gaps))
}

/// The waivers of all pages.
pub fn waivers(frame: &Frame<'_>, rows: &Rows<WaiverSeen>) -> Page {
    let body = html! {
        (waivers::table(frame, &rows.rows))
        @if rows.has_more { p .quiet { "Only the first " (rows.rows.len()) " are shown." } }
    };
    framed(frame, Part::Waivers, body)
}

/// The jobs that wait for somebody.
pub fn parked(frame: &Frame<'_>, rows: &Rows<Parked>) -> Page {
    let body = html! {
        (jobs::table(frame, rows))
        @if rows.has_more { p .quiet { "Only the newest " (rows.rows.len()) " are shown." } }
    };
    framed(frame, Part::Jobs, body)
}

/// The form to log in with. `wrong` says what was the matter with the last try.
pub fn log_in(to: Part, wrong: Option<&str>) -> Page {
    let body = html! {
        @if let Some(wrong) = wrong { p .note.bad #wrong role="alert" { (wrong) } }
        form method="post" action="/login" {
            input type="hidden" name="to" value=(to.path());
            label for="token" { "Token" }
            p .quiet #hint { "Whoever runs this server has set it as " code { "ADRULE_OPERATOR_TOKEN" } "." }
            input #token type="password" name="token" autocomplete="current-password" required autofocus
                aria-describedby={ "hint" @if wrong.is_some() { " wrong" } };
            div { button { "Log in" } }
        }
    };
    Page::new("Log in", body).with_status(StatusCode::UNAUTHORIZED)
}

/// Nobody may see anything.
pub fn off() -> Page {
    let body = html! {
        p { "This is a server of adrule. It has a page for the people who run it, which is off." }
        p { "A new server is " a href="/setup" { "set up" } " first." }
        p .quiet { "The page is on as soon as a token or a proxy is configured, as the guide on observing says." }
    };
    Page::new("Nothing to see here", body).with_status(StatusCode::NOT_FOUND)
}

/// Something that cannot be shown or done, and why.
pub fn fault(status: StatusCode, title: &str, why: &str) -> Page {
    let body = html! {
        p { (why) }
        p { a href="/" { "Back to the overview" } }
    };
    Page::new(title, body).with_status(status)
}

fn framed(frame: &Frame<'_>, here: Part, body: Markup) -> Page {
    let body = html! {
        @match frame.notice {
            Some(Notice::Retried(job)) => p .note.good role="status" { "Job " (job) " is due again." },
            Some(Notice::NotParked(job)) => p .note role="status" { "Job " (job) " is not parked any more." },
            None => {},
        }
        (body)
    };
    let navigation = html! {
        @for part in Part::ALL {
            a href=(part.path()) aria-current=[(part == here).then_some("page")] { (part.title()) }
        }
        @if frame.has_session {
            form .inline method="post" action="/logout" {
                input type="hidden" name="form" value=(frame.form);
                button .small.plain { "Log out" }
            }
        }
    };
    Page::new(here.title(), body).with_navigation(navigation)
}

/// What others wrote, on one line and in its own reading direction: a name cannot turn around what stands beside it.
fn said(words: &str) -> Markup {
    let words: String = words.chars().map(|c| if is_harmless(c) { c } else { '\u{fffd}' }).collect();
    html! { bdi { (words) } }
}

fn more(part: Part, has_more: bool) -> Markup {
    html! {
        @if has_more { p { a href=(part.path()) { "More " (part.title().to_lowercase()) } } }
    }
}
