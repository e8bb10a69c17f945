//! Files that no reader likes, as manifest, decision and page: each gets a clear answer with its place, the rest of
//! the repository is still judged, and nothing panics, hangs or fills the memory.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr, missing_docs)]

mod support;

use support::hard::{DECISION, LIMIT, MANIFEST, about, check, place, run};
use support::{PAGE, adrule, manifest, report, within};

/// Bytes of a decision that is hard all through.
const SIZE: usize = if cfg!(debug_assertions) { 60_000 } else { 400_000 };

fn table(rows: impl IntoIterator<Item = (&'static str, Vec<String>)>) -> String {
    rows.into_iter()
        .map(|(name, said)| {
            let said = if said.is_empty() { "nothing said".to_owned() } else { said.join("\n    ") };
            format!("{name}\n    {said}\n")
        })
        .collect()
}

fn hard() -> String {
    manifest("hard", "rust")
}

/// Nine to the power of twelve values, if somebody counted them.
fn laughs() -> String {
    (0..12).fold("a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned(), |text, at| {
        format!("{text}a{}: &a{} [{}]\n", at + 1, at + 1, vec![format!("*a{at}"); 9].join(", "))
    })
}

fn merges() -> String {
    (0..400).fold("m0: &m0 {k0: v}\n".to_owned(), |text, at| {
        format!("{text}m{0}: &m{0} {{<<: [*m{at}, *m{at}], k{0}: v}}\n", at + 1)
    })
}

fn utf16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
    std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(order).collect()
}

/// What any YAML file may hold. `start` is a good file.
fn files(start: &str) -> Vec<(&'static str, Vec<u8>)> {
    let and = |more: &str| format!("{start}{more}").into_bytes();
    vec![
        ("a byte order mark", format!("\u{FEFF}{start}").into_bytes()),
        ("lines that end as on Windows", start.replace('\n', "\r\n").into_bytes()),
        ("not UTF-8", [start.as_bytes(), b"# caf\xe9\n"].concat()),
        ("UTF-16, little end first", utf16(start, u16::to_le_bytes)),
        ("UTF-16, big end first", utf16(start, u16::to_be_bytes)),
        ("a NUL byte", and("\0")),
        ("empty", Vec::new()),
        ("blank", b"\n\n  \n".to_vec()),
        ("comments only", b"# nothing\n---\n# here\n".to_vec()),
        ("ten megabytes", and(&format!("x: {}\n", "y".repeat(10_000_000)))),
        ("two megabytes", and(&format!("x: {}\n", "y".repeat(2_000_000)))),
        ("brackets in brackets", and(&format!("x: {}\n", "[".repeat(100_000)))),
        ("mappings in mappings", and(&(0..300).map(|at| format!("{}a{at}:\n", "  ".repeat(at))).collect::<String>())),
        ("an alias bomb", and(&laughs())),
        ("a merge bomb", and(&merges())),
        ("an alias without its anchor", and("x: *nothing\n")),
        ("too many documents", and(&"---\nx: y\n".repeat(300))),
        ("too many values", and(&format!("x: [{}]\n", "1,".repeat(60_000)))),
        ("a quote that is not closed", and("x: \"abc\n")),
        ("an escape character", and("x: \u{1b}[31m\n")),
        ("only colons", b":".repeat(100_000)),
    ]
}

