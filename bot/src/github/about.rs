//! What GitHub knows of the App itself: for whoever wants to know whether all is well.

use super::call::Answer;
use super::client::Client;
use super::error::Error;
use http::Method;
use jiff::Timestamp;
use serde_json::{Map, Value};

/// The App as GitHub has it.
#[derive(Clone, Debug, serde::Deserialize)]
pub struct About {
    pub id: u64,
    pub slug: String,
    /// Its page.
    #[serde(default)]
    pub html_url: String,
    #[serde(default)]
    pub permissions: Map<String, Value>,
    #[serde(default)]
    pub events: Vec<String>,
}

/// Where the App's deliveries go.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct Hook {
    pub url: Option<String>,
    pub content_type: Option<String>,
    /// `"1"`: certificates are not looked at. A number on some servers.
    pub insecure_ssl: Value,
    /// Masked; there, if there is one.
    pub secret: Option<String>,
}

/// One installation.
#[derive(Clone, Debug, serde::Deserialize)]
pub struct Installed {
    pub id: u64,
    #[serde(default)]
    pub html_url: String,
    pub account: Option<Account>,
    /// `all` or `selected` repositories.
    #[serde(default)]
    pub repository_selection: String,
    #[serde(default)]
    pub permissions: Map<String, Value>,
    #[serde(default)]
    pub suspended_at: Option<String>,
}

/// Who installed it.
#[derive(Clone, Debug, serde::Deserialize)]
pub struct Account {
    /// Enterprises have a slug instead.
    #[serde(alias = "slug")]
    pub login: String,
}

/// A delivery that GitHub has tried.
#[derive(Clone, Debug, serde::Deserialize)]
pub struct Tried {
    #[serde(default)]
    pub status_code: u16,
}

impl Client {
    /// Whether GitHub is there, whatever it answers; its own time, if it tells.
    pub async fn hail(&self) -> Result<Option<Timestamp>, Error> {
        self.call_out("/meta").await.map(|answer| answer.date)
    }

    /// The App.
    pub async fn about(&self) -> Result<About, Error> {
        self.as_app(Method::GET, "/app").await?.json("GET /app")
    }

    /// Its webhook.
    pub async fn hook(&self) -> Result<Hook, Error> {
        self.as_app(Method::GET, "/app/hook/config").await?.json("GET /app/hook/config")
    }

    /// The first hundred of its installations; whether there are more.
    pub async fn installed(&self) -> Result<(Vec<Installed>, bool), Error> {
        let answer: Answer = self.as_app(Method::GET, "/app/installations?per_page=100").await?;
        Ok((answer.json("GET /app/installations")?, answer.has_next))
    }

    /// The newest deliveries.
    pub async fn tried(&self) -> Result<Vec<Tried>, Error> {
        self.as_app(Method::GET, "/app/hook/deliveries?per_page=30").await?.json("GET /app/hook/deliveries")
    }
}
