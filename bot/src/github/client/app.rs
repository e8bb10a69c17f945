//! Asking as an App: the tokens of its installations, and what only the App itself may ask.

use super::{Client, back_off, refused};
use crate::github::auth::{Auth, Grant, Minted};
use crate::github::call::{Answer, Call, JSON, Kind};
use crate::github::error::Error;
use http::Method;

impl Client {
    /// The token to ask with. Minted by whoever comes first; the others wait for it.
    pub(super) async fn token(&self) -> Result<Option<String>, Error> {
        let app = match &self.auth {
            Auth::Nobody => return Ok(None),
            Auth::Token(token) => return Ok(Some(token.clone())),
            Auth::App(app) => app,
        };
        let mut minted = self.minted.lock().await;
        if let Some(known) = minted.as_ref().filter(|minted| minted.is_good(self.clock.now())) {
            return Ok(Some(known.token.clone()));
        }
        let call = Call {
            method: Method::POST,
            url: self.url(&format!("/app/installations/{}/access_tokens", app.installation)),
            body: Some(app.wish()),
            // A token too many does no harm.
            kind: Kind::Settle,
            accept: JSON,
            etag: None,
        };
        let proof = app.key.token(&app.id, self.clock.now())?;
        let answer = self.prove(&call, &proof).await?;
        let Grant { token, expires_at } = answer.secret_json(&call.what())?;
        let until = expires_at
            .parse()
            .map_err(|_| Error::NotUnderstood { what: call.what(), why: "no time in `expires_at`".to_owned() })?;
        *minted = Some(Minted { token: token.clone(), until });
        Ok(Some(token))
    }

    /// Asks as the App itself.
    async fn prove(&self, call: &Call, proof: &str) -> Result<Answer, Error> {
        for attempt in 1.. {
            match self.send(call, Some(proof), None).await {
                Ok(answer) if (200..300).contains(&answer.status) => return Ok(answer),
                Ok(answer) => {
                    if let Some(wait) = self.limit(&answer) {
                        return Err(Error::Limited { what: call.what(), wait });
                    }
                    if answer.status < 500 || attempt >= self.patience.attempts {
                        return Err(refused(call, &answer));
                    }
                }
                Err(error) if attempt >= self.patience.attempts => return Err(error),
                Err(_) => {}
            }
            self.clock.sleep(back_off(attempt)).await;
        }
        Err(Error::Setting("a question must be asked once at least".to_owned()))
    }

    /// The name that an App comments by; none where we are no App.
    pub async fn app_login(&self) -> Result<Option<String>, Error> {
        #[derive(serde::Deserialize)]
        struct Named {
            slug: String,
        }
        if !matches!(self.auth, Auth::App(_)) {
            return Ok(None);
        }
        let named: Named = self.as_app(Method::GET, "/app").await?.json("GET /app")?;
        Ok(Some(format!("{}[bot]", named.slug)))
    }

    /// Asks as the App itself, not as an installation of it.
    pub(in crate::github) async fn as_app(&self, method: Method, path: &str) -> Result<Answer, Error> {
        let Auth::App(app) = &self.auth else {
            return Err(Error::Setting(format!("{path} is for an App only")));
        };
        let call = Call { method, url: self.url(path), body: None, kind: Kind::Settle, accept: JSON, etag: None };
        let proof = app.key.token(&app.id, self.clock.now())?;
        self.prove(&call, &proof).await
    }

    /// Throws a token away that GitHub no longer takes; whether there can be another.
    pub(super) async fn forget(&self, token: Option<&str>) -> bool {
        if !matches!(self.auth, Auth::App(_)) {
            return false;
        }
        let mut minted = self.minted.lock().await;
        // Somebody may have minted a new one meanwhile.
        if minted.as_ref().map(|minted| minted.token.as_str()) == token {
            *minted = None;
        }
        true
    }
}
