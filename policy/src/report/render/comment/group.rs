//! Findings by what they are about, and the headline above them.

use crate::language;
use crate::policy::words::number;
use crate::report::render::markup;
use crate::report::words::printable;
use crate::report::{Finding, Report, Severity};

/// How long a name in a headline may be, in characters.
const NAME: usize = 80;

/// The findings about one service or file.
pub(super) struct Group<'a> {
    /// What they are about.
    pub subject: &'a str,
    /// Whether that is a service.
    pub is_service: bool,
    /// The findings, the gravest first.
    pub findings: Vec<&'a Finding>,
}

impl Group<'_> {
    /// How many errors there are.
    pub fn errors(&self) -> usize {
        self.findings.iter().filter(|finding| finding.severity == Severity::Error).count()
    }

    /// Its name in Markdown.
    pub fn name(&self) -> String {
        markup::code(&printable(self.subject, NAME))
    }

    /// "`edge-proxy`: one thing is missing", as HTML.
    pub fn title(&self) -> String {
        let name = printable(self.subject, NAME).replace('`', "'");
        markup::html(&format!("`{name}`: {}", self.count()))
    }

    /// "one thing is missing", "two things are worth a look".
    pub fn count(&self) -> String {
        match self.errors() {
            0 => format!("{} worth a look", things(self.findings.len())),
            errors if self.is_service => missing(errors),
            errors => format!("{} to mend", things(errors)),
        }
    }
}

/// Groups in the order of their gravest finding, and of the report.
pub(super) fn groups<'a>(report: &'a Report, findings: impl Iterator<Item = &'a Finding>) -> Vec<Group<'a>> {
    let services: std::collections::HashSet<&str> =
        report.services.iter().map(|service| service.name.as_str()).collect();
    let mut at_of: std::collections::HashMap<&str, usize> = std::collections::HashMap::new();
    let mut groups: Vec<Group<'_>> = Vec::new();
    for finding in findings {
        let subject = finding.subject.as_str();
        let at = *at_of.entry(subject).or_insert_with(|| {
            groups.push(Group { subject, is_service: services.contains(subject), findings: Vec::new() });
            groups.len() - 1
        });
        groups[at].findings.push(finding);
    }
    for group in &mut groups {
        group.findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    }
    groups.sort_by_key(|group| std::cmp::Reverse(group.findings.first().map(|finding| finding.severity)));
    groups
}

/// The first line: what is missing, and where.
pub(super) fn headline(report: &Report, groups: &[Group<'_>]) -> String {
    said(report, groups, markup::code, |text| markup::text_of(text, NAME))
}

/// The same as plain text.
pub(super) fn headline_words(report: &Report, groups: &[Group<'_>]) -> String {
    said(report, groups, str::to_owned, |text| printable(text, NAME))
}

/// `code` and `text` are how a stranger's name and words are written.
fn said(report: &Report, groups: &[Group<'_>], code: fn(&str) -> String, text: fn(&str) -> String) -> String {
    let name = |group: &Group<'_>| code(&printable(group.subject, NAME));
    let errors: usize = groups.iter().map(Group::errors).sum();
    let grave: Vec<&Group<'_>> = groups.iter().filter(|group| group.errors() > 0).collect();
    let others: usize = groups.iter().map(|group| group.findings.len()).sum();
    match grave.as_slice() {
        [] if others == 0 => "Nothing is missing".to_owned(),
        [] => format!("Nothing is missing, and {} worth a look", is_or_are(others)),
        [one] if !one.is_service => capital(&format!("{} to mend in {}", things(errors), name(one))),
        [one] => match language_of(report, one) {
            Some(language) => capital(&format!("{} before {} can be {}", missing(errors), name(one), text(language))),
            None => capital(&format!("{} for {}", missing(errors), name(one))),
        },
        some if some.iter().all(|group| group.is_service) => {
            capital(&format!("{}, in {} services", missing(errors), words(some.len())))
        }
        some => capital(&format!("{} to mend, in {} places", things(errors), words(some.len()))),
    }
}

/// The language that something has to be stated for: of a service with one language, whose findings are all about it.
fn language_of<'a>(report: &'a Report, group: &Group<'_>) -> Option<&'a str> {
    const ABOUT: [&str; 4] = [
        "language-without-reason",
        "language-requirement-missing",
        "language-without-decision",
        "language-needs-waiver",
    ];
    let mut errors = group.findings.iter().filter(|finding| finding.severity == Severity::Error);
    let service = report.services.iter().find(|service| service.name == group.subject)?;
    let [only] = service.languages.as_slice() else { return None };
    errors.all(|finding| ABOUT.contains(&finding.rule.as_ref())).then(|| language::display(&only.name))
}

/// "one thing is missing".
fn missing(count: usize) -> String {
    format!("{} {} missing", things(count), if count == 1 { "is" } else { "are" })
}

/// "one thing is", "two things are".
fn is_or_are(count: usize) -> String {
    format!("{} {}", things(count), if count == 1 { "is" } else { "are" })
}

/// "one thing", "two things".
pub(super) fn things(count: usize) -> String {
    format!("{} {}", words(count), if count == 1 { "thing" } else { "things" })
}

/// A count in words up to twelve.
pub(super) fn words(count: usize) -> String {
    u32::try_from(count).map_or_else(|_| count.to_string(), |count| number(f64::from(count)))
}

/// A sentence with a capital letter.
pub(super) fn capital(sentence: &str) -> String {
    let mut sentence = sentence.to_owned();
    if let Some(first) = sentence.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    sentence
}
