//! The book and the README show what the program really prints: every ```console block is executed in the root of the
//! repository. `ADRULE_BLESS=1 cargo test -p adrule --test docs` rewrites those that differ.
//!
//! A block holds `$ adrule …` with its output, and `$ echo $?` with the exit code; a line of `…` stands for any lines.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails here has failed")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// The Markdown files for people, but not those of the example repository.
fn documents() -> Vec<PathBuf> {
    let root = root();
    let mut found = vec![root.join("README.md"), root.join("CONTRIBUTING.md"), root.join("CHANGELOG.md")];
    let mut folders = vec![root.join("docs")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.ends_with("docs/example") {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "md") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// What a command prints, standard error behind standard output, and its exit code.
fn run(command: &str) -> (String, i32) {
    let args = command.strip_prefix("adrule ").unwrap_or_else(|| panic!("`{command}`: a console block runs adrule"));
    let output = Command::new(env!("CARGO_BIN_EXE_adrule"))
        .args(args.split_whitespace())
        .current_dir(root())
        .env_clear()
        .envs(["PATH", "HOME", "SystemRoot"].iter().filter_map(|name| Some((name, std::env::var_os(name)?))))
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    let text = [output.stdout, output.stderr].concat();
    (String::from_utf8(text).unwrap(), output.status.code().unwrap())
}

/// The block as it would be with what the program prints today.
fn executed(block: &str) -> String {
    let mut out = String::new();
    let mut code = 0;
    let mut lines = block.lines().peekable();
    while let Some(line) = lines.next() {
        let command = line.strip_prefix("$ ").unwrap_or_else(|| panic!("a console block begins with `$ `: {line}"));
        let mut written = String::new();
        while let Some(line) = lines.next_if(|line| !line.starts_with("$ ")) {
            written = written + line + "\n";
        }
        let printed = if command == "echo $?" {
            format!("{code}\n")
        } else {
            let (text, status) = run(command);
            code = status;
            assert!(
                !text.contains("```") || written.contains("…\n"),
                "`{command}` prints a fence: leave it out with `…`"
            );
            text
        };
        let shown = if matches(&written, &printed) { &written } else { &printed };
        let _ = write!(out, "$ {command}\n{shown}");
    }
    out
}

/// Whether what is written is what was printed, `…` for any lines.
fn matches(written: &str, printed: &str) -> bool {
    let mut parts = written.split("…\n").collect::<Vec<_>>();
    let (first, last) = (parts.remove(0), parts.pop());
    let Some(mut rest) = printed.strip_prefix(first) else { return false };
    let Some(last) = last else { return rest.is_empty() };
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

#[test]
fn every_console_block_is_what_the_program_prints() {
    let bless = std::env::var_os("ADRULE_BLESS").is_some();
    let (mut blocks, mut wrong) = (0, String::new());
    for path in documents() {
        let text = std::fs::read_to_string(&path).unwrap();
        let mut fresh = String::new();
        let mut rest = text.as_str();
        while let Some(start) = rest.find("```console\n").map(|at| at + "```console\n".len()) {
            let end = start + rest[start..].find("```\n").unwrap();
            fresh = fresh + &rest[..start] + &executed(&rest[start..end]);
            rest = &rest[end..];
            blocks += 1;
        }
        fresh += rest;
        if fresh == text {
            continue;
        }
        if bless {
            std::fs::write(&path, fresh).unwrap();
        } else {
            let at = text.lines().zip(fresh.lines()).take_while(|(written, printed)| written == printed).count();
            let line = |text: &str| text.lines().nth(at).unwrap_or("(nothing)").to_owned();
            let (written, printed) = (line(&text), line(&fresh));
            let _ = writeln!(wrong, "{}:{}\n  written: {written}\n  printed: {printed}", path.display(), at + 1);
        }
    }
    assert!(blocks >= 5, "only {blocks} console blocks found");
    assert!(wrong.is_empty(), "ADRULE_BLESS=1 rewrites these:\n{wrong}");
}

#[test]
fn every_link_leads_to_a_file() {
    let mut broken = String::new();
    for path in documents() {
        let text = std::fs::read_to_string(&path).unwrap();
        let mut fenced = false;
        for (number, line) in text.lines().enumerate() {
            fenced ^= line.starts_with("```");
            for target in line.split("](").skip(1).filter(|_| !fenced).filter_map(|rest| rest.split(')').next()) {
                let file = target.split('#').next().unwrap_or_default();
                let is_link = !file.is_empty() && !file.contains("://");
                if is_link && !path.parent().unwrap().join(file).exists() {
                    let _ = writeln!(broken, "{}:{}: {target}", path.display(), number + 1);
                }
            }
        }
    }
    assert!(broken.is_empty(), "links that lead nowhere:\n{broken}");
}

#[test]
fn dots_stand_for_any_lines() {
    assert!(matches("a\n…\nd\n", "a\nb\nc\nd\n"));
    assert!(matches("a\n…\n", "a\nb\n"));
    assert!(!matches("a\n…\nd\n", "a\nb\n"));
    assert!(!matches("a\n", "a\nb\n"));
    assert!(!matches("a\nb\n", "a\n"));
}

/// The recipes give the server the memory that its own manifest states, and no other.
#[test]
fn the_limits_of_the_recipes_are_the_stated_budget() {
    let read = |path: &str| std::fs::read_to_string(root().join(path)).unwrap();
    // The words behind a key, on its first line.
    let after = |text: &str, key: &str| {
        let line = text.lines().find_map(|line| line.trim().strip_prefix(key).map(str::to_owned));
        line.unwrap_or_else(|| panic!("there is no {key}")).trim().to_owned()
    };
    let stated = after(&read("bot/service.yaml"), "memory-budget:");
    let number = stated.strip_suffix(" MiB").unwrap_or_else(|| panic!("{stated} is not in MiB"));
    let kubernetes = read("docs/deploy/kubernetes/adrule.yaml");
    assert_eq!(after(&kubernetes, "limits:"), format!("{{ memory: {number}Mi }}"));
    // These two count in powers of two as well.
    assert_eq!(after(&read("docs/deploy/adrule.service"), "MemoryMax="), format!("{number}M"));
    assert_eq!(after(&read("docs/deploy/compose.yaml"), "mem_limit:"), format!("{number}m"));
    let decision = read("docs/decisions/0002-write-adrule-in-rust.md");
    let operating = read("docs/operating.md");
    assert!(decision.contains(&stated) && operating.contains(&stated), "{stated} is stated where people read of it");
    assert!(operating.contains("35 seconds in all recipes"));
    for (path, key, value) in [
        ("docs/deploy/kubernetes/adrule.yaml", "terminationGracePeriodSeconds:", "35"),
        ("docs/deploy/adrule.service", "TimeoutStopSec=", "35s"),
        ("docs/deploy/compose.yaml", "stop_grace_period:", "35s"),
    ] {
        assert_eq!(after(&read(path), key), value, "{path}");
    }
}
