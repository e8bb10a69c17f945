//! Reading a page: shape first ([`super::shape`]), then packs, then part by part, then what the parts say of each other.

mod check;
mod extend;
mod fact;
mod language;
mod organisation;
mod requirement;
mod rule;
mod test;
mod waiver;

pub(super) use organisation::extends_organisation;

use super::keys::{IN_CHANGE, OTHERS, PAGE, Shape};
use super::problems::Problems;
use super::{
    Builds, Decisions, InChange, Level, Loosening, Organisation, Others, POLICY_REVIEW_DUE, Page, Part, Pattern,
    Placed, shape, words,
};
use crate::decision::Status;
use crate::report::{Finding, Severity};
use crate::text::Span;
use crate::text::yaml::{self, Entry, Limits, Stream, Value};
use jiff::civil::Date;
use std::sync::Arc;

/// Far more than one page holds, and little enough to be read in no time.
const LIMITS: Limits = Limits { bytes: 1 << 20, depth: 32, nodes: 20_000, documents: 2, aliases: 1 };

/// A page with what is wrong with it.
pub(super) struct Read {
    pub page: Page,
    pub findings: Vec<Finding>,
    pub in_doubt: bool,
    pub builds: Builds,
}

/// What `extends: org` stands for.
#[derive(Clone, Copy)]
pub(super) enum Base<'b> {
    /// This, as far as it is at hand.
    Organisation(&'b Organisation),
    /// Nothing: this is the organisation's page itself.
    IsOrganisation,
}

/// The page so far.
struct Reader<'r> {
    page: Page,
    problems: Problems,
    today: Date,
    known_rules: &'r [&'r str],
    organisation: Base<'r>,
    builds: Builds,
    /// Where it is looser than the organisation's page, so far.
    looser: Vec<Loosening>,
}

pub(super) fn page(path: &Arc<str>, text: &str, today: Date, known_rules: &[&str], organisation: Base<'_>) -> Read {
    let page = Page { path: Arc::clone(path), ..Page::default() };
    let problems = Problems::new(Arc::clone(path));
    let (builds, looser) = (Builds::Alone, Vec::new());
    let mut reader = Reader { page, problems, today, known_rules, organisation, builds, looser };
    let stream = yaml::parse_with(text, 0, &LIMITS);
    if let Some(root) = reader.root(&stream) {
        shape::check(root, "page", &Shape::Table(&PAGE), &mut reader.problems);
        reader.duplicates(&stream, root);
        if root.is_mapping() {
            reader.read(root);
        }
    }
    reader.unread();
    reader.page.is_partial = reader.builds == Builds::OnUnread;
    let of_organisation = reader.mistakes_of_organisation();
    let (mut findings, in_doubt) = reader.problems.done();
    findings.extend(of_organisation);
    Read { page: reader.page, findings, in_doubt, builds: reader.builds }
}

