//! The credentials in a file that only its owner may read. It is there whole or not at all, and none is written over.

use super::created::Created;
use crate::github::Place;
use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// Writes them; the file's whole path.
pub fn keep(path: &Path, created: &Created, place: &Place) -> io::Result<PathBuf> {
    let path = std::path::absolute(path)?;
    let folder = path.parent().ok_or_else(|| io::Error::other("it names no file"))?;
    let beside = folder.join(format!(".adrule-app-{}.new", std::process::id()));
    let written = write(&beside, &text(created, place)).and_then(|()| {
        // A link, unlike a rename, refuses to take the place of a file that is there.
        std::fs::hard_link(&beside, &path)
    });
    let _ = std::fs::remove_file(&beside);
    written?;
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    Ok(path)
}

fn write(path: &Path, text: &str) -> io::Result<()> {
    // What a process that was killed left behind.
    let _ = std::fs::remove_file(path);
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file: File = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// Settings, as any other file of them.
fn text(created: &Created, place: &Place) -> String {
    let mut text = format!(
        "# The GitHub App `{}`, written by `adrule serve` when it was set up. Keep it secret, and keep a copy.\n\
         app-id: {}\nwebhook-secret: {}\n",
        created.slug,
        created.id,
        quoted(created.webhook_secret.reveal()),
    );
    if place.api != "https://api.github.com" {
        text += &format!("api-url: {}\ngraphql-url: {}\n", quoted(&place.api), quoted(&place.graphql));
    }
    text += "private-key: |\n";
    for line in created.pem.reveal().lines() {
        text += &format!("  {}\n", line.trim());
    }
    text
}

/// JSON's strings are YAML's.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