#[test]
fn hard_manifests() {
    let rows = files(&hard()).into_iter().map(|(name, bytes)| {
        let place = place();
        place.write(MANIFEST, bytes);
        let report = check(&place, name);
        let mut said = about(&report, MANIFEST);
        if said.len() > 4 {
            said = vec![said[0].clone(), format!("and {} more", said.len() - 1)];
        }
        (name, said)
    });
    insta::assert_snapshot!(table(rows), @r"
    a byte order mark
        language-without-reason 4:9 `hard` is written in Rust, and nothing says why
    lines that end as on Windows
        language-without-reason 4:9 `hard` is written in Rust, and nothing says why
    not UTF-8
        file-unreadable 1:1 `services/hard/catalog-info.yaml` could not be read: not UTF-8: byte 0xe9 on line 11; save the file as UTF-8
    UTF-16, little end first
        file-unreadable 1:1 `services/hard/catalog-info.yaml` could not be read: the file is UTF-16; save it as UTF-8
    UTF-16, big end first
        file-unreadable 1:1 `services/hard/catalog-info.yaml` could not be read: the file is UTF-16; save it as UTF-8
    a NUL byte
        file-unreadable 1:1 `services/hard/catalog-info.yaml` could not be read: not a text file: a NUL byte on line 11
    empty
        manifest-unreadable 1:1 the manifest is empty: it describes no service
    blank
        manifest-unreadable 1:1 the manifest is empty: it describes no service
    comments only
        manifest-unreadable 1:1 the manifest is empty: it describes no service
    ten megabytes
        file-unreadable 1:1 `services/hard/catalog-info.yaml` could not be read: larger than 4 MiB, more than is read of any file
    two megabytes
        manifest-unreadable 1:1 the manifest cannot be read: the file is larger than 1 MiB, too large to be read as YAML
    brackets in brackets
        manifest-unreadable 11:68 the manifest cannot be read: nested too deeply to be read
    mappings in mappings
        manifest-unreadable 75:129 the manifest cannot be read: nested too deeply to be read
    an alias bomb
        language-without-reason 4:9 `hard` is written in Rust, and nothing says why
    a merge bomb
        language-without-reason 4:9 `hard` is written in Rust, and nothing says why
        and 20 more
    an alias without its anchor
        manifest-unreadable 11:4 the manifest cannot be read: `*nothing` names an anchor that this document does not have
    too many documents
        language-without-reason 4:9 `hard` is written in Rust, and nothing says why
        manifest-unreadable 409:1 the manifest cannot be read: more than 200 documents in one file
    too many values
        manifest-unreadable 11:99959 the manifest cannot be read: more than 50000 values in one file
    a quote that is not closed
        manifest-unreadable 11:4 the manifest cannot be read: unclosed quote
    an escape character
        manifest-unreadable 11:4 the manifest cannot be read: unexpected character: `\u{1b}'
    only colons
        nothing said
    ");
}

#[test]
fn hard_words_in_a_manifest() {
    let tab = hard().replace("  name", "\tname");
    let twice = hard() + "  owner: b-team\n";
    let escape = hard().replace("name: hard", r#"name: "h\e[31ma\a\u202Erd""#);
    let long = hard().replace("name: hard", &format!("name: {}", "h".repeat(50_000)));
    let rows = [("a tab", tab), ("a key twice", twice), ("a name that colours", escape), ("a long name", long)];
    let rows = rows.into_iter().map(|(name, text)| {
        let place = place();
        place.write(MANIFEST, text);
        let said = about(&check(&place, name), MANIFEST);
        (name, said.into_iter().map(|line| line.chars().take(140).collect()).collect())
    });
    insta::assert_snapshot!(table(rows), @"a tab\n    manifest-unreadable 4:2 the manifest cannot be read: a tab, where YAML takes spaces only\na key twice\n    language-without-reason 4:9 `hard` is written in Rust, and nothing says why\n    duplicate-key 11:3 `owner` stands twice in one mapping\na name that colours\n    language-without-reason 4:9 `h\u{1b}[31ma\u{7}\u{202e}rd` is written in Rust, and nothing says why\na long name\n    language-without-reason 4:9 `hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh");
}

const RECORD: &str =
    "---\nstatus: accepted\nservices: [beta]\n---\n\n# Write beta in Rust\n\n**Memory budget:** 64 MiB\n";

/// What the decision still gives: the reason for `beta`, or not.
fn decision(name: &'static str, bytes: impl AsRef<[u8]>) -> (&'static str, Vec<String>) {
    let place = place();
    place.write(DECISION, bytes);
    let report = check(&place, name);
    let mut said = about(&report, DECISION);
    let gap = report.findings().contains(&"language-without-reason beta".to_owned());
    said.push(if gap { "no reason read" } else { "the reason was read" }.to_owned());
    (name, said)
}

#[test]
fn hard_decisions() {
    let and = |more: &str| format!("{RECORD}\n{more}");
    let front = |more: &str| RECORD.replace("services", &format!("{more}\nservices"));
    let rows = [
        decision("a byte order mark", format!("\u{FEFF}{RECORD}")),
        decision("lines that end as on Windows", RECORD.replace('\n', "\r\n")),
        decision("not UTF-8", [RECORD.as_bytes(), b"caf\xe9\n"].concat()),
        decision("UTF-16", utf16(RECORD, u16::to_le_bytes)),
        decision("a NUL byte", and("\0")),
        decision("empty", ""),
        decision("ten megabytes", and(&"x ".repeat(5_000_000))),
        decision("many numbers", and(&"1 ms 2 MB p95 ".repeat(SIZE / 14))),
        decision("broken front matter", RECORD.replace("[beta]", "[beta")),
        decision("a key twice in front matter", front("status: rejected")),
        decision("an alias bomb in front matter", front(laughs().trim_end())),
        decision("a bracket bomb in front matter", front(&format!("x: {}", "[".repeat(5_000)))),
        decision("front matter without an end", format!("---\nstatus: accepted\n{}", "x\n".repeat(SIZE / 2))),
        decision("quotes in quotes", and(&">".repeat(SIZE))),
        decision("lists in lists", and(&(0..500).map(|at| format!("{}- a\n", "  ".repeat(at))).collect::<String>())),
        decision("brackets", and(&"[".repeat(SIZE))),
        decision("emphasis", and(&"*a_".repeat(SIZE / 3))),
        decision("backticks", and(&(1..SIZE / 300).map(|at| "`".repeat(at) + " ").collect::<String>())),
        decision(
            "a wide table",
            and(&format!("|{}\n|{}\n|{}\n", "a|".repeat(SIZE / 6), "-|".repeat(SIZE / 6), "b|".repeat(SIZE / 6))),
        ),
        decision("HTML", and(&"<div ".repeat(SIZE / 5))),
        decision("many headings", and(&"# a\n".repeat(SIZE / 4))),
        decision("a status that colours", RECORD.replace("accepted", r#""acc\e[31mepted""#)),
    ];
    insta::assert_snapshot!(table(rows), @r"
    a byte order mark
        the reason was read
    lines that end as on Windows
        the reason was read
    not UTF-8
        file-unreadable 1:1 `docs/adr/0001-beta.md` could not be read: not UTF-8: byte 0xe9 on line 9; save the file as UTF-8
        no reason read
    UTF-16
        file-unreadable 1:1 `docs/adr/0001-beta.md` could not be read: the file is UTF-16; save it as UTF-8
        no reason read
    a NUL byte
        file-unreadable 1:1 `docs/adr/0001-beta.md` could not be read: not a text file: a NUL byte on line 10
        no reason read
    empty
        no reason read
    ten megabytes
        file-unreadable 1:1 `docs/adr/0001-beta.md` could not be read: larger than 4 MiB, more than is read of any file
        no reason read
    many numbers
        the reason was read
    broken front matter
        file-unreadable 3:11 the front matter cannot be read: unclosed bracket '['
        the reason was read
    a key twice in front matter
        duplicate-key 3:1 `status` stands twice in one mapping
        the reason was read
    an alias bomb in front matter
        the reason was read
    a bracket bomb in front matter
        file-unreadable 3:68 the front matter cannot be read: nested too deeply to be read
        the reason was read
    front matter without an end
        no reason read
    quotes in quotes
        the reason was read
    lists in lists
        the reason was read
    brackets
        the reason was read
    emphasis
        the reason was read
    backticks
        the reason was read
    a wide table
        the reason was read
    HTML
        the reason was read
    many headings
        the reason was read
    a status that colours
        decision-status-unknown 2:9 the status `acc\u{1b}[31mepted` is not understood
        no reason read
    ");
}

#[test]
fn hard_pages() {
    let more = [
        ("a key twice", format!("{PAGE}default: rust\n").into_bytes()),
        ("a key that colours", format!("{PAGE}\"\\e[31mx\": y\n").into_bytes()),
        ("a pattern of stars", format!("{PAGE}services: {{in: [\"{}\"]}}\n", "*".repeat(5_000)).into_bytes()),
        ("a pattern of braces", format!("{PAGE}services: {{in: [\"{}\"]}}\n", "{a,".repeat(90)).into_bytes()),
        ("days that are none", format!("{PAGE}review-by: 9999999-99-99\n").into_bytes()),
    ];
    let rows = files(PAGE).into_iter().chain(more).map(|(name, bytes)| {
        let place = place();
        place.write("adrule.yaml", bytes);
        let out = run(&place, &["check", "--all", "--as-of", "2026-11-22"]);
        let text = String::from_utf8(out.stdout).unwrap() + &String::from_utf8(out.stderr).unwrap();
        assert!(!text.contains(|c: char| c.is_control() && c != '\n'), "{name}: {text:?}");
        let said = text.lines().take(2).map(|line| line.chars().take(120).collect::<String>().trim().to_owned());
        let mut said: Vec<String> = said.collect();
        match out.status.code() {
            // The page cannot be used, and says so at its place.
            Some(2) => assert!(text.contains("adrule.yaml"), "{name}: {text}"),
            // It can, and judges: the fault that it knows, or its own.
            Some(1) if text.contains("`beta` is written in Rust") => said = vec!["judged by it".to_owned()],
            _ => panic!("{name}: {text}"),
        }
        (name, said)
    });
    insta::assert_snapshot!(table(rows), @r"
    a byte order mark
        judged by it
    lines that end as on Windows
        judged by it
    not UTF-8
        error[policy-invalid]: the page cannot be read: not UTF-8: byte 0xe9 on line 7; save the file as UTF-8
        --> adrule.yaml
    UTF-16, little end first
        error[policy-invalid]: the page cannot be read: the file is UTF-16; save it as UTF-8
        --> adrule.yaml
    UTF-16, big end first
        error[policy-invalid]: the page cannot be read: the file is UTF-16; save it as UTF-8
        --> adrule.yaml
    a NUL byte
        error[policy-invalid]: the page cannot be read: not a text file: a NUL byte on line 7
        --> adrule.yaml
    empty
        error[policy-invalid]: the page is empty
        --> adrule.yaml
    blank
        error[policy-invalid]: the page is empty
        --> adrule.yaml
    comments only
        error[policy-invalid]: the page is empty
        --> adrule.yaml
    ten megabytes
        error[policy-invalid]: the page cannot be read: larger than 4 MiB, more than is read of any file
        --> adrule.yaml
    two megabytes
        error[policy-invalid]: the page cannot be read: the file is larger than 1 MiB, too large to be read as YAML
        --> adrule.yaml
    brackets in brackets
        error[policy-invalid]: the page cannot be read: nested too deeply to be read
        --> adrule.yaml:7:36
    mappings in mappings
        error[policy-invalid]: the page cannot be read: nested too deeply to be read
        --> adrule.yaml:39:65
    an alias bomb
        error[policy-invalid]: the page cannot be read: more than one alias in one file
        --> adrule.yaml:8:15
    a merge bomb
        error[policy-invalid]: the page cannot be read: more than one alias in one file
        --> adrule.yaml:8:20
    an alias without its anchor
        error[policy-invalid]: the page cannot be read: `*nothing` names an anchor that this document does not have
        --> adrule.yaml:7:4
    too many documents
        error[policy-invalid]: the page cannot be read: more than 2 documents in one file
        --> adrule.yaml:9:1
    too many values
        error[policy-invalid]: the page cannot be read: more than 20000 values in one file
        --> adrule.yaml:7:39969
    a quote that is not closed
        error[policy-invalid]: the page cannot be read: unclosed quote
        --> adrule.yaml:7:4
    an escape character
        error[policy-invalid]: the page cannot be read: unexpected character: `\u{1b}'
        --> adrule.yaml:7:4
    only colons
        error[policy-invalid]: the page cannot be read: mapping values are not allowed in this context
        --> adrule.yaml:1:100000
    a key twice
        error[policy-invalid]: `default` stands twice
        --> adrule.yaml:7:1
    a key that colours
        error[policy-invalid]: the page has no `\u{1b}[31mx`
        --> adrule.yaml:7:1
    a pattern of stars
        error[policy-invalid]: `***********************************************************…` under `in` is no path or name
        --> adrule.yaml:7:17
    a pattern of braces
        error[policy-invalid]: `{a,{a,{a,{a,{a,{a,{a,{a,{a,{a,{a,{a,{a,{a,{a,{a,{a,{a,{a,{a…` under `in` is no path or name
        --> adrule.yaml:7:17
    days that are none
        judged by it
    ");
}

#[test]
fn everything_at_once_is_still_one_report() {
    let place = place();
    for (number, (_, bytes)) in files(&hard()).into_iter().enumerate() {
        place.write(&format!("services/hard-{number:02}/catalog-info.yaml"), bytes);
    }
    let mut command = adrule(&place.root);
    command.args(["check", "--all", "--format", "json"]);
    let report = report(within(command, LIMIT));
    assert!(report.findings().contains(&"language-without-reason beta".to_owned()));
    assert_eq!(report.code, 1);
}
