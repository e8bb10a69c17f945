use super::*;

fn entry(name: &str, before: &str, version: u32) -> Vec<u8> {
    let mut bytes = vec![0; FIXED + 20];
    bytes[24..28].copy_from_slice(&0o100_644_u32.to_be_bytes());
    bytes.extend((name.len() as u16).to_be_bytes());
    if version == 4 {
        let same = name.bytes().zip(before.bytes()).take_while(|(a, b)| a == b).count();
        bytes.push((before.len() - same) as u8);
        bytes.extend(name[same..].bytes().chain([0]));
    } else {
        bytes.extend(name.bytes().chain([0]));
        bytes.resize(bytes.len().next_multiple_of(8), 0);
    }
    bytes
}

fn index(names: &[&str], version: u32, extension: &[u8]) -> Vec<u8> {
    let mut bytes = b"DIRC".to_vec();
    bytes.extend(version.to_be_bytes());
    bytes.extend((names.len() as u32).to_be_bytes());
    for (at, name) in names.iter().enumerate() {
        bytes.extend(entry(name, at.checked_sub(1).map_or("", |at| names[at]), version));
    }
    bytes.extend(extension);
    bytes.extend([0; 20]);
    bytes
}

fn names(bytes: &[u8]) -> Option<Vec<String>> {
    let index = Index::new(bytes, bytes.len() as u64, 20, (0, 0))?;
    let mut names = Vec::new();
    index.each(|name, _, _| names.push(String::from_utf8_lossy(name).into_owned()))?;
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
