use super::*;

fn show(text: &str) -> Vec<String> {
    let outline = read(&text.into());
    let spans: Vec<_> = outline
        .blocks
        .iter()
        .map(|block| {
            let kind = match &block.kind {
                BlockKind::Row { head, .. } => {
                    if *head {
                        "Head".to_owned()
                    } else {
                        "Row".to_owned()
                    }
                }
                other => format!("{other:?}"),
            };
            let quoted = if block.quoted { ">" } else { "" };
            format!(
                "{quoted}{kind}{} §{} {:?} = {:?}",
                block.depth,
                block.section,
                block.text.plain,
                block.text.whole().of(text)
            )
        })
        .collect();
    spans
}

#[test]
fn blocks_in_order_with_the_way_back() {
    let text = "---\ntitle: x\n---\n<!-- SPDX -->\n\n# 1. Go &amp; *Rust*\n\nStatus: **Accepted**\nDate: 2026-01-02\n\n* one `180 MB`\n  * two\n\n* loose\n\n  more\n\n| a | b |\n|---|---|\n| p95 | < 120 ms |\n\n> quoted\n\n```\ncode\n```\n\nSetext\n------\n\ntext ~~gone~~\n";
    insta::assert_snapshot!(show(text).join("\n"), @r#"
    Comment0 §0 " SPDX " = " SPDX "
    Heading0 §1 "1. Go & Rust" = "1. Go &amp; *Rust*"
    Paragraph0 §1 "Status: Accepted\nDate: 2026-01-02" = "Status: **Accepted**\nDate: 2026-01-02"
    Item1 §1 "one 180 MB" = "one `180 MB`"
    Item2 §1 "two" = "two"
    Item1 §1 "loose" = "loose"
    Paragraph1 §1 "more" = "more"
    Head0 §1 "a | b" = "a | b"
    Row0 §1 "p95 | < 120 ms" = "p95 | < 120 ms"
    >Paragraph0 §1 "quoted" = "quoted"
    Code0 §1 "code\n" = "code\n"
    Heading0 §2 "Setext" = "Setext"
    Paragraph0 §2 "text gone" = "text ~~gone~~"
    "#);
}

#[test]
fn only_the_first_block_is_front_matter() {
    let text = "<!-- SPDX -->\n---\ntitle: x\n---\n\n# T\n\n---\nStatus: accepted\n---\n";
    let outline = read(&text.into());
    assert_eq!(outline.front_matter.map(|span| span.of(text)), Some("title: x\n"));
    assert_eq!(outline.blocks.last().map(|block| block.text.plain.trim()), Some("Status: accepted"));
    let odd = "=\n-\n---\n.\n---";
    assert!(read(&odd.into()).sections.iter().all(|section| odd.get(section.body.range()).is_some()));
}

#[test]
fn front_matter_is_found_and_stays_out_of_the_text() {
    let text = "\u{FEFF}---\nstatus: accepted\n---\n\n# Title\n";
    let outline = read(&text.into());
    assert_eq!(outline.front_matter.map(|span| span.of(text)), Some("status: accepted\n"));
    assert_eq!(outline.sections[1].title, "Title");
    assert_eq!(outline.sections[1].span.of(text), "Title");
}
