//! Where the phrases that begin with a word stand in their table. The build script uses it too.

/// A number for a word, by which it is looked up (FNV-1a).
pub(crate) const fn hash(word: &str) -> u32 {
    let bytes = word.as_bytes();
    let (mut hash, mut at) = (START, 0);
    while at < bytes.len() {
        hash = with(hash, bytes[at]);
        at += 1;
    }
    hash
}

/// The number for no letters at all.
pub(crate) const START: u32 = 0x811c_9dc5;

/// The number for a word with one more byte.
pub(crate) const fn with(hash: u32, byte: u8) -> u32 {
    (hash ^ byte as u32).wrapping_mul(0x0100_0193)
}

/// Where to look for a word first in a table of `slots`, a power of two.
pub(crate) fn slot(hash: u32, slots: usize) -> usize {
    (hash.wrapping_mul(0x9E37_79B1) >> 16) as usize & (slots - 1)
}

/// The first two bytes of a word or a stem, by which stems are told apart; no stem is shorter.
pub(crate) fn opening(word: &[u8]) -> Option<u16> {
    word.first_chunk().map(|opening| u16::from_be_bytes(*opening))
}

/// What tells apart the phrases that begin with one word: nothing for a phrase of one word, [`STEM`] where the second one
/// is a stem, and else a part of the second one's hash.
pub(crate) fn second(hash: u32) -> u16 {
    ((hash >> 16) as u16 ^ hash as u16).clamp(1, STEM - 1)
}

/// See [`second`].
pub(crate) const STEM: u16 = u16::MAX;
