//! `adrule rules`: the list.

use super::output;
use adrule_policy::report::words;
use adrule_policy::rule::RULES;
use anyhow::Result;
use std::fmt::Write as _;
use std::process::ExitCode;

#[derive(clap::Args)]
pub struct Options {
    /// How to print the list
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Format {
    Human,
    Json,
}

#[derive(serde::Serialize)]
struct RuleJson {
    id: &'static str,
    severity: &'static str,
    summary: String,
    judges: &'static str,
}

pub fn run(options: &Options) -> Result<ExitCode> {
    let rules: Vec<RuleJson> = RULES
        .iter()
        .map(|rule| RuleJson {
            id: rule.id,
            severity: if rule.strict { "off" } else { words::severity(rule.severity) },
            summary: rule.summary().split_whitespace().collect::<Vec<_>>().join(" "),
            judges: rule.judges(),
        })
        .collect();
    let text = match options.format {
        Format::Json => serde_json::to_string_pretty(&rules)? + "\n",
        Format::Human => {
            let width = rules.iter().map(|rule| rule.id.len()).max().unwrap_or(0);
            rules.iter().fold(String::new(), |mut text, rule| {
                let _ = writeln!(text, "{:width$}  {:7}  {}", rule.id, rule.severity, rule.summary);
                text
            })
        }
    };
    output::print(&text)?;
    Ok(ExitCode::SUCCESS)
}
