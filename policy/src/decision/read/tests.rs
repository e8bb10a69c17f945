use super::super::{Kind, Status, StatusSource, read};
use std::sync::Arc;

fn show(path: &str, text: &str) -> String {
    let read = read(&Arc::from(path), &text.into());
    for reading in &read.statuses {
        assert!(text.get(reading.span.range()).is_some(), "{path}: {:?}", reading.span);
    }
    let names = |list: &[super::Reference]| {
        let number = |one: &super::Reference| one.number.map_or(one.target.clone(), |number| number.to_string());
        list.iter().map(|one| number(one) + if one.partial { " in part" } else { "" }).collect::<Vec<_>>()
    };
    let places: Vec<_> = read
        .statuses
        .iter()
        .map(|reading| format!("{:?} {:?} {:?}", reading.source, reading.raw, reading.status))
        .collect();
    let mut lines = vec![format!(
        "{:?} {:?} {:?} {:?} {:?}",
        read.kind,
        read.number,
        read.title.as_deref().unwrap_or("-"),
        read.status,
        read.date.map(|(date, _)| date.to_string())
    )];
    lines.extend(places);
    let relations = [
        ("supersedes", &read.supersedes),
        ("by", &read.superseded_by),
        ("amends", &read.amends),
        ("amended by", &read.amended_by),
    ];
    for (name, list) in relations.into_iter().filter(|(_, list)| !list.is_empty()) {
        lines.push(format!("{name} {:?}", names(list)));
    }
    lines.join("\n")
}

fn status(path: &str, text: &str) -> (Option<Status>, usize) {
    let read = read(&Arc::from(path), &text.into());
    (read.status, read.statuses.len())
}

