//! What the YAML reader gives back, for documents drawn from values: each value as it was meant, each place where its
//! words stand, and no panic wherever a document is cut.

#![allow(clippy::unwrap_used, clippy::expect_used)] // A test may stop here.

use adrule_policy::text::Span;
use adrule_policy::text::yaml::{self, Stream, Value};
use proptest::prelude::*;
use std::fmt::Write as _;

/// How a text is written.
#[derive(Clone, Copy, Debug)]
enum Style {
    Plain,
    /// Plain, its words on lines of their own.
    Wrapped,
    Single,
    Double,
    /// `|`, and whether its last line break is dropped (`|-`) or every one kept (`|+`).
    Literal(&'static str),
    Folded,
}

/// A value to write.
#[derive(Clone, Debug)]
enum Model {
    Text(String, Style),
    /// `&name text`, for aliases behind it.
    Anchored(String),
    /// The text that was anchored last.
    Alias,
    /// Nothing behind the colon or the dash.
    Empty,
    Sequence(Vec<Model>),
    Mapping(Vec<(String, bool, Model)>),
    /// `[a, "b"]`
    Flow(Vec<(String, bool)>),
}

/// What has to come back.
#[derive(Debug)]
enum Expected {
    Text(String, String),
    Null,
    Sequence(Vec<Expected>),
    Mapping(Vec<(String, String, Expected)>),
}

struct Writer {
    out: String,
    eol: &'static str,
    anchored: Option<(String, String)>,
    anchors: usize,
    comments: Vec<bool>,
}

impl Writer {
    /// A comment at the end of a line, where the document's own list says so.
    fn end_of_line(&mut self) {
        if self.comments.pop().unwrap_or(false) {
            self.out.push_str(" \t# naïve: \"决定\" #2");
        }
        self.out.push_str(self.eol);
    }

    /// The text of a scalar on the current line; returns what was written of it.
    fn scalar(&mut self, text: &str, style: Style, indent: usize) -> (String, String) {
        let pad = " ".repeat(indent.max(1));
        let (eol, mut meant) = (self.eol, text.to_owned());
        let written = match style {
            Style::Plain => text.to_owned(),
            Style::Wrapped => text.replace(' ', &format!("{eol}{pad}")),
            Style::Single => format!("'{}'", text.replace('\'', "''")),
            Style::Double => double(text),
            Style::Literal(chomp) => {
                let mut block = format!("|{chomp}{eol}");
                for line in text.split('\n') {
                    let _ = write!(block, "{}{line}{eol}", if line.is_empty() { "" } else { &pad });
                }
                meant = match chomp {
                    "-" => text.trim_end_matches('\n').to_owned(),
                    "+" => format!("{text}\n"),
                    _ => format!("{}\n", text.trim_end_matches('\n')),
                };
                block.trim_end_matches(['\r', '\n']).to_owned()
                    + &eol.repeat(if chomp == "+" { text.len() - text.trim_end_matches('\n').len() } else { 0 })
            }
            Style::Folded => format!(">-{eol}{pad}{}", text.replace(' ', &format!("{eol}{pad}"))),
        };
        self.out.push_str(&written);
        if matches!(style, Style::Literal(_) | Style::Folded) {
            self.out.push_str(eol);
        } else {
            self.end_of_line();
        }
        // The place of a block is that of its lines.
        let body = if let Style::Literal(_) | Style::Folded = style { written.split_once('\n') } else { None };
        (meant, body.map_or(written.as_str(), |(_, lines)| lines).trim().to_owned())
    }

    /// A value behind `key:` or `-`; `indent` is that of what lies inside it.
    fn value(&mut self, model: &Model, indent: usize) -> Expected {
        match model {
            Model::Text(text, style) => {
                self.out.push(' ');
                let (meant, written) = self.scalar(text, *style, indent);
                Expected::Text(meant, written)
            }
            Model::Anchored(text) => {
                self.anchors += 1;
                let name = format!("a{}", self.anchors);
                let _ = write!(self.out, " &{name} {}", double(text));
                self.end_of_line();
                self.anchored = Some((name, text.clone()));
                Expected::Text(text.clone(), double(text))
            }
            Model::Alias => match self.anchored.clone() {
                Some((name, text)) => {
                    let _ = write!(self.out, " *{name}");
                    self.end_of_line();
                    Expected::Text(text, format!("*{name}"))
                }
                None => {
                    self.end_of_line();
                    Expected::Null
                }
            },
            Model::Empty => {
                self.end_of_line();
                Expected::Null
            }
            Model::Flow(items) => {
                let written: Vec<String> =
                    items.iter().map(|(text, quoted)| if *quoted { double(text) } else { text.clone() }).collect();
                let _ = write!(self.out, " [{}]", written.join(", "));
                self.end_of_line();
                let pairs = items.iter().zip(written);
                Expected::Sequence(pairs.map(|((text, _), written)| Expected::Text(text.clone(), written)).collect())
            }
            Model::Sequence(items) if items.is_empty() => self.value(&Model::Flow(Vec::new()), indent),
            Model::Mapping(entries) if entries.is_empty() => self.value(&Model::Empty, indent),
            Model::Sequence(_) | Model::Mapping(_) => {
                self.end_of_line();
                self.block(model, indent)
            }
        }
    }

