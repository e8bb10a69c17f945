//! Who we are to GitHub: a token that was given, or an App's installation whose tokens are minted here.

use super::jwt::Key;
use jiff::Timestamp;

/// Who asks.
pub enum Auth {
    /// Nobody: public repositories, at a low limit.
    Nobody,
    /// A token that somebody gave: `GITHUB_TOKEN`, or a person's.
    Token(String),
    /// An installation of a GitHub App.
    #[cfg_attr(not(feature = "server"), allow(dead_code, reason = "only the server is an App"))]
    App(Box<App>),
}

/// An installation of a GitHub App.
pub struct App {
    /// The App's client id or number.
    pub id: String,
    /// Its private key.
    pub key: Key,
    /// The number of the installation.
    pub installation: u64,
    /// What the minted token may do, by permission: `{"contents":"read"}`. Null: all that the App may.
    pub permissions: serde_json::Value,
    /// The repositories that it may be used on, by number; empty: all of the installation.
    pub repositories: Vec<u64>,
}

impl App {
    /// An App by its key file's content.
    #[cfg_attr(not(feature = "server"), allow(dead_code, reason = "only the server is an App"))]
    pub fn new(id: impl Into<String>, pem: &[u8], installation: u64) -> Result<Self, super::Error> {
        Ok(Self {
            id: id.into(),
            key: Key::from_pem(pem)?,
            installation,
            permissions: serde_json::Value::Null,
            repositories: Vec::new(),
        })
    }

    /// What is asked for when a token is minted.
    pub fn wish(&self) -> serde_json::Value {
        let mut wish = serde_json::Map::new();
        if !self.permissions.is_null() {
            wish.insert("permissions".to_owned(), self.permissions.clone());
        }
        if !self.repositories.is_empty() {
            wish.insert("repository_ids".to_owned(), self.repositories.clone().into());
        }
        wish.into()
    }
}

/// A minted token.
#[derive(Clone)]
pub struct Minted {
    pub token: String,
    pub until: Timestamp,
}

impl Minted {
    /// Whether it is good for another minute: what is asked with it must also be answered.
    pub fn is_good(&self, now: Timestamp) -> bool {
        self.until.as_second() > now.as_second() + 60
    }
}

/// GitHub's answer to the wish for a token.
#[derive(serde::Deserialize)]
pub struct Grant {
    pub token: String,
    pub expires_at: String,
}
