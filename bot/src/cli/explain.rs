//! `adrule explain`: a rule's manual page.

use super::{could_not_run, output};
use adrule_policy::{policy::nearest, rule};
use anyhow::Result;
use std::fmt::Write as _;
use std::process::ExitCode;

#[derive(clap::Args)]
pub struct Options {
    /// The rule's id, as findings name it
    rule: String,
}

pub fn run(options: &Options) -> Result<ExitCode> {
    let Some(rule) = rule::find(&options.rule) else {
        let nearest =
            nearest(&options.rule, rule::ids()).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
        output::say(&format!(
            "error: no rule is called `{}`{nearest} (`adrule rules` lists them)",
            options.rule.escape_debug()
        ));
        return Ok(could_not_run());
    };
    let mut text = String::new();
    let _ = writeln!(text, "{}", rule.page.trim_end());
    let _ = writeln!(text, "\n{}", rule.weight());
    output::print(&text)?;
    Ok(ExitCode::SUCCESS)
}
