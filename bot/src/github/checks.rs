//! Check runs: a verdict on a commit, with annotations at their lines.

use super::client::Client;
use super::error::Error;
use super::hash;
use super::place::encode;
use serde::Serialize;
use serde_json::{Value, json};
use std::time::Duration;

/// Most annotations of one request.
const AT_ONCE: usize = 50;
/// Lists may be a moment behind what was written.
const BEHIND: Duration = Duration::from_secs(2);

/// What a check comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Conclusion {
    Success,
    Failure,
    Neutral,
}

/// A note at lines of a file, as GitHub takes it. Columns only within one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Annotation {
    pub path: String,
    pub start_line: usize,
    pub end_line: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_column: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_column: Option<usize>,
    /// `notice`, `warning` or `failure`.
    pub annotation_level: &'static str,
    pub title: String,
    pub message: String,
}

/// A verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckRun {
    /// `adrule (BASE BRANCH)`. On a commit there is one of a name.
    pub name: String,
    /// The commit.
    pub head: String,
    pub conclusion: Conclusion,
    pub title: String,
    /// Markdown.
    pub summary: String,
    /// Markdown.
    pub text: String,
    pub annotations: Vec<Annotation>,
    /// Whether somebody asked for it to be run again: then it is written even where it says the same already.
    pub again: bool,
}

/// What became of a check run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checked {
    /// It is new.
    Created,
    /// The one that was there says something else now, or was asked for again.
    Updated,
    /// It said the same already.
    Unchanged,
}

#[derive(serde::Deserialize)]
struct Runs {
    check_runs: Vec<Run>,
}

#[derive(serde::Deserialize)]
struct Run {
    id: u64,
    #[serde(default)]
    name: String,
    #[serde(default)]
    status: String,
    #[serde(default)]
    external_id: Option<String>,
    #[serde(default)]
    output: Output,
}

#[derive(Default, serde::Deserialize)]
struct Output {
    #[serde(default)]
    annotations_count: usize,
}

#[derive(serde::Deserialize)]
struct Written {
    id: u64,
}

/// What every external id of ours starts with.
const OURS: &str = "adrule";

/// By what a run of ours is known again, and what it says: `adrule:ANNOTATIONS:WORDS`.
struct Mark {
    annotations: String,
    words: String,
}

impl Mark {
    fn of(run: &CheckRun) -> Self {
        let short = |texts: &[&str]| hash::key(texts).chars().take(32).collect();
        let notes = serde_json::to_string(&run.annotations).unwrap_or_default();
        let conclusion = format!("{:?}", run.conclusion);
        Self { annotations: short(&[&notes]), words: short(&[&conclusion, &run.title, &run.summary, &run.text]) }
    }

    fn read(external_id: &str) -> Option<Self> {
        let (annotations, words) = external_id.strip_prefix(OURS)?.strip_prefix(':')?.split_once(':')?;
        Some(Self { annotations: annotations.to_owned(), words: words.to_owned() })
    }

    fn text(&self) -> String {
        format!("{OURS}:{}:{}", self.annotations, self.words)
    }
}

impl Client {
    /// Brings a verdict to what it should say: in the run of ours that the commit has under this name, else in a new
    /// one. Annotations can only be added to a run, so where others stand there already it is a new one too, which
    /// GitHub shows instead. After an unclear answer it is looked for before it is written again.
    pub async fn check(&self, repository: &str, run: &CheckRun) -> Result<Checked, Error> {
        let mark = Mark::of(run);
        let all = run.annotations.len();
        if let Some(found) = self.run(repository, run, |_| true).await? {
            let known = found.external_id.as_deref().and_then(Mark::read);
            let there = found.output.annotations_count;
            let is_same = known.as_ref().is_some_and(|known| known.annotations == mark.annotations) && there <= all;
            if is_same
                && there == all
                && known.is_some_and(|known| known.words == mark.words)
                && found.status == "completed"
                && !run.again
            {
                return Ok(Checked::Unchanged);
            }
            if is_same || there == 0 {
                match self.add(repository, run, &mark, (found.id, there)).await {
                    // It may be another App's.
                    Err(error) if error.is_denied() => {}
                    other => return other.map(|()| Checked::Updated),
                }
            }
        }
        self.create(repository, run, &mark).await
    }

    async fn create(&self, repository: &str, run: &CheckRun, mark: &Mark) -> Result<Checked, Error> {
        let path = format!("/repos/{repository}/check-runs");
        let mut body = said(run, mark, 0);
        body["name"] = json!(run.name);
        body["head_sha"] = json!(run.head);
        let id = match self.post(&path, body.clone()).await {
            Ok(answer) => answer.json::<Written>(&path)?.id,
            Err(error) if error.is_unclear() => {
                self.pause(BEHIND).await;
                match self.run(repository, run, |found| found == mark.text()).await? {
                    Some(found) => found.id,
                    None => self.post(&path, body).await?.json::<Written>(&path)?.id,
                }
            }
            Err(error) => return Err(error),
        };
        if run.annotations.len() > AT_ONCE {
            self.add(repository, run, mark, (id, AT_ONCE)).await?;
        }
        Ok(Checked::Created)
    }

    /// Writes the words of a run that is there, and the annotations from `done` on.
    async fn add(
        &self,
        repository: &str,
        run: &CheckRun,
        mark: &Mark,
        (id, mut done): (u64, usize),
    ) -> Result<(), Error> {
        let path = format!("/repos/{repository}/check-runs/{id}");
        if done >= run.annotations.len() {
            return self.patch(&path, said(run, mark, done)).await.map(drop);
        }
        while done < run.annotations.len() {
            match self.patch_once(&path, said(run, mark, done)).await {
                Ok(_) => done += AT_ONCE,
                // They add up: how many there are says whether this request took place.
                Err(error) if error.is_unclear() => {
                    self.pause(BEHIND).await;
                    let found = self.run(repository, run, |found| found == mark.text()).await?;
                    let there = found.map_or(0, |found| found.output.annotations_count);
                    if there <= done {
                        return Err(error);
                    }
                    done = there;
                }
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// The newest run of ours under this name on the commit.
    async fn run(&self, repository: &str, run: &CheckRun, is_it: impl Fn(&str) -> bool) -> Result<Option<Run>, Error> {
        let path = format!(
            "/repos/{repository}/commits/{}/check-runs?check_name={}&filter=latest&per_page=100",
            run.head,
            encode(&run.name)
        );
        let runs: Runs = self.get(&path).await?.json(&path)?;
        let ours = |found: &Run| {
            let id = found.external_id.as_deref().unwrap_or_default();
            found.name == run.name && Mark::read(id).is_some() && is_it(id)
        };
        Ok(runs.check_runs.into_iter().filter(ours).max_by_key(|found| found.id))
    }
}

/// What a run says, with the annotations from `from` on, as many as one request takes.
fn said(run: &CheckRun, mark: &Mark, from: usize) -> Value {
    let to = (from + AT_ONCE).min(run.annotations.len());
    let notes = run.annotations.get(from..to).unwrap_or_default();
    json!({
        "external_id": mark.text(),
        "status": "completed",
        "conclusion": run.conclusion,
        "output": { "title": run.title, "summary": run.summary, "text": run.text, "annotations": notes },
    })
}
