//! A finding: one thing that is wrong, where, why it matters and what would mend it.

use crate::text::{Place, Span};
use jiff::civil::Date;
use std::sync::Arc;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Should be mended.
    Warning,
    /// Must be mended.
    Error,
}

/// A place with what is to be said about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Labelled {
    /// Where.
    pub place: Place,
    /// What to say there; may be empty.
    pub label: String,
}

/// Text that would mend a finding, and where it belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// The file that the text is for.
    pub path: Arc<str>,
    /// Where in the file, in words: "under `metadata.annotations`".
    pub at: String,
    /// The lines to add, without indentation.
    pub text: String,
    /// Whether the text is meant to the letter; else its values are examples.
    pub is_exact: bool,
    /// What the text takes the place of, where that is known.
    pub replaces: Option<Span>,
    /// Whether the text takes the place of nothing, and is a paragraph of its own below the line where that lies.
    pub is_below: bool,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule's id.
    pub rule: Arc<str>,
    /// Its weight.
    pub severity: Severity,
    /// What it is about: a service's name, a decision's or file's path.
    pub subject: String,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// The same in the few words of a service's line, where the message is more than that.
    pub standing: Option<String>,
    /// Where: the place to look at first, then what else was read.
    pub places: Vec<Labelled>,
    /// The page's own sentence, or the reason for the rule.
    pub why: String,
    /// Whether `why` is what the page says.
    pub page_says: bool,
    /// What is worth knowing besides: what was read and how it was understood.
    pub notes: Vec<String>,
    /// What would mend it: any one of these.
    pub fixes: Vec<Fix>,
    /// Whether one line of a fix is enough; else all of its lines are needed.
    pub one_line_is_enough: bool,
    /// The remedy in a sentence, where no text can be given.
    pub help: Option<String>,
    /// The rule whose finding on the same subject it explains: people read it there, and it goes with that finding.
    pub explains: Option<Arc<str>>,
    /// Whether its help says more than the finding that it explains: only then it is read there in full.
    pub offers: bool,
    /// The waiver that excuses it.
    pub waived: Option<Waived>,
    /// The comment in its file that excuses it.
    pub suppressed: Option<Suppressed>,
    /// Whether it is in the baseline: it was there when the repository adopted adrule.
    pub baselined: bool,
}

/// A waiver that is in force and excuses a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waived {
    /// Where on the page.
    pub place: Place,
    /// Why.
    pub reason: String,
    /// Who answers for it.
    pub owner: String,
    /// Its last day.
    pub until: Date,
}

/// A comment in a file that excuses a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppressed {
    /// Where it stands.
    pub place: Place,
    /// Why.
    pub reason: String,
    /// Its last day, where it has one.
    pub until: Option<Date>,
}

impl Suppressed {
    /// " until 2027-03-01", or nothing.
    #[must_use]
    pub fn end(&self) -> String {
        self.until.map(|until| format!(" until {until}")).unwrap_or_default()
    }
}

/// A message of a bearable length: names in it are strangers' words, and may be as long as a file.
fn shortened(mut message: String) -> String {
    const LONGEST: usize = 600;
    if let Some((at, _)) = message.char_indices().nth(LONGEST) {
        message.truncate(at);
        message.push('…');
    }
    message
}

impl Finding {
    /// A finding with its first place.
    #[must_use]
    pub fn new(
        rule: &str,
        severity: Severity,
        subject: impl Into<String>,
        message: impl Into<String>,
        place: Place,
    ) -> Self {
        Self {
            rule: rule.into(),
            severity,
            subject: subject.into(),
            message: shortened(message.into()),
            standing: None,
            places: vec![Labelled { place, label: String::new() }],
            why: String::new(),
            page_says: false,
            notes: Vec::new(),
            fixes: Vec::new(),
            one_line_is_enough: false,
            help: None,
            explains: None,
            offers: false,
            waived: None,
            suppressed: None,
            baselined: false,
        }
    }

