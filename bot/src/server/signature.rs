//! Whether a delivery is GitHub's: HMAC-SHA256 of the raw body with the webhook's secret.

use ring::hmac;

/// The secrets that deliveries may be signed with: one, or two while it is changed.
#[derive(Debug)]
pub struct Secrets(Vec<hmac::Key>);

impl Secrets {
    /// Empty ones are left out: with an empty secret anybody can sign.
    pub fn new<'a>(secrets: impl IntoIterator<Item = &'a str>) -> Self {
        let keys = secrets.into_iter().filter(|secret| !secret.is_empty());
        Self(keys.map(|secret| hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes())).collect())
    }

    /// Whether there is none; nothing is accepted then.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether `X-Hub-Signature-256` says that one of these signed the body. Takes the same time however wrong it is.
    pub fn signed(&self, header: &[u8], body: &[u8]) -> bool {
        let Some(tag) = header.strip_prefix(b"sha256=").and_then(bytes) else { return false };
        // All are asked, so that the time does not tell which one it was.
        self.0.iter().fold(false, |good, key| hmac::verify(key, body, &tag).is_ok() | good)
    }
}

/// 32 bytes in lower-case hexadecimal digits.
fn bytes(text: &[u8]) -> Option<[u8; 32]> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    if text.len() != 64 {
        return None;
    }
    let mut bytes = [0; 32];
    for (byte, pair) in bytes.iter_mut().zip(text.chunks_exact(2)) {
        *byte = digit(pair[0])? << 4 | digit(pair[1])?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::Secrets;

    // The example in GitHub's documentation.
    const BODY: &[u8] = b"Hello, World!";
    const SIGNATURE: &str = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
    const SECRET: &str = "It's a Secret to Everybody";

    #[test]
    fn the_example_of_the_documentation_is_good() {
        assert!(Secrets::new([SECRET]).signed(SIGNATURE.as_bytes(), BODY));
        assert!(Secrets::new(["the new one", SECRET]).signed(SIGNATURE.as_bytes(), BODY));
        assert!(Secrets::new([SECRET, "the new one"]).signed(SIGNATURE.as_bytes(), BODY));
    }

    #[test]
    fn anything_else_is_not() {
        let secrets = Secrets::new([SECRET]);
        assert!(!secrets.signed(SIGNATURE.as_bytes(), b"Hello, World"));
        assert!(!secrets.signed(SIGNATURE.trim_start_matches("sha256=").as_bytes(), BODY));
        assert!(!secrets.signed(SIGNATURE.to_uppercase().as_bytes(), BODY));
        assert!(!secrets.signed(&SIGNATURE.as_bytes()[..70], BODY));
        assert!(!secrets.signed(b"sha256=", BODY));
        assert!(!secrets.signed(b"sha1=757107ea0eb2509fc211221cce984b8a37570b6d", BODY));
        assert!(!Secrets::new(["the new one"]).signed(SIGNATURE.as_bytes(), BODY));
        assert!(!Secrets::new([]).signed(SIGNATURE.as_bytes(), BODY));
        assert!(Secrets::new([""]).is_empty());
    }
}
