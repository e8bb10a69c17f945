//! What is told on GitHub: the comment on a pull request, and the verdict where the job's own result is not seen.

use super::environment::{Environment, Talk};
use super::event::Change;
use super::{Online, Settings};
use crate::cli::check::Judged;
use crate::cli::page::News;
use crate::github::{self, CheckRun, Discussion, Done, Error, Question, Status, Wanted, upsert};
use adrule_policy::policy::Page;
use adrule_policy::report::Report;
use adrule_policy::report::render::comment::{
    self, AnnotationLevel, CheckText, Conclusion, Context, Links, PageNews, added_waivers, page_change,
};
use anyhow::Result;

/// What the comment, the summary and the check know besides the report. `standings` judges every service by a page.
pub fn context(
    environment: &Environment,
    settings: &Settings,
    judged: &Judged,
    (change, page): (Option<&Change>, &str),
    standings: impl Fn(&Page) -> Result<Report>,
) -> Result<Context> {
    let folder = &settings.folder;
    let key = match &settings.policy {
        Some(policy) => format!("{folder}:{policy}"),
        None => folder.clone(),
    };
    let mut context = Context {
        key,
        links: change.map(|change| Links {
            web: environment.web.clone(),
            repository: environment.repository.clone(),
            head: change.head.clone(),
            base: page.to_owned(),
            branch: change.branch.clone(),
        }),
        folder: folder.clone(),
        always: environment.inputs.comment == Talk::Always,
        fail_on: environment.inputs.fail_on.severity(),
        details: environment.run.clone(),
        ..Context::default()
    };
    context.page = match &judged.news {
        News::None => PageNews::Unchanged,
        News::First => PageNews::First,
        News::Removed => PageNews::Removed,
        News::Changed(new, text) => {
            let mut before = standings(&judged.page)?;
            // What is wrong with the page in force was not brought by this change.
            before.findings.extend(judged.report.findings.iter().cloned());
            let later = new.page.as_ref().map(standings).transpose()?;
            if let Some(new) = &new.page {
                context.added_waivers = added_waivers(&judged.page, new, text, &judged.report);
            }
            PageNews::Changed(page_change(&judged.page, new, text, &before, later.as_ref()))
        }
    };
    Ok(context)
}

/// Brings the comment to what it should say; what there is to be said about that.
pub fn comment(
    online: &Online,
    repository: &str,
    (change, pull): (&Change, u64),
    (report, context): (&Report, &Context),
    seen: Option<Discussion>,
) -> Result<Option<String>> {
    let client = &online.client;
    let work = async {
        let seen = match seen {
            Some(seen) => seen,
            None => {
                let question = Question { repository, head: &change.commit, pull: Some(pull), ..Question::default() };
                client.glance(question).await?.discussion.unwrap_or_default()
            }
        };
        let is_ours = |body: &str| comment::is_ours(body, &context.key);
        let previous = seen.ours(&is_ours).next().and_then(|comment| comment::state(&comment.body));
        let body = comment::render(report, &Context { previous, ..context.clone() }).map(|comment| comment.body);
        let wanted =
            Wanted { repository, pull, has_marker: &is_ours, body: body.as_deref(), is_same: comment::is_same };
        upsert(client, wanted, &seen).await
    };
    match online.run(work) {
        Ok(Done::Hidden) => Ok(Some("The comment was hidden by somebody, and is left hidden.".to_owned())),
        Ok(Done::Deleted) => Ok(Some("The comment was deleted by somebody, so no other is written.".to_owned())),
        Ok(Done::Nothing | Done::Created | Done::Updated | Done::Unchanged) => Ok(None),
        Err(error) => Ok(Some(not_written("The comment", "pull-requests: write", &error))),
    }
}

/// The verdict on the head of a pull request: a check run where that may be written, else a status.
pub fn verdict(online: &Online, repository: &str, change: &Change, text: &CheckText, key: &str) -> Option<String> {
    let name = if key.is_empty() { change.branch.clone() } else { format!("{}, {key}", change.branch) };
    let name = format!("adrule ({name})");
    let run = CheckRun {
        name: name.clone(),
        head: change.head.clone(),
        conclusion: match text.conclusion {
            Conclusion::Success => github::Conclusion::Success,
            Conclusion::Failure => github::Conclusion::Failure,
            Conclusion::Neutral => github::Conclusion::Neutral,
        },
        title: text.title.clone(),
        summary: text.summary.clone(),
        text: text.text.clone(),
        annotations: text.annotations.iter().map(annotation).collect(),
        again: false,
    };
    let work = async {
        match online.client.check(repository, &run).await {
            Err(error) if error.is_denied() => {
                let is_success = text.conclusion != Conclusion::Failure;
                let status = Status { head: &change.head, name: &name, is_success, words: &text.title };
                online.client.status(repository, status).await
            }
            other => other.map(drop),
        }
    };
    online.run(work).err().map(|error| not_written("The check", "checks: write", &error))
}

fn annotation(note: &comment::Annotation) -> github::Annotation {
    github::Annotation {
        path: note.path.clone(),
        start_line: note.start_line,
        end_line: note.end_line,
        start_column: note.start_column,
        end_column: note.end_column,
        annotation_level: match note.level {
            AnnotationLevel::Notice => "notice",
            AnnotationLevel::Warning => "warning",
            AnnotationLevel::Failure => "failure",
        },
        title: note.title.clone(),
        message: note.message.clone(),
    }
}

fn not_written(what: &str, permission: &str, error: &Error) -> String {
    if error.is_denied() {
        return format!(
            "{what} was not written: the token may not ({}). That is so for pull requests of forks; docs/github.md shows \
             how a second workflow writes it. Else the job needs `permissions: {permission}`.",
            error.status().map_or_else(String::new, |status| status.to_string())
        );
    }
    format!("{what} was not written: {error}")
}
