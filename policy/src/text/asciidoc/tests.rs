use super::*;

fn show(text: &str) -> String {
    crate::text::outline::show(&read(text), text)
}

#[test]
fn a_record_with_attributes_and_nested_lists() {
    let text = "= ADR018: Use *Go*\nSomebody <x@example.org>\nv0.1, 04.05.2022\n:status: accepted\n:next: link:b.adoc[ADR 2]\n\n// a remark\n* Status: {status}\n* Deciders:\n** One\n** Two\n* Next: {next}\n\n== Context\n\nWrapped _text_ of\ntwo lines, see xref:a.adoc[ADR 1] and <<part,below>>.\n\n[source,yaml]\n----\nstatus: no\n----\n\n[quote]\nQuoted.\n\n____\nAlso quoted.\n____\n\n|===\n|Term |Meaning\n\n|p95\n|< 120 ms\n\n2+|wide\n|===\n\nStatus:: draft\n\ninclude::other.adoc[]\n\nUnder\n~~~~~\n\nlast *open\n";
    insta::assert_snapshot!(show(text), @r#"
    Heading0 §1 "ADR018: Use Go" = "ADR018: Use *Go*"
    Paragraph0 §1 "Somebody <x@example.org>\nv0.1, 04.05.2022" = "Somebody <x@example.org>\nv0.1, 04.05.2022"
    Comment0 §1 " a remark" = " a remark"
    Item1 §1 "Status: accepted" = "Status: {status}"
    Item1 §1 "Deciders:" = "Deciders:"
    Item2 §1 "One" = "One"
    Item2 §1 "Two" = "Two"
    Item1 §1 "Next: ADR 2" = "Next: {next}" →b.adoc "{next}"
    Heading0 §2 "Context" = "Context"
    Paragraph0 §2 "Wrapped text of\ntwo lines, see ADR 1 and below." = "Wrapped _text_ of\ntwo lines, see xref:a.adoc[ADR 1] and <<part,below>>." →a.adoc "xref:a.adoc[ADR 1]" →#part "<<part,below>>"
    Code0 §2 "status: no\n" = "status: no\n"
    >Paragraph0 §2 "Quoted." = "Quoted."
    >Paragraph0 §2 "Also quoted." = "Also quoted."
    Head0 §2 "Term | Meaning" = "Term |Meaning"
    Row0 §2 "p95 | < 120 ms" = "p95\n|< 120 ms"
    Row0 §2 "wide" = "wide"
    Item1 §2 "Status: draft" = "Status:: draft"
    Heading0 §3 "Under" = "Under"
    Paragraph0 §3 "last *open" = "last *open"
    "#);
    let outline = read(text);
    let attributes: Vec<_> = outline.attributes.iter().map(|one| (one.name.as_str(), one.span.of(text))).collect();
    let expected = [("author", "Somebody"), ("status", ":status: accepted"), ("next", ":next: link:b.adoc[ADR 2]")];
    assert_eq!(attributes, expected);
    assert_eq!(outline.includes[0].0, "other.adoc");
    let sections: Vec<_> = outline.sections.iter().map(|section| (section.level, section.title.as_str())).collect();
    assert_eq!(sections, [(0, ""), (1, "ADR018: Use Go"), (2, "Context"), (3, "Under")]);
}

#[test]
fn authors_under_the_title() {
    let authors = |text: &str| {
        let outline = read(text);
        let named = outline.attributes.iter().filter(|one| one.name == "author");
        named.map(|one| (one.text.plain.to_string(), one.span.of(text).to_owned())).collect::<Vec<_>>()
    };
    let same = |names: &[&str]| names.iter().map(|name| ((*name).to_owned(), (*name).to_owned())).collect::<Vec<_>>();
    assert_eq!(
        authors("= T\nÖzil Ray-Doe<o@example.org>; The Team <t@example.org>\n"),
        same(&["Özil Ray-Doe", "The Team"])
    );
    assert_eq!(authors("= T\nThe Edge Engineers\nv0.1, 2024-01-22\n"), same(&["The Edge Engineers"]));
    for none in
        ["= T\nAccepted\n", "= T\nWe agreed <on> this\n", "= T\n\nA <a@b.c>\n", "== S\nx\n\n= T\nA <a@b.c>\n", "= T\n"]
    {
        assert!(authors(none).is_empty(), "{none}");
    }
}

#[test]
fn marks_that_are_none() {
    let text = "2 * 3 * 4, snake_case_name, `a*b`, {unknown}, C# and F#, \\*kept*, **bo**ld\n";
    let outline = read(text);
    assert_eq!(&*outline.blocks[0].text.plain, "2 * 3 * 4, snake_case_name, a*b, {unknown}, C# and F#, *kept*, bold");
}

#[test]
fn carriage_returns_and_a_byte_order_mark() {
    let text = "\u{FEFF}= Title\r\n:status: draft\r\n\r\n* Status: {status}\r\n";
    let outline = read(text);
    assert_eq!(outline.sections[1].title, "Title");
    assert_eq!(outline.blocks.last().map(|block| &*block.text.plain), Some("Status: draft"));
}
