use super::*;

#[test]
fn candidates_by_name() {
    for path in [
        "docs/adr/0001-x.md",
        "doc/architecture/decisions/0001-x.md",
        "docs/01_Architecture/adr/README.md",
        "ADR/ADR006-use-rust.md",
        "adr-001-use-adrs.md",
        "services/edge/adrs/x.mdx",
        "architecture-decision-records/operator/design/guide.md",
        ".archgate/adrs/GEN-003-tool.md",
        "docs/developer/decision-records/2022-06-02-ids/README.md",
        "a/pages/adr/ADR018-x.adoc",
        "oeps/best-practices/oep-0037/decisions/0001-x.rst",
        "examples/ADR-0007-central.yaml",
        "docs/decisions/0012-x.yml",
        "docs/09-decisions/x.asciidoc",
    ] {
        assert!(is_candidate(path), "{path}");
    }
    for path in [
        "docs/decisions/.markdownlint.yml",
        "docs/adr/values.yaml",
        "docs/adr/picture.png",
        "docs/guide.md",
        "src/adr.rs",
        "0001-x.md",
        "adresse-1.md",
        "README.md",
        "docs/adr",
        "migrations/0001-x.yaml",
    ] {
        assert!(!is_candidate(path), "{path}");
    }
}

#[test]
fn numbers_in_names() {
    for (name, number) in [
        ("0012-title", Some(12)),
        ("ADR012", Some(12)),
        ("ADR-1", Some(1)),
        ("adr_0007-x", Some(7)),
        ("ARCH-018-lazy", Some(18)),
        ("ODH-ADR-Operator-0010-Observability", Some(10)),
        ("ccc-jb-0003-title", Some(3)),
        ("oep-0003-arch-async", Some(3)),
        ("2022-03-28_017-udp", Some(17)),
        ("2022-03-28-title", None),
        ("20200926-use-the-adr-number", None),
        ("0004-[Superseded]use-java-17", Some(4)),
        ("ADR-000-索引", Some(0)),
        ("use-2-databases", None),
        ("java-17-upgrade", None),
        ("ADRx-maintenance", None),
        ("ADRXXX-template", None),
        ("README", None),
        ("3d-engine", None),
    ] {
        assert_eq!(number_of(name), number, "{name}");
    }
}

#[test]
fn titles_and_their_numbers() {
    for (title, file, number, rest) in [
        ("1. Record decisions", None, Some(1), "Record decisions"),
        ("ADR-0009: Final", None, Some(9), "Final"),
        ("ADR 003 - Final", None, Some(3), "Final"),
        ("ADR018: X", None, Some(18), "X"),
        ("ADR 0001：使用 Go", None, Some(1), "使用 Go"),
        ("[ADR-12] X", None, Some(12), "X"),
        ("OEP-26: Real-time", None, Some(26), "Real-time"),
        ("0001-Choix", None, Some(1), "Choix"),
        ("0007 Choix", None, Some(7), "Choix"),
        ("12 factors", None, None, "12 factors"),
        ("12 factors", Some(12), Some(12), "factors"),
        ("UTF-8: why", None, None, "UTF-8: why"),
        ("GEN-003: why", Some(3), Some(3), "why"),
        ("ADR: why", None, None, "why"),
        ("Architecture Decision Record: Use ADRs", None, None, "Architecture Decision Record: Use ADRs"),
        ("Use Java 17", Some(17), None, "Use Java 17"),
        ("3.5 upgrade", None, None, "3.5 upgrade"),
        ("100% coverage", None, None, "100% coverage"),
        ("ADR-7", None, Some(7), "ADR-7"),
        ("ODH-ADR-DR-0001: Data", Some(1), Some(1), "Data"),
        ("Aries RFC 0036: Issue", Some(36), Some(36), "Issue"),
        ("Upgrade to RFC 7519 tokens", Some(4), None, "Upgrade to RFC 7519 tokens"),
    ] {
        let (read, range) = split_title(title, file);
        assert_eq!((read, &title[range]), (number, rest), "{title}");
    }
}

#[test]
fn words_of_names() {
    for (path, word) in [
        ("docs/adr/README.md", Some(NameWord::Index)),
        ("docs/adr/0000-adr-template-de.md", Some(NameWord::Template)),
        ("docs/adr/ADRXXX-architecture-decision-record-template.md", Some(NameWord::Template)),
        ("docs/adr/0000-modele-adr.md", Some(NameWord::Template)),
        ("docs/adr/_template.adoc", Some(NameWord::Template)),
        ("docs/adr/ADR-000-索引.md", Some(NameWord::Index)),
        ("docs/adr/adr-nav.adoc", Some(NameWord::Index)),
        ("docs/adr/0016-custom-prompt-template.md", None),
        ("docs/adr/0016-use-template-engine.md", None),
        ("docs/adr/2022-06-02-ids/README.md", None),
    ] {
        assert_eq!(facts(path).word, word, "{path}");
    }
    assert_eq!(facts("a/0004-[Superseded]use-java-17.md").status.map(|(status, _)| status), Some(Status::Superseded));
    assert_eq!(facts("a/adr/drafts/x.adoc").folder.map(|(status, _)| status), Some(Status::Draft));
}

#[test]
fn what_links_refer_to() {
    for (text, number) in [
        ("ADR019 Use Amazon SES", Some(19)),
        ("0015-dns-infrastructure.md", Some(15)),
        ("/adr/32", Some(32)),
        ("../x/ADR-0007.md#status", Some(7)),
        ("ADR #0033", Some(33)),
        ("20201016-use-the-adr-slug.md", None),
        ("DNS Infrastructure", None),
        ("9. Other decision", Some(9)),
        ("https://example.org/pull/23", Some(23)),
    ] {
        assert_eq!(referred(text), number, "{text}");
    }
}
