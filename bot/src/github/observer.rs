//! Whoever wants to know that GitHub was asked: for counting. It sees no address, no body and no token.

use std::time::Duration;

/// Is told of every request that was sent. Called between two requests, so it must be quick.
pub trait Observer: Send + Sync {
    /// GitHub was asked, and answered or did not.
    fn asked(&self, asked: &Asked);
}

/// A request that was sent.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    /// Whose token it was; none where we asked as the App itself, or with a token that was given.
    pub installation: Option<u64>,
    /// Which limit it counts against.
    pub resource: Resource,
    /// The answer's HTTP status; none where no answer came.
    pub status: Option<u16>,
    /// Requests that are left until `reset`; none where there is no limit, as on most Enterprise Servers.
    pub remaining: Option<u64>,
    /// When the limit starts anew, in seconds since 1970.
    pub reset: Option<i64>,
    /// From the first byte sent to the last one read.
    pub took: Duration,
}

/// GitHub counts these apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Resource {
    Core,
    Graphql,
}

impl Resource {
    /// As GitHub names it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Core => "core",
            Self::Graphql => "graphql",
        }
    }

    /// Of an address.
    pub fn of(url: &str) -> Self {
        if url.ends_with("/graphql") { Self::Graphql } else { Self::Core }
    }
}
