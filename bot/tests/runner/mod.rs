//! A runner of composite actions, as far as ours needs one.

// Each test file uses another part of this.
#![allow(dead_code)]

pub mod equal;

use crate::support::{Job, Place, within};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// Where the job runs.
pub struct GitHub {
    pub url: String,
    /// `owner/name`.
    pub repository: String,
    /// The job's own token.
    pub token: String,
}

/// The action as it lies in a runner's folder.
pub struct Action {
    pub place: Place,
    steps: Value,
    whole: Value,
    defaults: BTreeMap<String, String>,
    /// What the machine is: `RUNNER_OS` and `RUNNER_ARCH`.
    pub machine: (&'static str, &'static str),
    /// Where its commands are, if not where ours are.
    pub path: Option<PathBuf>,
}

/// Our own repository.
fn ours() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

impl Action {
    pub fn new() -> Self {
        let place = Place::new();
        for file in ["action.yml", "Cargo.toml", "action/take.sh", "action/releases.sha256"] {
            place.write(file, fs::read(ours().join(file)).unwrap());
        }
        let action: Value = serde_yaml::from_str(&fs::read_to_string(place.path("action.yml")).unwrap()).unwrap();
        let default = |(name, input): (&String, &Value)| (name.clone(), input["default"].as_str().unwrap().to_owned());
        let defaults = action["inputs"].as_object().unwrap().iter().map(default).collect();
        let steps = action["runs"]["steps"].clone();
        Self { place, steps, whole: action, defaults, machine: ("Linux", "X64"), path: None }
    }

    /// The names of its inputs, as they stand there.
    pub fn inputs(&self) -> Vec<&str> {
        self.whole["inputs"].as_object().unwrap().keys().map(String::as_str).collect()
    }

    /// The names of its outputs.
    pub fn outputs(&self) -> Vec<&str> {
        self.whole["outputs"].as_object().unwrap().keys().map(String::as_str).collect()
    }

    pub fn description(&self, input: &str) -> String {
        self.whole["inputs"][input]["description"].as_str().unwrap().to_owned()
    }

    pub fn default(&self, input: &str) -> &str {
        &self.defaults[input]
    }

    /// Goes through the steps; what came out, and whether all went well.
    pub fn run(&self, github: &GitHub, event: (&str, &Value, &str), workspace: &Path, inputs: &[(&str, &str)]) -> Ran {
        let runner = Place::new();
        runner.write("event.json", event.1.to_string());
        let mut ran = Ran { went_well: true, log: String::new(), outputs: BTreeMap::new(), runner };
        for step in self.steps.as_array().unwrap() {
            let condition = step["if"].as_str();
            // The only condition there is.
            assert!(matches!(condition, None | Some("steps.program.outputs.build == 'true'")));
            if !ran.went_well || condition.is_some() && ran.output("program", "build") != "true" {
                continue;
            }
            let Some(script) = step["run"].as_str() else {
                ran.log.push_str(&format!("uses {}\n", step["uses"].as_str().unwrap()));
                continue;
            };
            assert!(!script.contains("${{"), "an input in a script can run commands: {script}");
            if script.starts_with("cargo build") {
                ran.log.push_str("cargo build\n");
                continue;
            }
            let id = step["id"].as_str().unwrap();
            let mut command = self.command(github, event, workspace, &ran.runner, script);
            for (name, value) in step["env"].as_object().unwrap() {
                command.env(name, self.value(value.as_str().unwrap(), github, inputs, &ran));
            }
            let out = within(command, Duration::from_secs(120));
            ran.went_well = out.status.success();
            ran.log += &(String::from_utf8_lossy(&out.stdout) + String::from_utf8_lossy(&out.stderr));
            ran.take_outputs(id);
        }
        ran
    }

    fn command(
        &self,
        github: &GitHub,
        event: (&str, &Value, &str),
        workspace: &Path,
        runner: &Place,
        run: &str,
    ) -> Command {
        let mut command = Command::new("bash");
        command.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", run]).current_dir(workspace).env_clear();
        for name in ["PATH", "HOME"] {
            command.env(name, std::env::var_os(name).unwrap_or_default());
        }
        let (event, sha, api) = (event.0, event.2, &github.url);
        Job { runner, event, sha, workspace, repository: &github.repository, api }.tell(&mut command);
        command
            .env("GITHUB_GRAPHQL_URL", format!("{}/graphql", github.url))
            .env("GITHUB_SERVER_URL", &github.url)
            .env("RUNNER_OS", self.machine.0)
            .env("RUNNER_ARCH", self.machine.1);
        if let Some(path) = &self.path {
            command.env("PATH", path);
        }
        command
    }

    /// `${{ … }}`, as far as it is used: one expression, the whole value.
    fn value(&self, value: &str, github: &GitHub, inputs: &[(&str, &str)], ran: &Ran) -> String {
        let Some(name) = value.strip_prefix("${{ ").and_then(|rest| rest.strip_suffix(" }}")) else {
            assert!(!value.contains("${{"), "{value}");
            return value.to_owned();
        };
        let parts: Vec<&str> = name.split('.').collect();
        match parts.as_slice() {
            ["github", "action_path"] => self.place.root.display().to_string(),
            ["github", "action_repository"] => "adrule/adrule".to_owned(),
            ["github", "token"] => github.token.clone(),
            ["steps", id, "outputs", output] => ran.output(id, output),
            ["inputs", input] => match inputs.iter().find(|(name, _)| name == input) {
                Some((_, value)) => (*value).to_owned(),
                None => self.value(&self.defaults[*input], github, inputs, ran),
            },
            _ => panic!("no such expression: {name}"),
        }
    }
}

/// What the steps left behind.
pub struct Ran {
    pub went_well: bool,
    pub log: String,
    /// By the step and the name.
    pub outputs: BTreeMap<(String, String), String>,
    pub runner: Place,
}

impl Ran {
    pub fn output(&self, step: &str, name: &str) -> String {
        self.outputs.get(&(step.to_owned(), name.to_owned())).cloned().unwrap_or_default()
    }

    fn take_outputs(&mut self, step: &str) {
        let text = fs::read_to_string(self.runner.path("output")).unwrap_or_default();
        let _ = fs::remove_file(self.runner.path("output"));
        let mut lines = text.lines();
        while let Some(line) = lines.next() {
            let (name, value) = match (line.split_once("<<"), line.split_once('=')) {
                (Some((name, word)), _) => {
                    (name, lines.by_ref().take_while(|line| *line != word).collect::<Vec<_>>().join("\n"))
                }
                (None, Some((name, value))) => (name, value.to_owned()),
                (None, None) => panic!("no output: {line}"),
            };
            self.outputs.insert((step.to_owned(), name.to_owned()), value);
        }
    }

    pub fn report(&self) -> Value {
        serde_json::from_slice(&fs::read(self.output("check", "report")).unwrap()).unwrap()
    }
}
