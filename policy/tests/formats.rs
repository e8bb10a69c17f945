//! Every output format: well-formed and harmless whatever the repository says, and what its readers expect.
#![allow(clippy::expect_used, reason = "a test that fails here has failed")]

use adrule_policy::check::{Input, check};
use adrule_policy::policy;
use adrule_policy::report::render::{OUTPUTS, Options, find};
use adrule_policy::report::{Finding, JudgedBy, Report, Scope, Severity, Sources, Unread, Waived};
use adrule_policy::rule;
use adrule_policy::text::{Place, Span};
use adrule_policy::tree::Tree;
use jiff::civil::date;
use proptest::prelude::*;
use serde_json::Value;
use std::sync::LazyLock;

const SARIF: &str = include_str!("../../schemas/vendor/sarif/sarif-2.1.0-rtm.5.json");

fn example() -> Report {
    let tree = Tree::of([
        ("docs/adr/0002-ledger.md", include_str!("../../docs/example/docs/adr/0002-ledger.md")),
        (
            "services/edge-proxy/catalog-info.yaml",
            include_str!("../../docs/example/services/edge-proxy/catalog-info.yaml"),
        ),
        ("services/edge-proxy/Cargo.toml", ""),
        ("services/ledger/catalog-info.yaml", include_str!("../../docs/example/services/ledger/catalog-info.yaml")),
        ("services/ledger/Cargo.toml", ""),
        (
            "services/thumbnailer/catalog-info.yaml",
            include_str!("../../docs/example/services/thumbnailer/catalog-info.yaml"),
        ),
        ("services/thumbnailer/Cargo.toml", ""),
    ]);
    let text = include_str!("../../docs/example/adrule.yaml");
    let today = date(2026, 11, 22);
    let page = policy::load(&"adrule.yaml".into(), &std::sync::Arc::from(text), today, &rule::ids())
        .page
        .expect("a good page");
    let mut input = Input::all(&tree, &page, today);
    input.page_text = Some(("adrule.yaml".into(), text.into()));
    check(input)
}

fn in_format(name: &str, report: &Report) -> String {
    (find(name).expect("a format").render)(report, &Options::default())
}

fn json(name: &str, report: &Report) -> Value {
    serde_json::from_str(&in_format(name, report)).expect("JSON")
}

/// A report with one finding whose every word is `text`.
fn hostile(text: &str, severity: Severity, span: Span, waived: bool) -> Report {
    let mut sources = Sources::default();
    sources.add(&text.into(), &text.into());
    let place = Place::new(text, span);
    let mut finding = Finding::new("decision-status-unknown", severity, text, format!("x{text}"), place.clone())
        .label(text)
        .and(place.clone(), text)
        .why(text)
        .note(text)
        .fix(text, text, text)
        .help(text);
    finding.waived =
        waived.then(|| Waived { place, reason: text.into(), owner: text.into(), until: date(2026, 12, 1) });
    let own = Finding { rule: text.into(), waived: None, ..finding.clone() };
    Report {
        as_of: date(2026, 11, 22),
        judged_by: JudgedBy { path: Some(text.into()), revision: Some(text.to_owned()), organisation: false },
        scope: Scope::All,
        findings: vec![finding, own],
        services: Vec::new(),
        decisions: 1,
        baseline: None,
        unread: vec![Unread { path: text.into(), reason: text.to_owned() }],
        remarks: vec![text.to_owned()],
        sources,
    }
}

/// Whether a text is well-formed XML as far as we write any: tags that close, quoted attributes, known references.
fn is_well_formed(xml: &str) -> bool {
    let mut open: Vec<&str> = Vec::new();
    let Some(mut rest) = xml.strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n") else { return false };
    while let Some(start) = rest.find('<') {
        if !is_text(&rest[..start]) {
            return false;
        }
        let Some(end) = rest.find('>') else { return false };
        let tag = &rest[start + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop() != Some(name) {
                return false;
            }
            continue;
        }
        let (tag, is_closed) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        let values: Vec<&str> = attributes.split('"').collect();
        let are_quoted = values.len() % 2 == 1 && values.iter().skip(1).step_by(2).all(|value| is_text(value));
        let are_named = values.iter().step_by(2).all(|name| name.is_empty() || name.ends_with('='));
        if !are_quoted || !are_named {
            return false;
        }
        if !is_closed {
            open.push(name);
        }
    }
    open.is_empty() && rest.trim().is_empty()
}