    /// A sequence or a mapping on lines of its own.
    fn block(&mut self, model: &Model, indent: usize) -> Expected {
        let pad = " ".repeat(indent);
        match model {
            Model::Sequence(items) => Expected::Sequence(
                items
                    .iter()
                    .map(|item| {
                        let _ = write!(self.out, "{pad}-");
                        self.value(item, indent + 2)
                    })
                    .collect(),
            ),
            Model::Mapping(entries) => Expected::Mapping(
                entries
                    .iter()
                    .enumerate()
                    .map(|(at, (key, quoted, value))| {
                        // Keys of one mapping differ: what stands twice is another test's.
                        let key = format!("{key}{at}");
                        let written = if *quoted { double(&key) } else { key.clone() };
                        let _ = write!(self.out, "{pad}{written}:");
                        (key, written, self.value(value, indent + 1 + at % 3))
                    })
                    .collect(),
            ),
            other => self.value(other, indent),
        }
    }
}

fn double(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            'é' => quoted.push_str("\\u00e9"),
            c => quoted.push(c),
        }
    }
    quoted + "\""
}

fn word() -> impl Strategy<Value = String> {
    // Letters of several widths; nothing that YAML gives a meaning at a word's edge.
    "[a-zA-Z0-9éß决😀_./][a-zA-Z0-9éß决😀_./'\"#&*!|>%@-]{0,7}[a-zé决😀]"
}

fn words() -> impl Strategy<Value = String> {
    proptest::collection::vec(word(), 1..5).prop_map(|words| words.join(" "))
}

fn lines() -> impl Strategy<Value = String> {
    let line = prop_oneof![4 => words(), 1 => Just(String::new()), 1 => words().prop_map(|line| line + " \t: # x")];
    (words(), proptest::collection::vec(line, 0..4)).prop_map(|(first, more)| {
        let mut text = first;
        for line in more {
            text.push('\n');
            text.push_str(&line);
        }
        text
    })
}

fn text() -> impl Strategy<Value = Model> {
    let anything = "[a-zé决😀 \t:#'\"\\\\,{}\\[\\]&*!|>%@?-]{0,20}";
    prop_oneof![
        3 => words().prop_map(|text| Model::Text(text, Style::Plain)),
        1 => words().prop_map(|text| Model::Text(text, Style::Wrapped)),
        2 => anything.prop_map(|text| Model::Text(text, Style::Single)),
        2 => (anything, anything).prop_map(|(one, two)| Model::Text(format!("{one}\n{two}"), Style::Double)),
        2 => (lines(), prop_oneof![Just("-"), Just(""), Just("+")])
            .prop_map(|(text, chomp)| Model::Text(text, Style::Literal(chomp))),
        1 => words().prop_map(|text| Model::Text(text, Style::Folded)),
        1 => anything.prop_map(Model::Anchored),
        1 => Just(Model::Alias),
        1 => Just(Model::Empty),
        1 => proptest::collection::vec(("[a-zé决][a-zé决😀/.-]{0,6}", any::<bool>()), 0..4).prop_map(Model::Flow),
    ]
}

fn document() -> impl Strategy<Value = Model> {
    let inner = text().prop_recursive(4, 40, 5, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Model::Sequence),
            proptest::collection::vec((word(), any::<bool>(), inner), 0..4).prop_map(Model::Mapping),
        ]
    });
    proptest::collection::vec((word(), any::<bool>(), inner), 1..6).prop_map(Model::Mapping)
}

fn on_boundaries(file: &str, span: Span) -> Result<(), TestCaseError> {
    prop_assert!(file.get(span.range()).is_some(), "{span:?} of {}", file.len());
    Ok(())
}

