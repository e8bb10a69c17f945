//! A record's own sections, each with what stands below it.

use super::RecordCase;
use crate::decision::words::{self, Topic};
use crate::decision::{Format, Kind};
use crate::text::Span;
use crate::text::outline::{Block, BlockKind, Section};

/// One of the record's own sections: right below its title, or beside it.
pub struct Part<'a> {
    /// What it is about.
    pub topic: Option<Topic>,
    /// Its heading.
    pub section: &'a Section,
    /// Its blocks, headings and those of its subsections included.
    pub blocks: &'a [Block],
    /// The sections inside it.
    pub inner: &'a [Section],
}

/// The record's own sections, in order; none where the file is no record that people write section by section.
pub fn parts<'a>(case: &RecordCase<'a>) -> Vec<Part<'a>> {
    let decision = case.decision;
    if decision.kind != Kind::Decision || decision.format == Format::Yaml {
        return Vec::new();
    }
    let (sections, blocks) = (&case.outline.sections, &case.outline.blocks);
    let title = sections.iter().skip(1).position(|section| Some(section.span) == decision.title_span).map(|at| at + 1);
    let is_own = |at: usize| {
        let parent = sections[at].parent.filter(|parent| *parent > 0);
        Some(at) != title && (parent.is_none() || parent == title)
    };
    let own: Vec<usize> = (title.unwrap_or(0) + 1..sections.len()).filter(|&at| is_own(at)).collect();
    let ends = own.iter().skip(1).copied().chain(std::iter::once(sections.len()));
    own.iter()
        .zip(ends)
        .map(|(&at, end)| {
            let from = blocks.partition_point(|block| block.section < at);
            let to = blocks.partition_point(|block| block.section < end);
            let section = &sections[at];
            let topic = words::topic(&section.title);
            Part { topic, section, blocks: &blocks[from..to.max(from)], inner: &sections[at + 1..end] }
        })
        .collect()
}

/// What any of the record's sections is about, its own and those inside them.
pub fn topics(case: &RecordCase<'_>) -> Vec<Topic> {
    let own = |section: &&Section| Some(section.span) != case.decision.title_span;
    let inner = case.outline.sections.iter().skip(1).filter(own);
    inner.filter_map(|section| words::topic(&section.title)).collect()
}

impl<'a> Part<'a> {
    /// What people read in it: neither headings nor comments.
    pub fn said(&self) -> impl Iterator<Item = &'a Block> + use<'a> {
        self.blocks.iter().filter(|block| !matches!(block.kind, BlockKind::Heading | BlockKind::Comment))
    }

    /// Its heading as it is shown.
    pub fn name(&self) -> String {
        crate::report::words::printable(&self.section.title, 60)
    }

    /// Where its heading stands.
    pub fn span(&self) -> Span {
        self.section.span
    }
}
