//! The baseline: the findings that a repository had when it adopted adrule. It excuses them, and can only shrink.

use super::{Finding, Severity, Sources, fingerprint};
use crate::text::Place;
use crate::tree::Paths;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::Arc;

/// Where it lies in a repository.
pub const BASELINE_PATH: &str = ".adrule-baseline.json";

/// Bumped when an entry changes its meaning.
const VERSION: u64 = 1;

/// One finding that is excused.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The file that it is in.
    pub path: String,
    /// Its rule.
    pub rule: String,
    /// What it is about, for people: it is found by its fingerprint.
    pub subject: String,
    /// What stays the same about it.
    pub fingerprint: String,
    /// Why it was added later; none for what was there when the baseline was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// The findings that a repository had when it adopted adrule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    /// Sorted; an entry that stands there twice excuses two findings.
    entries: Vec<Entry>,
}

/// Why a baseline cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BaselineError {
    /// It is no JSON, or not of this shape.
    #[error("line {line}, column {column}: {message}")]
    Shape {
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
        /// What is wrong.
        message: String,
    },
    /// A later adrule wrote it.
    #[error("it is of version {0}, and this adrule knows version 1")]
    Version(u64),
}

/// What a baseline did in a check.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BaselineUse {
    /// How many entries it has.
    pub entries: usize,
    /// Those that excuse nothing any more; only known where everything was judged.
    pub unneeded: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object with `version` and `entries`")]
struct Document {
    version: u64,
    entries: Vec<Entry>,
}

impl Baseline {
    /// Reads a baseline.
    ///
    /// # Errors
    /// When the text is no JSON, has another shape or another version.
    pub fn parse(text: &str) -> Result<Self, BaselineError> {
        let document: Document = serde_json::from_str(text).map_err(|error| {
            let words = error.to_string();
            let message = words.split(" at line ").next().unwrap_or_default().to_owned();
            BaselineError::Shape { line: error.line(), column: error.column(), message }
        })?;
        if document.version != VERSION {
            return Err(BaselineError::Version(document.version));
        }
        Ok(Self::from(document.entries))
    }

    /// What is said of a baseline that cannot be used, for that reason.
    #[must_use]
    pub fn unusable(reason: &str) -> Finding {
        let message = format!("`{BASELINE_PATH}` cannot be used: {reason}");
        let help = "Take it as it was from git, or remove it and let `adrule baseline` make it anew.";
        Finding::new("file-unreadable", Severity::Error, BASELINE_PATH, message, Place::file(BASELINE_PATH))
            .why("Nobody can say what it excuses, so nothing else was judged.")
            .help(help)
    }

    /// The baseline of these findings: those that nothing else excuses.
    #[must_use]
    pub fn of(findings: &[Finding], sources: &Sources) -> Self {
        Self::from(entries(findings, sources, None))
    }

    /// The same baseline with the open findings of a report, for a reason.
    #[must_use]
    pub fn with(&self, findings: &[Finding], sources: &Sources, reason: &str) -> Self {
        let added = entries(findings, sources, Some(reason));
        Self::from(self.entries.iter().cloned().chain(added).collect::<Vec<_>>())
    }

    /// The same baseline without these entries, each taken out once.
    #[must_use]
    pub fn without(&self, unneeded: &[Entry]) -> Self {
        let mut left: HashMap<&Entry, usize> = HashMap::new();
        for entry in unneeded {
            *left.entry(entry).or_default() += 1;
        }
        let mut entries = self.entries.clone();
        entries.retain(|entry| match left.get_mut(entry) {
            Some(times) if *times > 0 => {
                *times -= 1;
                false
            }
            _ => true,
        });
        Self { entries }
    }

    /// How many entries it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether it excuses nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// As it is written: sorted, one entry a line, so that changes to it read well and seldom collide.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = format!("{{\n  \"version\": {VERSION},\n  \"entries\": [");
        for (at, entry) in self.entries.iter().enumerate() {
            // An entry holds only strings: it always serializes.
            let line = serde_json::to_string(entry).unwrap_or_default();
            let _ = write!(text, "{}\n    {line}", if at == 0 { "" } else { "," });
        }
        text.push_str(if self.entries.is_empty() { "]\n}\n" } else { "\n  ]\n}\n" });
        text
    }

    /// Marks the findings that are in the baseline, and returns the entries that are left over. An entry excuses one
    /// finding: in its own file, or, where that is gone, wherever the same one is found.
    pub fn excuse(&self, findings: &mut [Finding], sources: &Sources, paths: &Paths) -> Vec<Entry> {
        let mut free: Vec<bool> = vec![true; self.entries.len()];
        let mut here: HashMap<(&str, &str, &str), Vec<usize>> = HashMap::new();
        let mut gone: HashMap<(&str, &str), Vec<usize>> = HashMap::new();
        for (at, entry) in self.entries.iter().enumerate() {
            here.entry((&entry.rule, &entry.fingerprint, &entry.path)).or_default().push(at);
            if !paths.contains(&entry.path) {
                gone.entry((&entry.rule, &entry.fingerprint)).or_default().push(at);
            }
        }
        let keys: Vec<(Arc<str>, String, String)> = findings
            .iter()
            .map(|finding| (Arc::clone(&finding.rule), fingerprint(finding, sources), path(finding).to_owned()))
            .collect();
        // Those in their own file first, so that a renamed one does not take what belongs to another.
        for is_renamed in [false, true] {
            let open = findings.iter_mut().zip(&keys).filter(|(finding, _)| finding.is_open());
            for (finding, (rule, print, path)) in open {
                let entries = match is_renamed {
                    false => here.get_mut(&(rule.as_ref(), print.as_str(), path.as_str())),
                    true => gone.get_mut(&(rule.as_ref(), print.as_str())),
                };
                let found = entries.and_then(|entries| std::iter::from_fn(|| entries.pop()).find(|at| free[*at]));
                if let Some(at) = found {
                    free[at] = false;
                    finding.baselined = true;
                }
            }
        }
        self.entries.iter().zip(free).filter(|(_, free)| *free).map(|(entry, _)| entry.clone()).collect()
    }
}

