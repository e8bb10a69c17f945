//! A repository with one file that is hard to read, and what every answer has to be.

use super::{PAGE, Place, Report, report, within};
use std::process::{Command, Output};
use std::time::Duration;

/// Unoptimized code is some thirty times slower.
pub const LIMIT: Duration = if cfg!(debug_assertions) { Duration::from_secs(40) } else { Duration::from_secs(2) };

/// A manifest that is hard to read.
pub const MANIFEST: &str = "services/hard/catalog-info.yaml";
/// A decision that is.
pub const DECISION: &str = "docs/adr/0001-beta.md";

/// A folder without git: the seed rule, `alpha` in Go and `beta` in Rust without a reason.
pub fn place() -> Place {
    let place = Place::new();
    place.write("adrule.yaml", PAGE);
    place.service("services/alpha", "alpha", "go");
    place.service("services/beta", "beta", "rust");
    place
}

/// Runs with at most 600 MiB of address space, and looks at what every answer has to be.
pub fn run(place: &Place, args: &[&str]) -> Output {
    let mut command = Command::new("sh");
    command.args(["-c", "ulimit -v 614400; exec \"$0\" \"$@\""]).arg(env!("CARGO_BIN_EXE_adrule"));
    command.args(args).current_dir(&place.root).env("NO_COLOR", "1");
    let out = within(command, LIMIT);
    let text = String::from_utf8_lossy(&out.stdout).into_owned() + &String::from_utf8_lossy(&out.stderr);
    assert!(out.status.code().is_some_and(|code| code <= 2), "{:?}: {text}", out.status);
    assert!(!text.contains("panicked"), "{text}");
    out
}

/// Both the report and what people see; `beta` must be judged whatever else there is.
pub fn check(place: &Place, name: &str) -> Report {
    let human = run(place, &["check", "--all", "--verbose", "--as-of", "2026-11-22"]);
    let raw = |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let text = String::from_utf8(human.stdout).unwrap();
    assert!(!text.contains(raw), "{name}: control characters in {text:?}");
    let report = report(run(place, &["check", "--all", "--format", "json", "--as-of", "2026-11-22"]));
    assert!(report.services().contains(&"alpha".to_owned()), "{name}: {}", report.stderr);
    assert!(report.services().contains(&"beta".to_owned()), "{name}: {}", report.stderr);
    assert_eq!(report.code, human.status.code().unwrap());
    report
}

/// `rule line:column message` of the findings about one file.
pub fn about(report: &Report, path: &str) -> Vec<String> {
    let findings = report.json["findings"].as_array().unwrap();
    let mut said = Vec::new();
    for finding in findings {
        let first = &finding["places"][0];
        if first["path"].as_str().is_some_and(|here| here == path) {
            let place = format!("{}:{}", first["line"], first["column"]);
            said.push(format!(
                "{} {place} {}",
                finding["rule"].as_str().unwrap(),
                finding["message"].as_str().unwrap()
            ));
        }
    }
    said
}