impl Reader<'_> {
    /// The one document of the page; else the one error that says why it cannot be read.
    fn root<'a, 's>(&mut self, stream: &'a Stream<'s>) -> Option<Value<'a, 's>> {
        if let Some(problem) = stream.problem() {
            let message = format!("the page cannot be read: {}", problem.message);
            self.problems.mistake(problem.span, message, "reading stops here");
            return None;
        }
        if let Some(span) = stream.first_alias() {
            let label = "write it out: the page is read by people too";
            self.problems.mistake(span, "aliases are not read on the page", label);
            return None;
        }
        let mut documents = stream.documents();
        let root = documents.next().filter(|root| !root.is_null());
        if root.is_none() {
            let help = "the shortest page is `policy: 1` and `default: go`; `adrule init` writes a commented one";
            self.problems.mistake_help(Span::default(), "the page is empty", "", help);
        }
        if let Some(second) = documents.next() {
            let label = "this is a second document; only the first would be read";
            self.problems.mistake(shape::start(second), "a page is one document", label);
        }
        root
    }

    fn duplicates(&mut self, stream: &Stream<'_>, root: Value<'_, '_>) {
        let asides = ["waivers", "tests"].map(|key| root.get(key).map(Value::span));
        for duplicate in stream.duplicates() {
            let message = format!("`{}` stands twice", shape::shown(&duplicate.key));
            let finding = self
                .problems
                .finding(super::POLICY_INVALID, Severity::Error, duplicate.again, message)
                .label("again here: which one is meant?")
                .and(self.problems.place(duplicate.first), "first here");
            self.problems.weighs = !asides.iter().flatten().any(|aside| aside.contains(duplicate.again));
            self.problems.add(finding);
            self.problems.weighs = true;
        }
    }

    fn read(&mut self, root: Value<'_, '_>) {
        let base = self.packs(root);
        self.head(root);
        if let Some(facts) = root.get("facts") {
            self.facts(facts);
        }
        if let Some(base) = &base {
            self.inherit_facts(base);
        }
        self.hold_facts();
        if let Some(languages) = root.get("languages") {
            self.languages(languages);
        }
        self.places(root);
        if let Some(rules) = root.get("rules") {
            self.rules(rules, base.as_ref());
        }
        if let Some(base) = base {
            self.inherit(base);
        }
        self.problems.weighs = false;
        if let Some(waivers) = root.get("waivers") {
            self.waivers(waivers);
        }
        if let Some(tests) = root.get("tests") {
            self.tests(tests);
        }
        self.problems.weighs = true;
        self.hold();
        self.check(root);
    }

    fn head(&mut self, root: Value<'_, '_>) {
        self.page.title = self.text(root.get("title"));
        self.page.owner = self.text(root.get("owner"));
        self.page.review_by = self.date(root.get("review-by"));
        self.page.default = self.languages_in(root.get("default"));
        self.page.others = root.get("others").and_then(|value| {
            let others = match OTHERS.iter().position(|word| Some(*word) == value.text())? {
                0 => Others::Allow,
                1 => Others::Ask,
                _ => Others::Refuse,
            };
            Some(self.placed(value, others))
        });
        self.page.suppressions_in_change = root.path(&["suppressions", "in-change"]).and_then(|value| {
            let at = IN_CHANGE.iter().position(|word| Some(*word) == value.text())?;
            Some(self.placed(value, if at == 0 { InChange::Ignore } else { InChange::Allow }))
        });
        self.page.repositories_may = self.parts(root);
        if let Some(due) = self.page.review_by.as_ref().filter(|day| day.value < self.today) {
            let message = format!("the page was to be reviewed by {}", words::day(due.value));
            let finding = self
                .problems
                .finding(POLICY_REVIEW_DUE, Severity::Info, due.place.span, message)
                .label("this day has passed")
                .why("A page that nobody looks at again stops being what the team agreed on.")
                .help("read the page again, change what no longer holds, and set the next date");
            self.problems.add(finding);
        }
    }

    fn places(&mut self, root: Value<'_, '_>) {
        self.page.services = self.patterns(root.path(&["services", "in"]), "in");
        self.page.exclude = self.patterns(root.get("exclude"), "exclude");
        self.page.decisions = Decisions {
            folders: self.patterns(root.path(&["decisions", "in"]), "in"),
            required_for: self.languages_in(root.path(&["decisions", "required-for"])),
            sections: self.texts(root.path(&["decisions", "sections"])),
            statuses: self.statuses(root.path(&["decisions", "statuses"])),
            status_words: self.status_words(root.path(&["decisions", "status-words"])),
            front_matter: self.texts(root.path(&["decisions", "front-matter"])),
            file_name: self.patterns(root.path(&["decisions", "file-name"]), "file-name").pop(),
        };
    }

    fn parts(&self, root: Value<'_, '_>) -> Vec<Placed<Part>> {
        let items = root.path(&["repositories", "may"]).into_iter().flat_map(Value::one_or_many);
        items.filter_map(|item| Some(self.placed(item, Part::named(item.text()?)?))).collect()
    }

    fn statuses(&self, value: Option<Value<'_, '_>>) -> Vec<Placed<Status>> {
        let items = value.into_iter().flat_map(Value::one_or_many);
        items.filter_map(|item| Some(self.placed(item, Status::named(item.text()?)?))).collect()
    }

    fn status_words(&self, value: Option<Value<'_, '_>>) -> Vec<(Placed<String>, Status)> {
        let entries = value.into_iter().flat_map(Value::entries);
        let word = |entry: Entry<'_, '_>| {
            let status = Status::named(entry.value.text()?)?;
            Some((self.placed(entry.key, entry.key.filled()?.to_owned()), status))
        };
        entries.filter_map(word).collect()
    }

    fn placed<T>(&self, value: Value<'_, '_>, inner: T) -> Placed<T> {
        Placed { value: inner, place: self.problems.place(value.span()) }
    }

    /// Text that says something; what does not was reported with the shape.
    fn text(&self, value: Option<Value<'_, '_>>) -> Option<Placed<String>> {
        let value = value?;
        let text = value.filled().filter(|_| value.bool().is_none())?;
        Some(self.placed(value, text.trim().to_owned()))
    }

    fn texts(&self, value: Option<Value<'_, '_>>) -> Vec<Placed<String>> {
        value.into_iter().flat_map(Value::one_or_many).filter_map(|item| self.text(Some(item))).collect()
    }

    fn date(&self, value: Option<Value<'_, '_>>) -> Option<Placed<Date>> {
        let value = value?;
        Some(self.placed(value, shape::date(value)?))
    }

    fn level(&self, value: Option<Value<'_, '_>>) -> Option<Placed<Level>> {
        let value = value?;
        let level = match value.text()? {
            "error" => Level::Error,
            "warning" => Level::Warning,
            "info" => Level::Info,
            "off" => Level::Off,
            _ => return None,
        };
        Some(self.placed(value, level))
    }

    fn patterns(&mut self, value: Option<Value<'_, '_>>, name: &str) -> Vec<Pattern> {
        let mut patterns = Vec::new();
        for text in self.texts(value) {
            match Pattern::new(&text, text.place.clone()) {
                Ok(pattern) => patterns.push(pattern),
                Err(error) => {
                    let message = format!("`{}` under `{name}` is no path or name", shape::shown(&text));
                    self.problems.mistake(text.place.span, message, error.to_string());
                }
            }
        }
        patterns
    }
}
