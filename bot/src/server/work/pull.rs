//! A pull request: its newest head, judged by its base branch's page as it is now.

use super::Job;
use super::fault::Fault;
use crate::cli::check::Judged;
use crate::github::{self, Pull};
use crate::server::metrics::metrics;
use crate::server::store::{Subject, Verdict, WaiverSeen};
use crate::verdict::{self, At, Change, Compare, Done, Looked, Moves};
use adrule_policy::check::{Elsewhere, claims_same};
use adrule_policy::policy::Page;
use adrule_policy::report::render::comment::{CheckText, Conclusion, Context, check_summary};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// A head that moves while it is judged is judged anew so often at once; then it is somebody else's turn.
const MOVES: u32 = 3;

impl Job<'_> {
    /// Brings a pull request to its wanted state. `again`: even where nothing that decides has changed.
    pub async fn pull(&self, repository: &str, number: u64, again: bool) -> Result<(), Fault> {
        for _ in 0..MOVES {
            let pull = self.client.pull(repository, number).await?;
            let Some(pull) = pull.filter(|pull| pull.state == "open") else {
                return self.closed(repository, number).await;
            };
            match self.judge(repository, &pull, again).await {
                Err(Fault::Moved) => {}
                other => return other,
            }
        }
        Err(Fault::Moved)
    }

    async fn closed(&self, repository: &str, number: u64) -> Result<(), Fault> {
        let last = self.store().last_verdict(repository, number).await?;
        self.store().closed(repository, number).await?;
        // A number that it took is free again.
        let (base, taken) = last.map(|last| (last.base, last.decisions)).unwrap_or_default();
        self.tell_neighbours(repository, number, (&base, &taken, &[])).await
    }

    async fn judge(&self, repository: &str, pull: &Pull, again: bool) -> Result<(), Fault> {
        let change = Change {
            commit: pull.head.sha.clone(),
            compare: Compare::Branch(pull.base.branch.clone()),
            branch: pull.base.branch.clone(),
            pull: Some(pull.number),
            head: pull.head.sha.clone(),
        };
        let remote = self.remote(repository);
        let last = self.store().last_verdict(repository, pull.number).await?;
        let is_new = last.as_ref().is_none_or(|last| last.head != change.head);
        let looked = remote.look(&change, is_new || again).await?;
        let known = last.as_ref().filter(|last| last.head == change.head && last.is_open && !again);
        let page_key = self.page_key(pull, &looked.page);
        if let Some(known) = known {
            let elsewhere = self.elsewhere(repository, pull, &known.decisions).await?;
            if known.key == key(&page_key, &looked, &known.decisions, &elsewhere) {
                let (number, head) = (pull.number, &change.head);
                tracing::debug!(repository, number, %head, "nothing that decides has changed");
                return Ok(());
            }
        }
        let elsewhere = self.elsewhere(repository, pull, &remote.added(&looked).await?).await?;
        let since = (looked.parted.id.clone(), looked.organisation.clone());
        let done = remote.looked_at(&change, looked, &elsewhere).await?;
        self.still(repository, pull).await?;
        let key = key_of(&page_key, (&since.0, &since.1), &done.numbered, &elsewhere);
        let conclusion = self.say(repository, (&change, pull.number), &done, again).await?;
        let before = last.map(|last| last.decisions).unwrap_or_default();
        self.keep(repository, pull, (&done, conclusion), key).await?;
        self.tell_neighbours(repository, pull.number, (&pull.base.branch, &before, &done.numbered)).await
    }

    /// The part of a verdict's key that is known without asking GitHub about the pull request by itself.
    pub fn page_key(&self, pull: &Pull, page: &str) -> String {
        let today = self.judging.today.to_string();
        let program = env!("CARGO_PKG_VERSION");
        github::key(&[program, &pull.head.sha, &pull.base.branch, page, &today]).chars().take(40).collect()
    }

    /// The numbered records that other open pull requests for the same branch add, as far as one of these files may take
    /// the same number.
    async fn elsewhere(&self, repository: &str, pull: &Pull, files: &[String]) -> Result<Vec<Elsewhere>, Fault> {
        let all = self.store().added_decisions(repository, &pull.base.branch, files).await?;
        let others = all.into_iter().filter(|(number, _)| *number != pull.number);
        Ok(others.map(|(pull, path)| Elsewhere { pull, path }).collect())
    }

    /// Whether what was judged is still what is there: an older verdict is never written over a newer one.
    async fn still(&self, repository: &str, pull: &Pull) -> Result<(), Fault> {
        let now = self.client.pull(repository, pull.number).await?;
        let same = |now: &Pull| now.head.sha == pull.head.sha && now.base.branch == pull.base.branch;
        if now.is_some_and(|now| same(&now) && now.state == "open") { Ok(()) } else { Err(Fault::Moved) }
    }

    /// Writes the comment and the check; what the check came to.
    async fn say(
        &self,
        repository: &str,
        (change, number): (&Change, u64),
        done: &Done,
        again: bool,
    ) -> Result<Conclusion, Fault> {
        let Some(judged) = &done.judged else {
            // Nothing to tell the author: the check says what is wrong with the page, and is mended with it.
            return self.say_unusable(repository, change, done, again).await;
        };
        let mut context = self.context(repository, change, done, judged).await?;
        context.answers_commands = true;
        let of = (change, number);
        let told = (&judged.report, &context);
        let seen = done.discussion.clone();
        let commented = verdict::comment(&self.client, repository, of, told, seen).await?;
        metrics().comment(&commented);
        // What the check says must not depend on whether a suggestion was made now or before.
        if self.work.settings.suggestions {
            verdict::suggest(&self.client, repository, of, told).await?;
        }
        let remark = match commented {
            github::Done::Hidden => Some("The comment was hidden by somebody, and is left hidden."),
            github::Done::Deleted => Some("The comment was deleted by somebody, so no other is written."),
            github::Done::Nothing | github::Done::Created | github::Done::Updated | github::Done::Unchanged => None,
        };
        context.remarks.extend(remark.map(str::to_owned));
        let text = check_summary(&judged.report, &context);
        self.check(repository, change, &text, again).await?;
        Ok(text.conclusion)
    }

    /// What is known besides a report.
    pub async fn context(
        &self,
        repository: &str,
        change: &Change,
        done: &Done,
        judged: &Judged,
    ) -> Result<Context, Fault> {
        let remote = self.remote(repository);
        let moves = match verdict::pages(judged) {
            Some((old, new)) => Some(Moves {
                before: remote.standings(done, old).await?,
                later: match new {
                    Some(new) => Some(remote.standings(done, new).await?),
                    None => None,
                },
            }),
            None => None,
        };
        Ok(verdict::context(&self.voice(repository), &self.judging, judged, at(change, done), moves))
    }

    /// Tells by the check that the page cannot be used.
    pub async fn say_unusable(
        &self,
        repository: &str,
        change: &Change,
        done: &Done,
        again: bool,
    ) -> Result<Conclusion, Fault> {
        let Some(report) = &done.unusable else { return Err(Fault::Other("nothing was judged".to_owned())) };
        let context = verdict::unusable(&self.voice(repository), &self.judging, at(change, done));
        let text = check_summary(report, &context);
        self.check(repository, change, &text, again).await?;
        Ok(text.conclusion)
    }

    /// Writes the check on the head of a change.
    pub async fn check(&self, repository: &str, change: &Change, text: &CheckText, again: bool) -> Result<(), Fault> {
        let mut run = verdict::check_run(change, text, &self.judging.key());
        run.again = again;
        self.client.check(repository, &run).await?;
        Ok(())
    }

    async fn keep(
        &self,
        repository: &str,
        pull: &Pull,
        (done, conclusion): (&Done, Conclusion),
        key: String,
    ) -> Result<(), Fault> {
        let mut findings: BTreeMap<String, u32> = BTreeMap::new();
        for finding in done.judged.iter().flat_map(|judged| judged.report.own()) {
            *findings.entry(finding.rule.to_string()).or_default() += 1;
        }
        let verdict = Verdict {
            installation: self.installation,
            repository: repository.to_owned(),
            number: pull.number,
            title: pull.title.clone(),
            head: pull.head.sha.clone(),
            base: pull.base.branch.clone(),
            page: done.page.clone(),
            key,
            conclusion: word(conclusion).to_owned(),
            findings: findings.into_iter().collect(),
            decisions: done.numbered.clone(),
            is_open: true,
            judged: Timestamp::now(),
        };
        let seen = done.judged.as_ref().map(|judged| waivers(repository, &judged.page));
        self.store().record(verdict, seen).await?;
        metrics().verdict(word(conclusion));
        tracing::info!(repository, number = pull.number, head = %pull.head.sha, conclusion = word(conclusion), "judged");
        Ok(())
    }

    /// Pull requests that take a number which this one takes now, or took before, are due.
    async fn tell_neighbours(
        &self,
        repository: &str,
        number: u64,
        (base, before, now): (&str, &[String], &[String]),
    ) -> Result<(), Fault> {
        let changed: Vec<String> = before
            .iter()
            .filter(|path| !now.contains(path))
            .chain(now.iter().filter(|path| !before.contains(path)))
            .cloned()
            .collect();
        let all = self.store().added_decisions(repository, base, &changed).await?;
        let touched = all
            .into_iter()
            .filter(|(other, path)| *other != number && changed.iter().any(|changed| claims_same(changed, path)));
        let mut others: Vec<u64> = touched.map(|(other, _)| other).collect();
        others.sort_unstable();
        others.dedup();
        let due = |number| self.mark(Subject::Pull { repository: repository.to_owned(), number }, false);
        self.store().mark(others.into_iter().map(due).collect(), Timestamp::now()).await?;
        Ok(())
    }
}

