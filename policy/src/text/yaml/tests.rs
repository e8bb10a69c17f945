use super::*;

fn texts(text: &str) -> Vec<(String, String)> {
    let stream = parse(text);
    let mut out = Vec::new();
    for document in stream.documents() {
        for entry in document.entries() {
            out.push((entry.key.span().of(text).to_owned(), entry.value.span().of(text).to_owned()));
        }
    }
    out
}

#[test]
fn spans_are_the_text_of_keys_and_values() {
    let text = "\u{FEFF}näme: \"a b\" # c\r\nmemory: 1.10\nlist:\n  - x\n  - y\n\nflow: {a: 1, b: [2]}\nblock: |\n  one\n  two\nempty:\n---\nnext: no\n";
    assert_eq!(
        texts(text),
        [
            ("näme", "\"a b\""),
            ("memory", "1.10"),
            ("list", "- x\n  - y"),
            ("flow", "{a: 1, b: [2]}"),
            ("block", "one\n  two"),
            ("empty", ""),
            ("next", "no"),
        ]
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
    );
}

#[test]
fn duplicate_keys_keep_both_places_and_the_first_value() {
    let text = "a: 1\nb: 2\na: 3\n";
    let stream = parse(text);
    assert_eq!(stream.duplicates().len(), 1);
    assert_eq!(stream.duplicates()[0].again, Span::new(10, 11));
    assert_eq!(stream.first().and_then(|root| root.get("a")).and_then(Value::text), Some("1"));
}

#[test]
fn merge_keys_are_looked_through() {
    let text = "base: &b {x: 1}\nmore: &m {<<: *b, y: 2}\nuse:\n  <<: *m\n  z: 3\n";
    let stream = parse(text);
    let used = stream.first().and_then(|root| root.get("use")).unwrap();
    assert_eq!(used.get("x").and_then(Value::text), Some("1"));
    assert_eq!(used.to_json(100), Some(serde_json::json!({"z": 3, "y": 2, "x": 1})));
}

#[test]
fn a_tab_behind_a_value_is_named_at_its_place() {
    let text = "policy: 1\n\tdefault: go\n";
    let stream = parse(text);
    let problem = stream.problem().unwrap();
    assert_eq!(problem.message, "a tab, where YAML takes spaces only");
    assert_eq!(problem.span.start, text.find('\t').unwrap());
}

#[test]
fn bombs_are_refused_or_cost_nothing() {
    let laughs = (0..9).fold("a0: &a0 [x,x,x,x,x,x,x,x,x]\n".to_owned(), |text, i| {
        format!("{text}a{0}: &a{0} [*a{i},*a{i},*a{i},*a{i},*a{i},*a{i},*a{i},*a{i},*a{i}]\n", i + 1)
    });
    let stream = parse(&laughs);
    assert!(stream.problem().is_none());
    assert_eq!(stream.first().and_then(|root| root.to_json(10_000)), None);
    for text in ["- ".repeat(10_000), "[".repeat(10_000), "{a: ".repeat(10_000), "? ".repeat(20_000)] {
        assert!(parse(&text).problem().is_some(), "{}", &text[..8]);
    }
    let inside = "a: &a [*a, {<<: *a}]";
    assert_eq!(parse(inside).first().and_then(|root| root.to_json(10_000)), None);
}

#[test]
fn numbers_that_are_names_stay_text() {
    for text in ["0123", "0075212147455501", "1.10.2", "12e999x", "74328e7720796361"] {
        assert_eq!(Scalar::plain(text), Scalar::Text(text));
    }
    assert_eq!(Scalar::plain("-1.5"), Scalar::Number(-1.5));
}
