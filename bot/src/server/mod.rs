//! `adrule serve`: a self-hosted GitHub App that loses nothing.
//!
//! A delivery is verified, read as far as needed, and written down before it is answered ([`store`]). It says no more
//! than which pull request is due; workers bring what is due to its wanted state.

pub mod config;
pub mod credentials;
pub mod page;
pub mod secret;
pub mod setup;
pub mod store;
