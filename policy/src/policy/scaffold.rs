//! The commented page that `adrule init` writes, after a look at the repository.

use super::words::{listed, one_line};
use crate::language::display;
use std::fmt::Write;

/// What a look at the repository found.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Where editors find the schema of the page: an address or a path.
    pub schema: String,
    /// Languages by standard name, each with the number of services that use it.
    pub languages: Vec<(String, usize)>,
    /// Manifests, each format with the number of files: `Backstage`, 12.
    pub manifests: Vec<(String, usize)>,
    /// Folders of decisions.
    pub decisions: Vec<String>,
    /// Folders in which each folder is a service: `services`.
    pub services: Vec<String>,
}

/// A page to begin with. It means the seed rule: Go is the default (or what is used most, where there is no Go), and Rust
/// needs a reason. Everything that was found stands in comments beside it.
#[must_use]
pub fn page(found: &Found) -> String {
    let mut text = String::new();
    let schema = if found.schema.is_empty() { "policy.schema.json" } else { &found.schema };
    let _ = writeln!(text, "# yaml-language-server: $schema={}", one_line(schema));
    text.push_str("# The page: which language a new service is written in. Agree on it, then merge it.\n");
    text.push_str("#   adrule policy render    shows it as prose\n#   adrule check            judges a change by it\n");
    text.push_str("policy: 1\n\ntitle: Which language a new service is written in\n");
    text.push_str("# owner: platform-guild          # who answers for this page\n");
    text.push_str("# review-by: 2027-06-01          # when it is to be looked at again\n\n");
    default(found, &mut text);
    languages(found, &mut text);
    places(found, &mut text);
    text.push_str(REST);
    text
}

fn sorted(found: &Found) -> Vec<(&str, usize)> {
    let mut all: Vec<(&str, usize)> =
        found.languages.iter().filter(|(id, _)| is_word(id)).map(|(id, count)| (id.as_str(), *count)).collect();
    all.sort_by(|(a, many), (b, more)| more.cmp(many).then(a.cmp(b)));
    all
}

/// The default to begin with: Go where there is any or nothing was found, else what is used most and is not Rust.
fn proposed<'f>(all: &[(&'f str, usize)]) -> &'f str {
    let other = all.iter().map(|(id, _)| *id).find(|id| *id != "rust");
    if all.iter().any(|(id, _)| *id == "go") { "go" } else { other.unwrap_or("go") }
}

/// What is safe to write into the page as it is.
fn is_word(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'/' | b'.' | b'@'))
        && text.starts_with(|first: char| first.is_ascii_alphanumeric() || first == '.')
}

fn default(found: &Found, text: &mut String) {
    let all = sorted(found);
    if all.is_empty() {
        text.push_str("# The language of a new service. It needs no reason.\n");
    } else {
        let told: Vec<String> = all
            .iter()
            .map(|(id, count)| {
                format!("{} in {count} {}", display(id), if *count == 1 { "service" } else { "services" })
            })
            .collect();
        let _ = writeln!(text, "# The language of a new service. It needs no reason. Found: {}.", listed(&told, "and"));
    }
    let _ = writeln!(text, "default: {}\n", proposed(&all));
}

fn languages(found: &Found, text: &mut String) {
    text.push_str(
        "# What leaving the default takes: one of `any`, and each of `all`, stated in the service's manifest or in a\n\
         # decision. `adrule facts FILE` shows what is read from a file.\n\
         languages:\n\
         \x20 rust:\n\
         \x20   says: Rust needs a stated memory budget, latency target or failure-impact rating.\n\
         \x20   requires:\n\
         \x20     any: [memory-budget, latency-target, failure-impact]\n\
         \x20     # stricter:\n\
         \x20     #   - latency-target: { at-most: 10 ms, percentile: p95 }\n\
         \x20     #   - failure-impact: { at-least: high }\n\
         \x20     # all:\n\
         \x20     #   - reviewers: { at-least: 2 }\n",
    );
    let all = sorted(found);
    for (id, _) in all.iter().filter(|(id, _)| *id != proposed(&all) && *id != "rust") {
        let _ = writeln!(text, "  # {id}: {{ only-for: [batch, tool] }}");
    }
    text.push_str("\nothers: allow                    # allow | ask (a waiver is needed) | refuse\n\n");
}

fn places(found: &Found, text: &mut String) {
    if !found.manifests.is_empty() {
        let told: Vec<String> =
            found.manifests.iter().map(|(format, count)| format!("{count} {}", one_line(format))).collect();
        let _ = writeln!(text, "# Manifests found: {}.", listed(&told, "and"));
    }
    let services: Vec<String> =
        found.services.iter().filter(|path| is_word(path)).map(|path| format!("{path}/*")).collect();
    if services.is_empty() {
        text.push_str(
            "# services:\n#   in: [services/*]             # each such folder is a service and needs a manifest\n",
        );
    } else {
        let _ = writeln!(text, "services:\n  in: [{}]", quoted(&services));
        text.push_str("  # each such folder is a service and needs a manifest\n");
    }
    let decisions: Vec<String> = found.decisions.iter().filter(|path| is_word(path)).cloned().collect();
    if decisions.is_empty() {
        text.push_str("# decisions:\n#   in: [docs/adr]               # the usual places are found without it\n");
    } else {
        let _ = writeln!(text, "decisions:\n  in: [{}]", quoted(&decisions));
    }
    text.push_str("#   required-for: [rust]         # who chooses it writes a decision\n");
}

/// Paths as quoted scalars: `1.10/*` stays text.
fn quoted(paths: &[String]) -> String {
    paths.iter().map(|path| format!("\"{path}\"")).collect::<Vec<_>>().join(", ")
}

const REST: &str = "
# Exceptions. Each has an owner and an end, and stands here where everybody sees it.
# waivers:
#   - rule: language-without-reason
#     scope: edge-proxy
#     reason: benchmark under way
#     owner: edge-team
#     approved-by: platform-guild
#     granted: 2026-11-01
#     expires: 2027-01-31
#     exit: docs/adr/0042-edge-proxy.md

# Services as this page imagines them; `adrule policy test` says which rule surprises.
tests:
  - { given: { language: rust }, expect: [language-without-reason] }
  - { given: { language: rust, memory-budget: 64 MiB }, expect: [] }
";
