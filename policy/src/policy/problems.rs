//! What is wrong with a page, gathered while it is read.

use super::POLICY_INVALID;
use crate::report::{Finding, Severity};
use crate::text::{Place, Span};
use std::collections::BTreeSet;
use std::sync::Arc;

/// More findings than this on one page help nobody.
const MOST: usize = 200;
const WHY: &str = "What the page says decides what people are asked for, so nothing on it is guessed.";

/// All mistakes so far.
pub(super) struct Problems {
    path: Arc<str>,
    findings: Vec<Finding>,
    unsaid: usize,
    in_doubt: bool,
    /// Where errors start, for whoever asks whether a part is sound.
    starts: BTreeSet<usize>,
    /// Whether a mistake in the part that is being read puts the meaning of the whole page in doubt.
    pub weighs: bool,
}

impl Problems {
    pub fn new(path: Arc<str>) -> Self {
        Self { path, findings: Vec::new(), unsaid: 0, in_doubt: false, starts: BTreeSet::new(), weighs: true }
    }

    pub fn place(&self, span: Span) -> Place {
        Place::new(Arc::clone(&self.path), span)
    }

    /// A mistake: an error.
    pub fn mistake(&mut self, span: Span, message: impl Into<String>, label: impl Into<String>) {
        let finding = self.finding(POLICY_INVALID, Severity::Error, span, message).label(label);
        self.add(finding);
    }

    /// A mistake whose remedy takes a sentence.
    pub fn mistake_help(
        &mut self,
        span: Span,
        message: impl Into<String>,
        label: impl Into<String>,
        help: impl Into<String>,
    ) {
        let finding = self.finding(POLICY_INVALID, Severity::Error, span, message).label(label).help(help);
        self.add(finding);
    }

    /// A mistake that leaves no doubt about what the page means.
    pub fn harmless(&mut self, span: Span, message: impl Into<String>, label: impl Into<String>, help: &str) {
        let weighs = std::mem::replace(&mut self.weighs, false);
        let mut finding = self.finding(POLICY_INVALID, Severity::Error, span, message).label(label);
        finding.help = (!help.is_empty()).then(|| help.to_owned());
        self.add(finding);
        self.weighs = weighs;
    }

    /// Something that is probably not meant.
    pub fn warning(&mut self, span: Span, message: impl Into<String>, label: impl Into<String>) {
        let finding = self.finding(POLICY_INVALID, Severity::Warning, span, message).label(label);
        self.add(finding);
    }

    pub fn finding(&self, rule: &str, severity: Severity, span: Span, message: impl Into<String>) -> Finding {
        let finding = Finding::new(rule, severity, self.path.as_ref(), message, self.place(span));
        if rule == POLICY_INVALID { finding.why(WHY) } else { finding }
    }

    pub fn add(&mut self, finding: Finding) {
        if finding.severity == Severity::Error {
            self.starts.extend(finding.places.first().map(|labelled| labelled.place.span.start));
            self.in_doubt |= self.weighs && finding.rule.as_ref() == POLICY_INVALID;
        }
        if self.findings.len() < MOST {
            self.findings.push(finding);
        } else {
            self.unsaid += 1;
        }
    }

    /// Puts the meaning of the whole page in doubt, whatever was said.
    pub fn doubt(&mut self) {
        self.in_doubt = true;
    }

    /// Whether it is.
    pub fn is_in_doubt(&self) -> bool {
        self.in_doubt
    }

    /// Whether enough was said: what is found from here on is only counted, so no pains are taken over its words.
    pub fn is_full(&self) -> bool {
        self.findings.len() >= MOST
    }

    /// Whether no error so far lies in a part of the page.
    pub fn is_sound(&self, part: Span) -> bool {
        self.starts.range(part.start..=part.end).next().is_none()
    }

    /// Findings in the order of the text, and whether the meaning of the page is in doubt.
    pub fn done(mut self) -> (Vec<Finding>, bool) {
        self.findings.sort_by_key(|finding| finding.places.first().map(|labelled| labelled.place.span));
        if self.unsaid > 0 {
            let message = format!("{} more mistakes on the page are not shown", self.unsaid);
            let last = self.findings.last().and_then(|finding| finding.places.first()).map(|at| at.place.span);
            let finding = self.finding(POLICY_INVALID, Severity::Error, last.unwrap_or_default(), message);
            self.findings.push(finding);
        }
        (self.findings, self.in_doubt)
    }
}
