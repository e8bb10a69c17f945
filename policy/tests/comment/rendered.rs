//! A body as a forge renders it: CommonMark with everything that GitHub adds, and what GitHub links afterwards.

use comrak::nodes::{AstNode, NodeValue};
use comrak::{Arena, Options, parse_document};

/// What stands for anything that is no text, so that words around it do not touch.
const OTHER: char = '\u{1}';

fn options() -> Options<'static> {
    let mut options = Options::default();
    let extension = &mut options.extension;
    extension.strikethrough = true;
    extension.table = true;
    extension.autolink = true;
    extension.tasklist = true;
    extension.footnotes = true;
    extension.inline_footnotes = true;
    extension.description_lists = true;
    extension.multiline_block_quotes = true;
    extension.alerts = true;
    extension.math_dollars = true;
    extension.math_code = true;
    options.parse.relaxed_autolinks = true;
    options.parse.relaxed_tasklist_matching = true;
    options
}

/// What a stranger made of a body: everything in it that is none of ours. `ours` is what our links start with.
pub fn strangers(body: &str, ours: &str) -> Vec<String> {
    let arena = Arena::new();
    let root = parse_document(&arena, body, &options());
    let mut found = Vec::new();
    let (mut open, mut markers) = (0i32, 0);
    for node in root.descendants() {
        let value = &node.data.borrow().value;
        match value {
            NodeValue::Document
            | NodeValue::Paragraph
            | NodeValue::List(_)
            | NodeValue::Item(_)
            | NodeValue::Code(_)
            | NodeValue::Text(_)
            | NodeValue::Emph
            | NodeValue::Strong
            | NodeValue::SoftBreak => {}
            NodeValue::Heading(heading) if matches!(heading.level, 3 | 4) && !heading.setext => {}
            NodeValue::CodeBlock(block) if block.fenced && block.closed && is_our_language(&block.info) => {}
            NodeValue::Link(link) if !ours.is_empty() && link.url.starts_with(ours) && link.title.is_empty() => {}
            NodeValue::HtmlInline(html) if matches!(html.as_str(), "<sub>" | "</sub>") => {}
            NodeValue::HtmlBlock(block) => match html_block(block.literal.trim_end()) {
                Html::Marker => markers += 1,
                Html::Open => open += 1,
                Html::Close => open -= 1,
                Html::Strange(what) => found.push(what),
            },
            other => found.push(format!("{other:?}")),
        }
        if open < 0 {
            found.push("closes what is not open".to_owned());
        }
    }
    if open != 0 || markers > 1 {
        found.push(format!("{open} left open, {markers} markers"));
    }
    for line in lines(root) {
        found.extend(linked(&line));
    }
    found
}

fn is_our_language(info: &str) -> bool {
    ["yaml", "md", "adoc", "rst", "toml", "json", "hcl", "suggestion"].contains(&info)
}

enum Html {
    Marker,
    Open,
    Close,
    Strange(String),
}

fn html_block(html: &str) -> Html {
    if html == "</details>" {
        return Html::Close;
    }
    if let Some(state) = html.strip_prefix("<!-- adrule:comment:v1:").and_then(|rest| rest.strip_suffix(" -->")) {
        let ends = state.contains(['<', '>', '-', '@', '#', '!']);
        return if ends { Html::Strange(html.to_owned()) } else { Html::Marker };
    }
    let title = html.strip_prefix("<details><summary>").and_then(|rest| rest.strip_suffix("</summary>"));
    let Some(title) = title else { return Html::Strange(html.to_owned()) };
    // Outside of code, GitHub links in HTML as anywhere else.
    let mut text = String::new();
    for (at, part) in title.replace("</code>", "<code>").split("<code>").enumerate() {
        if part.contains(['<', '>']) {
            return Html::Strange(html.to_owned());
        }
        text.push_str(if at % 2 == 0 { part } else { "\u{1}" });
    }
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    match linked(&text).into_iter().next() {
        Some(what) => Html::Strange(what),
        None => Html::Open,
    }
}

