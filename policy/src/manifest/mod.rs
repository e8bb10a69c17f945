//! Manifests: files that describe services. One file here for each format; all give the same [`Service`].
//!
//! [`is_candidate`] says from a path alone whether a file may be one; [`read`] reads it, by content first.

mod accept;
mod adrule;
mod annotate;
mod app_engine;
mod backstage;
mod bare;
mod candidate;
mod compass;
mod compose;
mod cortex;
mod datadog;
mod document;
mod gather;
mod helm;
mod items;
mod key;
mod knative;
mod kubernetes;
mod nearest;
mod openslo;
mod opslevel;
mod plain;
mod reader;
mod reading;
mod replaced;
mod room;
mod schema;
mod score;
mod shape;
mod template;
mod walk;
mod words;
mod workload;

pub use candidate::is_candidate;
pub use reading::{Aside, Reading, duplicate_key, read};
pub use room::{lines, lines_with};
pub(crate) use shape::front_matter_faults;

use crate::fact::Fact;
use crate::text::{Place, Span};
use std::sync::Arc;

/// The words of a key: `latencyTargetMs` as `latency`, `target`, `ms`.
pub(crate) fn key_words(key: &str) -> Vec<String> {
    key::words(key)
}

/// The fact that the words of a key leave no doubt about.
pub(crate) fn named_by(words: &[String]) -> Option<&'static crate::fact::vocabulary::Known> {
    key::meaning(words).filter(|meaning| meaning.strong).map(|meaning| meaning.known)
}

/// Whether a key says that what stands under it is asked of a service: `budgets`, `slo`, `Zielwerte`.
pub(crate) fn asks(words: &[String]) -> bool {
    words.iter().any(|word| key::limits(word)) && words.iter().all(|word| words::sorts(word) || key::is_word(word))
}

/// The formats that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// Our own `service.yaml`.
    Adrule,
    /// Backstage `catalog-info.yaml`.
    Backstage,
    /// Datadog service definitions v2 to v3.
    Datadog,
    /// `opslevel.yml`.
    Opslevel,
    /// `cortex.yaml`.
    Cortex,
    /// `compass.yml`.
    Compass,
    /// `score.yaml`.
    Score,
    /// Kubernetes workloads.
    Kubernetes,
    /// Knative services.
    Knative,
    /// Compose files.
    Compose,
    /// App Engine's `app.yaml`.
    AppEngine,
    /// A Helm chart's values.
    HelmValues,
    /// OpenSLO objectives.
    Openslo,
    /// A description of a service in nobody's format: a name, a language and some figures.
    Plain,
}

impl Format {
    /// Its name in a sentence: "Backstage".
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Adrule => "adrule",
            Self::Backstage => "Backstage",
            Self::Datadog => "Datadog",
            Self::Opslevel => "OpsLevel",
            Self::Cortex => "Cortex",
            Self::Compass => "Compass",
            Self::Score => "Score",
            Self::Kubernetes => "Kubernetes",
            Self::Knative => "Knative",
            Self::Compose => "Compose",
            Self::AppEngine => "App Engine",
            Self::HelmValues => "Helm values",
            Self::Openslo => "OpenSLO",
            Self::Plain => "plain",
        }
    }
}

/// A text with the place where it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    /// The text.
    pub text: String,
    /// Where.
    pub span: Span,
}

/// A language that a manifest states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatedLanguage {
    /// Its standard name (`go`, `rust`, `typescript`; [`crate::language`]).
    pub name: Arc<str>,
    /// Where it is stated.
    pub place: Place,
}

/// One document of a manifest, as a description of a service.
#[derive(Clone, Debug)]
pub struct Service {
    /// Name.
    pub name: String,
    /// Where the name stands.
    pub place: Place,
    /// The format it was read from.
    pub format: Format,
    /// The document's number in its file, from 0.
    pub document: usize,
    /// What kind of service: `service`, `api`, `worker`, `batch`, `tool`, `library`, `website`, … as written.
    pub kind: Option<Located>,
    /// The languages that it states.
    pub languages: Vec<StatedLanguage>,
    /// What else it states.
    pub facts: Vec<Fact>,
    /// Its free text (a description, a rationale): prose, which may state facts too. The span holds the text as it
    /// is written, folds and quotes included.
    pub prose: Vec<Located>,
    /// Free text that stands where limits are written, each with the key over it.
    pub asked: Vec<(String, Located)>,
    /// Decisions that it names: paths, links or numbers, as written.
    pub decisions: Vec<Located>,
    /// A folder that it names as its source, relative to the manifest.
    pub folder: Option<String>,
    /// Whether the format describes what is run (containers) and not what is owned: such documents join the
    /// service in whose folder they lie and are no service of their own where nothing else describes one.
    pub deployment: bool,
    /// Where a fact may be added, for the text to add.
    pub room: Room,
}

/// How a fact is added to a manifest of this format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Room {
    /// Under a mapping: keys of the path, then `adrule/<fact>: value`.
    Annotations(&'static [&'static str]),
    /// Under a mapping: keys of the path, then `<fact>: value`.
    Keys(&'static [&'static str]),
    /// A list of mappings `key`/`value` (or `name`/`value`) under the path.
    Pairs(&'static [&'static str], &'static str),
    /// The format has no room: a `service.yaml` beside it is the place.
    None,
}
