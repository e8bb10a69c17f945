//! action.yml itself, step by step as a runner goes through it, beside a GitHub of our own that also has the release.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails here has failed")]

mod fake;
mod support;

use fake::{Fake, REPOSITORY};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;
use support::{Place, check_in, within};

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The action as it lies in a runner's folder, with the sums of a release.
struct Action {
    place: Place,
    steps: Value,
    defaults: BTreeMap<String, String>,
}

fn ours() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

impl Action {
    fn new() -> Self {
        let place = Place::new();
        for file in ["action.yml", "Cargo.toml", "action/take.sh", "action/releases.sha256"] {
            place.write(file, fs::read(ours().join(file)).unwrap());
        }
        let action: Value = serde_yaml::from_str(&fs::read_to_string(place.path("action.yml")).unwrap()).unwrap();
        let default = |(name, input): (&String, &Value)| (name.clone(), input["default"].as_str().unwrap().to_owned());
        let defaults = action["inputs"].as_object().unwrap().iter().map(default).collect();
        Self { place, steps: action["runs"]["steps"].clone(), defaults }
    }

    /// Makes a release of the program that is tested; its archive's name.
    fn release(&self, github: &Fake, version: &str) -> String {
        let name = format!("adrule-{version}-x86_64-unknown-linux-musl.tar.gz");
        let folder = Place::new();
        fs::copy(env!("CARGO_BIN_EXE_adrule"), folder.path("adrule")).unwrap();
        let tar = |args: &[&str]| {
            assert!(Command::new("tar").current_dir(&folder.root).args(args).status().unwrap().success())
        };
        tar(&["-I", "gzip -1", "-cf", &name, "adrule"]);
        let sum = Command::new("sha256sum").arg(folder.path(&name)).output().unwrap();
        let sum = String::from_utf8(sum.stdout).unwrap();
        let sums = fs::read_to_string(self.place.path("action/releases.sha256")).unwrap();
        let line = format!("{}  {name}\n", sum.split(' ').next().unwrap());
        self.place.write("action/releases.sha256", sums + &line);
        let path = format!("/adrule/adrule/releases/download/v{version}/{name}");
        github.state().files.insert(path, fs::read(folder.path(&name)).unwrap());
        name
    }

    /// Goes through the steps; what came out, and whether all went well.
    fn run(&self, github: &Fake, event: (&str, &Value, &str), workspace: &Path, inputs: &[(&str, &str)]) -> Ran {
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
                command.env(name, self.value(value.as_str().unwrap(), inputs, &ran));
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
        github: &Fake,
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
        command
            .env("GITHUB_EVENT_NAME", event.0)
            .env("GITHUB_EVENT_PATH", runner.path("event.json"))
            .env("GITHUB_SHA", event.2)
            .env("GITHUB_REF_NAME", "main")
            .env("GITHUB_WORKSPACE", workspace)
            .env("GITHUB_REPOSITORY", REPOSITORY)
            .env("GITHUB_API_URL", &github.url)
            .env("GITHUB_GRAPHQL_URL", format!("{}/graphql", github.url))
            .env("GITHUB_SERVER_URL", &github.url)
            .env("GITHUB_RUN_ID", "42")
            .env("GITHUB_OUTPUT", runner.path("output"))
            .env("GITHUB_STEP_SUMMARY", runner.path("summary"))
            .env("RUNNER_TEMP", runner.path("temporary"))
            .env("RUNNER_OS", "Linux")
            .env("RUNNER_ARCH", "X64");
        command
    }

    /// `${{ … }}`, as far as it is used: one expression, the whole value.
    fn value(&self, value: &str, inputs: &[(&str, &str)], ran: &Ran) -> String {
        let Some(name) = value.strip_prefix("${{ ").and_then(|rest| rest.strip_suffix(" }}")) else {
            assert!(!value.contains("${{"), "{value}");
            return value.to_owned();
        };
        let parts: Vec<&str> = name.split('.').collect();
        match parts.as_slice() {
            ["github", "action_path"] => self.place.root.display().to_string(),
            ["github", "action_repository"] => "adrule/adrule".to_owned(),
            ["github", "token"] => "given".to_owned(),
            ["steps", id, "outputs", output] => ran.output(id, output),
            ["inputs", input] => match inputs.iter().find(|(name, _)| name == input) {
                Some((_, value)) => (*value).to_owned(),
                None => self.value(&self.defaults[*input], inputs, ran),
            },
            _ => panic!("no such expression: {name}"),
        }
    }
}

struct Ran {
    went_well: bool,
    log: String,
    outputs: BTreeMap<(String, String), String>,
    runner: Place,
}

