//! What a format is to the rest: names, how to tell it, how to read it. Adding one is a file with such a constant,
//! and its line in [`READERS`].

use super::document::Document;
use super::schema::Shape;
use super::{
    Format, Service, adrule, app_engine, backstage, compass, compose, cortex, datadog, helm, knative, kubernetes,
    openslo, opslevel, plain, score,
};
use crate::report::Finding;

/// Whether a document is of a format.
pub(super) enum Recognised {
    /// It is not.
    No,
    /// It describes a service.
    Service,
    /// It is of this format and describes something else, in a word: "a Group".
    Other(String),
}

/// One format.
pub(super) struct Reader {
    /// Which.
    pub format: Format,
    /// Names of its files, lower case, without folder and ending; `*` at either end stands for anything.
    pub names: &'static [&'static str],
    /// Folders, lower case, in which any YAML file may be of this format.
    pub folders: &'static [&'static str],
    /// Texts of which one stands in every such file: looked for before the file is parsed.
    pub needles: &'static [&'static str],
    /// By content first, then by name.
    pub recognise: fn(&Document<'_, '_>) -> Recognised,
    /// The services of a document that was recognised; findings of this format's own go to the second argument.
    pub read: fn(&Document<'_, '_>, &mut Vec<Finding>) -> Vec<Service>,
    /// The schema that its documents are checked against.
    pub shape: fn(&Document<'_, '_>) -> Option<Shape>,
}

/// Every format, the surest to tell first.
pub(super) const READERS: &[&Reader] = &[
    &datadog::READER,
    &backstage::READER,
    &score::READER,
    &knative::READER,
    &kubernetes::READER,
    &openslo::READER,
    &cortex::READER,
    &compose::READER,
    &opslevel::READER,
    &compass::READER,
    &app_engine::READER,
    &adrule::READER,
    &helm::READER,
    &plain::READER,
];
