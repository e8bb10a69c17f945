//! The App that GitHub has made of the manifest: asked for once, with a code that is good for an hour.

use crate::github::{Auth, Cache, Client, Error, Place};
use crate::server::secret::Secret;
use std::sync::Arc;

/// A new App.
#[derive(Debug)]
pub struct Created {
    pub id: u64,
    pub slug: String,
    /// Its page, where it is installed from.
    pub page: String,
    pub pem: Secret,
    pub webhook_secret: Secret,
}

#[derive(serde::Deserialize)]
struct Answer {
    id: u64,
    slug: String,
    html_url: String,
    pem: String,
    webhook_secret: Option<String>,
}

/// Why there is none, in words for people.
pub type Why = String;

/// Takes the App that the code stands for.
pub async fn take(place: &Place, code: &str) -> Result<Created, Why> {
    let is_code =
        (1..=200).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
    if !is_code {
        return Err("GitHub's answer brought no code that could be one.".to_owned());
    }
    let answer = ask(place, code).await.map_err(|error| explain(&error, code))?;
    let secret = answer
        .webhook_secret
        .filter(|secret| !secret.is_empty())
        .ok_or("The App was made without a secret for its webhook. Delete it on GitHub, and begin again.")?;
    Ok(Created {
        id: answer.id,
        slug: answer.slug,
        page: answer.html_url,
        pem: Secret::new(answer.pem),
        webhook_secret: Secret::new(secret),
    })
}

async fn ask(place: &Place, code: &str) -> Result<Answer, Error> {
    let client = Client::new(place.clone(), Auth::Nobody, Arc::new(Cache::default()))?;
    let path = format!("/app-manifests/{code}/conversions");
    client.post(&path, serde_json::json!({})).await?.secret_json("the new App")
}

fn explain(error: &Error, code: &str) -> Why {
    // Good for one use within an hour; not for the log all the same.
    let said = error.to_string().replace(code, "…");
    match error {
        Error::Refused { status: 404 | 422, .. } => {
            format!("{said}. The code was used already, or is older than an hour: begin again.")
        }
        Error::NoAnswer { .. } | Error::NotUnderstood { .. } => format!(
            "{said}. GitHub may have made the App all the same. If it is among your Apps there, delete it, and begin again."
        ),
        _ => format!("{said}. Begin again."),
    }
}
