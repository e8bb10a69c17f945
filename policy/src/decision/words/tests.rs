use super::*;
use proptest::prelude::*;

const FILES: [(&str, &str); 14] = [
    ("en", include_str!("en.txt")),
    ("de", include_str!("de.txt")),
    ("fr", include_str!("fr.txt")),
    ("es", include_str!("es.txt")),
    ("pt", include_str!("pt.txt")),
    ("it", include_str!("it.txt")),
    ("nl", include_str!("nl.txt")),
    ("pl", include_str!("pl.txt")),
    ("tr", include_str!("tr.txt")),
    ("ru", include_str!("ru.txt")),
    ("uk", include_str!("uk.txt")),
    ("zh", include_str!("zh.txt")),
    ("ja", include_str!("ja.txt")),
    ("ko", include_str!("ko.txt")),
];

#[test]
fn a_status_word_means_the_same_in_every_language_of_its_script() {
    for (language, file) in FILES {
        for line in file.lines() {
            let Some((name, words)) = line.strip_prefix("status.").and_then(|line| line.split_once(": ")) else {
                continue;
            };
            for word in words.split(';').map(fold) {
                let understood = lexicon(&word).status(&word);
                let allowed = understood == Status::named(name) || DIFFER.contains(&word.as_str());
                assert!(allowed, "{language}: {word} is {understood:?}, not {name}");
            }
        }
    }
}

/// Words that two languages use for different standings; the earlier language wins.
const DIFFER: [&str; 0] = [];

#[test]
fn headings_are_known_in_any_language_and_dress() {
    for (heading, expected) in [
        ("Context and Problem Statement", Some(Topic::Problem)),
        ("2. ✅ Decision:", Some(Topic::Decision)),
        ("Decision (final)", Some(Topic::Decision)),
        ("Конsequences", None),
        ("Konsequenzen", Some(Topic::Consequences)),
        ("Avantages et inconvénients des options", Some(Topic::ProsAndCons)),
        ("ステータス", Some(Topic::Status)),
        ("决策（建议默认）", Some(Topic::Decision)),
        ("Rejected Alternatives", Some(Topic::Options)),
        ("3 Kontext", Some(Topic::Context)),
        ("Статус", Some(Topic::Status)),
        ("맥락", Some(Topic::Context)),
        ("Something of our own", None),
    ] {
        assert_eq!(topic(heading), expected, "{heading}");
    }
}

#[test]
fn a_section_that_is_known_for_something_else_names_nobody() {
    for lexicon in [&LATIN, &CYRILLIC, &HANGUL, &HAN] {
        for (_, word, topic) in lexicon.topics {
            let names = matches!(field(word), Some(Field::Deciders | Field::Author));
            assert!(!names || *topic == Topic::Deciders, "{word} is {topic:?}");
        }
    }
}

proptest! {
    #[test]
    fn a_text_is_handed_over_as_it_is_folded(text in "([A-Za-zÄé：０ \\t\u{0301}]{0,20}|[A-Z ]{0,80})") {
        prop_assert_eq!(folded(&text, str::to_owned), fold(&text));
    }
}

#[test]
fn labels_are_known_with_their_remarks() {
    assert_eq!(field("Decision makers (optional)"), Some(Field::Deciders));
    assert_eq!(field("decision_makers"), Some(Field::Deciders));
    assert_eq!(field("**Status**"), Some(Field::Status));
    assert_eq!(field("状态"), Some(Field::Status));
    assert_eq!(field("Superseded by"), Some(Field::SupersededBy));
    assert_eq!(field("Decided (the first half) — built (2 of 5)"), None);
    assert_eq!(field("Weather"), None);
    assert_eq!(month("Décembre"), Some(12));
    assert_eq!(month("Sept."), Some(9));
}
