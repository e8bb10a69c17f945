//! What lies in a folder, and what kind of thing it is. Links are not followed.

use std::ffi::OsString;
use std::path::Path;

/// A kind of thing in a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    File,
    Folder,
    Link,
    /// A pipe, a socket, a device: nothing that is read.
    Other,
}

/// Lists a folder. On Linux through one buffer and without a call for each name: a large repository has tens of
/// thousands of folders.
#[cfg(target_os = "linux")]
pub fn list(folder: &Path, buffer: &mut Vec<u8>) -> std::io::Result<Vec<(OsString, Kind)>> {
    use rustix::fs::{AtFlags, FileType, Mode, OFlags, RawDir, open, statat};
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;

    const BUFFER: usize = 32 << 10;
    // A link in the folder's place is no folder.
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let folder = open(folder, flags, Mode::empty())?;
    buffer.reserve(BUFFER);
    let mut entries = RawDir::new(&folder, buffer.spare_capacity_mut());
    let mut found = Vec::new();
    while let Some(entry) = entries.next() {
        let entry = entry?;
        let name = entry.file_name().to_bytes();
        if matches!(name, b"." | b"..") {
            continue;
        }
        let kind = match entry.file_type() {
            // Some file systems do not say it here.
            FileType::Unknown => statat(&folder, entry.file_name(), AtFlags::SYMLINK_NOFOLLOW)
                .map_or(FileType::Unknown, |data| FileType::from_raw_mode(data.st_mode)),
            kind => kind,
        };
        let kind = match kind {
            FileType::RegularFile => Kind::File,
            FileType::Directory => Kind::Folder,
            FileType::Symlink => Kind::Link,
            _ => Kind::Other,
        };
        found.push((OsStr::from_bytes(name).to_owned(), kind));
    }
    Ok(found)
}

/// Lists a folder.
#[cfg(not(target_os = "linux"))]
pub fn list(folder: &Path, _: &mut Vec<u8>) -> std::io::Result<Vec<(OsString, Kind)>> {
    let entries = std::fs::read_dir(folder)?;
    let kind = |kind: std::fs::FileType| match kind {
        kind if kind.is_symlink() => Kind::Link,
        kind if kind.is_dir() => Kind::Folder,
        kind if kind.is_file() => Kind::File,
        _ => Kind::Other,
    };
    Ok(entries.flatten().filter_map(|entry| Some((entry.file_name(), kind(entry.file_type().ok()?)))).collect())
}