fn at<'a>(change: &'a Change, done: &'a Done) -> At<'a> {
    At { change: Some(change), page: &done.page, organisation: done.organisation.as_ref() }
}

/// All that decides about a verdict, in one word: what the page and the head are, then where the change began, what a
/// new page builds on, and which numbers collide.
fn key(page_key: &str, looked: &Looked, decisions: &[String], elsewhere: &[Elsewhere]) -> String {
    key_of(page_key, (&looked.parted.id, &looked.organisation), decisions, elsewhere)
}

fn key_of(
    page_key: &str,
    (parted, organisation): (&str, &str),
    decisions: &[String],
    elsewhere: &[Elsewhere],
) -> String {
    let collides = |other: &&Elsewhere| decisions.iter().any(|path| claims_same(path, &other.path));
    let taken: String =
        elsewhere.iter().filter(collides).map(|other| format!("{} {}\n", other.pull, other.path)).collect();
    let rest: String = github::key(&[parted, organisation, &taken]).chars().take(24).collect();
    format!("{page_key}.{rest}")
}

/// As the store keeps it.
fn word(conclusion: Conclusion) -> &'static str {
    match conclusion {
        Conclusion::Success => "success",
        Conclusion::Failure => "failure",
        Conclusion::Neutral => "neutral",
    }
}

fn waivers(repository: &str, page: &Page) -> Vec<WaiverSeen> {
    let said = |text: Option<&String>| text.cloned().unwrap_or_default();
    // Those of the organisation's page are in force everywhere, and listed where they stand.
    let seen =
        page.waivers.iter().filter(|waiver| adrule_policy::rule::is_own_waiver(waiver)).map(|waiver| WaiverSeen {
            repository: repository.to_owned(),
            rule: waiver.rule.as_ref().map(|rule| rule.value.to_string()).unwrap_or_default(),
            scope: waiver.scope.iter().map(|scope| scope.text.as_str()).collect::<Vec<_>>().join(", "),
            owner: said(waiver.owner.as_ref().map(|owner| &owner.value)),
            reason: said(waiver.reason.as_ref().map(|reason| &reason.value)),
            expires: waiver.expires.as_ref().map(|day| day.value),
        });
    seen.collect()
}