impl From<Vec<Entry>> for Baseline {
    fn from(mut entries: Vec<Entry>) -> Self {
        entries.sort();
        Self { entries }
    }
}

fn entries(findings: &[Finding], sources: &Sources, reason: Option<&str>) -> Vec<Entry> {
    // What explains a finding goes with it, and needs no entry of its own.
    let open = findings.iter().filter(|finding| finding.is_open() && finding.explains.is_none());
    open.map(|finding| Entry {
        path: path(finding).to_owned(),
        rule: finding.rule.to_string(),
        subject: finding.subject.clone(),
        fingerprint: fingerprint(finding, sources),
        reason: reason.map(str::to_owned),
    })
    .collect()
}

fn path(finding: &Finding) -> &str {
    finding.places.first().map_or("", |first| first.place.path.as_ref())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Severity;
    use crate::text::Place;
    use proptest::prelude::*;

    fn finding(path: &str, rule: &str) -> Finding {
        Finding::new(rule, Severity::Error, path, "wrong", Place::file(path))
    }

    fn sources(files: &[(&str, &str)]) -> Sources {
        let mut sources = Sources::default();
        for (path, text) in files {
            sources.add(&(*path).into(), &(*text).into());
        }
        sources
    }

    #[test]
    fn it_is_sorted_and_reads_well() {
        let texts = sources(&[("b.md", "# B"), ("a.md", "# A")]);
        let baseline = Baseline::of(&[finding("b.md", "x"), finding("a.md", "y"), finding("a.md", "x")], &texts);
        insta::assert_snapshot!(baseline.to_text(), @r#"
        {
          "version": 1,
          "entries": [
            {"path":"a.md","rule":"x","subject":"a.md","fingerprint":"429faaeeb04ff78dcfcc8ea0040d17bf"},
            {"path":"a.md","rule":"y","subject":"a.md","fingerprint":"02997f4f274ff78dcd1d72890db86e98"},
            {"path":"b.md","rule":"x","subject":"b.md","fingerprint":"429faaecb04ff78dcfcc8ea0040c2558"}
          ]
        }
        "#);
        assert_eq!(Baseline::parse(&baseline.to_text()), Ok(baseline));
        assert_eq!(Baseline::parse(&Baseline::default().to_text()), Ok(Baseline::default()));
    }

    #[test]
    fn an_entry_excuses_one_finding_in_its_file() {
        let texts = sources(&[("a.md", "# A"), ("b.md", "# A")]);
        let baseline = Baseline::of(&[finding("a.md", "x")], &texts);
        let mut now = [finding("b.md", "x"), finding("a.md", "x"), finding("a.md", "x"), finding("a.md", "y")];
        let left = baseline.excuse(&mut now, &texts, &["a.md", "b.md"].into_iter().collect());
        assert_eq!(now.map(|finding| finding.baselined), [false, true, false, false]);
        assert!(left.is_empty());
    }

    #[test]
    fn a_renamed_file_stays_excused() {
        let baseline = Baseline::of(&[finding("a.md", "x")], &sources(&[("a.md", "# A\n\nwords")]));
        let mut now = [finding("adr/b.md", "x")];
        let left =
            baseline.excuse(&mut now, &sources(&[("adr/b.md", "\n\n# A\n")]), &["adr/b.md"].into_iter().collect());
        assert!(now[0].baselined && left.is_empty());
    }

    #[test]
    fn what_is_mended_is_left_over_and_taken_out_once() {
        let texts = sources(&[("a.md", "# A")]);
        let baseline = Baseline::of(&[finding("a.md", "x"), finding("a.md", "x")], &texts);
        let mut now = [finding("a.md", "x")];
        let left = baseline.excuse(&mut now, &texts, &["a.md"].into_iter().collect());
        assert_eq!((left.len(), baseline.without(&left).len()), (1, 1));
    }

    #[test]
    fn mistakes_have_a_place() {
        let error = |text: &str| Baseline::parse(text).map_or_else(|error| error.to_string(), |_| String::new());
        insta::assert_snapshot!(error("{\n  \"version\": 1,\n  \"entries\": [{}]\n}"), @"line 3, column 16: missing field `path`");
        insta::assert_snapshot!(error("{\"version\": 2, \"entries\": []}"), @"it is of version 2, and this adrule knows version 1");
    }

    proptest! {
        #[test]
        fn any_text_is_refused_or_read(text in "\\PC{0,60}") {
            let _ = Baseline::parse(&text);
        }

        #[test]
        fn what_is_written_is_read_again(names in prop::collection::vec("\\PC{0,8}", 0..6)) {
            let all: Vec<Finding> = names.iter().map(|name| finding(name, name)).collect();
            let baseline = Baseline::of(&all, &Sources::default());
            prop_assert_eq!(Baseline::parse(&baseline.to_text()), Ok(baseline));
        }
    }
}
