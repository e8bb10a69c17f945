//! A GitHub App's proof of itself: a JSON Web Token, signed with its private key (RS256).

use super::error::Error;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use ring::rsa::KeyPair;
use ring::signature::RSA_PKCS1_SHA256;
use rustls_pki_types::PrivateKeyDer;
use rustls_pki_types::pem::PemObject as _;

/// An App's private key.
pub struct Key(KeyPair);

impl Key {
    /// The key in a PEM file, as GitHub gives it out.
    pub fn from_pem(pem: &[u8]) -> Result<Self, Error> {
        let wrong = |why: &str| Error::Setting(format!("the App's private key cannot be used: {why}"));
        let key = PrivateKeyDer::from_pem_slice(pem).map_err(|_| wrong("no private key in PEM format is in it"))?;
        let pair = match &key {
            PrivateKeyDer::Pkcs1(key) => KeyPair::from_der(key.secret_pkcs1_der()),
            PrivateKeyDer::Pkcs8(key) => KeyPair::from_pkcs8(key.secret_pkcs8_der()),
            _ => return Err(wrong("it is not an RSA key")),
        };
        pair.map(Self).map_err(|error| wrong(&error.to_string()))
    }

    /// A token for `app`, good for nine minutes: GitHub allows ten, and clocks differ.
    pub fn token(&self, app: &str, now: Timestamp) -> Result<String, Error> {
        let now = now.as_second();
        let claims = serde_json::json!({ "iat": now - 60, "exp": now + 540, "iss": app });
        let head = URL_SAFE_NO_PAD.encode(br#"{"alg":"RS256","typ":"JWT"}"#);
        let signed = format!("{head}.{}", URL_SAFE_NO_PAD.encode(claims.to_string()));
        let mut signature = vec![0; self.0.public().modulus_len()];
        self.0
            .sign(&RSA_PKCS1_SHA256, &ring::rand::SystemRandom::new(), signed.as_bytes(), &mut signature)
            .map_err(|_| Error::Setting("the App's private key could not sign".to_owned()))?;
        Ok(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }
}