impl Ran {
    fn output(&self, step: &str, name: &str) -> String {
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

    fn report(&self) -> Value {
        serde_json::from_slice(&fs::read(self.output("check", "report")).unwrap()).unwrap()
    }
}

/// A repository with a trial merge, and what GitHub says of its pull request.
fn pull(change: impl Fn(&Place)) -> (Place, Fake, Value, String) {
    let place = Place::on_branch();
    change(&place);
    place.commit("A change");
    let head = place.git(&["rev-parse", "HEAD"]);
    place.git(&["checkout", "-q", "--detach", "main"]);
    place.git(&["merge", "-q", "--no-edit", "--no-ff", "change"]);
    let (base, merge) = (place.git(&["rev-parse", "main"]), place.git(&["rev-parse", "HEAD"]));
    let ends = json!({ "number": 7, "base": { "ref": "main", "sha": base }, "head": { "ref": "change", "sha": head } });
    let github = Fake::of(&place.root);
    (place, github, json!({ "action": "opened", "pull_request": ends }), merge)
}

#[test]
fn with_a_gap() {
    let (place, github, event, merge) = pull(|place| place.service("services/gamma", "gamma", "rust"));
    let action = Action::new();
    action.release(&github, VERSION);
    let ran = action.run(&github, ("pull_request", &event, &merge), &place.root, &[("sarif", "adrule.sarif")]);
    assert!(!ran.went_well, "{}", ran.log);
    let out = |name: &str| ran.output("check", name);
    assert_eq!((out("findings"), out("gaps"), out("conclusion")), ("1".into(), "1".into(), "failure".into()));
    // Equal findings, equal words.
    let check = check_in(&place.root, &["--base", "HEAD^1"]);
    assert_eq!(ran.report()["findings"], check.json["findings"]);
    let message = check.json["findings"][0]["message"].as_str().unwrap();
    let sarif = fs::read_to_string(out("sarif")).unwrap();
    let summary = fs::read_to_string(ran.runner.path("summary")).unwrap();
    assert!(ran.log.contains(message) && sarif.contains(message) && summary.contains("gamma"), "{}", ran.log);
    assert_eq!(github.comments(7).len(), 1);
}

#[test]
fn without_a_gap_of_a_fork_and_in_a_queue() {
    let (place, github, event, merge) = pull(|place| place.service("services/gamma", "gamma", "go"));
    let action = Action::new();
    action.release(&github, VERSION);
    let ran = action.run(&github, ("pull_request", &event, &merge), &place.root, &[]);
    assert!(ran.went_well && github.comments(7).is_empty(), "{}", ran.log);
    assert_eq!(ran.output("check", "conclusion"), "success");

    let (place, github, event, merge) = pull(|place| place.service("services/gamma", "gamma", "rust"));
    let action = Action::new();
    action.release(&github, VERSION);
    github.state().denied = vec!["/comments"];
    let ran = action.run(&github, ("pull_request", &event, &merge), &place.root, &[]);
    assert!(!ran.went_well && ran.log.contains("The comment was not written"), "{}", ran.log);

    let group = json!({ "merge_group": {
        "base_sha": place.git(&["rev-parse", "main"]), "head_sha": merge, "base_ref": "refs/heads/main",
    } });
    let ran = action.run(&github, ("merge_group", &group, &merge), &place.root, &[("fail-on", "never")]);
    assert!(ran.went_well && ran.output("check", "gaps") == "1", "{}", ran.log);
}

#[test]
fn another_archive_than_was_released_is_not_run() {
    let (place, github, event, merge) = pull(|place| place.service("services/gamma", "gamma", "go"));
    let action = Action::new();
    let name = action.release(&github, VERSION);
    let path = format!("/adrule/adrule/releases/download/v{VERSION}/{name}");
    github.state().files.get_mut(&path).unwrap().push(0);
    let ran = action.run(&github, ("pull_request", &event, &merge), &place.root, &[]);
    assert!(
        !ran.went_well && ran.log.contains("::error::") && ran.log.contains("is not what was released"),
        "{}",
        ran.log
    );
    assert!(ran.outputs.is_empty(), "{:?}", ran.outputs);
}

#[test]
fn without_a_release_it_is_built() {
    let (place, github, event, merge) = pull(|place| place.service("services/gamma", "gamma", "go"));
    let action = Action::new();
    let take = |inputs: &[(&str, &str)]| action.run(&github, ("pull_request", &event, &merge), &place.root, inputs);
    let ran = take(&[]);
    assert!(
        ran.log.contains("is built from the source of this action") && ran.log.contains("cargo build"),
        "{}",
        ran.log
    );
    let program = ran.output("program", "program");
    assert_eq!(program, action.place.path("target/release/adrule").display().to_string());
    // A release that has gone.
    let name = action.release(&github, VERSION);
    github.state().files.clear();
    assert!(take(&[]).log.contains("could not be fetched"), "{name}");
    // Another version must have been released, and be one.
    assert!(take(&[("version", "9.9.9")]).log.contains("::error::adrule 9.9.9 cannot be taken"));
    let evil = take(&[("version", "$(touch evil)")]);
    assert!(!evil.went_well && evil.log.contains("is no version such as"), "{}", evil.log);
}