#[test]
fn a_log_a_later_amendment_and_two_places() {
    let log = "# 1. T\n\n## Status\n\n2020-03-04 proposed\n\n2020-04-01 accepted\n";
    insta::assert_snapshot!(show("docs/adr/0001-t.md", log), @r#"
    Decision Some(1) "T" Some(Accepted) Some("2020-04-01")
    Section "2020-03-04 proposed" Some(Accepted)
    "#);
    let amended = "# 1. T\n\nStatus: Accepted\n\n## Context\n\nx\n\n## Amendment 2\n\n### Status\n\nproposed\n\nStatus: proposed\n";
    insta::assert_snapshot!(show("docs/adr/0001-t.md", amended), @r#"
    Decision Some(1) "T" Some(Accepted) None
    Line "Accepted" Some(Accepted)
    "#);
    let differ = "---\nstatus: accepted\n---\n# 1. T\n\n## Status\n\nRejected\n";
    insta::assert_snapshot!(show("docs/adr/0001-t.md", differ), @r#"
    Decision Some(1) "T" None None
    FrontMatter "accepted" Some(Accepted)
    Section "Rejected" Some(Rejected)
    "#);
    let wrapped = "# 1. T\n\n## Status\n\nAccepted. The library we used before\nsuperseded by nothing else stays.\n";
    insta::assert_snapshot!(show("docs/adr/0001-t.md", wrapped), @r#"
    Decision Some(1) "T" Some(Accepted) None
    Section "Accepted. The library we used before superseded by nothing else stays." Some(Accepted)
    "#);
}

#[test]
fn unusual_places() {
    insta::assert_snapshot!(show("docs/adr/0004-[Superseded]use-java-17.md", "# Use Java 17\n"), @r#"
    Decision Some(4) "Use Java 17" Some(Superseded) None
    FileName "Superseded" Some(Superseded)
    "#);
    insta::assert_snapshot!(show("docs/adr/0004-x.md", "---\ntitle: X\ntags: [Accepted, backend]\n---\n## Context\n"), @r#"
    Decision Some(4) "X" Some(Accepted) None
    Tag "Accepted" Some(Accepted)
    "#);
    insta::assert_snapshot!(show("docs/adr/0004-x.md", "# 4. X\n\n![status](https://img.shields.io/badge/status-accepted-green.svg)\n"), @r#"
    Decision Some(4) "X" Some(Accepted) None
    Badge "status-accepted-green" Some(Accepted)
    "#);
    insta::assert_snapshot!(show("docs/adr/0004-x.md", "# 4. X\n\n## Status: Accepted\n\n## Context\n"), @r#"
    Decision Some(4) "X" Some(Accepted) None
    Heading "Accepted" Some(Accepted)
    "#);
    insta::assert_snapshot!(show("docs/adr/0004-x.md", "# 4. [Deprecated] X\n"), @r#"
    Decision Some(4) "[Deprecated] X" Some(Deprecated) None
    Heading "Deprecated" Some(Deprecated)
    "#);
    insta::assert_snapshot!(show("docs/adr/drafts/x.md", "# X\n\n## Context\n\na\n\n## Decision\n\nb\n"), @r#"
    Decision None "X" Some(Draft) None
    Folder "drafts" Some(Draft)
    "#);
    insta::assert_snapshot!(show("docs/adr/0004-x.md", "# 4. X\n\n## Status\n\n- [ ] Proposed\n- [x] Accepted\n- [ ] Rejected\n"), @r#"
    Decision Some(4) "X" Some(Accepted) None
    Section "Accepted" Some(Accepted)
    "#);
    insta::assert_snapshot!(show("docs/adr/0004-x.md", "# 4. X\n\n## Status\n\n> A record may be proposed, accepted or rejected.\n\nAccepted\n"), @r#"
    Decision Some(4) "X" Some(Accepted) None
    Section "Accepted" Some(Accepted)
    "#);
    insta::assert_snapshot!(show("docs/adr/0004-x.md", "# ADR-4\n\n## Use X\n\n**Status:** Accepted<br>**Date:** 2026-01-02\n"), @r#"
    Decision Some(4) "Use X" Some(Accepted) Some("2026-01-02")
    Bold "Accepted" Some(Accepted)
    "#);
}

#[test]
fn relations_in_words_links_and_front_matter() {
    let text = "---\nsupersedes: [ADR-0002, 3]\nlinks:\n  - target: 5\n    kind: amends\n---\n# 9. X\n\n## Status\n\nAccepted\n\nSupersedes [4. Y](0004-y.md)\n\nAmended by [12. Z](0012-z.md)\n\n## Decision\n\nThis decision supersedes [ADR 6](/adr/6) and [ADR 7](/adr/7). ADR-1 was superseded by ADR-2.\n\n## Links\n\n* Supersedes ADR-8\n";
    insta::assert_snapshot!(show("docs/adr/0009-x.md", text), @r#"
    Decision Some(9) "X" Some(Accepted) None
    Section "Accepted" Some(Accepted)
    supersedes ["2", "3", "4", "6", "7", "8"]
    amends ["5"]
    amended by ["12"]
    "#);
    let german = "# 9. X\n\n- Status: Ersetzt durch [ADR-0012](0012-z.md)\n- Datum: 3. März 2024\n";
    insta::assert_snapshot!(show("docs/adr/0009-x.md", german), @r#"
    Decision Some(9) "X" Some(Superseded) Some("2024-03-03")
    Bullet "Ersetzt durch ADR-0012" Some(Superseded)
    by ["12"]
    "#);
    let japanese = "# ADR-0009: X\n\n## ステータス\n\nADR-0012に置き換えられた\n";
    insta::assert_snapshot!(show("docs/adr/0009-x.md", japanese), @r#"
    Decision Some(9) "X" Some(Superseded) None
    Section "ADR-0012に置き換えられた" Some(Superseded)
    by ["12"]
    "#);
}

#[test]
fn what_is_not_understood_keeps_its_words_and_its_place() {
    let text = "# 1. T\n\n- Status: on hold\n- Date: some day\n";
    let read = read(&Arc::from("docs/adr/0001-t.md"), &text.into());
    assert_eq!(read.status, None);
    assert_eq!((read.statuses[0].raw.as_str(), read.statuses[0].span.of(text)), ("on hold", "on hold"));
    assert_eq!(
        read.date_unread.as_ref().map(|(raw, span)| (raw.clone(), span.of(text).to_owned())),
        Some(("some day".into(), "some day".into()))
    );
    assert!(!read.permits());
}

#[test]
fn a_place_for_a_status_is_no_status() {
    assert_eq!(status("docs/adr/0001-t.md", "# T\n\n* Status: [proposed | rejected | accepted]\n"), (None, 1));
    assert_eq!(status("docs/adr/0001-t.md", "# T\n\n* Status:\n"), (None, 0));
    assert_eq!(status("docs/adr/0001-t.md", "# T\n\n## Status\n\n## Context\n"), (None, 0));
    assert_eq!(status("docs/adr/0001-t.md", "# T\n\n```\nStatus: accepted\n```\n"), (None, 0));
}

#[test]
fn kinds_of_files() {
    let kind = |path: &str, text: &str| read(&Arc::from(path), &text.into()).kind;
    assert_eq!(kind("docs/adr/template.md", "# {title}\n\n## Status\n"), Kind::Template);
    assert_eq!(kind("docs/adr/README.md", "# Records\n"), Kind::Index);
    assert_eq!(kind("docs/adr/guide.md", "# How we write\n\nText.\n"), Kind::Other);
    assert_eq!(kind("docs/adr/use-go.md", "# Use Go\n\n## Context\n\na\n\n## Decision\n\nb\n"), Kind::Decision);
    assert_eq!(kind("docs/adr/0001-x.yaml", "adr:\n  title: X\n  status: accepted\n"), Kind::Decision);
    let list = "# All\n\n- [a](0001-a.md)\n- [b](0002-b.md)\n- [c](0003-c.md)\n";
    assert_eq!(kind("docs/adr/all.md", list), Kind::Index);
}

#[test]
fn services_and_deciders() {
    let text = "---\nservices:\n  - edge-proxy\n  - billing\ndecision-makers: team-edge, team-billing\n---\n# 1. T\n";
    let read = read(&Arc::from("docs/adr/0001-t.md"), &text.into());
    let services: Vec<_> = read.services.iter().map(|(name, span)| (name.as_str(), span.of(text))).collect();
    assert_eq!(services, [("edge-proxy", "edge-proxy"), ("billing", "billing")]);
    let deciders: Vec<_> = read.deciders.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(deciders, ["team-edge", "team-billing"]);
    assert_eq!(read.statuses.iter().filter(|reading| reading.source == StatusSource::FrontMatter).count(), 0);
}

#[test]
fn headers_that_are_quoted_wrapped_or_on_one_line() {
    let quoted =
        "# ADR-52 — T\n\n> **Statut :** Accepté · **Date :** 2026-10-08 · **Auteur :** K\n\n## Contexte\n\nx\n";
    insta::assert_snapshot!(show("docs/adr/0052-t.md", quoted), @r#"
    Decision Some(52) "T" Some(Accepted) Some("2026-10-08")
    Bold "Accepté" Some(Accepted)
    "#);
    let template = "# 3. T\n\n> Status: proposed until the board meets\n\nStatus: accepted\n";
    insta::assert_snapshot!(show("docs/adr/0003-t.md", template), @r#"
    Decision Some(3) "T" Some(Accepted) None
    Line "accepted" Some(Accepted)
    "#);
    let wrapped = "# ADR-7: Answers are grounded, with a\n# local index as the default\n\n**Status:** Accepted\n";
    insta::assert_snapshot!(show("docs/adr/0007-t.md", wrapped), @r#"
    Decision Some(7) "Answers are grounded, with a local index as the default" Some(Accepted) None
    Bold "Accepted" Some(Accepted)
    "#);
    let two = "# 1. One\n\nStatus: accepted\n\n# 2. Two\n\nStatus: rejected\n";
    insta::assert_snapshot!(show("docs/adr/all.md", two), @r#"
    Decision Some(1) "One" Some(Accepted) None
    Line "accepted" Some(Accepted)
    "#);
    let line = "# 31 — T\n\nData: 2026-06-11. Stato: accettata dal gruppo.\n";
    insta::assert_snapshot!(show("docs/adr/0031-t.md", line), @r#"
    Decision Some(31) "T" Some(Accepted) Some("2026-06-11")
    Line "accettata dal gruppo." Some(Accepted)
    "#);
    let prose = "# 4. T\n\nWe looked at both. Status: accepted is what the form says.\n";
    insta::assert_snapshot!(show("docs/adr/0004-t.md", prose), @r#"
    Decision Some(4) "T" None None
    "#);
}

#[test]
fn dates_beside_a_status_and_labels_that_only_look_like_one() {
    let table = "# 8. T\n\n## Status\n\n| Field | Value |\n|---|---|\n| Status | Accepted |\n| Date | 2025-06-10 |\n";
    insta::assert_snapshot!(show("docs/adr/0008-t.md", table), @r#"
    Decision Some(8) "T" Some(Accepted) Some("2025-06-10")
    Section "Status | Accepted" Some(Accepted)
    "#);
    let headings = "## ADR-001: T\n\n#### Статус: Прийнято\n#### Дата: 2025-06-06\n";
    insta::assert_snapshot!(show("docs/adr/ADR-001-t.md", headings), @r#"
    Decision Some(1) "T" Some(Accepted) Some("2025-06-06")
    Heading "Прийнято" Some(Accepted)
    "#);
    let accepted = "# 9. T\n\n**Status:** Accepted\n**Proposed:** 2026-08-01\n**Accepted:** 2026-08-20\n";
    insta::assert_snapshot!(show("docs/adr/0009-t.md", accepted), @r#"
    Decision Some(9) "T" Some(Accepted) Some("2026-08-20")
    Bold "Accepted" Some(Accepted)
    "#);
    let decided = "# 7. T\n\nStatus: **Decided (criteria of scale B) — two of five are built**\n\n**Decided:** we use one scale for all\n";
    insta::assert_snapshot!(show("docs/adr/0007-t.md", decided), @r#"
    Decision Some(7) "T" Some(Accepted) None
    Line "Decided (criteria of scale B) — two of five are built" Some(Accepted)
    "#);
    let named = read(&Arc::from("docs/adr/ADR-2026-08-24-login.md"), &"# ADR — Login\n".into());
    assert_eq!((named.number, named.date.map(|(day, _)| day.to_string())), (None, Some("2026-08-24".to_owned())));
}

#[test]
fn a_part_of_a_record_is_told_from_the_whole() {
    let texts = [
        "# 39. T\n\n| Status | Accepted |\n|---|---|\n| Supersedes | Open portions of ADR-022 and ADR-023 |\n",
        "# 3. T\n\n- Status: Accepted\n- Superseded by: ADR 44 (the landing route only)\n",
        "# 3. T\n\n* Status: Accepted\n* Supersedes (in part): [ADR 3](0003-x.md)\n",
        "# 3. T\n\n## Status\n\nAccepted — **the sync portions superseded by [ADR-008](0008-x.md)**\n",
        "# 3. T\n\nEstado: aceptado. Sustituye en parte al ADR 0008: la lista.\n",
        "# 3. T\n\n- Status: Accepted\n- Superseded by: ADR 9 (as part of the merge)\n",
    ];
    let shown: Vec<String> = texts.iter().map(|text| show("docs/adr/record.md", text)).collect();
    insta::assert_snapshot!(shown.join("\n"), @r#"
    Decision Some(39) "T" Some(Accepted) None
    Table "Accepted" Some(Accepted)
    supersedes ["22 in part", "23 in part"]
    Decision Some(3) "T" Some(Accepted) None
    Bullet "Accepted" Some(Accepted)
    by ["44 in part"]
    Decision Some(3) "T" Some(Accepted) None
    Bullet "Accepted" Some(Accepted)
    supersedes ["3"]
    Decision Some(3) "T" Some(Accepted) None
    Section "Accepted — the sync portions superseded by ADR-008" Some(Accepted)
    by ["8 in part"]
    Decision Some(3) "T" Some(Accepted) None
    Line "aceptado. Sustituye en parte al ADR 0008: la lista." Some(Accepted)
    supersedes ["8 in part"]
    Decision Some(3) "T" Some(Accepted) None
    Bullet "Accepted" Some(Accepted)
    by ["9"]
    "#);
}

#[test]
fn what_superseded_a_record_may_stand_in_its_header_s_sentences() {
    let told =
        "---\nstatus: superseded\n---\n# T\n\nThe separate packaging is superseded by [ADR-5](0005-x.md). See ADR-6.\n";
    insta::assert_snapshot!(show("docs/adr/0001-t.md", told), @r#"
    Decision Some(1) "T" Some(Superseded) None
    FrontMatter "superseded" Some(Superseded)
    by ["5"]
    "#);
    let number = "# 21. T\n\n- Status: Superseded by 0025\n";
    insta::assert_snapshot!(show("docs/adr/0021-t.md", number), @r#"
    Decision Some(21) "T" Some(Superseded) None
    Bullet "Superseded by 0025" Some(Superseded)
    by ["25"]
    "#);
    let later = "# 7. T\n\n* **Status:** superseded by [ADR 9](0009-x.md) — it was no network. Phase 2 of [`PLAN.md`](../PLAN.md) uses it.\n";
    insta::assert_snapshot!(show("docs/adr/0007-t.md", later), @r#"
    Decision Some(7) "T" Some(Superseded) None
    Bullet "superseded by ADR 9 — it was no network. Phase 2 of PLAN.md uses it." Some(Superseded)
    by ["9"]
    "#);
    let script = "# 11. T\n\n- 状态：Proposed（框架已存在；其余暂缓）\n- 日期：2026-10-02\n";
    insta::assert_snapshot!(show("docs/adr/0011-t.md", script), @r#"
    Decision Some(11) "T" Some(Proposed) Some("2026-10-02")
    Bullet "Proposed（框架已存在；其余暂缓）" Some(Proposed)
    "#);
}
