//! Where a job's findings go: the log, annotations, the summary, files, and the step's outputs.

use super::environment::Environment;
use adrule_policy::report::render::comment::{Annotation, AnnotationLevel, CheckText, Conclusion};
use adrule_policy::report::render::{self, Options};
use adrule_policy::report::{Report, Standing};
use anyhow::{Context as _, Result};
use ring::rand::SecureRandom as _;
use serde_json::Value;
use std::fmt::Write as _;
use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// Files that were written.
pub struct Written {
    pub report: PathBuf,
    pub sarif: Option<PathBuf>,
}

/// Writes the report's files.
pub fn files(environment: &Environment, report: &Report) -> Result<Written> {
    fs::create_dir_all(&environment.folder).with_context(|| environment.folder.display().to_string())?;
    let file = environment.folder.join("adrule.json");
    write(&file, &formatted("json", report))?;
    let sarif = environment.inputs.sarif.as_ref().map(|file| environment.workspace.join(file));
    if let Some(file) = &sarif {
        let text = from_root(&formatted("sarif", report), &environment.inputs.folder);
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
        }
        write(file, &text)?;
    }
    Ok(Written { report: file, sarif })
}

fn formatted(format: &str, report: &Report) -> String {
    render::find(format).map(|output| (output.render)(report, &Options::default())).unwrap_or_default()
}

fn write(file: &Path, text: &str) -> Result<()> {
    fs::write(file, text).with_context(|| format!("{} could not be written", file.display()))
}

/// SARIF whose paths start at the root of the repository: code scanning knows no other.
fn from_root(sarif: &str, folder: &str) -> String {
    let Some(mut value) = serde_json::from_str::<Value>(sarif).ok().filter(|_| !folder.is_empty()) else {
        return sarif.to_owned();
    };
    let mut open = vec![&mut value];
    while let Some(value) = open.pop() {
        match value {
            Value::Object(object) => {
                if let Some(Value::String(uri)) = object.get_mut("artifactLocation").and_then(|at| at.get_mut("uri")) {
                    *uri = format!("{}/{uri}", encoded(folder));
                }
                open.extend(object.values_mut());
            }
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
    serde_json::to_string_pretty(&value).map_or_else(|_| sarif.to_owned(), |text| text + "\n")
}

/// A path as a part of an address.
fn encoded(path: &str) -> String {
    let mut out = String::new();
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => out.push(char::from(byte)),
            _ => drop(write!(out, "%{byte:02X}")),
        }
    }
    out
}

/// Prints the report. No line of it is taken for a command: names in it are strangers'.
pub fn log(environment: &Environment, report: &Report) -> Result<()> {
    let inputs = &environment.inputs;
    let options = Options { quiet: inputs.extra.quiet, verbose: inputs.extra.verbose, ..Options::default() };
    quoted(&(inputs.format.render)(report, &options))
}

/// Prints text whose lines are no commands.
pub fn quoted(text: &str) -> Result<()> {
    let word = secret()?;
    print(&format!("::stop-commands::{word}\n{}\n::{word}::\n", text.trim_end()))
}

/// Prints a line of our own.
pub fn say(line: &str) -> Result<()> {
    print(&format!("{}\n", data(line)))
}

fn print(text: &str) -> Result<()> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).context("standard output")
}

/// A word that nobody can guess, so that nothing in a text ends it.
fn secret() -> Result<String> {
    let mut bytes = [0; 16];
    ring::rand::SystemRandom::new().fill(&mut bytes).map_err(|_| anyhow::anyhow!("there is no randomness here"))?;
    Ok(bytes.iter().fold("adrule-".to_owned(), |mut word, byte| {
        let _ = write!(word, "{byte:02x}");
        word
    }))
}

/// Prints annotations, as workflow commands.
pub fn annotate(annotations: &[Annotation]) -> Result<()> {
    let mut out = String::new();
    for note in annotations {
        let level = match note.level {
            AnnotationLevel::Failure => "error",
            AnnotationLevel::Warning => "warning",
            AnnotationLevel::Notice => "notice",
        };
        let (path, title) = (property(&note.path), property(&note.title));
        let _ = write!(out, "::{level} file={path},line={},endLine={}", note.start_line, note.end_line);
        if let (Some(start), Some(end)) = (note.start_column, note.end_column) {
            let _ = write!(out, ",col={start},endColumn={end}");
        }
        let _ = writeln!(out, ",title={title}::{}", data(&note.message));
    }
    print(&out)
}

/// Text behind `::`: a command ends at the line's end.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property: it ends at a comma, and all of them at a colon.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// Adds to the job's summary.
pub fn summary(environment: &Environment, text: &str) -> Result<()> {
    environment.summary.as_deref().map_or(Ok(()), |file| append(file, &format!("{}\n", text.trim_end())))
}

/// The step's outputs.
pub fn outputs(environment: &Environment, report: &Report, text: &CheckText, written: &Written) -> Result<()> {
    let gaps = report.services.iter().filter(|service| service.standing == Standing::Gap).count();
    set(
        environment,
        &[
            ("findings", report.open().count().to_string()),
            ("gaps", gaps.to_string()),
            ("report", written.report.display().to_string()),
            ("sarif", written.sarif.as_ref().map(|file| file.display().to_string()).unwrap_or_default()),
            ("conclusion", text.conclusion.as_str().to_owned()),
        ],
    )
}

/// The outputs of a step that had nothing to judge.
pub fn nothing(environment: &Environment) -> Result<()> {
    let neutral = Conclusion::Neutral.as_str().to_owned();
    let none = || "0".to_owned();
    let empty = String::new;
    let outputs =
        [("findings", none()), ("gaps", none()), ("report", empty()), ("sarif", empty()), ("conclusion", neutral)];
    set(environment, &outputs)
}

fn set(environment: &Environment, outputs: &[(&str, String)]) -> Result<()> {
    let Some(file) = &environment.output else { return Ok(()) };
    let word = secret()?;
    let text: String = outputs.iter().map(|(name, value)| format!("{name}<<{word}\n{value}\n{word}\n")).collect();
    append(file, &text)
}

fn append(file: &Path, text: &str) -> Result<()> {
    let mut open =
        OpenOptions::new().append(true).create(true).open(file).with_context(|| file.display().to_string())?;
    open.write_all(text.as_bytes()).with_context(|| format!("{} could not be written", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_stays_in_its_command() {
        let note = |message: &str| (property("a:b,c\n::error::x"), data(message));
        let (path, message) = note("first\r\n::set-output name=x::100%");
        assert_eq!(path, "a%3Ab%2Cc%0A%3A%3Aerror%3A%3Ax");
        assert_eq!(message, "first%0D%0A::set-output name=x::100%25");
    }

    #[test]
    fn sarif_starts_at_the_root() {
        let sarif =
            r#"{"runs":[{"results":[{"locations":[{"physicalLocation":{"artifactLocation":{"uri":"a.md"}}}]}]}]}"#;
        assert_eq!(from_root(sarif, ""), sarif);
        assert!(from_root(sarif, "b c").contains("\"uri\": \"b%20c/a.md\""));
    }
}
