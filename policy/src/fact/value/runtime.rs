//! Memory as container runtimes write it. Their single letters mean different things, so each has its function.

use super::Unusable;

/// Kubernetes and systemd: `Ki`, `Mi`, `Gi` are powers of two, `k`, `M`, `G` powers of ten, no letter is bytes, `1e9`
/// too. In bytes.
///
/// # Errors
/// [`Unusable::Millibytes`] for `128m`, which is an eighth of a byte; else where it is no quantity.
pub fn kubernetes_memory(text: &str) -> Result<f64, Unusable> {
    let text = text.trim();
    let (digits, suffix) = split(text)?;
    let factor = match suffix {
        "" => 1.0,
        "k" | "K" => 1e3,
        "M" => 1e6,
        "G" => 1e9,
        "T" => 1e12,
        "P" => 1e15,
        "E" => 1e18,
        "Ki" => 1024.0,
        "Mi" => 1_048_576.0,
        "Gi" => 1_073_741_824.0,
        "Ti" => 1_099_511_627_776.0,
        "Pi" => 1_125_899_906_842_624.0,
        "Ei" => 1_152_921_504_606_846_976.0,
        "m" => return Err(Unusable::Millibytes(format!("{digits}Mi"))),
        _ => return Err(not_a_quantity(text)),
    };
    amount(digits, text).map(|value| value * factor)
}

/// Compose: `b`, `k`, `m`, `g`, `kb`, `mb`, `gb` in upper or lower case, all powers of two; no letter is bytes. In
/// bytes.
///
/// # Errors
/// Where it is no quantity.
pub fn compose_memory(text: &str) -> Result<f64, Unusable> {
    let text = text.trim();
    let (digits, suffix) = split(text)?;
    let factor = match suffix.trim_start().to_ascii_lowercase().as_str() {
        "" | "b" => 1.0,
        "k" | "kb" | "kib" => 1024.0,
        "m" | "mb" | "mib" => 1_048_576.0,
        "g" | "gb" | "gib" => 1_073_741_824.0,
        "t" | "tb" | "tib" => 1_099_511_627_776.0,
        _ => return Err(not_a_quantity(text)),
    };
    amount(digits, text).map(|value| value * factor)
}

fn not_a_quantity(text: &str) -> Unusable {
    Unusable::NotUnderstood(format!("`{}` is no amount of memory", super::shorten(text)))
}

/// Digits, an exponent among them, and what follows.
fn split(text: &str) -> Result<(&str, &str), Unusable> {
    let bytes = text.as_bytes();
    let mut end = bytes.iter().take_while(|byte| byte.is_ascii_digit() || **byte == b'.').count();
    let exponent = bytes.get(end).is_some_and(|byte| matches!(byte, b'e' | b'E'));
    let signed = usize::from(bytes.get(end + 1).is_some_and(|byte| matches!(byte, b'+' | b'-')));
    if exponent && bytes.get(end + 1 + signed).is_some_and(u8::is_ascii_digit) {
        end += 1 + signed;
        end += bytes[end..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    }
    match text.split_at_checked(end) {
        Some((digits, rest)) if !digits.is_empty() => Ok((digits, rest)),
        _ => Err(not_a_quantity(text)),
    }
}

fn amount(digits: &str, text: &str) -> Result<f64, Unusable> {
    digits.parse::<f64>().ok().filter(|value| value.is_finite()).ok_or_else(|| not_a_quantity(text))
}
