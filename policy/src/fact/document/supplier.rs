//! Who sells what a document uses: "We buy geocoding from MapHaus".

use super::super::token::lex;
use memchr::memmem::Finder;
use std::collections::HashSet;
use std::sync::LazyLock;

/// Verbs of what is bought. They are rare, so most documents are not looked at further.
const BUYS: &[&str] = &[
    "buy",
    "buys",
    "bought",
    "purchase",
    "rent",
    "rents",
    "rented",
    "license",
    "licensed",
    "lease",
    "leased",
    "subscribe",
    "subscribed",
    "outsource",
    "outsourced",
    "kaufen",
    "mieten",
    "beziehen",
    "achetons",
    "louons",
    "compramos",
];

/// Words between what is bought and who sells it.
const FROM: &[&str] = &["from", "to", "of", "by", "von", "bei", "chez", "à", "a"];

/// Words between the verb and the name.
const REACH: usize = 8;

/// The names, in lower case.
pub(super) fn named(text: &str) -> HashSet<String> {
    let mut found = HashSet::new();
    if !may_buy(text) {
        return found;
    }
    let tokens = lex(text);
    for (at, _) in tokens.iter().enumerate().filter(|(_, token)| BUYS.contains(&&*token.lower)) {
        let rest = &tokens[at + 1..];
        for pair in rest.windows(2).take(REACH).take_while(|pair| pair[0].sign().is_none()) {
            let name = &pair[1];
            if FROM.contains(&&*pair[0].lower) && name.is_word() && name.text.starts_with(char::is_uppercase) {
                found.insert(name.lower.to_string());
            }
        }
    }
    found
}

/// Whether one of the verbs stands in a text as a word of its own, and not only as a part of another ("current",
/// "release"). Only such a text is split into words.
fn may_buy(text: &str) -> bool {
    static BEGINNINGS: LazyLock<Vec<Finder<'static>>> = LazyLock::new(|| {
        // "Buy" is found in "buys" as well.
        let begins = |verb: &&&str| !BUYS.iter().any(|other| other != *verb && verb.starts_with(other));
        BUYS.iter().filter(begins).map(Finder::new).collect()
    });
    let bytes = text.as_bytes();
    let alone = |at: usize| !at.checked_sub(1).is_some_and(|before| bytes[before].is_ascii_alphabetic());
    let is_verb = |at: usize| {
        let length = bytes[at..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        BUYS.iter().any(|verb| verb.as_bytes() == &bytes[at..at + length])
    };
    BEGINNINGS.iter().any(|begins| begins.find_iter(bytes).any(|at| alone(at) && is_verb(at)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sellers_by_name() {
        for (text, name) in [
            ("We buy geocoding from MapHaus and write a client.", Some("maphaus")),
            ("We subscribe to Skywatch.", Some("skywatch")),
            ("We buy from the shop.", None),
            ("The map comes from MapHaus.", None),
        ] {
            assert_eq!(named(text).into_iter().next().as_deref(), name, "{text}");
        }
    }
}