    /// Whether nothing excuses it.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.waived.is_none() && self.suppressed.is_none() && !self.baselined
    }

    /// What excuses it, in words.
    #[must_use]
    pub fn excuse(&self) -> Option<String> {
        match (&self.waived, &self.suppressed) {
            (Some(waived), _) => Some(format!("waived until {} ({}): {}", waived.until, waived.owner, waived.reason)),
            (None, Some(suppressed)) => Some(format!("allowed in the file{}: {}", suppressed.end(), suppressed.reason)),
            (None, None) => self.baselined.then(|| "in the baseline".to_owned()),
        }
    }

    /// Says it in the few words of a service's line: "no reason stated".
    #[must_use]
    pub fn standing(mut self, words: impl Into<String>) -> Self {
        self.standing = Some(words.into());
        self
    }

    /// Says something at the first place.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        if let Some(first) = self.places.first_mut() {
            first.label = label.into();
        }
        self
    }

    /// Adds a place.
    #[must_use]
    pub fn and(mut self, place: Place, label: impl Into<String>) -> Self {
        self.places.push(Labelled { place, label: label.into() });
        self
    }

    /// Says why it matters.
    #[must_use]
    pub fn why(mut self, why: impl Into<String>) -> Self {
        self.why = why.into();
        self
    }

    /// Says why it matters in the page's words.
    #[must_use]
    pub fn says(mut self, why: impl Into<String>) -> Self {
        self.why = why.into();
        self.page_says = true;
        self
    }

    /// Any one line of a fix is enough.
    #[must_use]
    pub fn any_line(mut self) -> Self {
        self.one_line_is_enough = true;
        self
    }

    /// Whether every text that would mend it is meant to the letter.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        !self.fixes.is_empty() && self.fixes.iter().all(|fix| fix.is_exact)
    }

    /// What to say above the lines to add.
    #[must_use]
    pub fn lead(&self) -> &'static str {
        if self.is_exact() {
            return "exactly this";
        }
        let many_lines = self.fixes.iter().any(|fix| fix.text.trim_end().contains('\n'));
        match (self.one_line_is_enough && many_lines, self.fixes.len() > 1) {
            (true, true) => "any one of these lines in either file, with your own value",
            (true, false) => "any one of these lines, with your own value",
            (false, true) => "in one of these files, with your own values",
            (false, false) => "with your own values",
        }
    }

    /// Adds what is worth knowing besides.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Adds text that would mend it.
    #[must_use]
    pub fn fix(mut self, path: impl Into<Arc<str>>, at: impl Into<String>, text: impl Into<String>) -> Self {
        let (path, at, text) = (path.into(), at.into(), text.into());
        self.fixes.push(Fix { path, at, text, is_exact: false, replaces: None, is_below: false });
        self
    }

    /// Adds text that would mend it to the letter; `replaces` is what it takes the place of, where that is known.
    #[must_use]
    pub fn write(
        mut self,
        path: impl Into<Arc<str>>,
        replaces: Option<Span>,
        at: impl Into<String>,
        text: impl Into<String>,
    ) -> Self {
        self = self.fix(path, at, text);
        if let Some(last) = self.fixes.last_mut() {
            last.is_exact = true;
            last.replaces = replaces;
        }
        self
    }

    /// The same, of a paragraph of its own below the line in which `below` lies.
    #[must_use]
    pub fn write_below(
        mut self,
        path: impl Into<Arc<str>>,
        below: Option<usize>,
        at: impl Into<String>,
        text: impl Into<String>,
    ) -> Self {
        self = self.write(path, below.map(Span::at), at, text);
        if let Some(last) = self.fixes.last_mut() {
            last.is_below = below.is_some();
        }
        self
    }

    /// Says that it explains the finding of another rule on the same subject.
    #[must_use]
    pub fn explains(mut self, rule: &str) -> Self {
        self.explains = Some(rule.into());
        self
    }

    /// Says that its help is worth reading beside the finding that it explains.
    #[must_use]
    pub fn offers(mut self) -> Self {
        self.offers = true;
        self
    }

    /// Whether it explains that finding.
    #[must_use]
    pub fn is_part_of(&self, other: &Self) -> bool {
        self.explains.as_ref() == Some(&other.rule) && self.subject == other.subject
    }

    /// Says the remedy in a sentence.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}
