//! Ways of writing that were met in real records, each in words of our own.

use super::super::{Decision, Kind, Status, StatusSource, read};
use std::sync::Arc;

fn of(path: &str, text: &str) -> Decision {
    let read = read(&Arc::from(path), &text.into());
    for reading in &read.statuses {
        assert!(text.get(reading.span.range()).is_some(), "{path}: {:?}", reading.span);
    }
    for (_, span) in &read.deciders {
        assert!(text.get(span.range()).is_some(), "{path}: {span:?}");
    }
    read
}

fn day(read: &Decision) -> Option<String> {
    read.date.map(|(date, _)| date.to_string())
}

fn names(list: &[(String, super::Span)]) -> Vec<&str> {
    list.iter().map(|(name, _)| name.as_str()).collect()
}

#[test]
fn a_header_shown_as_it_stands() {
    let text = "::\n\n  ZIP: 12\n  Title: Smaller proofs\n  Owners: Ada\n  Status: Draft\n\nTerminology\n===========\n\nWords.\n";
    let read = of("docs/adr/zip-0012.rst", text);
    assert_eq!((read.title.as_deref(), read.status), (Some("Smaller proofs"), Some(Status::Draft)));
    let letter = "PEP: 12\nTitle: Fewer colons\nStatus: Rejected\n\nAbstract\n========\n\nShort.\n";
    let read = of("docs/adr/pep-0012.rst", letter);
    assert_eq!((read.title.as_deref(), read.status), (Some("Fewer colons"), Some(Status::Rejected)));
    // One labelled line in sample code is no header.
    let code = "```yaml\nstatus: rejected\n```\n\n# 1. One queue\n\nStatus: accepted\n";
    assert_eq!(of("docs/adr/0001-t.md", code).status, Some(Status::Accepted));
}

#[test]
fn a_header_in_a_quoted_table() {
    let text = "# 2. Scan images\n\n>|        |   |\n>| ------ | - |\n>| Date | `2026-06-15` |\n>| Status | `RFC` |\n>| Deciders | `Platform` |\n\n## Context\n\nx\n";
    let read = of("docs/adr/0002-t.md", text);
    assert_eq!((read.status, day(&read).as_deref()), (Some(Status::Proposed), Some("2026-06-15")));
    assert_eq!(names(&read.deciders), ["Platform"]);
    // Nothing in a quote counts where the header itself says it.
    let both = "# 2. T\n\nStatus: accepted\n\n> | a | b |\n> | - | - |\n> | Status | draft |\n";
    assert_eq!(of("docs/adr/0002-t.md", both).status, Some(Status::Accepted));
}

#[test]
fn badges_that_only_their_address_explains() {
    let badge =
        |words: &str| format!("[![Generic badge](https://badgen.net/badge/ADR/{words}/orange)](https://example.org)");
    let text = format!("# 3. Tokens\n\n## Status\n\n{}\n\n## Context\n\nx\n", badge("proposed"));
    let read = of("docs/adr/0003-t.md", &text);
    assert_eq!((read.status, read.statuses[0].source), (Some(Status::Proposed), StatusSource::Badge));
    let choice = format!("# 3. T\n\n## Status\n\n{} {}\n", badge("proposed"), badge("accepted"));
    assert_eq!(of("docs/adr/0003-t.md", &choice).status, None);
    let below =
        "# RFC-0010/Layout\n\n## How crates are laid out\n\n![status: deprecated](theme/deprecated.svg)\n\nText.\n";
    assert_eq!(of("docs/adr/0010-t.md", below).status, Some(Status::Deprecated));
}

#[test]
fn data_below_a_line_at_the_end() {
    let text = "# 4. Names\n\n## Status\n\nAccepted\n\n## Decision\n\nUse names.\n\n---\n\n**Date**: 2026-09-02\n**Author**: Ada\n";
    let read = of("docs/adr/0004-t.md", text);
    assert_eq!((day(&read).as_deref(), names(&read.authors)), (Some("2026-09-02"), vec!["Ada"]));
    let stated = text.replace("# 4. Names\n", "# 4. Names\n\nDate: 2026-01-01\n");
    assert_eq!(day(&of("docs/adr/0004-t.md", &stated)).as_deref(), Some("2026-01-01"));
    let no_line = text.replace("---\n", "");
    assert_eq!(day(&of("docs/adr/0004-t.md", &no_line)), None);
}

