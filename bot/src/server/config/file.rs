//! The file: YAML, a mapping of the settings' names. Unknown keys are mistakes.

use super::given::{Layer, Said, Source};
use super::problem::Problem;
use super::setting::SETTINGS;
use crate::server::secret::Secret;
use adrule_policy::policy::nearest;
use adrule_policy::text::yaml;
use adrule_policy::text::{LineIndex, Span};
use std::path::Path;

/// What the file says; what is wrong with it goes to `problems`.
pub fn layer(path: &Path, text: &str, problems: &mut Vec<Problem>) -> Layer {
    let lines = LineIndex::new(text);
    let at = |span: Span| {
        let position = lines.position(span.start);
        Source::File { path: path.to_owned(), line: position.line, column: position.column }
    };
    let stream = yaml::parse(text);
    if let Some(problem) = stream.problem() {
        problems.push(Problem::at(&at(problem.span), problem.message.clone(), "Mend the YAML there."));
    }
    for twice in stream.duplicates() {
        let what = format!("`{}` stands twice, first in line {}", twice.key, lines.position(twice.first.start).line);
        problems.push(Problem::at(&at(twice.again), what, "Leave one of the two off."));
    }
    let mut layer = Layer::new();
    let Some(root) = stream.first().filter(|root| !root.is_null()) else { return layer };
    if !root.is_mapping() {
        let what = format!("the file is {}, not a mapping", root.type_name());
        problems.push(Problem::at(&at(root.span()), what, "Write lines such as `listen: 0.0.0.0:8080`."));
        return layer;
    }
    let known: Vec<&str> =
        SETTINGS.iter().flat_map(|setting| std::iter::once(setting.name).chain(setting.file)).collect();
    for entry in root.entries() {
        let key = entry.key.text().unwrap_or_default();
        if !known.contains(&key) {
            problems.push(unknown(&at(entry.key.span()), key, &known));
            continue;
        }
        let said = match entry.value.text() {
            _ if entry.value.is_null() => continue,
            Some(said) => said.to_owned(),
            // Lists are joined as they would be written in a variable.
            None if entry.value.is_sequence() => {
                entry.value.items().filter_map(adrule_policy::text::yaml::Value::text).collect::<Vec<_>>().join(",")
            }
            None => {
                let what = format!("`{key}` is {}, not a text", entry.value.type_name());
                problems.push(Problem::at(&at(entry.value.span()), what, "Write it as one value behind the colon."));
                continue;
            }
        };
        layer.insert(key.to_owned(), Said { text: Secret::new(said), source: at(entry.value.span()) });
    }
    layer
}

fn unknown(place: &Source, key: &str, known: &[&str]) -> Problem {
    let do_this = match nearest(key, known.iter().copied()) {
        Some(right) => format!("Did you mean `{right}`?"),
        None => "Leave it off; the settings are listed in docs/app.md.".to_owned(),
    };
    Problem::at(place, format!("there is no setting `{key}`"), do_this)
}
