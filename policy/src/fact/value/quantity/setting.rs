//! Units of memory that only their surroundings tell: a letter in a setting, `Mio` in French.

use super::super::super::token::Token;
use std::ops::Range;

/// `MemoryMax=180M`: the unit of a setting of memory by its first letter; as in Kubernetes, `M` counts in tens.
pub(super) fn set_memory(tokens: &[Token<'_>], number: usize, unit: &Token<'_>) -> Option<f64> {
    let (key, sign) = (tokens.get(number.checked_sub(2)?)?, tokens.get(number - 1)?);
    let set = sign.sign() == Some('=') && matches!(&*key.lower, "memorymax" | "memoryhigh" | "memorylimit");
    let factor = match unit.text {
        "K" => 1e3,
        "M" => 1e6,
        "G" => 1e9,
        "Ki" => 1024.0,
        "Mi" => 1_048_576.0,
        "Gi" => 1_073_741_824.0,
        _ => return None,
    };
    (set && unit.glued).then_some(factor)
}

/// Whether the `Mio` at the end of a number is a mebibyte, as French writes it: "200 Mio maximum", "48 Mio de mémoire", and
/// not "2 Mio Anfragen", "2 Mio de relevés".
pub(super) fn is_mebi(tokens: &[Token<'_>], number: &Range<usize>) -> bool {
    const MEMORY: &[&str] = &["mémoire", "ram", "rss", "tas", "heap", "mem"];
    let end = number.end;
    let memory = tokens.get(end + 1).is_some_and(|next| MEMORY.contains(&&*next.lower));
    let counts = tokens.get(end).is_some_and(|next| {
        next.text.starts_with(char::is_uppercase)
            || matches!(&*next.lower, "de" | "d" | "des") && !memory
            || matches!(&*next.lower, "byte" | "bytes")
    });
    number.len() > 1 && tokens[end - 1].text == "Mio" && !counts
}
