//! Which sections of a document are the record's own, and what they are called.

use super::words::{self, Topic};
use crate::text::outline::{BlockKind, Outline};

/// The section whose heading is the record's title: the first heading that is not a known section's.
pub(super) fn title(outline: &Outline) -> Option<usize> {
    let (at, first) = outline.sections.iter().enumerate().skip(1).find(|(_, section)| is_title_like(&section.title))?;
    // A heading that stands behind known sections, no higher than they, is one of them.
    let earlier = outline.sections.get(1..at)?;
    let titled = earlier.is_empty() || (first.level == 1 && earlier.iter().all(|section| section.level > 1));
    let low = first.level > 2 || (first.level == 2 && outline.sections.iter().any(|section| section.level == 1));
    (titled && !(low && !earlier.is_empty())).then_some(at)
}

/// Whether a heading can be a title: it says something, is no known section's name and no line of metadata.
fn is_title_like(heading: &str) -> bool {
    !heading.trim().is_empty() && words::topic(heading).is_none() && !is_metadata(heading)
}

/// Front matter without its opening `---` turns into a heading of `key: value` lines.
fn is_metadata(heading: &str) -> bool {
    heading.lines().count() > 1 && heading.lines().all(|line| line.contains(':') || line.trim_start().starts_with('-'))
}

/// Which sections belong to the header: what stands before any heading, the title's own, and sections for metadata.
pub(super) fn header(outline: &Outline, title: Option<usize>) -> Vec<bool> {
    let mut header = Vec::with_capacity(outline.sections.len());
    for (at, section) in outline.sections.iter().enumerate() {
        let topic = if at == 0 { None } else { words::topic(&section.title) };
        let own = at == 0 || Some(at) == title || is_metadata(&section.title);
        let meta = topic == Some(Topic::Meta) && is_top(outline, at, title);
        header.push(own || meta);
    }
    header
}

/// Whether nothing stands between a heading and the next one.
pub(super) fn is_bare(outline: &Outline, at: usize) -> bool {
    let first = outline.blocks.partition_point(|block| block.section < at);
    let own = outline.blocks.iter().skip(first).take_while(|block| block.section == at);
    !own.into_iter().any(|block| !matches!(block.kind, BlockKind::Heading | BlockKind::Comment))
}

/// Whether a section is one of the record's own, and not a part of another: its parent is the title, or nothing.
pub(super) fn is_top(outline: &Outline, at: usize, title: Option<usize>) -> bool {
    let Some(section) = outline.sections.get(at) else { return false };
    match section.parent {
        None | Some(0) => true,
        Some(parent) => {
            Some(parent) == title
                // A second heading of the title's level, or a section that only holds metadata.
                || outline.sections.get(parent).is_some_and(|parent| {
                    parent.level == 1 && parent.parent.is_none_or(|up| up == 0) && words::topic(&parent.title).is_none()
                        || words::topic(&parent.title) == Some(Topic::Meta)
                })
        }
    }
}

/// The names of the record's own sections in order, in lower case, as they stand.
pub(super) fn names(outline: &Outline, title: Option<usize>) -> Vec<String> {
    let name = |at: usize| outline.sections[at].title.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let filled =
        |at: &usize| !outline.sections[*at].title.trim().is_empty() && !is_metadata(&outline.sections[*at].title);
    let Some(title) = title else {
        // Without a title, the outermost headings are the sections.
        let Some(outermost) = outline.sections.iter().skip(1).map(|section| section.level).min() else {
            return Vec::new();
        };
        return (1..outline.sections.len())
            .filter(|&at| outline.sections[at].level == outermost)
            .filter(filled)
            .map(name)
            .collect();
    };
    let behind = title + 1..outline.sections.len();
    let own = |at: &usize| outline.sections[*at].parent == Some(title);
    let equal = |at: &usize| outline.sections[*at].level <= outline.sections[title].level;
    let mut chosen: Vec<usize> = behind.clone().filter(|at| own(at) || equal(at)).filter(filled).collect();
    if !chosen.iter().any(own)
        && let [only] = chosen[..]
    {
        // Two headings on top of each other are both the title.
        let inner: Vec<usize> =
            behind.clone().filter(|&at| outline.sections[at].parent == Some(only)).filter(filled).collect();
        if !inner.is_empty() {
            chosen = inner;
        }
    }
    if chosen.is_empty() {
        return plain_names(outline, title);
    }
    chosen.into_iter().map(name).collect()
}

/// Section names that stand as lines of their own, where a document has no headings.
fn plain_names(outline: &Outline, title: usize) -> Vec<String> {
    let lines = outline.blocks.iter().filter(|block| block.section == title && block.kind == BlockKind::Paragraph);
    let short = lines.filter(|block| {
        block.depth == 0
            && block.text.plain.len() <= 60
            && !block.text.plain.contains(':')
            && !block.text.plain.contains('\n')
    });
    short
        .filter(|block| words::topic(&block.text.plain).is_some())
        .map(|block| block.text.plain.trim().to_lowercase())
        .collect()
}
