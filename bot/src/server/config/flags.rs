//! The flags, made from the table of settings.

use super::setting::{SETTINGS, Setting};
use clap::{Arg, ArgMatches, Args, Command, Error, FromArgMatches};
use std::collections::BTreeMap;

/// What flags say, by their names without `--`.
#[derive(Clone, Debug, Default)]
pub struct Flags(pub BTreeMap<String, String>);

impl Args for Flags {
    fn augment_args(command: Command) -> Command {
        SETTINGS.iter().fold(command, |command, setting| {
            let mut command = command;
            if setting.has_flag() {
                let help = format!("{}{}", setting.meaning, default(setting));
                command = command.arg(Arg::new(setting.name).long(setting.name).value_name(setting.value).help(help));
            }
            if let Some(file) = setting.file {
                let help = if setting.has_flag() {
                    format!("A file that holds the value of --{}", setting.name)
                } else {
                    format!("A file with this in it: {}", lower(setting.meaning))
                };
                command = command.arg(Arg::new(file).long(file).value_name("FILE").help(help));
            }
            command
        })
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

fn default(setting: &Setting) -> String {
    if setting.default.is_empty() { String::new() } else { format!(" [default: {}]", setting.default) }
}

fn lower(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

impl FromArgMatches for Flags {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let mut flags = Self::default();
        flags.update_from_arg_matches(matches)?;
        Ok(flags)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        let names = SETTINGS
            .iter()
            .flat_map(|setting| setting.has_flag().then_some(setting.name).into_iter().chain(setting.file));
        for name in names {
            if let Some(value) = matches.get_one::<String>(name) {
                self.0.insert(name.to_owned(), value.clone());
            }
        }
        Ok(())
    }
}
