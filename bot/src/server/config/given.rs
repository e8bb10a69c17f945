//! What was said, by whom: flags before the environment, the environment before the file, the file before what the
//! setup in the browser has kept.

use super::problem::Problem;
use super::setting::{Kind, SETTINGS, Setting};
use crate::server::secret::Secret;
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

/// Where something was said.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// The flag, with its `--`.
    Flag(String),
    Variable(String),
    File {
        path: PathBuf,
        line: usize,
        column: usize,
    },
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(name) => write!(f, "{name}"),
            Self::Variable(name) => write!(f, "{name}"),
            Self::File { path, line, column } => write!(f, "{}:{line}:{column}", path.display()),
        }
    }
}

/// A value, and who said it.
#[derive(Clone, Debug)]
pub struct Said {
    /// As it was written; of a secret's file its content.
    pub text: Secret,
    pub source: Source,
}

/// What one layer says: by the key, `-file` included, with nothing read yet.
pub type Layer = BTreeMap<String, Said>;

/// What flags say.
pub fn flags(flags: &BTreeMap<String, String>) -> Layer {
    let said = |(name, value): (&String, &String)| {
        (name.clone(), Said { text: Secret::new(value), source: Source::Flag(format!("--{name}")) })
    };
    flags.iter().map(said).collect()
}

/// What the environment says. An empty variable says nothing.
pub fn environment(variables: &BTreeMap<String, String>) -> Layer {
    let mut layer = Layer::new();
    let mut take = |key: String, variable: &str| {
        if let Some(value) = variables.get(variable).filter(|value| !value.trim().is_empty()) {
            let said = Said { text: Secret::new(value), source: Source::Variable(variable.to_owned()) };
            layer.entry(key).or_insert(said);
        }
    };
    for setting in SETTINGS {
        let own = setting.variable();
        take(setting.name.to_owned(), &own);
        if let (Some(file), Some(variable)) = (setting.file, setting.file_variable()) {
            take(file.to_owned(), &variable);
        }
    }
    for setting in SETTINGS {
        let is_said = says(&layer, setting);
        for other in setting.others.iter().filter(|_| !is_said) {
            let Some(value) = variables.get(*other).filter(|value| !value.trim().is_empty()) else { continue };
            let said = Said { text: Secret::new(value), source: Source::Variable((*other).to_owned()) };
            layer.entry(setting.name.to_owned()).or_insert(said);
        }
    }
    layer
}

/// Variables that look as if they were meant for us and are not read: the variable, and the one that it is near to.
pub fn mistyped(variables: &BTreeMap<String, String>) -> Vec<(String, String)> {
    let mut known: Vec<String> = vec!["ADRULE_CONFIG".to_owned()];
    for setting in SETTINGS {
        known.push(setting.variable());
        known.extend(setting.file_variable());
    }
    let unknown = variables.keys().filter(|name| name.starts_with("ADRULE_") && !known.contains(name));
    let near = |name: &String| {
        let short = known.iter().filter_map(|known| known.strip_prefix("ADRULE_"));
        let right = adrule_policy::policy::nearest(name.strip_prefix("ADRULE_")?, short)?;
        Some((name.clone(), format!("ADRULE_{right}")))
    };
    unknown.filter_map(near).collect()
}

/// What all layers together say, the first first, with the files of secrets read.
#[derive(Debug, Default)]
pub struct Given {
    pub said: BTreeMap<&'static str, Said>,
    /// The files that values came from.
    pub files: Vec<PathBuf>,
    /// What works and should still be known.
    pub notices: Vec<String>,
}

/// Lays the layers over each other.
pub fn together(layers: &[Layer], problems: &mut Vec<Problem>) -> Given {
    let mut given = Given::default();
    for setting in SETTINGS {
        let Some(layer) = layers.iter().find(|layer| says(layer, setting)) else { continue };
        let file = setting.file.and_then(|key| layer.get(key));
        let said = match (layer.get(setting.name), file) {
            (Some(said), Some(file)) => {
                problems.push(Problem::at(
                    &said.source,
                    format!("`{}` is stated twice, here and by {}", setting.name, file.source),
                    "Leave one of the two off.",
                ));
                continue;
            }
            (Some(said), None) => said.clone(),
            (None, Some(file)) => match read(setting, file, &mut given) {
                Ok(said) => said,
                Err(problem) => {
                    problems.push(problem);
                    continue;
                }
            },
            (None, None) => continue,
        };
        if let Some(problem) = refused(setting, &said) {
            problems.push(problem);
        }
        given.said.insert(setting.name, said);
    }
    given
}

fn says(layer: &Layer, setting: &Setting) -> bool {
    layer.contains_key(setting.name) || setting.file.is_some_and(|key| layer.contains_key(key))
}

/// What must not stand where it stands.
fn refused(setting: &Setting, said: &Said) -> Option<Problem> {
    if setting.kind != Kind::MayHoldPassword || !matches!(said.source, Source::Flag(_)) {
        return None;
    }
    let (_, rest) = said.text.reveal().split_once("://")?;
    let (user, _) = rest.split('/').next()?.rsplit_once('@')?;
    user.contains(':').then(|| {
        Problem::at(
            &said.source,
            "there is a password in it, and everybody on the machine can see flags",
            format!("State it as {0}, or in a file named by {0}_FILE.", setting.variable()),
        )
    })
}

/// A secret's file, which is a path from where the process runs or from the file that names it.
fn read(setting: &Setting, file: &Said, given: &mut Given) -> Result<Said, Problem> {
    let path = from(&file.source, file.text.reveal());
    let wrong = |what: String, do_this: &str| Problem::at(&file.source, what, do_this);
    let text = std::fs::read_to_string(&path).map_err(|error| {
        let what = format!("{} cannot be read: {error}", path.display());
        wrong(what, "Name a file that exists and that the server's user may read.")
    })?;
    given.files.push(path.clone());
    if text.trim().is_empty() {
        return Err(wrong(
            format!("{} is empty", path.display()),
            &format!("Write the {} into it.", setting.name.replace('-', " ")),
        ));
    }
    if is_open(&path) {
        given.notices.push(format!(
            "{} can be read by every user of the machine; `chmod 600` keeps it to its owner",
            path.display()
        ));
    }
    Ok(Said { text: Secret::new(text), source: file.source.clone() })
}

/// A path, from the folder of the file that names it.
fn from(source: &Source, path: &str) -> PathBuf {
    match source {
        Source::File { path: config, .. } => config.parent().unwrap_or(Path::new("")).join(path),
        Source::Flag(_) | Source::Variable(_) => PathBuf::from(path),
    }
}

#[cfg(unix)]
pub fn is_open(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::metadata(path).is_ok_and(|about| about.permissions().mode() & 0o004 != 0)
}

#[cfg(not(unix))]
pub fn is_open(_: &Path) -> bool {
    false
}
