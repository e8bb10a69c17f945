//! Tables of the book that are made from the code. `ADRULE_BLESS=1` rewrites those that differ.

use std::path::Path;

/// Whether the part of `docs/FILE` between `<!-- NAME -->` and the next `<!-- /NAME -->` is this table.
pub fn holds(file: &str, name: &str, table: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs").join(file);
    let text = std::fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
    let (start, end) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let from = text.find(&start).unwrap_or_else(|| panic!("{file} has no {start}")) + start.len();
    let to = from + text[from..].find(&end).unwrap_or_else(|| panic!("{file} has no {end}"));
    let wanted = format!("\n{table}\n");
    if text[from..to] == wanted {
        return;
    }
    assert!(std::env::var_os("ADRULE_BLESS").is_some(), "docs/{file}: {name} differs; ADRULE_BLESS=1 rewrites it");
    std::fs::write(&path, format!("{}{wanted}{}", &text[..from], &text[to..])).unwrap();
}
