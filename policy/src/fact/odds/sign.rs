//! The numbers by which signs are looked up. The build script uses it too.

/// The number of a sign: where it stands ([`start`]), and up to two words.
pub(crate) const fn sign(start: u32, one: u32, two: u32) -> u32 {
    mix(mix(start, one), two)
}

/// Where the numbers of the signs at a place begin.
pub(crate) const fn start(place: u32) -> u32 {
    mix(0x9E37_79B9, place)
}

/// The number of a sign that is weighed for one measure only.
pub(crate) const fn of_measure(sign: u32, measure: u32) -> u32 {
    mix(sign, measure)
}

const fn mix(hash: u32, part: u32) -> u32 {
    let mixed = (hash.rotate_left(5) ^ part).wrapping_mul(0x85EB_CA6B);
    mixed ^ (mixed >> 15)
}

/// Where to look for a sign first in a table of `slots`, a power of two.
pub(crate) fn slot(sign: u32, slots: usize) -> usize {
    (sign.wrapping_mul(0x9E37_79B1) >> 8) as usize & (slots - 1)
}
