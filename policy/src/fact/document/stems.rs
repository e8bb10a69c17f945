//! The words of a title that say what a document is about.

/// Words as they are compared, each once and in order: a title has so few that they are found sooner so than by a hash.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stems(Vec<String>);

impl FromIterator<String> for Stems {
    fn from_iter<I: IntoIterator<Item = String>>(words: I) -> Self {
        let mut words: Vec<String> = words.into_iter().collect();
        words.sort_unstable();
        words.dedup();
        Self(words)
    }
}

impl Stems {
    pub(crate) fn contains(&self, word: &str) -> bool {
        self.0.binary_search_by(|own| own.as_str().cmp(word)).is_ok()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// These and others.
    pub(super) fn and(self, others: Self) -> Self {
        if others.is_empty() { self } else { self.0.into_iter().chain(others.0).collect() }
    }

    #[cfg(test)]
    pub(super) fn words(&self) -> &[String] {
        &self.0
    }
}