fn inside(inner: Span, outer: Span) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

fn compare(file: &str, value: Value<'_, '_>, expected: &Expected) -> Result<(), TestCaseError> {
    on_boundaries(file, value.span())?;
    match expected {
        Expected::Text(meant, written) => {
            prop_assert_eq!(value.text(), Some(meant.as_str()));
            let there = value.span().of(file);
            prop_assert!(there.contains(written.as_str()), "{there:?} is not {written:?}");
            prop_assert!(there.trim_end().len() <= written.len(), "{there:?} is more than {written:?}");
        }
        Expected::Null => prop_assert!(value.is_null(), "{value:?}"),
        Expected::Sequence(items) => {
            prop_assert!(value.is_sequence(), "{value:?}");
            prop_assert_eq!(value.items().count(), items.len());
            for (item, expected) in value.items().zip(items) {
                prop_assert!(inside(item.span(), value.span()), "{item:?} in {value:?}");
                compare(file, item, expected)?;
            }
        }
        Expected::Mapping(entries) => {
            prop_assert!(value.is_mapping(), "{value:?}");
            prop_assert_eq!(value.entries().count(), entries.len());
            let mut end = value.span().start;
            for (entry, (key, written, expected)) in value.entries().zip(entries) {
                on_boundaries(file, entry.key.span())?;
                prop_assert_eq!(entry.key.text(), Some(key.as_str()));
                prop_assert_eq!(entry.key.span().of(file), written.as_str());
                for part in [entry.key.span(), entry.value.span()] {
                    prop_assert!(inside(part, value.span()), "{part:?} in {value:?}");
                    prop_assert!(end <= part.start, "{part:?} stands before {end}");
                    end = part.end;
                }
                prop_assert_eq!(value.get(key).map(Value::span), Some(entry.value.span()));
                compare(file, entry.value, expected)?;
            }
        }
    }
    Ok(())
}

/// Every place in a stream, however little of the document is well.
fn places(file: &str, stream: &Stream<'_>) -> Result<(), TestCaseError> {
    let mut open: Vec<Value<'_, '_>> = stream.documents().collect();
    for _ in 0..5_000 {
        let Some(value) = open.pop() else { break };
        on_boundaries(file, value.span())?;
        for entry in value.entries() {
            on_boundaries(file, entry.key.span())?;
            open.push(entry.value);
        }
        open.extend(value.items());
    }
    for comment in stream.comments() {
        prop_assert!(comment.span.of(file).starts_with('#'), "{:?}", comment.span);
    }
    for twice in stream.duplicates() {
        on_boundaries(file, twice.first)?;
        on_boundaries(file, twice.again)?;
    }
    if let Some(problem) = stream.problem() {
        on_boundaries(file, problem.span)?;
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn values_come_back_with_their_places(
        model in document(),
        windows in any::<bool>(),
        mark in any::<bool>(),
        comments in proptest::collection::vec(any::<bool>(), 0..40),
        cuts in proptest::collection::vec(any::<proptest::sample::Index>(), 12),
        noise in "[\t\u{FEFF}\u{2028}\u{0}:\\-?&*!|>'\"%@`{}\\[\\],#\r\né]{1,3}",
    ) {
        let eol = if windows { "\r\n" } else { "\n" };
        let mut writer = Writer { out: String::new(), eol, anchored: None, anchors: 0, comments };
        if mark {
            writer.out.push('\u{FEFF}');
        }
        let expected = writer.block(&model, 0);
        let file = writer.out;
        let stream = yaml::parse(&file);
        prop_assert!(stream.problem().is_none(), "{:?}\n{file}", stream.problem());
        prop_assert!(stream.duplicates().is_empty());
        let root = stream.first().expect("a document");
        compare(&file, root, &expected).map_err(|error| TestCaseError::fail(format!("{error}\n{file}")))?;
        places(&file, &stream)?;
        // Cut anywhere, and with something else in its place, it may be no YAML; it is read without harm.
        for cut in cuts {
            let mut at = cut.index(file.len() + 1);
            while !file.is_char_boundary(at) {
                at -= 1;
            }
            for broken in [file[..at].to_owned(), file[at..].to_owned(), format!("{}{noise}{}", &file[..at], &file[at..])] {
                places(&broken, &yaml::parse(&broken)).map_err(|error| TestCaseError::fail(format!("{error}\n{broken:?}")))?;
            }
        }
    }
}
