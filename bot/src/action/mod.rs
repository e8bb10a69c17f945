//! `adrule action`: a check in a job of GitHub Actions, from what the runner says to what people see.
//!
//! The report is that of `adrule check` on the same commits. Files come from the checkout where it has head and base,
//! else through GitHub's interface; the network is not touched where neither files nor a comment need it.

mod checkout;
mod environment;
mod event;
mod outputs;
mod say;

use crate::cli::check::{self, Judged, Options};
use crate::cli::page::Wants;
use crate::cli::{could_not_run, page, policy};
use crate::github::{Auth, Cache, Client, Discussion, Error};
use crate::verdict::{self, Asker, At, Change, Compare, Known, Moves, Remote, Settings, Voice};
use adrule_policy::policy::{Organisation, Page};
use adrule_policy::report::Report;
use adrule_policy::report::render::comment::{Conclusion, Context, OrganisationLink, check_summary, job_summary};
use anyhow::{Context as _, Result};
use environment::{Environment, Talk};
use event::Task;
use std::cell::OnceCell;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

/// A connection to GitHub. Jobs that need none never start it.
pub struct Online {
    runtime: tokio::runtime::Runtime,
    pub client: Client,
}

impl Online {
    fn new(environment: &Environment) -> Result<Self> {
        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_all().build().context("no runtime for the network")?;
        let auth = environment.inputs.token.clone().map_or(Auth::Nobody, Auth::Token);
        let cache = environment.cache.as_deref().map(Cache::in_folder).unwrap_or_default();
        let client = {
            let _inside = runtime.enter();
            Client::new(environment.place.clone(), auth, Arc::new(cache))?
        };
        Ok(Self { runtime, client })
    }

    /// Waits for work on the network.
    pub fn run<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(work)
    }
}

/// A job.
struct Job {
    environment: Environment,
    settings: Settings,
    online: OnceCell<Online>,
}

/// What was judged, and where from.
struct Source {
    judged: Option<Judged>,
    /// Where the page cannot be used, what is wrong with it.
    unusable: Option<Box<Report>>,
    /// The commit that the page was read from.
    page: String,
    discussion: Option<Discussion>,
    /// Where the organisation's page was read, if on GitHub.
    organisation: Option<OrganisationLink>,
    place: Place,
    /// Where it was read, in words.
    words: String,
}

/// What is told.
struct Told {
    report: Report,
    context: Context,
    /// The talk below the pull request, where it was looked at.
    seen: Option<Discussion>,
    /// Whether anything was judged: else the report only says what is wrong with the page.
    is_judged: bool,
}

enum Place {
    Disk(PathBuf),
    GitHub(Box<verdict::Done>),
}

/// Runs in a job.
pub fn run() -> Result<ExitCode> {
    let environment = Environment::read(|name| std::env::var(name).ok())?;
    let payload = std::fs::read_to_string(&environment.payload)
        .with_context(|| format!("the event in {}", environment.payload.display()))?;
    let task = event::task(&environment.event, &payload, &environment.sha, &environment.branch)?;
    let inputs = &environment.inputs;
    let today = page::today(inputs.extra.as_of);
    let given = inputs.org_policy.as_deref();
    let organisation =
        given.map(|file| checkout::organisation(&environment.workspace, &inputs.folder, file, today)).transpose()?;
    let settings = Settings {
        policy: inputs.policy.clone(),
        folder: inputs.folder.clone(),
        strict: inputs.extra.strict,
        today,
        organisation,
        asker: Asker::Job,
        readings: None,
    };
    let job = Job { environment, settings, online: OnceCell::new() };
    match task {
        Task::Change { change, checkout } => job.change(&change, checkout),
        Task::Everything { commit } => job.everything(&commit),
        Task::Pulls { owner, branch, head } => job.pulls(&owner, &branch, &head),
        Task::Nothing(why) => job.nothing(&why),
    }
}

impl Job {
    fn online(&self) -> Result<&Online> {
        match self.online.get() {
            Some(online) => Ok(online),
            None => {
                let online = Online::new(&self.environment)?;
                Ok(self.online.get_or_init(|| online))
            }
        }
    }