fn is_text(text: &str) -> bool {
    let is_reference =
        |rest: &str| ["amp;", "lt;", "gt;", "quot;", "#9;", "#10;", "#13;"].iter().any(|known| rest.starts_with(known));
    let is_character = |c: char| c == '\n' || !(c.is_control() || matches!(c, '<' | '>' | '\u{FFFE}' | '\u{FFFF}'));
    text.chars().all(is_character) && text.split('&').skip(1).all(is_reference)
}

fn sarif_faults(document: &Value) -> Vec<String> {
    static VALIDATOR: LazyLock<jsonschema::Validator> = LazyLock::new(|| {
        let mut schema: Value = serde_json::from_str(SARIF).expect("the schema is JSON");
        // The pattern has a bracket that closes nothing, which strict readers of patterns refuse. We write no `language`.
        for definition in ["run", "toolComponent"] {
            let language = &mut schema["definitions"][definition]["properties"]["language"];
            language.as_object_mut().expect("a property").remove("pattern").expect("a pattern");
        }
        jsonschema::validator_for(&schema).expect("the schema is a schema")
    });
    VALIDATOR.iter_errors(document).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[\u{0}-\u{7f}]{0,24}",
        "\u{FEFF}?[a\r\n]{0,12}",
        "[%:,\r\n\\[\\]()&<>\"'`#@ é😀\u{202E}\u{FFFE}\u{85}]{0,24}",
        Just("::error::x\r\n::set-output name=a::b\n##[add-path]/x".to_owned()),
        Just("]]>\"/><failure>&amp;&#0;".to_owned()),
    ]
}

fn severity() -> impl Strategy<Value = Severity> {
    prop_oneof![Just(Severity::Error), Just(Severity::Warning), Just(Severity::Info)]
}

#[test]
fn names_are_unique_and_human_is_the_first() {
    assert_eq!(OUTPUTS[0].name, "human");
    let mut names: Vec<&str> = OUTPUTS.iter().map(|output| output.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), OUTPUTS.len());
}

#[test]
fn sarif_is_what_its_schema_says() {
    let report = example();
    assert!(report.findings.iter().any(|finding| finding.waived.is_some()), "{:#?}", report.findings);
    let log = json("sarif", &report);
    assert_eq!(sarif_faults(&log), [""; 0]);
    assert!(!sarif_faults(&serde_json::json!({ "version": "2.1.0" })).is_empty(), "the schema refuses something");
}

