//! What goes wrong while a subject is brought to its wanted state, and what follows from it.

use crate::github::Error;
use crate::server::store;
use crate::server::worker::Failure;
use jiff::Timestamp;

/// What goes wrong.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    #[error(transparent)]
    GitHub(#[from] Error),
    #[error("the store: {0}")]
    Store(#[from] store::Error),
    /// Anything else, in words.
    #[error("{0}")]
    Other(String),
    /// What was judged is no longer what is there.
    #[error("the pull request goes on while it is judged")]
    Moved,
}

impl From<anyhow::Error> for Fault {
    fn from(error: anyhow::Error) -> Self {
        match error.chain().find_map(|cause| cause.downcast_ref::<Error>()) {
            Some(error) => Self::GitHub(error.clone()),
            None => Self::Other(crate::cli::chain(&error)),
        }
    }
}

/// What is no longer there for us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gone {
    /// The App was removed, or is suspended.
    Installation,
    /// The repository, or what was asked for in it.
    Thing,
}

impl Fault {
    /// Whether there is nothing to be done any more, which is no failure.
    pub fn gone(&self) -> Option<Gone> {
        let Self::GitHub(Error::Refused { what, status, message }) = self else { return None };
        let is_minting = what.ends_with("/access_tokens");
        match status {
            404 | 410 if is_minting => Some(Gone::Installation),
            403 if is_minting || message.contains("suspended") => Some(Gone::Installation),
            404 | 410 | 451 => Some(Gone::Thing),
            // An archived repository is read-only.
            403 if message.contains("archived") => Some(Gone::Thing),
            _ => None,
        }
    }

    /// How long GitHub asks to wait, where it does.
    pub fn wait(&self) -> Option<std::time::Duration> {
        match self {
            Self::GitHub(Error::Limited { wait, .. }) => Some(*wait),
            _ => None,
        }
    }

    /// What the worker is to do.
    pub fn failure(self, now: Timestamp) -> Failure {
        match self {
            Self::GitHub(Error::Limited { wait, .. }) => {
                Failure::Limited(now.checked_add(wait).unwrap_or(Timestamp::MAX))
            }
            Self::GitHub(error @ Error::Refused { status: 403, .. }) => Failure::Lasting(format!(
                "{error}; the App lacks a permission for this, docs/app.md lists what it needs and an owner of the \
                 organisation has to accept it"
            )),
            // A commit that was forced away meanwhile, for example.
            Self::GitHub(error @ Error::Refused { status: 409 | 422, .. }) => Failure::Fault(error.to_string()),
            Self::GitHub(error) => Failure::Passing(error.to_string()),
            Self::Store(error) => Failure::Passing(error.to_string()),
            Self::Moved => Failure::Passing(Self::Moved.to_string()),
            Self::Other(why) => Failure::Fault(why),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn refused(what: &str, status: u16, message: &str) -> Fault {
        Fault::GitHub(Error::Refused { what: what.to_owned(), status, message: message.to_owned() })
    }

    #[test]
    fn what_is_gone_is_no_failure() {
        let mint = "POST /app/installations/7/access_tokens";
        assert_eq!(refused(mint, 404, "Not Found").gone(), Some(Gone::Installation));
        assert_eq!(refused(mint, 403, "This installation has been suspended").gone(), Some(Gone::Installation));
        assert_eq!(refused("GET /repos/a/b/pulls/7", 404, "Not Found").gone(), Some(Gone::Thing));
        assert_eq!(
            refused("POST /repos/a/b/x", 403, "Repository was archived so is read-only.").gone(),
            Some(Gone::Thing)
        );
        assert_eq!(refused("GET /repos/a/b/pulls", 403, "Resource not accessible by integration").gone(), None);
        // The key is wrong, or the clock: that is mended here, and nothing is forgotten for it.
        assert_eq!(refused(mint, 401, "A JSON web token could not be decoded").gone(), None);
    }

    #[test]
    fn each_fault_has_what_follows_from_it() {
        let now = Timestamp::UNIX_EPOCH;
        let wait = Duration::from_secs(90);
        let limited = Fault::GitHub(Error::Limited { what: String::new(), wait });
        assert_eq!(limited.failure(now), Failure::Limited(now + wait));
        assert!(matches!(refused("x", 502, "").failure(now), Failure::Passing(_)));
        assert!(matches!(refused("x", 401, "").failure(now), Failure::Passing(_)));
        let Failure::Lasting(why) = refused("x", 403, "no").failure(now) else { panic!("it lasts") };
        assert!(why.contains("permission"), "{why}");
        assert!(matches!(Fault::Other("ours".to_owned()).failure(now), Failure::Fault(_)));
    }
}
