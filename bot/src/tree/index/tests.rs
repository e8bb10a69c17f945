use super::*;
use proptest::prelude::*;

/// An entry as it is written: its name, the bytes before its flags, its flags, and more of them from version 3 on.
#[derive(Clone, Debug)]
pub struct Written {
    pub name: Vec<u8>,
    pub head: Vec<u8>,
    pub flags: u16,
    pub more: u16,
}

impl Written {
    fn file(name: &str) -> Self {
        let mut head = vec![0; FIXED + 20];
        head[24..28].copy_from_slice(&0o100_644_u32.to_be_bytes());
        Self { name: name.into(), head, flags: 0, more: 0 }
    }

    fn bytes(&self, before: &[u8], version: u32) -> Vec<u8> {
        let mut bytes = self.head.clone();
        let has_more = version > 2 && self.more != 0;
        let flags = self.flags & 0xB000 | u16::from(has_more) << 14;
        bytes.extend((flags | self.name.len().min(LONG) as u16).to_be_bytes());
        bytes.extend(self.more.to_be_bytes().iter().filter(|_| has_more));
        if version == 4 {
            let same = self.name.iter().zip(before).take_while(|(a, b)| a == b).count();
            let cut = before.len() - same;
            // A number of variable length, as git writes it.
            let mut digits = vec![(cut & 0x7F) as u8];
            let mut rest = cut >> 7;
            while rest > 0 {
                rest -= 1;
                digits.insert(0, 0x80 | (rest & 0x7F) as u8);
                rest >>= 7;
            }
            bytes.extend(digits.iter().chain(&self.name[same..]).chain(&[0]));
        } else {
            bytes.extend(self.name.iter().chain(&[0]));
            bytes.resize(bytes.len().next_multiple_of(8), 0);
        }
        bytes
    }
}

pub fn written(entries: &[Written], version: u32, extension: &[u8], hash: usize) -> Vec<u8> {
    let mut bytes = b"DIRC".to_vec();
    bytes.extend(version.to_be_bytes());
    bytes.extend((entries.len() as u32).to_be_bytes());
    for (at, entry) in entries.iter().enumerate() {
        bytes.extend(entry.bytes(at.checked_sub(1).map_or(b"", |at| &entries[at].name), version));
    }
    bytes.extend(extension);
    bytes.resize(bytes.len() + hash, 0);
    bytes
}

/// An open index of these bytes.
pub fn opened(bytes: &[u8], hash: usize) -> Option<Index<&[u8]>> {
    Index::new(bytes, bytes.len() as u64, hash, (0, 0))
}

/// Entries of all kinds, in no order.
pub fn any_entry(hash: usize) -> impl Strategy<Value = Written> {
    let letters = prop::sample::select(b"ab/.dlm\xC3\xA9".as_slice());
    let name = prop_oneof![
        9 => prop::collection::vec(letters.clone(), 1..12),
        1 => prop::collection::vec(letters, LONG - 3..LONG + 3),
    ];
    let modes = prop::sample::select([0o100_644_u32, 0o100_755, 0o100_644, 0o120_000, 0o160_000].as_slice());
    let head = prop::collection::vec(any::<u8>(), FIXED + hash);
    let flags = prop_oneof![3 => Just((0, 0)), 1 => (any::<u16>(), any::<u16>())];
    (name, modes, head, flags).prop_map(|(name, mode, mut head, (flags, more))| {
        head[24..28].copy_from_slice(&mode.to_be_bytes());
        Written { name, head, flags, more }
    })
}

fn index(names: &[&str], version: u32, extension: &[u8]) -> Vec<u8> {
    let entries: Vec<Written> = names.iter().map(|name| Written::file(name)).collect();
    written(&entries, version, extension, 20)
}

fn names(bytes: &[u8]) -> Option<Vec<String>> {
    let mut names = Vec::new();
    opened(bytes, 20)?.each(|name, _| names.push(String::from_utf8_lossy(name).into_owned()))?;
    Some(names)
}

