//! What GitHub tried to deliver to the App: asked as the App itself.

use super::client::Client;
use super::error::Error;
use http::Method;

/// One attempt to deliver.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
pub struct Sent {
    pub id: u64,
    /// What the attempts of one delivery have in common: `X-GitHub-Delivery`.
    pub guid: String,
    /// When, as GitHub writes it.
    pub delivered_at: String,
    /// The HTTP status that was answered; 0 where there was no answer.
    #[serde(default)]
    pub status_code: u16,
    pub event: String,
}

/// A sheet of the list, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    pub sent: Vec<Sent>,
    /// Where the next sheet begins; none: this is the last one.
    pub next: Option<String>,
}

impl Client {
    /// A sheet of what GitHub tried to deliver in the last three days.
    pub async fn deliveries(&self, cursor: Option<&str>) -> Result<Sheet, Error> {
        let cursor = cursor.map(|cursor| format!("&cursor={cursor}")).unwrap_or_default();
        let path = format!("/app/hook/deliveries?per_page=100{cursor}");
        let answer = self.as_app(Method::GET, &path).await?;
        Ok(Sheet { sent: answer.json("GET /app/hook/deliveries")?, next: answer.next_cursor.clone() })
    }

    /// Asks for another attempt.
    pub async fn redeliver(&self, attempt: u64) -> Result<(), Error> {
        self.as_app(Method::POST, &format!("/app/hook/deliveries/{attempt}/attempts")).await.map(drop)
    }
}
