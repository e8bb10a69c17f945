//! What a runner of GitHub Actions says: the event, the inputs, where things go.

use crate::cli::FailOn;
use crate::github::Place;
use adrule_policy::report::render::{self, OUTPUTS, Output};
use anyhow::{Context as _, Result, bail};
use clap::{Parser, ValueEnum as _};
use jiff::civil::Date;
use std::path::{Path, PathBuf};

/// When the comment is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Talk {
    /// Where something is missing, or was.
    Auto,
    /// On every pull request.
    Always,
    /// Never.
    Never,
}

/// The arguments of the input `args`.
#[derive(Parser)]
#[command(no_binary_name = true, disable_help_flag = true)]
pub struct Extra {
    /// Ask every rule, those that are off by default included
    #[arg(long)]
    pub strict: bool,
    /// The day that waivers and dates are judged by
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
    /// Only findings and the closing line
    #[arg(long, short, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Excused findings, every fact and what was not checked, too
    #[arg(long, short)]
    pub verbose: bool,
}

/// The inputs of the Action.
pub struct Inputs {
    /// Where the page is, from the folder that is judged.
    pub policy: Option<String>,
    /// The organisation's page, from the workspace.
    pub org_policy: Option<String>,
    /// The folder that is judged, from the root of the repository; empty: all of it.
    pub folder: String,
    pub fail_on: FailOn,
    pub comment: Talk,
    /// Whether changes whose exact lines are known are suggested beside them.
    pub suggestions: bool,
    /// The file that SARIF is written to.
    pub sarif: Option<PathBuf>,
    pub annotations: bool,
    pub format: &'static Output,
    pub token: Option<String>,
    pub extra: Extra,
}

/// Everything that a runner says.
pub struct Environment {
    pub inputs: Inputs,
    /// `pull_request`, `push`, …
    pub event: String,
    /// The event's content.
    pub payload: PathBuf,
    pub workspace: PathBuf,
    /// `owner/name`.
    pub repository: String,
    /// The commit that the run is for.
    pub sha: String,
    /// The branch or tag that the run is for, in words.
    pub branch: String,
    pub place: Place,
    /// `https://github.com`.
    pub web: String,
    /// The page of the run.
    pub run: Option<String>,
    /// A folder for our files.
    pub folder: PathBuf,
    pub output: Option<PathBuf>,
    pub summary: Option<PathBuf>,
    /// A folder that keeps what was read of GitHub.
    pub cache: Option<PathBuf>,
}

impl Environment {
    /// What the runner says; `of` gives the values of its variables.
    pub fn read(of: impl Fn(&str) -> Option<String>) -> Result<Self> {
        let some = |name: &str| of(name).filter(|value| !value.trim().is_empty());
        let must = |name: &str| {
            some(name).with_context(|| format!("{name} is not set: `adrule action` runs in a job of GitHub Actions"))
        };
        let repository = must("GITHUB_REPOSITORY")?;
        let is_name =
            |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b));
        if !repository.split_once('/').is_some_and(|(owner, name)| is_name(owner) && is_name(name)) {
            bail!("GITHUB_REPOSITORY is no owner and name: {}", repository.escape_debug());
        }
        let web = some("GITHUB_SERVER_URL").unwrap_or_else(|| "https://github.com".to_owned());
        let web = web.trim_end_matches('/').to_owned();
        let run = some("GITHUB_RUN_ID").filter(|id| id.bytes().all(|byte| byte.is_ascii_digit()));
        let temporary = some("RUNNER_TEMP").map_or_else(std::env::temp_dir, PathBuf::from);
        let inputs = Inputs::read(&of)?;
        Ok(Self {
            event: must("GITHUB_EVENT_NAME")?,
            payload: must("GITHUB_EVENT_PATH")?.into(),
            workspace: must("GITHUB_WORKSPACE")?.into(),
            sha: must("GITHUB_SHA")?,
            branch: some("GITHUB_REF_NAME").unwrap_or_default(),
            place: Place::new(some("GITHUB_API_URL").as_deref(), some("GITHUB_GRAPHQL_URL").as_deref())?,
            run: run.map(|id| format!("{web}/{repository}/actions/runs/{id}")),
            folder: temporary.join("adrule").join(slug(&inputs.folder)),
            output: some("GITHUB_OUTPUT").map(PathBuf::from),
            summary: some("GITHUB_STEP_SUMMARY").map(PathBuf::from),
            cache: some("ADRULE_CACHE").map(PathBuf::from),
            repository,
            web,
            inputs,
        })
    }
}

impl Inputs {
    fn read(of: &impl Fn(&str) -> Option<String>) -> Result<Self> {
        let some = |name: &str| of(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty());
        let choice = |name: &str, allowed: &[&str]| -> Result<String> {
            let value = some(name).unwrap_or_else(|| allowed[0].to_owned());
            if !allowed.contains(&value.as_str()) {
                let input = name.trim_start_matches("INPUT_").to_lowercase().replace('_', "-");
                bail!("the input `{input}` is one of {}, not `{}`", allowed.join(", "), value.escape_debug());
            }
            Ok(value)
        };
        let formats: Vec<&str> = OUTPUTS.iter().map(|output| output.name).collect();
        let format = choice("INPUT_FORMAT", &formats)?;
        let fail_on = choice("INPUT_FAIL_ON", &["error", "warning", "info", "never"])?;
        let args = some("INPUT_ARGS").unwrap_or_default();
        Ok(Self {
            policy: some("INPUT_POLICY").map(|path| inside("policy", &path)).transpose()?,
            org_policy: some("INPUT_ORG_POLICY").map(|path| inside("org-policy", &path)).transpose()?,
            folder: inside("working-directory", &some("INPUT_WORKING_DIRECTORY").unwrap_or_default())?,
            fail_on: FailOn::from_str(&fail_on, false).unwrap_or(FailOn::Error),
            comment: match choice("INPUT_COMMENT", &["auto", "always", "never"])?.as_str() {
                "always" => Talk::Always,
                "never" => Talk::Never,
                _ => Talk::Auto,
            },
            suggestions: choice("INPUT_SUGGESTIONS", &["false", "true"])? == "true",
            sarif: some("INPUT_SARIF").map(PathBuf::from),
            annotations: choice("INPUT_ANNOTATIONS", &["true", "false"])? == "true",
            format: render::find(&format).unwrap_or(OUTPUTS[0]),
            token: some("INPUT_TOKEN"),
            extra: Extra::try_parse_from(args.split_whitespace())
                .map_err(|error| anyhow::anyhow!("the input `args`: {}", error.to_string().trim()))?,
        })
    }
}

/// A path from the root of the repository that stays inside, `/` between folders.
fn inside(input: &str, path: &str) -> Result<String> {
    let path = path.replace('\\', "/");
    let parts: Vec<&str> = path.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
    if path.starts_with('/') || Path::new(&path).is_absolute() || parts.contains(&"..") {
        bail!("the input `{input}` is a path inside of the repository, not `{}`", path.escape_debug());
    }
    Ok(parts.join("/"))
}

/// A part of a path that no file system minds.
fn slug(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '-' }).collect()
}
