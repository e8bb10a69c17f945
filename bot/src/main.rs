//! adrule.
fn main() {}
