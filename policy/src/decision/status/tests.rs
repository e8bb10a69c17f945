use super::Status::{Accepted, Deprecated, Draft, Proposed, Rejected, Superseded, Withdrawn};
use super::*;

#[test]
fn statuses_as_people_write_them() {
    for (text, expected) in [
        ("Accepted", Some(Accepted)),
        ("✅ Accepted", Some(Accepted)),
        ("🤔 Proposed", Some(Proposed)),
        ("**Accepted.**", Some(Accepted)),
        ("`Proposed`", Some(Proposed)),
        ("{ accepted }", Some(Accepted)),
        ("[Accepted]", Some(Accepted)),
        ("Accepted (first implementation in #335)", Some(Accepted)),
        ("Accepted for initial implementation.", Some(Accepted)),
        ("Accepted · 2026-08-19", Some(Accepted)),
        ("accepted, 2026-08-04.", Some(Accepted)),
        ("Accepted / Amended 2026-02-17 to add Nack (see Decision §6).", Some(Accepted)),
        ("ACCEPTED", Some(Accepted)),
        ("Implemented in https://example.org/pull/1", Some(Accepted)),
        ("Superceded by ADR 32 and 33", Some(Superseded)),
        ("Superseded (as never implemented) by ADR 32", Some(Superseded)),
        ("Depreciated", Some(Deprecated)),
        ("Deprecated (no superseding ADR)", Some(Deprecated)),
        ("Accepted, superseded by [12](0012.md)", Some(Superseded)),
        ("Accepted (superseded by ADR-5)", Some(Superseded)),
        ("accepted; supersedes ADR-0045", Some(Accepted)),
        ("Proposed → Accepted", Some(Accepted)),
        ("Accepted -> Deprecated", Some(Deprecated)),
        ("WIP", Some(Draft)),
        ("Work in progress", Some(Draft)),
        ("Under Review", Some(Proposed)),
        ("2020-03-04 proposed", Some(Proposed)),
        ("Accepted - 2020-01-01", Some(Accepted)),
        ("Accepted — in production since March", Some(Accepted)),
        ("As of 2025-02-05, this OEP has been accepted. It has been implemented.", Some(Accepted)),
        ("This ADR is superseded by ADR-9.", Some(Superseded)),
        ("Deferred until 2027", Some(Withdrawn)),
        ("Akzeptiert", Some(Accepted)),
        ("Ersetzt durch ADR-12", Some(Superseded)),
        ("Ersetzt ADR-12", None),
        ("Replaces ADR-4", None),
        ("remplacé par l'ADR 4", Some(Superseded)),
        ("Принято", Some(Accepted)),
        ("Заменено на ADR-5", Some(Superseded)),
        ("已接受", Some(Accepted)),
        ("已接受（2024-01-01）", Some(Accepted)),
        ("已被 ADR-0005 取代", Some(Superseded)),
        ("取代 ADR-0005", None),
        ("承認済み (2024-01-01)", Some(Accepted)),
        ("ADR-0005に置き換えられた", Some(Superseded)),
        ("승인됨", Some(Accepted)),
        ("ADR-12로 대체됨", Some(Superseded)),
        ("Kabul edildi", Some(Accepted)),
        ("ADR-12 tarafından değiştirildi", Some(Superseded)),
        ("Zaakceptowana 2024-01-01", Some(Accepted)),
        ("Afgewezen", Some(Rejected)),
        ("Partially Implemented", Some(Accepted)),
        ("PROPOSED Not Implemented", Some(Proposed)),
        ("ACCEPTED Implemented", Some(Accepted)),
        ("Partly superseded", None),
        ("draft / approved", None),
        ("Accepted or Rejected", None),
        ("Not yet accepted", None),
        ("to be accepted by the board", None),
        ("on hold", None),
        ("experimental", None),
        ("{ in-progress }", None),
        ("Needs Revision", None),
        ("RESOLVED", None),
        ("TBD", None),
        ("Refinement completed. TP in 3.4", None),
        ("We accepted the risk", None),
        ("accepted risk of data loss", None),
        ("", None),
    ] {
        assert_eq!(understand(text).map(|one| one.status), expected, "{text}");
    }
}

#[test]
fn logs_and_sections_of_several_lines() {
    for (lines, expected) in [
        (vec!["2020-03-04 proposed", "2020-04-01 accepted"], Some(Accepted)),
        (vec!["Accepted 2021-05-01", "Proposed 2021-01-01"], Some(Accepted)),
        (vec!["Accepted", "Superseded by [9. Other](0009.md)"], Some(Superseded)),
        (vec!["Accepted", "Amended by [9. Other](0009.md)"], Some(Accepted)),
        (vec!["Proposed", "Accepted"], None),
        (vec!["The status of this record is as follows.", "Accepted"], Some(Accepted)),
        (vec!["Something else."], None),
        (vec![], None),
    ] {
        assert_eq!(understand_all(&lines).map(|one| one.status), expected, "{lines:?}");
    }
}

#[test]
fn placeholders() {
    for text in [
        "[proposed | rejected | accepted | deprecated | … | superseded by [ADR-0005](0005-example.md)]",
        "Accepted or Rejected",
        "{status}",
        "[Vorgeschlagen | Akzeptiert | Veraltet | Ersetzt]",
        "Proposed / Accepted / Deprecated",
    ] {
        assert!(is_placeholder(text), "{text}");
    }
    for text in ["{ accepted }", "Accepted", "draft / approved", "[Accepted]", "Accepted, superseded by ADR-5"] {
        assert!(!is_placeholder(text), "{text}");
    }
}
