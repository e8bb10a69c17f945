//! Output formats: which are asked for, and where they go.

use super::output;
use adrule_policy::report::Report;
use adrule_policy::report::render::{self, OUTPUTS, Output};
use anyhow::{Context as _, Result, bail};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use std::path::PathBuf;

#[derive(clap::Args)]
pub struct Outputs {
    /// How to print the report
    #[arg(long, value_parser = formats(), default_value = OUTPUTS[0].name)]
    format: &'static Output,
    /// Write the report to a file as well, in this format; may be given several times
    #[arg(long, value_name = "FORMAT=FILE", value_parser = target)]
    output: Vec<Target>,
    /// Only findings and the closing line
    #[arg(long, short, conflicts_with = "verbose")]
    quiet: bool,
    /// Excused findings, every fact and what was not checked, too
    #[arg(long, short)]
    verbose: bool,
}

/// A file that a report is written to.
#[derive(Clone)]
struct Target {
    output: &'static Output,
    file: PathBuf,
}

fn formats() -> impl TypedValueParser<Value = &'static Output> {
    PossibleValuesParser::new(OUTPUTS.iter().map(|output| output.name))
        .map(|name| render::find(&name).unwrap_or(OUTPUTS[0]))
}

fn target(text: &str) -> Result<Target, String> {
    let Some((name, file)) = text.split_once('=').filter(|(_, file)| !file.is_empty()) else {
        return Err("a format, `=` and a file are wanted, such as `sarif=adrule.sarif`".to_owned());
    };
    let names: Vec<&str> = OUTPUTS.iter().map(|output| output.name).collect();
    match render::find(name) {
        Some(output) => Ok(Target { output, file: file.into() }),
        None => Err(format!("no format is called `{name}`; there are {}", names.join(", "))),
    }
}

/// Writes the files first, so that they are there even where nobody reads standard output to its end.
pub fn write(report: &Report, options: &Outputs) -> Result<()> {
    let mut looks = render::Options { quiet: options.quiet, verbose: options.verbose, ..render::Options::default() };
    for (at, target) in options.output.iter().enumerate() {
        if options.output[..at].iter().any(|other| other.file == target.file) {
            bail!("two formats were to be written to {}", target.file.display());
        }
        let text = (target.output.render)(report, &looks);
        std::fs::write(&target.file, text)
            .with_context(|| format!("{} could not be written", target.file.display()))?;
    }
    looks.color = output::color();
    looks.rule_pages = output::rule_pages();
    output::print(&(options.format.render)(report, &looks))
}
