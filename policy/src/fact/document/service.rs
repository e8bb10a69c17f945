//! The services of the repository, by their names, as documents speak of them.

use super::super::token::Token;
use std::collections::HashMap;
use std::sync::Arc;

/// Names of services. Copies share them: ten thousand are put in order once, and not for every document.
#[derive(Clone, Debug, Default)]
pub struct Services(Arc<Index>);

#[derive(Debug, Default)]
struct Index {
    /// Each name as its words in lower case, and as it is written.
    names: Vec<(Vec<String>, String)>,
    /// Where the names stand that begin with a word.
    by_first: HashMap<String, Vec<u32>>,
}

impl<N: Into<String>> FromIterator<N> for Services {
    fn from_iter<I: IntoIterator<Item = N>>(names: I) -> Self {
        let mut index = Index::default();
        for name in names {
            let name = name.into();
            let words = words(&name);
            if let (Some(first), Ok(at)) = (words.first(), u32::try_from(index.names.len())) {
                index.by_first.entry(first.clone()).or_default().push(at);
                index.names.push((words, name));
            }
        }
        Self(Arc::new(index))
    }
}

/// The words of a name, in lower case.
fn words(name: &str) -> Vec<String> {
    let parts = name.split(|sign: char| !sign.is_alphanumeric()).filter(|part| !part.is_empty());
    parts.map(str::to_lowercase).collect()
}

/// A word beside a name: "the ledger service".
fn is_filler(word: &str) -> bool {
    matches!(word, "the" | "service")
}

impl Services {
    /// The names that begin with a word, in order.
    fn beginning(&self, word: &str) -> impl Iterator<Item = &(Vec<String>, String)> {
        self.0.by_first.get(word).into_iter().flatten().map(|&at| &self.0.names[at as usize])
    }

    /// The service that a text names and nothing else: a heading, the cell of a table.
    pub(super) fn named(&self, text: &str) -> Option<&str> {
        if self.0.names.is_empty() {
            return None;
        }
        // Most headings begin with no service's name.
        let parts = text.split(|sign: char| !sign.is_alphanumeric()).filter(|part| !part.is_empty());
        let first = parts.map(str::to_lowercase).find(|word| !is_filler(word))?;
        if !self.0.by_first.contains_key(&first) {
            return None;
        }
        let mut words = words(text);
        words.retain(|word| !is_filler(word));
        self.beginning(words.first()?).find(|(name, _)| *name == words).map(|(_, name)| name.as_str())
    }

    /// The service with whose name a sentence opens: "edge-proxy must …", "`ledger`: …". A name of one everyday word
    /// counts only where it is marked as a name, by code or by a colon.
    pub(crate) fn opening(&self, tokens: &[Token<'_>]) -> Option<&str> {
        if self.0.names.is_empty() {
            return None;
        }
        let skip = tokens.iter().take_while(|token| token.is("the") || token.sign().is_some()).count();
        let rest = tokens.get(skip..)?;
        let stands = |name: &[String]| {
            rest.len() > name.len()
                && name.iter().zip(rest).all(|(word, token)| token.lower == *word)
                && (name.len() > 1 && rest[1..name.len()].iter().all(|token| token.joined || !token.glued)
                    || rest[name.len()].sign() == Some(':'))
        };
        // The longest name wins: `ledger-writer` is not `ledger`.
        let found = self.beginning(&rest.first()?.lower).filter(|(name, _)| stands(name));
        found.max_by_key(|(name, _)| name.len()).map(|(_, name)| name.as_str())
    }

    /// Leaves a subject that is no service, but an operation or a property, to the document's own service.
    pub(super) fn settle(&self, subject: &mut Option<String>) {
        let Some(name) = subject.as_deref().filter(|_| !self.0.names.is_empty()) else { return };
        match self.named(name) {
            Some(known) => *subject = Some(known.to_owned()),
            None if name.trim().contains(' ') => *subject = None,
            None => {}
        }
    }
}