#[test]
fn the_language_of_a_label_says_which_number_is_the_day() {
    let spanish = |date: &str| format!("# 5. T\n\n- Estado: aceptado\n- Fecha: {date}\n\n## Contexto\n\nx\n");
    assert_eq!(day(&of("docs/adr/0005-t.md", &spanish("12/02/26"))).as_deref(), Some("2026-02-12"));
    assert_eq!(day(&of("docs/adr/0005-t.md", &spanish("03/04/2026"))).as_deref(), Some("2026-04-03"));
    let table = "# 5. T\n\n| Stato | Accettato |\n|---|---|\n| Data | 3/4/2026 |\n";
    assert_eq!(day(&of("docs/adr/0005-t.md", table)).as_deref(), Some("2026-04-03"));
    let section = "# 5. T\n\n## Datum\n\n03/04/2026\n\n## Kontext\n\nx\n";
    assert_eq!(day(&of("docs/adr/0005-t.md", section)).as_deref(), Some("2026-04-03"));
    // English and French share the label: nothing is guessed.
    let english = of("docs/adr/0005-t.md", "# 5. T\n\n- Date: 12/02/26\n");
    assert!(english.date.is_none() && english.date_unread.is_some());
}

#[test]
fn the_day_of_creation_is_not_that_of_a_proposal() {
    let text = "---\ntitle: Cycles\nstatus: accepted\ncreated: 2019-01-04\n---\n\nText.\n";
    assert_eq!(day(&of("docs/adr/0014-cycles.md", text)).as_deref(), Some("2019-01-04"));
    assert_eq!(day(&of("rfcs/0014-cycles.md", text)), None);
}

#[test]
fn numbers_by_the_key_or_the_folder_of_a_process() {
    let text = "title: Nested namespaces\nkep-number: 1687\nstatus: implemented\n";
    assert_eq!(of("keps/sig-auth/nested/kep.yaml", text).number, Some(1687));
    assert_eq!(of("keps/sig-auth/1687-nested/kep.yaml", "title: Nested\nstatus: implemented\n").number, Some(1687));
    let front = "---\neip: 2069\ntitle: YAML for ABIs\nstatus: Draft\n---\n\n## Motivation\n\nx\n";
    assert_eq!(of("EIPS/eip-2069.md", front).number, Some(2069));
    // A key of other letters is not the record's number.
    let order = "---\norder: 6\ntitle: Basic auth\n---\n\nText.\n";
    assert_eq!(of("docs/decisions/basic-auth.md", order).number, None);
}

#[test]
fn headings_and_words_that_are_no_title() {
    let text = "- Feature Name: `coloured-ports`\n- Start Date: 2026-02-07\n\n# Abstract\n\nx\n\n# Motivation\n\ny\n";
    assert_eq!(of("text/0003-ports.md", text).title.as_deref(), Some("coloured-ports"));
    assert_eq!(of("text/0015-x.md", "* RFC Type: feature\n\n# Summary\n\nx\n\n# Motivation\n\ny\n").title, None);
    let feature = "---\nfeature: fewer-cooks\n---\n\n# Summary\n\nx\n\n# Motivation\n\ny\n";
    assert_eq!(of("rfcs/0044-cooks.md", feature).title.as_deref(), Some("fewer-cooks"));
    assert_eq!(of("docs/决策/0001-x.md", "# 决策：暂不接通\n\n## 背景\n\nx\n").title.as_deref(), Some("暂不接通"));
}

#[test]
fn asciidoc_terms_and_comments_in_tables() {
    let text = "=== 2. Use AsciiDoc\n\nDate: 2026-10-18\n\nStatus::\n\nAccepted\n\nContext::\n\nSome words.\n";
    let read = of("doc/adr/0002-t.adoc", text);
    assert_eq!((read.status, day(&read).as_deref()), (Some(Status::Accepted), Some("2026-10-18")));
    let table = "= ADR 2: Versions\n\n[cols=\"1,3\"]\n|===\n|*status*\n// `proposed` / `rejected` / `accepted`\n| Proposed\n\n|*date*\n// YYYY-MM-DD\n| 2026-02-20\n|===\n\n== Context\n\nx\n";
    let read = of("doc/adr/0002-t.adoc", table);
    assert_eq!((read.status, day(&read).as_deref()), (Some(Status::Proposed), Some("2026-02-20")));
}

