//! Which sections of a document are the record's own, and what they are called.

use super::words::{self, Topic};
use crate::text::outline::{BlockKind, Outline};

/// A document's sections, judged once.
#[derive(Debug, Default)]
pub(super) struct Sections {
    /// What each is about.
    pub(super) topics: Vec<Option<Topic>>,
    /// The one whose heading is the record's title.
    pub(super) title: Option<usize>,
    /// Which belong to the header: what stands before any heading, the title's own, and sections for metadata.
    pub(super) header: Vec<bool>,
}

impl Sections {
    /// What each section is about; the title and the header are not known yet.
    pub(super) fn new(outline: &Outline) -> Self {
        let topics = outline.sections.iter().map(|section| words::topic(&section.title)).collect();
        Self { topics, title: None, header: vec![false; outline.sections.len()] }
    }

    /// What a section is about.
    pub(super) fn topic(&self, at: usize) -> Option<Topic> {
        self.topics.get(at).copied().flatten()
    }

    /// The section whose heading is the record's title: the first heading that is not a known section's.
    pub(super) fn find_title(&self, outline: &Outline) -> Option<usize> {
        let like = |at: &usize| {
            let section = &outline.sections[*at];
            let unknown = self.topic(*at).is_none() || (section.level == 1 && is_labelled(&section.title));
            unknown && !section.title.trim().is_empty() && !is_metadata(&section.title)
        };
        let at = (1..outline.sections.len()).find(like)?;
        let first = &outline.sections[at];
        // A heading that stands behind known sections, no higher than they, is one of them.
        let earlier = outline.sections.get(1..at)?;
        (earlier.is_empty() || (first.level == 1 && earlier.iter().all(|section| section.level > 1))).then_some(at)
    }

    /// The heading that goes on with the title: `# A long title` and, on the very next line, `# that goes on`.
    pub(super) fn wrapped(&self, outline: &Outline, title: usize, text: &str) -> Option<usize> {
        let (one, next) = (outline.sections.get(title)?, outline.sections.get(title + 1)?);
        let between = text.get(one.span.end..next.span.start)?;
        let close = between.trim_matches([' ', '#']) == "\n";
        (close && one.level == 1 && next.level == 1 && self.topic(title + 1).is_none()).then_some(title + 1)
    }

    /// Fixes the title, and with it the header.
    pub(super) fn set_title(&mut self, outline: &Outline, title: Option<usize>) {
        self.title = title;
        // `# Decision: use feature branches` is no section.
        if let Some(topic) = title.and_then(|at| self.topics.get_mut(at)) {
            *topic = None;
        }
        self.header = (0..outline.sections.len())
            .map(|at| {
                let own = at == 0 || Some(at) == title || is_metadata(&outline.sections[at].title);
                own || (self.topic(at) == Some(Topic::Meta) && self.is_top(outline, at))
            })
            .collect();
    }

    /// Whether a section is one of the record's own, and not a part of another: its parent is the title, or nothing.
    pub(super) fn is_top(&self, outline: &Outline, at: usize) -> bool {
        let Some(parent) = outline.sections.get(at).and_then(|section| section.parent).filter(|parent| *parent > 0)
        else {
            return true;
        };
        // A second heading of the title's level, or a section that only holds metadata.
        let above = &outline.sections[parent];
        let second = above.level == 1 && above.parent.is_none_or(|up| up == 0) && self.topic(parent).is_none();
        Some(parent) == self.title || second || self.topic(parent) == Some(Topic::Meta)
    }

    /// The record's own section about a topic: the first one that is no part of another.
    pub(super) fn own(&self, outline: &Outline, topic: Topic) -> Option<usize> {
        (1..outline.sections.len()).find(|&at| self.topic(at) == Some(topic) && self.is_top(outline, at))
    }
}

/// Whether a heading has something to say behind a section's name, other than a status: `Decision: use feature branches`.
fn is_labelled(heading: &str) -> bool {
    let Some((label, rest)) = heading.split_once([':', '：']) else { return false };
    let data = matches!(words::topic(label), Some(Topic::Status | Topic::Date | Topic::Deciders | Topic::Meta));
    let unspaced = rest.chars().filter(|c| words::is_unspaced(*c)).count() >= 4;
    !data && (unspaced || rest.split_whitespace().count() >= 2) && super::status::understand(rest).is_none()
}

/// Front matter without its opening `---` turns into a heading of `key: value` lines.
fn is_metadata(heading: &str) -> bool {
    heading.contains('\n') && heading.lines().all(|line| line.contains(':') || line.trim_start().starts_with('-'))
}

/// Whether nothing stands between a heading and the next one.
pub(super) fn is_bare(outline: &Outline, at: usize) -> bool {
    let first = outline.blocks.partition_point(|block| block.section < at);
    let own = outline.blocks.iter().skip(first).take_while(|block| block.section == at);
    !own.into_iter().any(|block| !matches!(block.kind, BlockKind::Heading | BlockKind::Comment))
}

/// The names of the record's own sections in order, in lower case, as they stand.
pub(super) fn names(outline: &Outline, title: Option<usize>) -> Vec<String> {
    let name = |at: usize| match outline.sections[at].title.as_str() {
        plain if words::is_plain(plain) => plain.to_ascii_lowercase(),
        title => title.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase(),
    };
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