#[test]
fn every_version_and_unknown_extensions() {
    let expected = ["a/b", "a/bcdefgh", "a/c", "zz"];
    for version in 2..=4 {
        assert_eq!(names(&index(&expected, version, b"")).unwrap(), expected);
        assert_eq!(names(&index(&expected, version, b"TREE\0\0\0\x02ab")).unwrap(), expected);
        assert_eq!(names(&index(&expected, version, b"link\0\0\0\x02ab")), None, "a split index");
        assert_eq!(names(&index(&expected, version, b"TREE\0\0\0\x09ab")), None, "cut off");
    }
    assert_eq!(names(&index(&expected, 5, b"")), None);
}

#[test]
fn an_index_larger_than_the_window() {
    let many: Vec<String> = (0..20_000).map(|number| format!("folder/{number:06}/file")).collect();
    let expected: Vec<&str> = many.iter().map(String::as_str).collect();
    for version in [2, 4] {
        let extension = [b"TREE\x00\x09\x00\x00".to_vec(), vec![b'x'; 0x9_0000]].concat();
        assert_eq!(names(&index(&expected, version, &extension)).unwrap(), expected);
    }
}

#[test]
fn damage_is_never_worse_than_an_answer() {
    for version in 2..=4 {
        let whole = index(&["a/b", "a/bcdefgh", "a/c"], version, b"TREE\0\0\0\x02ab");
        let all = names(&whole);
        for end in 0..whole.len() {
            let cut = names(&whole[..end]);
            // Cut right behind an extension, it is a whole one with a wrong checksum.
            assert!(cut.is_none() || cut == all, "cut at {end}: {cut:?}");
        }
        for at in 0..whole.len() {
            for byte in [0, 1, 0x7F, 0x80, 0xFF] {
                let mut damaged = whole.clone();
                damaged[at] = byte;
                let _ = names(&damaged);
            }
        }
    }
}

proptest! {
    /// What is read is what was written, whatever the version, however long the names.
    #[test]
    fn entries_are_read_as_they_were_written(
        (hash, entries) in prop::sample::select([20_usize, 32].as_slice())
            .prop_flat_map(|hash| (Just(hash), prop::collection::vec(any_entry(hash), 0..20))),
        version in 2_u32..=4,
    ) {
        let bytes = written(&entries, version, b"TREE\0\0\0\x02ab", hash);
        let mut at = 0;
        let trees = opened(&bytes, hash).unwrap().each(|name, record| {
            let Written { name: expected, head, flags, more } = &entries[at];
            let more = if version > 2 { *more } else { 0 };
            assert_eq!(name, expected);
            let kind = match head[26] >> 4 {
                0o10 => Kind::File,
                0o12 => Kind::Link,
                _ => Kind::Submodule,
            };
            let entry = Entry {
                kind,
                conflict: flags & 0x3000 != 0,
                left_out: more & 0x4000 != 0,
                announced: more & 0x2000 != 0,
                assumed: flags & 0x8000 != 0,
            };
            assert_eq!(record.entry(), entry);
            assert_eq!(record.is_plain(), entry == Entry::PLAIN);
            let staged = record.staged().unwrap();
            assert_eq!(staged.id, Id::new(&head[FIXED..]).unwrap());
            let seen = staged.seen;
            let fields = [seen.changed.0, seen.changed.1, seen.modified.0, seen.modified.1, seen.inode, seen.size];
            let told = [0, 4, 8, 12, 20, 36].map(|at| u32::from_be_bytes(head[at..at + 4].try_into().unwrap()));
            assert_eq!(fields, told);
            assert_eq!(bytes[id_at(record.at).unwrap() as usize..][..hash], head[FIXED..]);
            at += 1;
        });
        prop_assert_eq!(trees.unwrap(), b"ab");
        prop_assert_eq!(at, entries.len());
    }
}