#[test]
fn everybody_agrees_line_by_line() {
    let text = "Title: Scope\n\nContext:\nA bot.\n\nStatus:\nAda - agreed\nGrace - agreed\n\nConsequences:\n\nNone.\n";
    let read = of("doc/arch/adr-001.md", text);
    assert_eq!((read.status, names(&read.deciders)), (Some(Status::Accepted), vec!["Ada", "Grace"]));
    let differ = text.replace("Grace - agreed", "Grace - rejected");
    assert_eq!(of("doc/arch/adr-001.md", &differ).status, None);
}

#[test]
fn deciders_in_a_section_of_their_own() {
    let text = "# 6. T\n\n## Status\n\nAccepted\n\n## Deciders\n\n- Ada\n- Grace\n\n## Context\n\nx\n";
    assert_eq!(names(&of("docs/adr/0006-t.md", text).deciders), ["Ada", "Grace"]);
    let heading = "# 6. T\n\n## Entscheider: Ada, Grace\n\n## Kontext\n\nx\n";
    assert_eq!(names(&of("docs/adr/0006-t.md", heading).deciders), ["Ada", "Grace"]);
    let prose = "# 6. T\n\n## Deciders\n\nIt was a long meeting. Everybody spoke, nobody decided.\n";
    assert!(of("docs/adr/0006-t.md", prose).deciders.is_empty());
}

#[test]
fn relations_that_name_a_part_or_lead_elsewhere() {
    let update = "# 3 — Guardar\n\n- **Estado:** Aceptada\n- **Actualización (2026-06-15):** el formato queda **supersedido por [0009](0009-x.md)**.\n\n## Contexto\n\nx\n";
    let read = of("docs/decisiones/0003-guardar.md", update);
    assert_eq!(read.status, Some(Status::Accepted));
    assert!(read.superseded_by.iter().any(|one| one.number == Some(9) && one.partial));
    let web = of("keps/x/kep.yaml", "title: T\nstatus: rejected\nreplaces:\n  - https://example.org/pull/29\n");
    assert_eq!((web.supersedes.len(), web.supersedes[0].number), (1, None));
    let old = "# 12 Storage\n\n## Status\n\nAccepted.\nDeprecates [9 Secrets](009-secrets.md).\n";
    let read = of("docs/adr/012-storage.md", old);
    assert_eq!((read.status, read.supersedes[0].number), (Some(Status::Accepted), Some(9)));
}

#[test]
fn a_history_in_the_front_matter() {
    for log in [
        "history:\n  - { date: 2026-01-10, status: proposed }\n  - { date: 2026-02-01, status: accepted }\n",
        "history:\n  - 2026-01-10 proposed\n  - 2026-02-01 accepted\n",
        "changelog:\n  2026-01-10: proposed\n  2026-02-01: accepted\n",
        "history:\n  - 2026-01-10: proposed\n  - 2026-02-01: accepted\n  - someone wrote a line\n",
    ] {
        let read = of("docs/adr/0007-t.md", &format!("---\n{log}---\n# 7. T\n\n## Context\n\nx\n"));
        assert_eq!((read.status, day(&read).as_deref()), (Some(Status::Accepted), Some("2026-02-01")), "{log}");
    }
    let stated = "---\nhistory:\n  - 2026-02-01 accepted\n---\n# 7. T\n\n## Status\n\nDeprecated\n";
    assert_eq!(of("docs/adr/0007-t.md", stated).status, Some(Status::Deprecated));
}

#[test]
fn what_stands_for_a_folder() {
    let record = "---\nstate: approved\nsummary: Whether names have a prefix.\n---\n\n# Prefix\n\n## Intro\n\nx\n";
    assert_eq!(of("prefix/README.md", record).kind, Kind::Decision);
    let notes = "This folder holds notes on the first decision.\n";
    assert_eq!(of("docs/design_decisions/adr_0001_stateless/README.md", notes).kind, Kind::Other);
}

#[test]
fn folders_are_called_so_in_other_languages() {
    for path in [
        "docs/entscheidungen/0001-x.md",
        "docs/Decisões/0001-x.md",
        "docs/decyzje/0001-x.md",
        "docs/决策/0001-x.md",
        "dokumente/意思決定/0001-x.md",
        "docs/décisions/0001-x.md",
        "docs/adl/0001-x.md",
    ] {
        assert!(crate::decision::is_candidate(path), "{path}");
    }
    for path in
        ["docs/entscheider/0001-x.md", "docs/решения/0001-x.md", "docs/kafka/0001-x.md", "docs/überblick/0001.md"]
    {
        assert!(!crate::decision::is_candidate(path), "{path}");
    }
}