/// The text of each paragraph and heading as it is shown, without code.
fn lines<'a>(root: &'a AstNode<'a>) -> Vec<String> {
    let blocks = root.descendants().filter(|node| {
        matches!(node.data.borrow().value, NodeValue::Paragraph | NodeValue::Heading(_) | NodeValue::TableCell)
    });
    let text = |block: &'a AstNode<'a>| {
        let mut text = String::new();
        for node in block.descendants() {
            match &node.data.borrow().value {
                NodeValue::Text(words) => text.push_str(words),
                // Whatever else it is: an element stands between the words before and after it.
                _ => text.push(OTHER),
            }
        }
        text
    };
    blocks.map(text).collect()
}

/// What GitHub makes of text that is no Markdown: mentions, references, commits, emoji, formulas.
fn linked(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let at = |index: usize| chars.get(index).copied().unwrap_or(' ');
    let mut found = Vec::new();
    let mut say = |what: &str| found.push(format!("{what} in {text:?}"));
    for index in 0..chars.len() {
        let (c, next) = (at(index), at(index + 1));
        let before = if index == 0 { ' ' } else { at(index - 1) };
        match c {
            '@' | '\u{FF20}' | '\u{FE6B}' if next.is_alphanumeric() => say("a mention"),
            '#' | '\u{FF03}' if next.is_alphanumeric() => say("a reference"),
            '$' => say("a formula"),
            ':' => {
                let is_name = |c: &&char| c.is_ascii_alphanumeric() || "_+-".contains(**c);
                let name = chars[index + 1..].iter().take_while(is_name).count();
                if name > 0 && at(index + 1 + name) == ':' {
                    say("an emoji");
                }
            }
            _ => {}
        }
        let rest: String = chars[index..].iter().take(12).collect::<String>().to_lowercase();
        if !before.is_alphanumeric() {
            let digits = chars[index..].iter().take_while(|c| c.is_ascii_hexdigit()).count();
            if digits >= 7 && !at(index + digits).is_ascii_alphanumeric() {
                say("a commit");
            }
            if rest.starts_with("gh-") && rest[3..].starts_with(|c: char| c.is_ascii_digit()) {
                say("a reference");
            }
            if rest.starts_with("www.") || rest.starts_with("mailto:") || rest.starts_with("ghsa-") {
                say("an address");
            }
        }
        if rest.starts_with("://") {
            say("an address");
        }
        if (c.is_control() && c != OTHER) || "\u{200b}\u{200d}\u{202e}\u{2066}\u{feff}\u{2028}".contains(c) {
            say("an unseen character");
        }
    }
    found
}

/// The renderer sees what it is to see: else the other tests prove nothing.
#[test]
fn the_check_sees_what_strangers_make() {
    for body in [
        "[a](https://evil.example)",
        "https://evil.example",
        "www.evil.example",
        "a@b.example",
        "![a](b)",
        "<img src=x>",
        "<details><summary>a<b></summary>\n",
        "</details>",
        "<!-- a -->",
        "a | b\n--|--\nc | d",
        "# a",
        "a\n---",
        "> a",
        "> [!NOTE]\n> a",
        "- [x] a",
        "~~a~~",
        "a[^1]\n\n[^1]: b",
        "```mermaid\na\n```",
        "```md\na",
        "    a",
        "$a$",
        "@org/team",
        "a\\@org",
        "&#64;org",
        "see #12",
        "GH-12",
        "0f1e2d3",
        ":tada:",
        "a\u{202e}b",
        "<details><summary>@org</summary>\n\n</details>",
    ] {
        assert!(!strangers(body, "https://forge.example/").is_empty(), "{body}");
    }
    let ours = "### `@org`\n\n*a* [`b`](https://forge.example/c)\n";
    assert_eq!(strangers(ours, "https://forge.example/"), Vec::<String>::new());
}
