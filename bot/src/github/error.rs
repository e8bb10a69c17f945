//! What can go wrong between us and GitHub, by what follows from it.

use std::time::Duration;

/// What `Error`s are for: each variant says whether a write may have taken place.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    /// No answer, or one that broke off: a write may have taken place.
    #[error("{what}: GitHub gave no answer ({why})")]
    NoAnswer {
        /// What was asked: method and path.
        what: String,
        /// Why there is no answer.
        why: String,
    },
    /// GitHub said no, or that it cannot.
    #[error("{what}: GitHub answered {status}{}", said(.message))]
    Refused {
        /// What was asked.
        what: String,
        /// The HTTP status.
        status: u16,
        /// GitHub's own words; may be empty.
        message: String,
    },
    /// A limit of GitHub's is reached, for longer than may be waited. Nothing took place.
    #[error("{what}: GitHub's limit is reached, and asks to wait {} seconds", .wait.as_secs())]
    Limited {
        /// What was asked.
        what: String,
        /// How long to wait before anything is asked again.
        wait: Duration,
    },
    /// An answer that does not look as documented. A write has taken place.
    #[error("{what}: GitHub's answer is not understood ({why})")]
    NotUnderstood {
        /// What was asked.
        what: String,
        /// What is wrong with the answer.
        why: String,
    },
    /// Our own settings: an address or a key that cannot be used.
    #[error("{0}")]
    Setting(String),
}

impl Error {
    /// Whether a write that ended like this may have taken place.
    pub fn is_unclear(&self) -> bool {
        match self {
            Self::NoAnswer { .. } | Self::NotUnderstood { .. } => true,
            Self::Refused { status, .. } => *status >= 500,
            Self::Limited { .. } | Self::Setting(_) => false,
        }
    }

    /// Whether the token may not do this: the usual thing in the pull request of a fork.
    pub fn is_denied(&self) -> bool {
        // GitHub hides what a token may not see: 404 is one of its ways to say no.
        matches!(self, Self::Refused { status: 401 | 403 | 404, .. })
    }

    /// Whether it is not there, or no longer.
    pub fn is_gone(&self) -> bool {
        // Where no token can be minted, it is the installation that is gone, and nothing is known of what was asked for.
        matches!(self, Self::Refused { what, status: 404 | 410, .. } if !what.ends_with("/access_tokens"))
    }

    /// The HTTP status, where there was an answer.
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Refused { status, .. } => Some(*status),
            _ => None,
        }
    }
}

fn said(message: &str) -> String {
    if message.is_empty() { String::new() } else { format!(" ({message})") }
}
