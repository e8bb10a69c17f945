//! File names as text: a name that is not UTF-8 is shown with its odd bytes as escapes, and found again by its bytes.

use std::borrow::Cow;
use std::ffi::{OsStr, OsString};

/// A relative path as text, `/` between folders. The second value is the name itself where the text is not it.
pub fn shown(raw: &OsStr) -> (Cow<'_, str>, Option<OsString>) {
    match raw.to_str() {
        Some(text) if std::path::MAIN_SEPARATOR == '/' => (Cow::Borrowed(text), None),
        Some(text) => (Cow::Owned(text.replace(std::path::MAIN_SEPARATOR, "/")), Some(raw.to_owned())),
        None => {
            let mut text = String::new();
            for chunk in raw.as_encoded_bytes().utf8_chunks() {
                text.push_str(chunk.valid());
                for byte in chunk.invalid() {
                    text.push_str(&format!("\\x{byte:02x}"));
                }
            }
            (Cow::Owned(text), Some(raw.to_owned()))
        }
    }
}

/// The same from the bytes that git prints.
#[cfg(unix)]
pub fn from_bytes(bytes: &[u8]) -> (String, Option<OsString>) {
    use std::os::unix::ffi::OsStrExt as _;
    match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_owned(), None),
        Err(_) => {
            let (text, odd) = shown(OsStr::from_bytes(bytes));
            (text.into_owned(), odd)
        }
    }
}

/// The same from the bytes that git prints: always UTF-8 here.
#[cfg(not(unix))]
pub fn from_bytes(bytes: &[u8]) -> (String, Option<OsString>) {
    (String::from_utf8_lossy(bytes).into_owned(), None)
}
