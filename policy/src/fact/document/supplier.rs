//! Who sells what a document uses: "We buy geocoding from MapHaus".

use super::super::token::lex;
use std::collections::HashSet;

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
    if !may_buy(text) || !BUYS.iter().any(|verb| text.contains(verb)) {
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

/// The lengths of the verbs with each first letter, a bit a length.
const LENGTHS: [u16; 32] = {
    let mut lengths = [0; 32];
    let mut at = 0;
    while at < BUYS.len() {
        lengths[(BUYS[at].as_bytes()[0] & 31) as usize] |= 1 << BUYS[at].len();
        at += 1;
    }
    lengths
};

/// Whether one of the verbs stands in a text as a word of its own, in any case, and not only as a part of another
/// ("current", "release"). Only such a text is split into words.
fn may_buy(text: &str) -> bool {
    let is_one = |word: &[u8]| {
        let Some(first) = word.first().filter(|_| word.len() < 16) else { return false };
        LENGTHS[usize::from(first & 31)] & (1 << word.len()) != 0
            && BUYS.iter().any(|verb| word.eq_ignore_ascii_case(verb.as_bytes()))
    };
    let bytes = text.as_bytes();
    let mut start = 0;
    for (at, byte) in bytes.iter().enumerate() {
        if !byte.is_ascii_alphabetic() {
            if at > start && is_one(&bytes[start..at]) {
                return true;
            }
            start = at + 1;
        }
    }
    is_one(&bytes[start..])
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
