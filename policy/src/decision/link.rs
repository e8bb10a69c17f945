//! Links of every kind: what later rules follow, and say whether it leads anywhere.

use super::reference;
use super::words::is_unspaced;
use crate::text::Span;
use crate::text::outline::{BlockKind, MarkKind, Outline};

/// How a link says where it leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkKind {
    /// A path from the file's own folder: `0012-title.md`, `../x.adoc#part`.
    Relative,
    /// A path from the root of a site: `/adr/32`.
    Site,
    /// An address with a scheme: `https://…`, `mailto:…`.
    Absolute,
    /// A place in the same file: `#part`, AsciiDoc's `<<part>>`.
    Anchor,
    /// A page by its name: `[[page]]`.
    Wiki,
    /// A label somewhere in the documentation: reStructuredText's `:ref:`.
    Label,
    /// A record by its number, without a link: `ADR-12`.
    Record,
    /// A picture.
    Image,
}

/// A link in a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Where it leads, as written.
    pub target: String,
    /// The number of the record that it names, where it names one.
    pub number: Option<u32>,
    /// Where it stands, markers included.
    pub span: Span,
    /// How it says where it leads.
    pub kind: LinkKind,
}

/// More links than this in one file are not kept.
const LINKS: usize = 20_000;

/// All links in a document, in order. `named` says of each block whether a record may be named in it.
pub(super) fn all(outline: &Outline, text: &str, named: &[bool]) -> Vec<Link> {
    let mut links = Vec::new();
    // Where a record may be named, what is taken already.
    let mut taken: Vec<std::ops::Range<usize>> = Vec::new();
    for (block, named) in outline.blocks.iter().zip(named) {
        if links.len() >= LINKS {
            break;
        }
        if matches!(block.kind, BlockKind::Code | BlockKind::Comment) {
            continue;
        }
        taken.clear();
        for mark in block.text.marks() {
            let kind = match &mark.kind {
                MarkKind::Link(target) => kind(target, mark.span.of(text)),
                MarkKind::Image(_) => LinkKind::Image,
                MarkKind::Code => {
                    taken.extend(named.then(|| mark.range.clone()));
                    continue;
                }
                _ => continue,
            };
            let (MarkKind::Link(target) | MarkKind::Image(target)) = &mark.kind else { continue };
            let number = if target.contains("://") { None } else { super::name::referred(target) };
            links.push(Link { target: target.as_ref().into(), number, span: mark.span, kind });
            taken.extend(named.then(|| mark.range.clone()));
        }
        if !named {
            continue;
        }
        taken.sort_unstable_by_key(|range| range.start);
        let mut passed = 0;
        for (range, number) in reference::bare(&block.text.plain) {
            // Both lists are in order, so one walk over each is enough.
            while taken.get(passed).is_some_and(|range_taken| range_taken.end <= range.start) {
                passed += 1;
            }
            let name = &block.text.plain[range.clone()];
            let free = taken.get(passed).is_none_or(|range_taken| range.end <= range_taken.start);
            if free && number.is_some() && !name.contains('/') && !name.contains(is_unspaced) {
                let span = block.text.place(range.clone());
                links.push(Link { target: name.to_owned(), number, span, kind: LinkKind::Record });
            }
        }
    }
    links
}

/// How a target says where it leads; `source` is the link as it stands in the file.
fn kind(target: &str, source: &str) -> LinkKind {
    let scheme = target.split_once(':').map_or("", |(scheme, _)| scheme);
    let has_scheme = scheme.len() > 1
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'));
    if source.starts_with("[[") {
        LinkKind::Wiki
    } else if source.starts_with(":ref:") {
        LinkKind::Label
    } else if target.starts_with('#') {
        LinkKind::Anchor
    } else if target.contains("://") || (has_scheme && !source.starts_with("xref:")) || target.starts_with("//") {
        LinkKind::Absolute
    } else if target.starts_with('/') {
        LinkKind::Site
    } else {
        LinkKind::Relative
    }
}
