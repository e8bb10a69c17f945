//! What the comment, the summary and the check know besides the report.

use super::{Change, Settings};
use crate::cli::check::Judged;
use crate::cli::page::News;
use adrule_policy::policy::Page;
use adrule_policy::report::render::comment::{Context, Links, OrganisationLink, PageNews, added_waivers, page_change};
use adrule_policy::report::{Report, Severity};

/// Who speaks, and how.
pub struct Voice<'v> {
    /// `https://github.com`.
    pub web: &'v str,
    /// `owner/name`.
    pub repository: &'v str,
    /// Whether the standing is told where nothing is missing, too.
    pub always: bool,
    /// The least severity that fails; none: nothing does.
    pub fail_on: Option<Severity>,
    /// The page with more about it.
    pub details: Option<&'v str>,
}

/// What was judged, and where the pages were read.
#[derive(Clone, Copy)]
pub struct At<'a> {
    /// None where everything was judged.
    pub change: Option<&'a Change>,
    /// The commit that the page was read from.
    pub page: &'a str,
    /// Where the organisation's page was read, if on GitHub.
    pub organisation: Option<&'a OrganisationLink>,
}

/// Every service, where a change changes the page.
pub struct Moves {
    /// By the page in force.
    pub before: Report,
    /// By the new one, where it can be used.
    pub later: Option<Report>,
}

/// The pages that every service is judged by where a change changes the page: that in force, and the new one.
pub fn pages(judged: &Judged) -> Option<(&Page, Option<&Page>)> {
    match &judged.news {
        News::Changed(new, _) => Some((&judged.page, new.page.as_ref())),
        News::None | News::First | News::Mended | News::Removed => None,
    }
}

/// What is known besides a report that only tells that the page cannot be used: that always fails.
pub fn unusable(voice: &Voice<'_>, settings: &Settings, at: At<'_>) -> Context {
    Context { fail_on: Some(Severity::Error), ..plain(voice, settings, at) }
}

fn plain(voice: &Voice<'_>, settings: &Settings, at: At<'_>) -> Context {
    Context {
        key: settings.key(),
        links: at.change.map(|change| Links {
            web: voice.web.to_owned(),
            repository: voice.repository.to_owned(),
            head: change.head.clone(),
            base: at.page.to_owned(),
            branch: change.branch.clone(),
            organisation: at.organisation.cloned(),
        }),
        folder: settings.folder.clone(),
        always: voice.always,
        fail_on: voice.fail_on,
        details: voice.details.map(str::to_owned),
        ..Context::default()
    }
}

/// What is known besides the report. `moves` is what [`pages`] asks for.
pub fn context(voice: &Voice<'_>, settings: &Settings, judged: &Judged, at: At<'_>, moves: Option<Moves>) -> Context {
    let mut context = plain(voice, settings, at);
    context.told.clone_from(&judged.told);
    context.page = match (&judged.news, moves) {
        (News::First, _) => PageNews::First,
        (News::Mended, _) => PageNews::Mended,
        (News::Removed, _) => PageNews::Removed,
        (News::Changed(new, text), Some(Moves { mut before, later })) => {
            // What is wrong with the page in force was not brought by this change.
            before.findings.extend(judged.report.findings.iter().cloned());
            if let Some(new) = &new.page {
                context.added_waivers = added_waivers(&judged.page, new, text, &judged.report);
            }
            PageNews::Changed(page_change(&judged.page, new, text, &before, later.as_ref()))
        }
        (News::None, _) | (News::Changed(..), None) => PageNews::Unchanged,
    };
    context
}
