//! Check runs: a verdict on a commit, with annotations at their lines.

use super::client::Client;
use super::error::Error;
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
    /// `adrule (BASE BRANCH)`.
    pub name: String,
    /// The commit.
    pub head: String,
    /// Tells this verdict from others on the same commit: the same whenever it is made again.
    pub key: String,
    pub conclusion: Conclusion,
    pub title: String,
    /// Markdown.
    pub summary: String,
    /// Markdown.
    pub text: String,
    pub annotations: Vec<Annotation>,
}

#[derive(serde::Deserialize)]
struct Runs {
    check_runs: Vec<Run>,
}

#[derive(serde::Deserialize)]
struct Run {
    id: u64,
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

impl Client {
    /// Writes a verdict: the first annotations with it, the rest in further requests. After an unclear answer it is
    /// looked for before it is written again.
    pub async fn check(&self, repository: &str, run: &CheckRun) -> Result<(), Error> {
        let path = format!("/repos/{repository}/check-runs");
        let mut body = json!({
            "name": run.name,
            "head_sha": run.head,
            "external_id": run.key,
            "status": "completed",
            "conclusion": run.conclusion,
        });
        body["output"] = output(run, 0);
        let id = match self.post(&path, body.clone()).await {
            Ok(answer) => answer.json::<Written>(&path)?.id,
            Err(error) if error.is_unclear() => {
                self.pause(BEHIND).await;
                match self.run(repository, run).await? {
                    Some(found) => found.id,
                    None => self.post(&path, body).await?.json::<Written>(&path)?.id,
                }
            }
            Err(error) => return Err(error),
        };
        let mut done = AT_ONCE.min(run.annotations.len());
        while done < run.annotations.len() {
            let more = json!({ "output": output(run, done) });
            match self.patch_once(&format!("{path}/{id}"), more).await {
                Ok(_) => done += AT_ONCE,
                // They add up: how many there are says whether this request took place.
                Err(error) if error.is_unclear() => {
                    self.pause(BEHIND).await;
                    let there = self.run(repository, run).await?.map_or(0, |found| found.output.annotations_count);
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

    async fn run(&self, repository: &str, run: &CheckRun) -> Result<Option<Run>, Error> {
        let path = format!("/repos/{repository}/commits/{}/check-runs?filter=latest&per_page=100", run.head);
        let runs: Runs = self.get(&path).await?.json(&path)?;
        Ok(runs.check_runs.into_iter().find(|found| found.external_id.as_deref() == Some(run.key.as_str())))
    }
}

fn output(run: &CheckRun, from: usize) -> Value {
    let to = (from + AT_ONCE).min(run.annotations.len());
    json!({
        "title": run.title,
        "summary": run.summary,
        "text": run.text,
        "annotations": run.annotations.get(from..to).unwrap_or_default(),
    })
}
