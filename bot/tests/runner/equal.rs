//! Whether a job says what `adrule check` says of the same commits: equal findings, equal words, wherever they are shown.

use super::Ran;
use crate::support::{adrule, within};
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::time::Duration;

/// Compares all that a job left behind with `adrule check` in a checkout of the same commits; `comment` is what it wrote.
pub fn says_what_check_says(ran: &Ran, checkout: &Path, base: &str, comment: Option<&str>) {
    let check = |format: &str| {
        let mut command = adrule(checkout);
        command.args(["check", "--as-of", "2026-11-22", "--base", base, "--format", format]);
        String::from_utf8(within(command, Duration::from_secs(60)).stdout).unwrap()
    };
    // The report and its outputs.
    let json: Value = serde_json::from_str(&check("json")).unwrap();
    assert_eq!(ran.report(), json);
    let findings = json["findings"].as_array().unwrap();
    let is_gap = |service: &&Value| service["standing"] == "gap";
    let gaps = json["services"].as_array().unwrap().iter().filter(is_gap).count();
    let said = ["findings", "gaps"].map(|name| ran.output("check", name));
    assert_eq!(said, [findings.len().to_string(), gaps.to_string()]);
    // The log, as the terminal shows it.
    assert!(ran.log.contains(&check("human")), "{}\n--\n{}", ran.log, check("human"));
    // Annotations: level, file, place, title and message.
    assert_eq!(annotations(&ran.log), annotations(&check("github")));
    assert_eq!(annotations(&ran.log).len(), findings.len());
    // SARIF, to the byte.
    assert_eq!(fs::read_to_string(ran.output("check", "sarif")).unwrap(), check("sarif"));
    // The summary and the comment: the same text, with links.
    let markdown = check("markdown");
    let summary = fs::read_to_string(ran.runner.path("summary")).unwrap();
    for said in [Some(summary.as_str()), comment].into_iter().flatten() {
        let said = without_links(said);
        for line in markdown.lines().filter(|line| !line.starts_with("<sub>Judged by")) {
            assert!(said.lines().any(|other| other == line), "{line}\n-- is not in --\n{said}");
        }
    }
}

/// The workflow commands that are annotations, each with its properties sorted.
fn annotations(log: &str) -> Vec<(Vec<String>, String)> {
    let levels = ["error", "warning", "notice"];
    let command = |line: &str| {
        let (head, message) = line.strip_prefix("::")?.split_once("::")?;
        let (level, properties) = head.split_once(' ')?;
        let mut properties: Vec<String> = properties.split(',').map(str::to_owned).collect();
        properties.retain(|property| !property.starts_with("col=") && !property.starts_with("endColumn="));
        properties.push(level.to_owned());
        properties.sort();
        levels.contains(&level).then(|| (properties, message.to_owned()))
    };
    log.lines().filter_map(command).collect()
}

/// Markdown whose links are only their words.
fn without_links(markdown: &str) -> String {
    let mut text = markdown.to_owned();
    while let Some(at) = text.find("](http") {
        let open = text[..at].rfind('[').unwrap();
        let end = at + text[at..].find(')').unwrap();
        text = format!("{}{}{}", &text[..open], &text[open + 1..at], &text[end + 1..]);
    }
    text
}
