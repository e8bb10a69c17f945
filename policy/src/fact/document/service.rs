//! The services of the repository, by their names, as documents speak of them.

use super::super::token::Token;

/// Names of services, each as its words in lower case.
#[derive(Clone, Debug, Default)]
pub(crate) struct Services(Vec<(Vec<String>, String)>);

impl Services {
    pub(super) fn of(names: &[String]) -> Self {
        let words = |name: &String| {
            let parts = name.split(|sign: char| !sign.is_alphanumeric()).filter(|part| !part.is_empty());
            (parts.map(str::to_lowercase).collect::<Vec<_>>(), name.clone())
        };
        Self(names.iter().map(words).filter(|(words, _)| !words.is_empty()).collect())
    }

    /// The service that a text names and nothing else: a heading, the cell of a table.
    pub(super) fn named(&self, text: &str) -> Option<&str> {
        let mut words: Vec<String> = text
            .split(|sign: char| !sign.is_alphanumeric())
            .filter(|part| !part.is_empty())
            .map(str::to_lowercase)
            .collect();
        words.retain(|word| !matches!(word.as_str(), "the" | "service"));
        self.0.iter().find(|(name, _)| *name == words).map(|(_, name)| name.as_str())
    }

    /// The service with whose name a sentence opens: "edge-proxy must …", "`ledger`: …". A name of one everyday word
    /// counts only where it is marked as a name, by code or by a colon.
    pub(crate) fn opening(&self, tokens: &[Token<'_>]) -> Option<&str> {
        let skip = tokens.iter().take_while(|token| token.is("the") || token.sign().is_some()).count();
        let rest = tokens.get(skip..)?;
        let stands = |name: &[String]| {
            rest.len() > name.len()
                && name.iter().zip(rest).all(|(word, token)| token.lower == *word)
                && (name.len() > 1 && rest[1..name.len()].iter().all(|token| token.joined || !token.glued)
                    || rest[name.len()].sign() == Some(':'))
        };
        // The longest name wins: `ledger-writer` is not `ledger`.
        self.0.iter().filter(|(name, _)| stands(name)).max_by_key(|(name, _)| name.len()).map(|(_, name)| name.as_str())
    }

    /// Leaves a subject that is no service, but an operation or a property, to the document's own service.
    pub(super) fn settle(&self, subject: &mut Option<String>) {
        let Some(name) = subject.as_deref().filter(|_| !self.0.is_empty()) else { return };
        match self.named(name) {
            Some(known) => *subject = Some(known.to_owned()),
            None if name.trim().contains(' ') => *subject = None,
            None => {}
        }
    }
}
