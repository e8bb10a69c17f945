//! The same as the JSON document, one record a line: the report's head, each finding, service and file that was left
//! out, and the summary. Each record has a `type`.

use super::{Options, Output, json};
use crate::report::Report;
use serde_json::{Map, Value};

/// The format.
pub const OUTPUT: Output = Output { name: "json-lines", about: "the JSON report, one record a line", render };

fn render(report: &Report, _: &Options) -> String {
    let mut head = Map::new();
    let mut records: Vec<(&str, Value)> = Vec::new();
    let mut summary = Value::Null;
    // Made from the document, so that both formats always say the same.
    let Value::Object(document) = json::value(report) else { return String::new() };
    for (key, value) in document {
        match (key.as_str(), value) {
            ("findings", Value::Array(all)) => records.extend(all.into_iter().map(|one| ("finding", one))),
            ("services", Value::Array(all)) => records.extend(all.into_iter().map(|one| ("service", one))),
            ("unread", Value::Array(all)) => records.extend(all.into_iter().map(|one| ("unread", one))),
            ("summary", value) => summary = value,
            (_, value) => {
                head.insert(key, value);
            }
        }
    }
    records.insert(0, ("report", Value::Object(head)));
    records.push(("summary", summary));
    records.into_iter().map(|(kind, value)| line(kind, value)).collect()
}

fn line(kind: &str, value: Value) -> String {
    let mut record = Map::new();
    record.insert("type".to_owned(), kind.into());
    if let Value::Object(fields) = value {
        record.extend(fields);
    }
    format!("{}\n", Value::Object(record))
}
