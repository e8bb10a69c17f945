//! Requirements: a fact and what its value must be.

use super::Reader;
use crate::fact::value::Unusable;
use crate::fact::{Value as FactValue, vocabulary};
use crate::policy::compare::contradiction;
use crate::policy::{Comparison, FactType, Op, Placed, Requirement, nearest, shape, words};
use crate::text::Span;
use crate::text::yaml::{Entry, Value};

/// A requirement compares with a handful of values; a page with more of them in one place is no honest one.
const MOST_VALUES: usize = 200;

impl Reader<'_> {
    pub(super) fn requirements(&mut self, list: Option<Value<'_, '_>>) -> Vec<Requirement> {
        let mut requirements = Vec::new();
        for item in list.into_iter().flat_map(Value::items) {
            requirements.extend(match item.entries().next() {
                Some(entry) => self.compared(entry),
                None => item.filled().and_then(|name| self.stated(name, item.span())),
            });
        }
        requirements
    }

    /// A fact that must be stated at all.
    fn stated(&mut self, name: &str, span: Span) -> Option<Requirement> {
        self.fact_type(name, span)?;
        Some(Requirement {
            fact: name.into(),
            place: self.problems.place(span),
            comparisons: Vec::new(),
            percentile: None,
        })
    }

    /// A fact with comparisons.
    pub(super) fn compared(&mut self, entry: Entry<'_, '_>) -> Option<Requirement> {
        let name = entry.key.text()?;
        let kind = self.fact_type(name, entry.key.span())?;
        let mut wanted = self.stated(name, entry.key.span())?;
        if entry.value.is_mapping() && entry.value.entries().next().is_none() {
            let label = format!("write `{name}: {{ stated: true }}`, or compare it");
            self.problems.mistake(entry.value.span(), format!("nothing is said about `{name}`"), label);
        }
        for comparator in entry.value.entries() {
            match comparator.key.text() {
                Some("percentile") => wanted.percentile = self.percentile(name, &kind, comparator),
                Some(word) => {
                    if let Some(op) = Op::named(word) {
                        wanted.comparisons.extend(self.comparison(name, &kind, op, comparator));
                    }
                }
                None => {}
            }
        }
        self.possible(&wanted, &kind);
        Some(wanted)
    }

    /// The type of a fact; a fact that nobody knows is a mistake.
    pub(super) fn fact_type(&mut self, name: &str, span: Span) -> Option<FactType> {
        let kind = self.page.fact_type(name);
        if kind.is_none() {
            let own: Vec<String> = self.page.facts.iter().map(|fact| fact.id.to_string()).collect();
            let known = vocabulary::KNOWN.iter().map(|known| known.id).chain(own.iter().map(String::as_str));
            let by_letters = || if self.problems.is_full() { None } else { nearest(name, known) };
            let meant = vocabulary::by_label(name).map(|known| known.id).or_else(by_letters);
            let label = meant.map_or_else(|| "unknown fact".to_owned(), |meant| format!("did you mean `{meant}`?"));
            let help = "a fact of your own is defined under `facts:`";
            let message = format!("`{}` is no fact that this page or adrule knows", shape::shown(name));
            self.problems.mistake_help(span, message, label, help);
        }
        kind
    }

    fn comparison(&mut self, name: &str, kind: &FactType, op: Op, entry: Entry<'_, '_>) -> Option<Comparison> {
        if !kind.allows(op) {
            let usable = Op::ALL.iter().filter(|op| kind.allows(**op)).map(|op| format!("`{}`", op.name()));
            let label = format!("use {}", words::listed(&usable.collect::<Vec<_>>(), "or"));
            let message = format!("`{}` does not go with `{name}`, which is {}", op.name(), kind.says());
            self.problems.mistake(entry.key.span(), message, label);
            return None;
        }
        let listed = matches!(op, Op::OneOf | Op::NoneOf);
        let (mut values, mut written) = (Vec::new(), Vec::new());
        for item in if listed { entry.value.items().collect() } else { vec![entry.value] } {
            if values.len() >= MOST_VALUES {
                let message = format!("more than {MOST_VALUES} values in one comparison");
                self.problems.mistake(item.span(), message, "");
                break;
            }
            let Some(text) = item.filled() else { continue };
            if let Some(value) = self.asked(name, kind, op, item) {
                values.push(value);
                written.push(text.trim().to_owned());
            }
        }
        let place = self.problems.place(entry.key.span().to(entry.value.span()));
        (!values.is_empty()).then_some(Comparison { op, values, written, place })
    }

    /// A value that the page compares with.
    fn asked(&mut self, name: &str, kind: &FactType, op: Op, value: Value<'_, '_>) -> Option<FactValue> {
        let text = value.filled()?.trim();
        if kind.name() == "names" {
            if matches!(op, Op::OneOf | Op::NoneOf) {
                return Some(FactValue::Text(text.to_owned()));
            }
            let Ok(count) = text.parse::<u32>() else {
                let message = format!("`{name}` is compared by how many names there are");
                self.problems.mistake(value.span(), message, "write a number");
                return None;
            };
            return Some(FactValue::Count(f64::from(count)));
        }
        let read = self.value(name, kind, text, value.span())?;
        if read.percentile.is_some() {
            let message = format!("`{}` holds a percentile besides the value", op.name());
            self.problems.mistake(value.span(), message, "write it apart: `percentile: p95`");
            return None;
        }
        // "under 10 ms" compares a second time; "per instance" behind an amount says what it is counted for.
        let behind = text.get(read.range.end..).unwrap_or_default().trim_start();
        let alone = behind.is_empty() || behind.starts_with("per ") || behind.starts_with('/');
        if matches!(kind, FactType::Known(_)) && (read.range.start > 0 || !alone) {
            let message = format!("`{}` holds more than a value: `{}`", op.name(), shape::shown(text));
            self.problems.mistake(value.span(), message, "write the value alone");
            return None;
        }
        Some(read.value)
    }

    /// A value of a fact, as the page states it.
    pub(super) fn value(
        &mut self,
        name: &str,
        kind: &FactType,
        text: &str,
        span: Span,
    ) -> Option<crate::fact::value::Read> {
        let amount = text.parse::<f64>().ok();
        let unit = match (kind.name(), amount) {
            ("duration", Some(_)) => Some("milliseconds? write `# ms`"),
            ("bytes", Some(_)) => Some("megabytes? write `# MB`"),
            ("rate", Some(_)) => Some("requests a second? write `# rps`"),
            ("money", Some(_)) => Some("in which currency? write `# EUR`"),
            ("share", Some(share)) if share > 1.0 => Some("percent? write `# %`"),
            _ => None,
        };
        if let Some(unit) = unit {
            self.problems.mistake(span, format!("`{name}` needs a unit"), unit.replace('#', text));
            return None;
        }
        match kind.read(text) {
            Ok(read) => Some(read),
            Err(Unusable::NoUnit(write)) => {
                self.problems.mistake(span, format!("`{name}` needs a unit"), format!("write `{write}`"));
                None
            }
            Err(error) => {
                let nearest = nearest(text, kind.words()).map(|meant| format!("did you mean `{meant}`?"));
                let label = nearest.unwrap_or_else(|| match error {
                    Unusable::Placeholder => error.to_string(),
                    _ => format!("write {}{}", kind.says(), example(name, kind)),
                });
                let message = format!("`{name}` cannot be `{}`", shape::shown(text));
                self.problems.mistake(span, message, label);
                None
            }
        }
    }

    fn percentile(&mut self, name: &str, kind: &FactType, entry: Entry<'_, '_>) -> Option<Placed<f64>> {
        if kind.name() != "duration" {
            let message = format!("`{name}` has no percentile: it is {}", kind.says());
            self.problems.mistake(entry.key.span(), message, "leave it out");
            return None;
        }
        let text = entry.value.filled()?.trim();
        let digits = text.strip_prefix(['p', 'P']);
        let number = digits.filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.'));
        match number.and_then(|digits| digits.parse::<f64>().ok()) {
            Some(at) if at > 0.0 && at < 100.0 => Some(self.placed(entry.value, at)),
            Some(_) => {
                let message = format!("`{}` is no percentile", shape::shown(text));
                self.problems.mistake(entry.value.span(), message, "it lies between p0 and p100, such as `p99.9`");
                None
            }
            None => {
                let message = format!("`{}` is no percentile", shape::shown(text));
                let digits = text.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect::<String>();
                let example = if digits.is_empty() { "95".to_owned() } else { digits };
                self.problems.mistake(entry.value.span(), message, format!("write it as `p{example}`"));
                None
            }
        }
    }

    fn possible(&mut self, wanted: &Requirement, kind: &FactType) {
        let Some((one, other)) = contradiction(&wanted.comparisons, kind) else { return };
        let message = format!("no `{}` can be what this asks for", wanted.fact);
        let told = |comparison: &Comparison| format!("`{}: {}`", comparison.op.name(), comparison.written.join(", "));
        let label = if one.place == other.place {
            format!("{} leaves nothing", told(one))
        } else {
            format!("{} and {} exclude each other", told(one), told(other))
        };
        let span = if one.place == other.place { one.place.span } else { one.place.span.to(other.place.span) };
        self.problems.mistake(span, message, label);
    }
}

fn example(name: &str, kind: &FactType) -> String {
    let example = match kind.name() {
        "bytes" => "180 MB",
        "duration" => "10 ms",
        "rate" => "300 rps",
        "count" => "4",
        "share" => "40 %",
        "money" => "4000 EUR",
        "date" => "2027-06-01",
        _ => return String::new(),
    };
    let known = vocabulary::find(name).map(|known| known.example);
    let known = known.filter(|_| kind.name() == "date");
    format!(", such as `{}`", known.unwrap_or(example))
}
