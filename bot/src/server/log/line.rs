//! A line as it leaves: no control characters, no secrets.

use super::Format;
use std::io::{self, Write};
use std::sync::{Arc, PoisonError, RwLock};
use tracing_subscriber::fmt::MakeWriter;

/// What secrets of GitHub's look like: tokens, and the tokens of an App in three parts.
const TOKENS: [&str; 7] = ["ghs_", "ghp_", "gho_", "ghu_", "ghr_", "github_pat_", "eyJ"];
/// A word is a token where it goes on for so long.
const TOKEN_LENGTH: usize = 20;
/// A secret that is shorter would cut ordinary words out.
const SHORTEST: usize = 8;
const CUT: &str = "[secret]";

/// What no line shows. It grows where secrets change under the process: one that was good a moment ago is no news for
/// anybody either. Clones are one and the same.
#[derive(Clone, Default)]
pub struct Hidden(Arc<RwLock<Arc<[String]>>>);

impl Hidden {
    /// These secrets.
    pub fn new(secrets: Vec<String>) -> Self {
        let hidden = Self::default();
        hidden.add(secrets);
        hidden
    }

    /// These, too, from the next line on.
    pub fn add(&self, secrets: Vec<String>) {
        let mut hidden = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let mut all = hidden.to_vec();
        all.extend(secrets.into_iter().filter(|secret| secret.len() >= SHORTEST));
        // The longest first: a part of one must not leave the rest of it to be seen.
        all.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        all.dedup();
        *hidden = all.into();
    }

    /// What is hidden now.
    pub fn now(&self) -> Arc<[String]> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl std::fmt::Debug for Hidden {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} secrets", self.now().len())
    }
}

/// Makes lines out of whole events. Each event is one write.
pub struct Lines<M> {
    to: M,
    format: Format,
    hidden: Hidden,
}

impl<M> Lines<M> {
    /// Lines that are written to whatever `to` makes.
    pub const fn new(to: M, format: Format, hidden: Hidden) -> Self {
        Self { to, format, hidden }
    }
}

impl<'m, M: MakeWriter<'m>> MakeWriter<'m> for Lines<M> {
    type Writer = Line<M::Writer>;

    fn make_writer(&'m self) -> Self::Writer {
        Line { to: self.to.make_writer(), format: self.format, secrets: self.hidden.now() }
    }
}

/// One event's line.
pub struct Line<W> {
    to: W,
    format: Format,
    secrets: Arc<[String]>,
}

impl<W: Write> Write for Line<W> {
    fn write(&mut self, event: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(event);
        let line = clean(text.strip_suffix('\n').unwrap_or(&text), self.format, &self.secrets);
        self.to.write_all(format!("{line}\n").as_bytes())?;
        Ok(event.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

/// A line without what does not belong in it.
pub fn clean(line: &str, format: Format, secrets: &[String]) -> String {
    let mut clean = String::with_capacity(line.len());
    for c in line.chars() {
        match (is_harmless(c), format) {
            (true, _) => clean.push(c),
            (false, Format::Text) => clean.extend(c.escape_unicode()),
            // What stands outside of strings in JSON is plain ASCII.
            (false, Format::Json) => {
                let mut units = [0; 2];
                for unit in c.encode_utf16(&mut units) {
                    clean.push_str(&format!("\\u{unit:04x}"));
                }
            }
        }
    }
    for secret in secrets {
        if clean.contains(secret.as_str()) {
            clean = clean.replace(secret.as_str(), CUT);
        }
    }
    for start in TOKENS {
        clean = without_tokens(clean, start);
    }
    without_passwords(clean)
}

/// Whether a character neither moves a terminal's cursor nor turns the reading direction.
pub fn is_harmless(c: char) -> bool {
    !c.is_control()
        && !matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Without long words that start like a token.
fn without_tokens(line: String, start: &str) -> String {
    if !line.contains(start) {
        return line;
    }
    let mut clean = String::with_capacity(line.len());
    let mut rest = line.as_str();
    while let Some(at) = rest.find(start) {
        let (before, from) = rest.split_at(at);
        let end = from.find(|c: char| !(c.is_ascii_alphanumeric() || "_-.".contains(c))).unwrap_or(from.len());
        let (word, after) = from.split_at(end);
        clean.push_str(before);
        clean.push_str(if word.len() >= TOKEN_LENGTH { CUT } else { word });
        rest = after;
    }
    clean.push_str(rest);
    clean
}

/// Without the password of an address: `postgres://name:password@host`.
fn without_passwords(line: String) -> String {
    let mut clean = String::new();
    let mut rest = line.as_str();
    while let Some(at) = rest.find("://") {
        let (before, from) = rest.split_at(at + 3);
        clean.push_str(before);
        let end = from.find(|c: char| c.is_whitespace() || "/\"'`<>".contains(c)).unwrap_or(from.len());
        let (authority, after) = from.split_at(end);
        match authority.rsplit_once('@').map(|(user, host)| (user.split_once(':'), host)) {
            Some((Some((user, _)), host)) => clean.extend([user, ":", CUT, "@", host]),
            _ => clean.push_str(authority),
        }
        rest = after;
    }
    if clean.is_empty() {
        return line;
    }
    clean.push_str(rest);
    clean
}