#[test]
fn sarif_says_what_is_wrong_and_why_it_is_excused() {
    let report = example();
    let log = json("sarif", &report);
    let run = &log["runs"][0];
    let results = run["results"].as_array().expect("results");
    assert_eq!(results.len(), report.findings.len());
    for (result, finding) in results.iter().zip(&report.findings) {
        let message = result["message"]["text"].as_str().expect("a message");
        assert!(message.starts_with(&finding.message), "{message}");
        let rule = &run["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().expect("an index") as usize];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(rule["help"]["markdown"].as_str().is_some_and(|help| help.contains("**Why.**")));
        let is_suppressed = result["suppressions"].as_array().is_some_and(|all| !all.is_empty());
        assert_eq!(is_suppressed, finding.waived.is_some());
    }
    let waived = results.iter().find(|result| result["suppressions"][0].is_object()).expect("a waived one");
    insta::assert_json_snapshot!(waived["suppressions"][0]["justification"], @r#""benchmark under way (waiver of edge-team, until 2027-01-31)""#);
}

#[test]
fn sarif_columns_count_utf16_units() {
    let report = hostile("😀é: b", Severity::Error, Span::new(4, 6), false);
    let region = &json("sarif", &report)["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    insta::assert_json_snapshot!(region, @r#"
    {
      "artifactLocation": {
        "uri": "%F0%9F%98%80%C3%A9%3A%20b",
        "uriBaseId": "%SRCROOT%"
      },
      "region": {
        "startLine": 1,
        "startColumn": 3,
        "endLine": 1,
        "endColumn": 4
      }
    }
    "#);
}

#[test]
fn github_annotates_the_place() {
    let text = in_format("github", &example());
    insta::assert_snapshot!(text, @"
    ::error title=language-without-reason,file=services/edge-proxy/catalog-info.yaml,line=4,endLine=4,col=9,endColumn=19::`edge-proxy` is written in Rust, and nothing says why.%0A%0ARust needs a stated memory budget, latency target or failure-impact rating.%0A%0AAdd, with your own value, in services/edge-proxy/catalog-info.yaml, under `metadata.annotations`:%0Aadrule/memory-budget: 180 MB per instance%0Aadrule/latency-target: p95 under 10 ms%0Aadrule/failure-impact: high
    1 error (1 waived) in 3 services, 1 decision. Judged by the built-in page, 2026-11-22.
    ");
}

#[test]
fn a_place_at_the_end_of_a_file_has_only_a_line() {
    let report = hostile("a\nb, c: 50%\n", Severity::Info, Span::new(2, 11), false);
    let text = in_format("github", &report);
    insta::assert_snapshot!(text.lines().next().unwrap_or_default(), @"::notice title=decision-status-unknown,file=a%0Ab%2C c%3A 50%25%0A,line=2::xa%0Ab, c: 50%25%0A.%0A%0Aa%0Ab, c: 50%25%0A%0A%0ARead: a%0Ab, c: 50%25%0A%0A%0AAdd, with your own value, in a%0Ab, c: 50%25%0A, a%0Ab, c: 50%25%0A:%0Aa%0Ab, c: 50%25%0A%0Aa%0Ab, c: 50%25%0A");
}

#[test]
fn gitlab_junit_and_rdjson() {
    let mut report = example();
    report.findings.truncate(2);
    insta::assert_snapshot!(in_format("gitlab", &report), @r#"
    [
      {
        "description": "`edge-proxy` is written in Rust, and nothing says why. Rust needs a stated memory budget, latency target or failure-impact rating.",
        "check_name": "language-without-reason",
        "fingerprint": "b907a40e4f9de7f437eab8d2b2323e50",
        "severity": "major",
        "location": {
          "path": "services/edge-proxy/catalog-info.yaml",
          "lines": {
            "begin": 4,
            "end": 4
          }
        }
      }
    ]
    "#);
    insta::assert_snapshot!(in_format("junit", &report), @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="adrule" tests="4" failures="1" errors="0" skipped="1">
      <testsuite name="adrule" tests="4" failures="1" errors="0" skipped="1">
        <testcase name="language-without-reason: edge-proxy" classname="language-without-reason" file="services/edge-proxy/catalog-info.yaml" line="4">
          <failure type="error" message="`edge-proxy` is written in Rust, and nothing says why">services/edge-proxy/catalog-info.yaml:4&#10;&#10;`edge-proxy` is written in Rust, and nothing says why.&#10;&#10;Rust needs a stated memory budget, latency target or failure-impact rating.&#10;&#10;Add, with your own value, in services/edge-proxy/catalog-info.yaml, under `metadata.annotations`:&#10;adrule/memory-budget: 180 MB per instance&#10;adrule/latency-target: p95 under 10 ms&#10;adrule/failure-impact: high</failure>
        </testcase>
        <testcase name="language-without-reason: thumbnailer" classname="language-without-reason" file="services/thumbnailer/catalog-info.yaml" line="4">
          <skipped message="waived until 2027-01-31 (edge-team): benchmark under way"/>
        </testcase>
        <testcase name="ledger" classname="service" file="services/ledger/catalog-info.yaml"/>
        <testcase name="thumbnailer" classname="service" file="services/thumbnailer/catalog-info.yaml"/>
      </testsuite>
    </testsuites>
    "#);
    insta::assert_snapshot!(in_format("rdjson", &report), @r#"
    {
      "source": {
        "name": "adrule",
        "url": "https://github.com/adrule/adrule"
      },
      "diagnostics": [
        {
          "message": "`edge-proxy` is written in Rust, and nothing says why.\n\nRust needs a stated memory budget, latency target or failure-impact rating.\n\nAdd, with your own value, in services/edge-proxy/catalog-info.yaml, under `metadata.annotations`:\nadrule/memory-budget: 180 MB per instance\nadrule/latency-target: p95 under 10 ms\nadrule/failure-impact: high",
          "location": {
            "path": "services/edge-proxy/catalog-info.yaml",
            "range": {
              "start": {
                "line": 4,
                "column": 9
              },
              "end": {
                "line": 4,
                "column": 19
              }
            }
          },
          "severity": "ERROR",
          "code": {
            "value": "language-without-reason",
            "url": "https://github.com/adrule/adrule/blob/main/docs/rules/language-without-reason.md"
          }
        }
      ]
    }
    "#);
}

#[test]
fn each_json_line_has_a_type() {
    let report = example();
    let text = in_format("json-lines", &report);
    let types: Vec<String> = text
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("JSON")["type"].as_str().unwrap_or("").to_owned())
        .collect();
    assert_eq!(types.iter().filter(|kind| *kind == "finding").count(), report.findings.len());
    assert_eq!((types[0].as_str(), types[types.len() - 1].as_str()), ("report", "summary"));
}

#[test]
fn well_formedness_is_looked_at_closely() {
    let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    for wrong in
        ["<a>", "<a></b>", "<a b=\"&\"/>", "<a>&#0;</a>", "<a b=\"c\" d/>", "<a>\u{1}</a>", "<a b=\"<\"/>", "<a/>x"]
    {
        assert!(!is_well_formed(&format!("{head}{wrong}")), "{wrong}");
    }
    assert!(is_well_formed(&format!("{head}<a b=\"&#10;&amp;\"><c/>x</a>\n")));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn hostile_words_break_no_format(text in text(), severity in severity(), a in 0usize..30, b in 0usize..30, waived: bool) {
        let report = hostile(&text, severity, Span::new(a, b), waived);
        for output in OUTPUTS {
            let text = (output.render)(&report, &Options { verbose: true, ..Options::default() });
            prop_assert!(text.ends_with('\n'), "{}", output.name);
        }
        for name in ["json", "sarif", "gitlab", "rdjson"] {
            prop_assert!(!json(name, &report).is_null());
        }
        for line in in_format("json-lines", &report).lines() {
            prop_assert!(serde_json::from_str::<Value>(line).is_ok(), "{line}");
        }
        let xml = in_format("junit", &report);
        prop_assert!(is_well_formed(&xml), "{xml}");
        let commands = in_format("github", &report);
        let lines: Vec<&str> = commands.split(['\n', '\r']).filter(|line| !line.is_empty()).collect();
        prop_assert_eq!(lines.len(), report.open().count() + 1, "{}", commands);
        let level = ["::notice title=", "::warning title=", "::error title="][severity as usize];
        prop_assert!(lines[..lines.len() - 1].iter().all(|line| line.starts_with(level)), "{commands}");
        prop_assert!(!lines[lines.len() - 1].trim_start().starts_with("::"));
    }
}

proptest! {
    // The schema is large: a check takes a while.
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn hostile_words_keep_sarif_valid(text in text(), severity in severity(), a in 0usize..30, b in 0usize..30, waived: bool) {
        let report = hostile(&text, severity, Span::new(a, b), waived);
        prop_assert_eq!(sarif_faults(&json("sarif", &report)), Vec::<String>::new());
    }
}
