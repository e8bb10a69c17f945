//! Forms that are set off by indenting: `Memory budget ........ 180 MB`, one line a value.

use super::super::Fact;
use super::super::prose::cue::Class;
use super::super::prose::passage::{Context, Passage, Topic};
use super::super::prose::{self, Source};
use super::candidate::{may_be_rating, worth_reading};
use crate::text::outline::{Block, Text};
use std::ops::Range;

/// Dots that lead from a label to its value, at least: two of them, where the label is long.
const LEADERS: usize = 2;

/// The lines of a form in a block of code; none in a fenced one, which holds code or sample output.
pub(super) fn lines<'a>(block: &'a Block, file: &str) -> impl Iterator<Item = (Range<usize>, Range<usize>)> + use<'a> {
    let fenced = file.get(block.span.start..).is_none_or(|text| text.trim_start().starts_with(['`', '~', '-', '.']));
    let plain = if fenced { "" } else { &block.text.plain };
    let mut at = 0;
    plain.split_inclusive('\n').filter_map(move |line| {
        let start = at;
        at += line.len();
        let Some(dots) = line.find(" ..").map(|at| at + 1) else { return columns(line, start) };
        let label = start..start + line[..dots].trim_end().len();
        let value = line[dots..].trim_start_matches('.');
        let leads = line.len() - dots - value.len() >= LEADERS && value.starts_with(' ');
        let value = at - value.len()..at;
        (leads && !label.is_empty() && label.len() < 60).then_some((label, value))
    })
}

/// Whether two lines of a paragraph and more have dots between a label and its value.
pub(super) fn is_dotted(block: &Block) -> bool {
    let text = &block.text.plain;
    memchr::memmem::find(text.as_bytes(), b" ...").is_some()
        && text
            .lines()
            .filter(|line| line.find(" ...").is_some_and(|at| at < 60 && !line.trim_end().ends_with('.')))
            .count()
            > 1
}

/// "R-12  Plate to decision      <= 150 ms", "OVERALL:    very high": label and value parted by two spaces and more.
fn columns(line: &str, start: usize) -> Option<(Range<usize>, Range<usize>)> {
    let text = line.trim_end();
    let gap = text.rfind("  ")?;
    let label = text[..gap].trim_end().trim_end_matches(':');
    let value = gap + 2..text.len();
    let worded = label.chars().filter(|letter| letter.is_alphabetic()).count() > 2;
    (worded && label.len() < 60 && !value.is_empty())
        .then(|| (start..start + label.len(), start + value.start..start + value.end))
}

/// Reads each line of a form as a labelled value.
pub(super) fn read(block: &Block, context: &Context, topic: &Topic<'_>, source: &Source<'_>, facts: &mut Vec<Fact>) {
    let of = |range: Range<usize>| {
        let whole = block.text.plain.get(range.clone()).unwrap_or_default();
        let start = range.start + whole.len() - whole.trim_start().len();
        (whole.trim(), block.text.span(start..start + whole.trim().len()))
    };
    // Columns without dots are a form only where the line before says what they are.
    let said = context.roles.has(Class::Limit) || context.fails;
    for (label, value) in lines(block, source.file) {
        let dotted = block.text.plain.get(label.end..value.end).is_some_and(|between| between.contains(".."));
        if !dotted && !said {
            continue;
        }
        let ((label, label_span), (value, value_span)) = (of(label), of(value));
        let rates = context.fails && may_be_rating(value);
        if !rates && !worth_reading(&format!("{label}: {value}"), source.labels) {
            continue;
        }
        let mut text = Text::default();
        text.push(label, label_span.range(), source.file);
        text.push(": ", label_span.end..label_span.end, source.file);
        text.push(value, value_span.range(), source.file);
        prose::read(&Passage::new(&text, topic, context), source, facts);
    }
}
