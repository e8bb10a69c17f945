//! What we need of GitHub, and no more: files by their object ids, one comment, one check, one status.
//!
//! octocrab is the transport, behind [`transport`] alone. What it would decide for us is decided here: who is asked
//! again and when ([`client`]), who we are ([`auth`]), how fast we write ([`client`]), what is kept ([`cache`]).

#[cfg(feature = "server")]
mod about;
mod auth;
mod blobs;
mod cache;
mod call;
mod checks;
mod client;
mod clock;
mod comments;
#[cfg(feature = "server")]
mod deliveries;
mod error;
mod glance;
mod hash;
#[cfg(feature = "server")]
mod installation;
mod jwt;
mod observer;
mod place;
mod pulls;
mod reviews;
mod shelf;
mod statuses;
mod transport;
mod trees;
mod upsert;

#[cfg(test)]
pub mod tests;

#[cfg(feature = "server")]
pub use about::{About, Installed};
#[cfg(feature = "server")]
pub use auth::App;
pub use auth::Auth;
pub use blobs::Blob;
pub use cache::Cache;
pub use checks::{Annotation, CheckRun, Conclusion};
pub use client::Client;
#[cfg(feature = "server")]
pub use client::Patience;
pub use comments::Discussion;
#[cfg(feature = "server")]
pub use deliveries::Sent;
pub use error::Error;
pub use glance::{Commit, Question};
pub use hash::{is_blob, key};
pub use observer::{Asked, Observer, Resource};
pub use place::Place;
#[cfg(feature = "server")]
pub use pulls::Pull;
pub use reviews::{LineComment, Review, Shown};
#[cfg(feature = "server")]
pub use shelf::Shelf;
pub use statuses::Status;
#[cfg(feature = "server")]
pub use transport::Transport;
pub use trees::{Entry, Listing};
pub use upsert::{Done, Wanted, upsert};
