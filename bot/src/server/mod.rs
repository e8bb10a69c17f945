//! `adrule serve`: a self-hosted GitHub App that loses nothing.
//!
//! A delivery is verified, read as far as needed, and written down before it is answered ([`store`]). It says no more
//! than which pull request is due; workers bring what is due to its wanted state.

pub mod credentials;
pub mod page;
pub mod recover;
pub mod secret;
mod stop;
pub mod store;
pub mod work;
pub mod worker;
