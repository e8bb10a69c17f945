//! Where a phrase stands in its table, by the first letters of its first word. The build script uses it too.

/// The first three bytes of a word.
pub(super) fn key(word: &str) -> u32 {
    word.bytes().take(3).fold(0, |key, byte| key << 8 | u32::from(byte))
}

/// Where to look for a key first in a table of `slots`, a power of two.
pub(super) fn slot(key: u32, slots: usize) -> usize {
    (key.wrapping_mul(0x9E37_79B1) >> 16) as usize & (slots - 1)
}
