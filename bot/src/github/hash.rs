//! Git's object ids, recomputed: content is what it says it is, wherever it came from.

use ring::digest::{Context, SHA1_FOR_LEGACY_USE_ONLY, SHA256};
use std::fmt::Write as _;

/// Whether this is the id of an object: 40 or 64 lower-case hexadecimal digits.
pub fn is_id(text: &str) -> bool {
    matches!(text.len(), 40 | 64) && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// Whether a blob of these bytes has that id.
pub fn is_blob(id: &str, bytes: &[u8]) -> bool {
    // Git's own hash, not a choice of ours.
    let mut context = Context::new(if id.len() == 64 { &SHA256 } else { &SHA1_FOR_LEGACY_USE_ONLY });
    context.update(format!("blob {}\0", bytes.len()).as_bytes());
    context.update(bytes);
    hex(context.finish().as_ref()) == id
}

/// A short name for texts: the same for the same ones.
pub fn key(texts: &[&str]) -> String {
    let mut context = Context::new(&SHA256);
    for text in texts {
        context.update(&(text.len() as u64).to_le_bytes());
        context.update(text.as_bytes());
    }
    hex(context.finish().as_ref())
}

fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        let _ = write!(text, "{byte:02x}");
    }
    text
}
