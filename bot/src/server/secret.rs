//! What must not be seen: it has no `Display`, and its `Debug` shows `…`.

use std::fmt;

/// A key, a password, a token.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    /// Takes it in; white space at its ends is what a file or an editor added.
    pub fn new(text: impl Into<String>) -> Self {
        let text: String = text.into();
        Self(text.trim().to_owned())
    }

    /// The secret itself: for the one that needs it, never for a message.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Whether somebody knows it. Takes as long for a near miss as for a far one.
    pub fn is(&self, guess: &str) -> bool {
        // Digests are compared, so that lengths tell nothing either.
        let digest = |text: &str| ring::digest::digest(&ring::digest::SHA256, text.as_bytes());
        let (own, other) = (digest(&self.0), digest(guess));
        let differing = own.as_ref().iter().zip(other.as_ref()).fold(0, |all, (a, b)| all | (a ^ b));
        std::hint::black_box(differing) == 0
    }

    /// 32 bytes that nobody can guess, in letters that need no escaping.
    pub fn random() -> Result<Self, ring::error::Unspecified> {
        use base64::Engine as _;
        let mut bytes = [0; 32];
        ring::rand::SecureRandom::fill(&ring::rand::SystemRandom::new(), &mut bytes)?;
        Ok(Self(base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes)))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

#[cfg(test)]
mod tests {
    use super::Secret;

    #[test]
    fn it_is_not_shown() {
        let secret = Secret::new("hush\n");
        assert_eq!(format!("{secret:?} {:#?}", Some(&secret)), "… Some(\n    …,\n)");
        assert_eq!(secret.reveal(), "hush");
    }

    #[test]
    fn only_itself_is_it() {
        let secret = Secret::random().unwrap();
        assert!(secret.is(secret.reveal()) && secret.reveal().len() == 43);
        for guess in ["", "hush", &secret.reveal()[..42], &format!("{}x", secret.reveal())] {
            assert!(!secret.is(guess), "{guess}");
        }
        assert!(!secret.is(Secret::random().unwrap().reveal()));
    }
}
