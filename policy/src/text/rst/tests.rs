use super::*;

fn show(text: &str) -> String {
    crate::text::outline::show(&read(text), text)
}

#[test]
fn a_record_with_fields_lists_and_code() {
    let text = ".. _top:\n\n========\nUse *Go*\n========\n\n:Status: **Accepted**\n:Date: 2026-01-02\n\n.. a remark\n\nContext\n-------\n\nWrapped text, see `the\nother <0002-x.rst>`_ and :ref:`Label <label>` or named_ `named`_.\n\n.. _named: https://example.org\n\n- one\n\n  more\n\n  - two\n    wrapped\n- three\n\n   quoted\n\n.. note::\n   Inside ``a*b``.\n\nLook::\n\n    code\n\n.. code-block:: yaml\n\n    status: no\n\n:Memory budget: 180 MB\n\n.. include:: other.rst\n";
    insta::assert_snapshot!(show(text), @r#"
    Heading0 §1 "Use Go" = "Use *Go*"
    Comment0 §1 "a remark" = "a remark"
    Heading0 §2 "Context" = "Context"
    Paragraph0 §2 "Wrapped text, see the\nother and Label or named_ named." = "Wrapped text, see `the\nother <0002-x.rst>`_ and :ref:`Label <label>` or named_ `named`_." →0002-x.rst "`the\nother <0002-x.rst>`_" →label ":ref:`Label <label>`" →https://example.org "`named`_"
    Item1 §2 "one" = "one"
    Paragraph1 §2 "more" = "more"
    Item2 §2 "two\nwrapped" = "two\n    wrapped"
    Item1 §2 "three" = "three"
    Paragraph1 §2 "quoted" = "quoted"
    Paragraph1 §2 "Inside a*b." = "Inside ``a*b``."
    Paragraph0 §2 "Look::" = "Look::"
    Code0 §2 "\n    code\n\n" = "\n    code\n\n"
    Code0 §2 "\n    status: no\n" = "\n    status: no\n"
    Paragraph0 §2 "Memory budget: 180 MB" = "Memory budget: 180 MB"
    "#);
    let outline = read(text);
    assert_eq!(outline.attributes.len(), 2);
    assert_eq!(outline.includes[0].0, "other.rst");
}

#[test]
fn tables_of_every_kind() {
    let text = "+--------+----------+\n| Term   | Meaning  |\n+========+==========+\n| p95    | < 120 ms |\n|        | measured |\n+--------+----------+\n\n====  =====\nname  value\n====  =====\na     1\nb     2 and more\n====  =====\n\n.. list-table::\n   :widths: 25 75\n   :header-rows: 1\n\n   * - OEP\n     - :ref:`OEP-4`\n   * - Status\n     - Approved\n       so far\n\n.. csv-table::\n\n   \"x\", \"y\"\n";
    insta::assert_snapshot!(show(text), @r#"
    Head0 §0 "Term | Meaning" = "Term   | Meaning"
    Row0 §0 "p95\n | < 120 ms\nmeasured" = "p95    | < 120 ms |\n|        | measured"
    Head0 §0 "name | value" = "name  value"
    Row0 §0 "a | 1" = "a     1"
    Row0 §0 "b | 2 and more" = "b     2 and more"
    Head0 §0 "OEP | OEP-4" = "OEP\n     - :ref:`OEP-4`" →OEP-4 ":ref:`OEP-4`"
    Row0 §0 "Status | Approved\nso far" = "Status\n     - Approved\n       so far"
    Row0 §0 "x | y" = "x\", \"y"
    "#);
}