    fn remote(&self) -> Result<Remote<'_>> {
        let client = &self.online()?.client;
        Ok(Remote::new(client, &self.environment.repository, &self.settings))
    }

    fn nothing(&self, why: &str) -> Result<ExitCode> {
        outputs::say(&format!("Nothing to judge: {why}."))?;
        outputs::nothing(&self.environment)?;
        Ok(ExitCode::SUCCESS)
    }

    fn change(&self, change: &Change, checkout: bool) -> Result<ExitCode> {
        let source = self.source(change, checkout)?;
        let mut told = self.told(source, Some(change))?;
        if let Some(pull) = change.pull {
            self.tell((change, pull), &mut told)?;
        }
        self.finish(&told)
    }

    fn everything(&self, commit: &str) -> Result<ExitCode> {
        let (environment, settings) = (&self.environment, &self.settings);
        let source = match checkout::folder(&environment.workspace, &settings.folder, commit)? {
            Some(root) => self.on_disk(root, None, commit.to_owned())?,
            None => {
                let done = self.online()?.run(self.remote()?.everything(commit))?;
                of_github(done, "the checkout is not of this commit")
            }
        };
        self.finish(&self.told(source, None)?)
    }

    /// The half of a check that may write, for pull requests of forks. Its own result says nothing about them.
    fn pulls(&self, owner: &str, branch: &str, head: &str) -> Result<ExitCode> {
        let online = self.online()?;
        let repository = &self.environment.repository;
        let pulls = online.run(online.client.pulls_of(repository, owner, branch, head))?;
        if pulls.is_empty() {
            return self.nothing("the branch has gone on, or has no open pull request");
        }
        for pull in pulls {
            let change = Change {
                commit: pull.head.sha.clone(),
                compare: Compare::Branch(pull.base.branch.clone()),
                branch: pull.base.branch,
                pull: Some(pull.number),
                head: pull.head.sha,
            };
            let mut told = self.told(self.source(&change, false)?, Some(&change))?;
            self.tell((&change, pull.number), &mut told)?;
            let text = check_summary(&told.report, &told.context);
            let run = verdict::check_run(&change, &text, &told.context.key);
            let is_success = text.conclusion != Conclusion::Failure;
            told.context.remarks.extend(say::verdict(online, repository, &run, is_success));
            self.finish(&told)?;
        }
        Ok(ExitCode::SUCCESS)
    }

    /// The files of a change, judged.
    fn source(&self, change: &Change, checkout: bool) -> Result<Source> {
        let why = if checkout {
            match checkout::find(&self.environment.workspace, &self.settings.folder, change)? {
                Ok(found) => return self.on_disk(found.root, Some(found.base), found.page),
                Err(why) => why,
            }
        } else {
            "a job with a token that may write reads no checkout".to_owned()
        };
        let done = self.online()?.run(self.remote()?.change(change))?;
        Ok(of_github(done, &why))
    }

    fn on_disk(&self, root: PathBuf, base: Option<crate::tree::Base>, page: String) -> Result<Source> {
        let options = Options::of_folder(root.clone(), base, self.settings.policy.clone(), self.settings.strict);
        let known = self.organisation(&options)?;
        let options = options.with_organisation(known.page);
        let (judged, unusable) = check::judge_fully(&options, self.settings.today)?.parts();
        let words = "Read from the checkout.".to_owned();
        let (organisation, place) = (known.link, Place::Disk(root));
        Ok(Source { judged, unusable, page, discussion: None, organisation, place, words })
    }

    /// The organisation's page as far as a checkout needs it: what was given, else GitHub is asked where a page says so,
    /// or where there is none.
    fn organisation(&self, options: &Options) -> Result<Known> {
        if let Some(given) = &self.settings.organisation {
            return Ok(Known::given(given.clone()));
        }
        match check::wants_organisation(options)? {
            Wants::Nothing => Ok(Known::given(Organisation::NotGiven)),
            // A job that may not ask has what a checkout alone would have.
            Wants::IfThere if self.online().is_err() => Ok(Known::given(Organisation::NotGiven)),
            Wants::IfThere | Wants::Organisation => {
                let remote = self.remote()?;
                Ok(self.online()?.run(remote.organisation())?.clone())
            }
        }
    }

    /// What is told about what was judged, or about a page that cannot be used.
    fn told(&self, source: Source, change: Option<&Change>) -> Result<Told> {
        let Source { judged, unusable, page, discussion, organisation, place, words } = source;
        let at = At { change, page: &page, organisation: organisation.as_ref() };
        let environment = &self.environment;
        let voice = Voice {
            web: &environment.web,
            repository: &environment.repository,
            always: environment.inputs.comment == Talk::Always,
            fail_on: environment.inputs.fail_on.severity(),
            details: environment.run.as_deref(),
        };
        let judged = match (judged, unusable) {
            (Some(judged), _) => judged,
            (None, unusable) => {
                let report = *unusable.context("nothing was judged")?;
                let mut context = verdict::unusable(&voice, &self.settings, at);
                context.remarks.push(words);
                return Ok(Told { report, context, seen: discussion, is_judged: false });
            }
        };
        let standings = |page: &Page| match &place {
            Place::Disk(root) => policy::standings(root, page, self.settings.today),
            Place::GitHub(done) => self.online()?.run(self.remote()?.standings(done, page)),
        };
        let moves = match verdict::pages(&judged) {
            Some((old, new)) => Some(Moves { before: standings(old)?, later: new.map(standings).transpose()? }),
            None => None,
        };
        let mut context = verdict::context(&voice, &self.settings, &judged, at, moves);
        context.remarks.push(words);
        Ok(Told { report: judged.report, context, seen: discussion, is_judged: true })
    }

    /// Tells the pull request, as far as the inputs ask for it. That the page cannot be used is nothing to tell its
    /// author: the job fails with that.
    fn tell(&self, change: (&Change, u64), told: &mut Told) -> Result<()> {
        let inputs = &self.environment.inputs;
        let comments = inputs.comment != Talk::Never;
        if !told.is_judged || !comments && !inputs.suggestions {
            return Ok(());
        }
        if inputs.token.is_none() {
            told.context.remarks.push("No comment: the job was given no token.".to_owned());
            return Ok(());
        }
        let online = self.online()?;
        let (client, repository) = (&online.client, &self.environment.repository);
        let of = (&told.report, &told.context);
        let mut said = Vec::new();
        if comments {
            said.extend(say::comment(online.run(verdict::comment(client, repository, change, of, told.seen.take()))));
        }
        if inputs.suggestions {
            said.extend(say::suggestions(online.run(verdict::suggest(client, repository, change, of))));
        }
        told.context.remarks.extend(said);
        Ok(())
    }

    /// Writes everything that a job leaves behind.
    fn finish(&self, told: &Told) -> Result<ExitCode> {
        let Told { report, context, is_judged, .. } = told;
        let environment = &self.environment;
        let text = check_summary(report, context);
        let written = outputs::files(environment, report)?;
        outputs::log(environment, report)?;
        for remark in &context.remarks {
            outputs::say(remark)?;
        }
        if environment.inputs.annotations {
            outputs::annotate(&text.annotations)?;
        }
        outputs::summary(environment, &job_summary(report, context))?;
        outputs::outputs(environment, report, &text, &written)?;
        Ok(match text.conclusion {
            _ if !is_judged => could_not_run(),
            Conclusion::Failure => ExitCode::from(1),
            Conclusion::Success | Conclusion::Neutral => ExitCode::SUCCESS,
        })
    }
}

fn of_github(mut done: verdict::Done, why: &str) -> Source {
    Source {
        judged: done.judged.take(),
        unusable: done.unusable.take(),
        page: done.page.clone(),
        discussion: done.discussion.take(),
        organisation: done.organisation.take(),
        words: format!("Read through GitHub's interface: {why}."),
        place: Place::GitHub(Box::new(done)),
    }
}

/// Why a job could not run, where the reason is GitHub's.
pub fn advice(error: &anyhow::Error) -> Option<&'static str> {
    let error = error.chain().find_map(|cause| cause.downcast_ref::<Error>())?;
    error
        .is_denied()
        .then_some("the job needs `permissions: contents: read`, and the input `token` a token that has it")
}
