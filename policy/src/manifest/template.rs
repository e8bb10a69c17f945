//! Templates: files that become manifests after somebody fills them in. They are not checked, and never broken.

use crate::text::Span;
use crate::text::yaml::Value;
use std::collections::VecDeque;

/// Opening braces of Helm, Go, Jinja, cookiecutter, Backstage skeletons, ERB.
const OPENERS: &[&str] = &["{{", "{%", "<%"];
/// How many values of a document are looked at.
const LOOKED_AT: usize = 50_000;

/// The first template marker in a file's text that is not in a comment.
pub(super) fn marker(text: &str) -> Option<Span> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let code = if line.trim_start().starts_with('#') { "" } else { line };
        let first = OPENERS.iter().filter_map(|opener| code.find(opener)).min();
        if let Some(at) = first {
            return Some(Span::new(start + at, start + line.trim_end().len()));
        }
        start += line.len();
    }
    None
}

/// Where a document that reads as YAML shows that it is a template: in a key, in a value that is nothing but a
/// placeholder (`{{ .Values.x }}` reads as a mapping in a mapping), or in what names the document. Braces inside a
/// longer text are somebody's text: a monitoring rule, a command.
pub(super) fn of_document(root: Value<'_, '_>) -> Option<Span> {
    identity(root).or_else(|| structural(root))
}

/// A placeholder where the document says what it is.
fn identity(root: Value<'_, '_>) -> Option<Span> {
    const IDENTITY: &[&[&str]] = &[
        &["name"],
        &["kind"],
        &["apiVersion"],
        &["metadata", "name"],
        &["dd-service"],
        &["service", "name"],
        &["info", "x-cortex-tag"],
        &["info", "title"],
        &["spec", "owner"],
        &["language"],
        &["team"],
    ];
    IDENTITY.iter().find_map(|path| {
        let value = root.path(path)?;
        has_marker(value.text()?).then(|| value.span())
    })
}

fn structural(root: Value<'_, '_>) -> Option<Span> {
    let mut open = VecDeque::from([root]);
    // Aliases may lead round in circles: what is looked at is counted, not what is there.
    let mut left = LOOKED_AT;
    while let Some(value) = open.pop_front() {
        for entry in value.entries() {
            // `{{ x }}` without quotes: a mapping whose only key is a mapping.
            if entry.key.is_mapping() {
                return Some(value.span());
            }
            if entry.key.text().is_some_and(has_marker) {
                return Some(entry.key.span());
            }
            left = left.checked_sub(1)?;
            if entry.value.text().is_none() {
                open.push_back(entry.value);
            }
        }
        for item in value.items().filter(|item| item.text().is_none()) {
            left = left.checked_sub(1)?;
            open.push_back(item);
        }
    }
    None
}

/// Whether a text holds a template's opening braces.
pub(super) fn has_marker(text: &str) -> bool {
    memchr::memchr2(b'{', b'<', text.as_bytes()).is_some() && OPENERS.iter().any(|opener| text.contains(opener))
}
