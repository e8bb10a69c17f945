//! Settings of memory, with the unit as a letter.

use super::super::super::token::Token;

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
