//! Paths and names with wildcards, as the page writes them.

use crate::text::Place;
use globset::{GlobBuilder, GlobMatcher};
use std::sync::OnceLock;

/// Longer patterns than this are no honest ones.
const LONGEST: usize = 300;

/// A path or name that may hold `*` (within one folder), `**` (any folders), `?`, `{a,b}` and `[a-z]`.
#[derive(Clone, Debug)]
pub struct Pattern {
    /// As written, without `./` before and `/` behind it.
    pub text: String,
    /// Where it stands.
    pub place: Place,
    // Compiled when first asked for: a page is often loaded only to be shown.
    matcher: OnceLock<Option<GlobMatcher>>,
}

/// Why a text is no pattern.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadPattern {
    /// It starts at the root of the machine or leaves the repository.
    #[error("a path starts at the root of the repository, without `/` before it and without `..`")]
    Outside,
    /// It is empty.
    #[error("nothing stands here")]
    Empty,
    /// It is longer than any honest one.
    #[error("longer than {LONGEST} characters")]
    TooLong,
    /// A bracket or brace that does not close, and the like.
    #[error("{0}")]
    Syntax(String),
}

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// Where the text cannot be a path or name inside the repository.
    pub fn new(text: &str, place: Place) -> Result<Self, BadPattern> {
        let bare = text.trim().trim_start_matches("./").trim_end_matches('/');
        if bare.is_empty() && text.trim().starts_with('/') {
            return Err(BadPattern::Outside);
        }
        if bare.is_empty() {
            return Err(BadPattern::Empty);
        }
        if bare.len() > LONGEST {
            return Err(BadPattern::TooLong);
        }
        if bare.starts_with('/') || bare.split('/').any(|step| step == "..") {
            return Err(BadPattern::Outside);
        }
        builder(bare).map_err(|error| BadPattern::Syntax(error.kind().to_string()))?;
        Ok(Self { text: bare.to_owned(), place, matcher: OnceLock::new() })
    }

    /// Whether it holds no wildcard.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        !self.text.contains(['*', '?', '[', '{', '\\'])
    }

    /// Whether it matches the whole of a path or name.
    #[must_use]
    pub fn matches(&self, path: &str) -> bool {
        if self.is_plain() {
            return self.text == path;
        }
        let matcher = self.matcher.get_or_init(|| builder(&self.text).ok().map(|glob| glob.compile_matcher()));
        matcher.as_ref().is_some_and(|matcher| matcher.is_match(path))
    }

    /// Whether it matches a path or a folder above it.
    #[must_use]
    pub fn covers(&self, path: &str) -> bool {
        let ends = memchr::memchr_iter(b'/', path.as_bytes()).chain(std::iter::once(path.len()));
        ends.into_iter().any(|end| self.matches(&path[..end]))
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

fn builder(text: &str) -> Result<globset::Glob, globset::Error> {
    GlobBuilder::new(text).literal_separator(true).build()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(text: &str) -> Result<Pattern, BadPattern> {
        Pattern::new(text, Place::file("adrule.yaml"))
    }

    #[test]
    fn folders_and_names() {
        let services = pattern("./services/*/").unwrap();
        assert!(services.matches("services/ledger") && !services.matches("services/ledger/api"));
        assert!(services.covers("services/ledger/api/main.go") && !services.covers("apps/ledger"));
        assert!(pattern("edge-*").unwrap().matches("edge-proxy"));
        assert!(pattern("apps/**").unwrap().matches("apps/a/b"));
        assert!(pattern("docs/adr").unwrap().covers("docs/adr/0001.md"));
        assert!(!pattern("docs/adr").unwrap().covers("docs/adr-old/0001.md"));
    }

    #[test]
    fn what_leaves_the_repository_is_refused() {
        for text in ["/services", "../x", "a/../b", "/"] {
            assert_eq!(pattern(text).unwrap_err(), BadPattern::Outside, "{text}");
        }
        assert_eq!(pattern(" ").unwrap_err(), BadPattern::Empty);
        assert!(matches!(pattern("a[").unwrap_err(), BadPattern::Syntax(_)));
        assert_eq!(pattern(&"*".repeat(301)).unwrap_err(), BadPattern::TooLong);
    }
}
