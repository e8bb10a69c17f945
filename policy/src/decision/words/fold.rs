//! Text made comparable: lower case, plain letters, one space between words.

/// Folds `text` for comparison: lower case, Latin letters without accents, full-width letters as ASCII, all white
/// space as single spaces, invisible characters gone.
#[must_use]
pub fn fold(text: &str) -> String {
    if is_plain(text) {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            // Most of what is folded.
            'a'..='z' => folded.push(c),
            c => push(&mut folded, c),
        }
    }
    if folded.ends_with(' ') {
        folded.pop();
    }
    folded
}

/// Whether only letters in upper case have to be folded, as in most labels and headings: ASCII, with single spaces
/// between words.
pub fn is_plain(text: &str) -> bool {
    let mut spaced = true;
    for byte in text.bytes() {
        let space = byte == b' ';
        if !byte.is_ascii() || byte.is_ascii_whitespace() && (spaced || !space) {
            return false;
        }
        spaced = space;
    }
    !spaced || text.is_empty()
}

/// The first eight bytes of a text as one number: it orders texts as they are ordered, as far as it tells them apart.
pub fn prefix(folded: &str) -> u64 {
    let mut first = [0; 8];
    let length = folded.len().min(first.len());
    first[..length].copy_from_slice(&folded.as_bytes()[..length]);
    u64::from_be_bytes(first)
}

/// Adds one character in its folded form.
fn push(folded: &mut String, c: char) {
    let c = match c {
        // Full-width forms of ASCII.
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '\u{2018}' | '\u{2019}' | '\u{02BC}' => '\'',
        '\u{2010}' | '\u{2011}' => '-',
        // Zero-width characters, byte order mark, variation selectors, combining marks of Latin letters.
        '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{FE00}'..='\u{FE0F}' | '\u{0300}'..='\u{036F}' => {
            return;
        }
        other => other,
    };
    if c.is_ascii() {
        if c.is_ascii_whitespace() {
            space(folded);
        } else {
            folded.push(c.to_ascii_lowercase());
        }
        return;
    }
    if c.is_whitespace() {
        space(folded);
        return;
    }
    if let Some(letters) = plain(c) {
        folded.push_str(letters);
        return;
    }
    // Most letters beyond Latin are in lower case, or have no case.
    if matches!(c, '\u{0430}'..='\u{045F}') || is_unspaced(c) || matches!(c, '\u{AC00}'..='\u{D7AF}') {
        folded.push(c);
        return;
    }
    for lower in c.to_lowercase() {
        match plain(lower) {
            Some(letters) => folded.push_str(letters),
            // What lower-casing adds to a dotted capital I.
            None if ('\u{0300}'..='\u{036F}').contains(&lower) => {}
            None => folded.push(lower),
        }
    }
}

fn space(folded: &mut String) {
    if !folded.is_empty() && !folded.ends_with(' ') {
        folded.push(' ');
    }
}

/// A Latin letter without its accent; Cyrillic `ё` as people type it.
fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'č' => "c",
        'ď' | 'đ' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ę' | 'ě' => "e",
        'ğ' => "g",
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'ı' => "i",
        'ł' => "l",
        'ñ' | 'ń' | 'ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ő' => "o",
        'œ' => "oe",
        'ř' => "r",
        'ß' => "ss",
        'ś' | 'ş' | 'š' | 'ș' => "s",
        'ť' | 'ț' => "t",
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' => "u",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        'ё' => "е",
        _ => return None,
    })
}

/// Whether a character belongs to a script that sets no spaces between words.
#[must_use]
pub fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_type_becomes_comparable() {
        for (text, folded) in [
            ("  Statut\u{00A0}:  Accepté ", "statut : accepte"),
            ("ＡＤＲ　0001：", "adr 0001:"),
            ("Übergang\tGROSS", "ubergang gross"),
            ("İptal", "iptal"),
            ("Принято ✅\u{FE0F}", "принято ✅"),
            ("Don’t", "don't"),
            ("状态", "状态"),
        ] {
            assert_eq!(fold(text), folded, "{text}");
        }
    }
}
