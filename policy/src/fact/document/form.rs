//! Forms that are set off by indenting: `Memory budget ........ 180 MB`, one line a value.

use super::super::Fact;
use super::super::prose::passage::{Context, Passage, Topic};
use super::super::prose::{self, Source};
use super::candidate::worth_reading;
use crate::text::outline::{Block, Text};
use std::ops::Range;

/// Dots that lead from a label to its value, at least: two of them, where the label is long.
const LEADERS: usize = 2;

/// The lines of a form in a block of code; none in a fenced one, which holds code or sample output.
pub(super) fn lines<'a>(block: &'a Block, file: &str) -> impl Iterator<Item = (Range<usize>, Range<usize>)> + use<'a> {
    let fenced = file.get(block.span.start..).is_none_or(|text| text.trim_start().starts_with(['`', '~', '-', '.']));
    let plain = if fenced { "" } else { block.text.plain.as_str() };
    let mut at = 0;
    plain.split_inclusive('\n').filter_map(move |line| {
        let start = at;
        at += line.len();
        let dots = line.find(" ..")? + 1;
        let label = start..start + line[..dots].trim_end().len();
        let value = line[dots..].trim_start_matches('.');
        let leads = line.len() - dots - value.len() >= LEADERS && value.starts_with(' ');
        let value = at - value.len()..at;
        (leads && !label.is_empty() && label.len() < 60).then_some((label, value))
    })
}

/// Reads each line of a form as a labelled value.
pub(super) fn read(block: &Block, context: &Context, topic: &Topic, source: &Source<'_>, facts: &mut Vec<Fact>) {
    let of = |range: Range<usize>| {
        let whole = block.text.plain.get(range.clone()).unwrap_or_default();
        let start = range.start + whole.len() - whole.trim_start().len();
        (whole.trim(), block.text.span(start..start + whole.trim().len()))
    };
    for (label, value) in lines(block, source.file) {
        let ((label, label_span), (value, value_span)) = (of(label), of(value));
        if !worth_reading(&format!("{label}: {value}"), source.labels) {
            continue;
        }
        let mut text = Text::default();
        text.push(label, label_span.range(), source.file);
        text.push(": ", label_span.end..label_span.end, source.file);
        text.push(value, value_span.range(), source.file);
        prose::read(&Passage::new(&text, topic, context), source, facts);
    }
}
