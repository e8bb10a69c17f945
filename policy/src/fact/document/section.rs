//! What the headings around a passage say about its figures.

use super::super::prose::cue::{self, Class, Classes};
use super::super::prose::label;
use super::super::prose::passage::stem;
use super::super::token::{Token, lex};
use super::super::{Because, Why};
use super::opening::{says_chosen, tells_of_past};
use super::service::Services;
use super::title;
use crate::text::outline::{Block, BlockKind, Outline};
use memchr::memmem::Finder;
use std::cell::OnceCell;
use std::collections::HashSet;
use std::sync::LazyLock;

/// What a section's headings say.
#[derive(Clone, Debug, Default)]
pub(super) struct Role {
    pub roles: Classes,
    pub heading: String,
    pub topic: Option<&'static str>,
    /// The service that the heading, or one above it, names.
    pub subject: Option<String>,
}

/// What the headings of a document say, found out for each section when it is first asked for: under many of them stands
/// nothing that is read.
pub(super) struct Roles<'t> {
    outline: &'t Outline,
    file: &'t str,
    services: Services,
    /// Whether the document is a template.
    template: bool,
    /// The heading that is the title.
    title: Option<usize>,
    /// The sentences that say which option was taken.
    chosen: OnceCell<String>,
    found: Vec<OnceCell<Role>>,
}

impl<'t> Roles<'t> {
    pub(super) fn of(outline: &'t Outline, path: &str, file: &'t str, services: &Services) -> Self {
        Self {
            outline,
            file,
            services: services.clone(),
            template: path.rsplit('/').next().is_some_and(|name| name.to_lowercase().contains("template")),
            title: title_of(outline),
            chosen: OnceCell::new(),
            found: vec![OnceCell::new(); outline.sections.len()],
        }
    }

    /// What the headings over a section say.
    pub(super) fn over(&self, section: usize) -> &Role {
        let section = section.min(self.found.len().saturating_sub(1));
        // Each heading hands down what it says to those below it: the outermost is read first.
        let mut above = Vec::new();
        let mut next = self.parent(section);
        while let Some(at) = next.filter(|at| self.found[*at].get().is_none()) {
            above.push(at);
            next = self.parent(at);
        }
        for at in above.into_iter().rev() {
            self.found[at].get_or_init(|| self.read(at));
        }
        self.found[section].get_or_init(|| self.read(section))
    }

    fn parent(&self, at: usize) -> Option<usize> {
        self.outline.sections[at].parent.filter(|parent| *parent < at)
    }

    fn read(&self, at: usize) -> Role {
        let section = &self.outline.sections[at];
        let parent = self.parent(at).and_then(|parent| self.found[parent].get());
        let tokens = lex(&section.title);
        let mut own =
            if section.level <= 1 && !is_guide(&section.title) { Classes::default() } else { cue::roles(&tokens) };
        // "### Photo check (profile pictures)" opens a document: a title, whatever its level.
        if self.title == Some(at) && !cue::is_measurement(&tokens) {
            own.remove(Class::Measure);
        }
        let mut role = Role { heading: section.title.clone(), ..Role::default() };
        // A title names the subject: only a guide's and a report's titles speak about every figure below them.
        let wanted: &[Class] = if section.level <= 1 { &[Class::Example] } else { ALL };
        if section.level == 1
            && let Some(class) = title::role(&section.title)
        {
            role.roles.add(class);
        }
        let inherited = parent.map_or_else(Classes::default, |parent| parent.roles);
        // Whether an option was taken is asked only where something says that it is one.
        let turned_down = |class: Class| matches!(class, Class::Perhaps | Class::Rejected);
        let taken = ALL.iter().any(|class| turned_down(*class) && (own.has(*class) || inherited.has(*class)))
            && (own.has(Class::Chosen) || says_chosen(section.body.of(self.file)) || self.is_chosen(&section.title));
        let lifted = |class: Class| taken && turned_down(class);
        for class in wanted.iter().filter(|class| own.has(**class) && !lifted(**class)) {
            role.roles.add(*class);
        }
        if section.level > 1 {
            role.topic = Some(section.title.as_str())
                .filter(|title| label::may_be_known(title))
                .and_then(label::known)
                .map(|known| known.id)
                .or_else(|| asks_of_failure(&tokens));
            role.subject = self.services.named(&section.title).map(str::to_owned);
        }
        if let Some(parent) = parent {
            role.subject = role.subject.or_else(|| parent.subject.clone());
            for class in ALL.iter().filter(|class| inherited.has(**class) && !lifted(**class)) {
                role.roles.add(*class);
            }
            if role.heading.is_empty()
                || inherited.has(Class::Perhaps) && !taken
                || inherited != Classes::default() && own == Classes::default()
            {
                role.heading.clone_from(&parent.heading);
            }
        }
        if section.level > 1 && tells_of_past(&tokens) {
            role.roles.add(Class::Old);
        }
        if self.template {
            role.roles.add(Class::Example);
        }
        role
    }

    /// Whether a heading under "Options" names the option that was taken.
    fn is_chosen(&self, title: &str) -> bool {
        let chosen = self.chosen.get_or_init(|| chosen_words(self.outline, self.file));
        if chosen.is_empty() {
            return false;
        }
        let title = title.to_lowercase();
        let numbered = || title.split(':').next().filter(|number| number.starts_with("option ") && number.len() <= 9);
        title.len() >= 3
            && (chosen.contains(&title)
                || numbered().is_some_and(|number| {
                    chosen.contains(&format!("{number}.")) || chosen.contains(&format!("{number} "))
                }))
    }
}

/// The first heading, where all the others stand below it.
fn title_of(outline: &Outline) -> Option<usize> {
    let mut levels = outline.sections.iter().enumerate().filter(|(_, section)| section.level > 0);
    let (at, title) = levels.next()?;
    levels.all(|(_, section)| section.level > title.level).then_some(at)
}

/// "What a failure means", "What does an outage cost?": a heading that asks for the rating.
fn asks_of_failure(tokens: &[Token<'_>]) -> Option<&'static str> {
    const FAILURES: &[&str] =
        &["failure", "outage", "downtime", "ausfall", "panne", "fallo", "crash", "fails", "ausfällt"];
    const MEANS: &[&str] = &[
        "means",
        "mean",
        "costs",
        "cost",
        "hurts",
        "hurt",
        "bad",
        "matters",
        "bedeutet",
        "kostet",
        "signifie",
        "coûte",
        "significa",
        "cuesta",
    ];
    let has = |words: &[&str]| tokens.iter().any(|token| words.contains(&&*token.lower));
    (tokens.len() <= 10 && has(FAILURES) && has(MEANS)).then_some("failure-impact")
}

/// Whether a title is that of a guide or a template: "Sample tracker" is a service.
fn is_guide(title: &str) -> bool {
    if title.is_empty() {
        return false;
    }
    let title = title.to_lowercase();
    let first = title.split(|sign: char| !sign.is_alphabetic()).find(|word| !word.is_empty()).unwrap_or_default();
    let last = title.rsplit(|sign: char| !sign.is_alphabetic()).find(|word| !word.is_empty()).unwrap_or_default();
    const ENDS: &[&str] = &[
        "template",
        "example",
        "examples",
        "guide",
        "guidelines",
        "vorlage",
        "anleitung",
        "beispiel",
        "beispiele",
        "modèle",
        "exemple",
        "plantilla",
        "ejemplo",
        "muster",
    ];
    ENDS.contains(&last)
        || ENDS.contains(&first) && first != "muster"
        || first == "how"
        || ["template for", "guide to", "guide for", "style guide", "how to", "how we write", "example of", "guide de"]
            .iter()
            .any(|phrase| title.contains(phrase))
}

/// The classes that headings and leading lines hand down.
pub(super) const ALL: &[Class] = &[
    Class::Limit,
    Class::Perhaps,
    Class::Measure,
    Class::Old,
    Class::Other,
    Class::Later,
    Class::Example,
    Class::Risk,
    Class::Rejected,
];

/// What says which option was taken.
static CHOSEN: LazyLock<Vec<Finder<'static>>> = LazyLock::new(|| {
    const PHRASES: [&str; 7] =
        ["hosen option", "e choose", "e chose", "e go with", "ewählte option", "ption retenue", "pción elegida"];
    PHRASES.iter().map(Finder::new).collect()
});

/// The sentences that say which option was taken, in lower case.
fn chosen_words(outline: &Outline, file: &str) -> String {
    let here: Vec<_> = CHOSEN.iter().filter(|phrase| phrase.find(file.as_bytes()).is_some()).collect();
    let says = |text: &str| here.iter().any(|phrase| phrase.find(text.as_bytes()).is_some());
    let mut found = String::new();
    if here.is_empty() && memchr::memmem::find(file.as_bytes(), b"utcome").is_none() {
        return found;
    }
    for block in outline.blocks.iter().filter(|block| block.text.plain.len() < 2000) {
        let title = || outline.sections.get(block.section).map_or("", |section| section.title.as_str());
        let outcome = block.text.plain.len() < 60 && ends_with_outcome(title());
        if outcome || says(&block.text.plain) {
            found.push_str(&block.text.plain.to_lowercase());
            found.push('\n');
        }
    }
    found
}

/// Whether a heading is that of what came out.
fn ends_with_outcome(title: &str) -> bool {
    title.as_bytes().last_chunk().is_some_and(|end: &[u8; 7]| end.eq_ignore_ascii_case(b"outcome"))
}

/// The numbers of the records that a header says it supersedes: `14` of "Supersedes: ADR 14".
pub(super) fn superseded(file: &str) -> HashSet<String> {
    const FIELDS: &[&str] = &["supersedes", "replaces", "ersetzt", "remplace", "reemplaza", "sustituye"];
    let lines = file.lines().filter(|line| line.len() < 160);
    let numbers = lines.filter_map(|line| {
        let field = line.trim_start_matches(|sign: char| !sign.is_alphanumeric());
        // Most lines are told apart by their first letter.
        let letter = field.as_bytes().first()?.to_ascii_lowercase();
        FIELDS.iter().find(|known| known.as_bytes()[0] == letter)?;
        let end = field.find(|sign: char| !sign.is_alphabetic())?;
        let (name, value) = field.split_at(end);
        FIELDS.iter().any(|known| name.eq_ignore_ascii_case(known)).then_some(value)
    });
    numbers
        .flat_map(|value| value.split(|sign: char| !sign.is_ascii_digit()))
        .map(|number| number.trim_start_matches('0'))
        .filter(|number| (1..=4).contains(&number.len()))
        .map(str::to_owned)
        .collect()
}

/// The numbers of the records that this one amends: `28` of "Amendment to ADR 28", "Status: amends 28".
pub(super) fn amended(file: &str) -> HashSet<String> {
    const AMENDS: &[&str] =
        &["amends", "amendment to", "amendment of", "revises", "revision of", "ändert adr", "modifie l'adr"];
    let mut found = HashSet::new();
    if memchr::memmem::find(file.as_bytes(), b"mend").is_none()
        && memchr::memmem::find(file.as_bytes(), b"evis").is_none()
    {
        return found;
    }
    for line in file.lines().take(12).filter(|line| line.len() < 160).map(str::to_lowercase) {
        let behind = AMENDS.iter().filter_map(|phrase| line.split_once(phrase)).map(|(_, behind)| behind);
        for behind in behind {
            let number = behind.chars().skip_while(|sign| !sign.is_ascii_digit());
            let number: String = number.take_while(char::is_ascii_digit).take(5).collect();
            let near = behind.find(|sign: char| sign.is_ascii_digit()).is_some_and(|at| at <= 16);
            let number = number.trim_start_matches('0');
            if near && (1..=4).contains(&number.len()) {
                found.insert(number.to_owned());
            }
        }
    }
    found
}

/// Words for what a record leaves out of its own figures: `arm` of "the figures bind the driver, except for the arm".
pub(super) fn left_out(outline: &Outline, file: &str) -> HashSet<String> {
    const BINDS: &[&str] = &["bind", "binds", "binding", "hold", "holds", "apply", "applies", "limits", "obliges"];
    let mut found = HashSet::new();
    if !file.contains("xcept") && !file.contains("part from") {
        return found;
    }
    for block in outline.blocks.iter().filter(|block| !block.quoted && block.text.plain.len() < 2000) {
        let lower = block.text.plain.to_lowercase();
        for (at, phrase) in ["except for the ", "except the ", "apart from the ", "excepting the "]
            .into_iter()
            .flat_map(|phrase| lower.match_indices(phrase))
        {
            let sentence = lower[..at].rsplit(['.', '!', '?']).next().unwrap_or_default();
            let binds = sentence.split(|sign: char| !sign.is_alphanumeric()).any(|word| BINDS.contains(&word));
            let behind = &lower[at + phrase.len()..];
            let noun = behind.split(|sign: char| !sign.is_alphanumeric()).next().unwrap_or_default();
            // "Except the old one" excepts a place, and "except for the service's …" something of it.
            let whole = behind[noun.len()..].starts_with([',', '.', ';', ')']) || behind.len() == noun.len();
            if binds && whole && noun.len() > 2 {
                found.insert(stem(noun).to_owned());
            }
        }
    }
    found
}

/// "This record sets no requirement for any service": a sentence that takes back whatever the document says.
pub(super) fn disclaimer(outline: &Outline, file: &str) -> Option<Because> {
    const RECORDS: &[&str] = &["record", "adr", "document", "decision", "note", "page", "rfc", "paper", "memo"];
    const SETS: &[&str] = &["sets", "states", "makes", "contains", "defines", "imposes", "has", "gives", "introduces"];
    const LIMITS: &[&str] = &[
        "requirement",
        "requirements",
        "limit",
        "limits",
        "target",
        "targets",
        "budget",
        "budgets",
        "objective",
        "objectives",
        "promise",
        "promises",
        "commitment",
        "commitments",
    ];
    static NO: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("s no "));
    NO.find(file.as_bytes())?;
    let is_verb = |word: &str| SETS.iter().any(|verb| verb.eq_ignore_ascii_case(word));
    let is_plain = |block: &&Block| matches!(block.kind, BlockKind::Paragraph | BlockKind::Item) && !block.quoted;
    // Most of it is "is no longer": few blocks have one of the verbs there, and only those are split into words.
    let sets_none = |block: &&Block| {
        let text: &str = &block.text.plain;
        NO.find_iter(text.as_bytes())
            .any(|at| is_verb(text[..at + 1].rsplit(|sign: char| !sign.is_alphanumeric()).next().unwrap_or_default()))
    };
    outline.blocks.iter().filter(is_plain).filter(sets_none).find_map(|block| {
        let tokens = lex(&block.text.plain);
        let says = tokens.windows(5).find(|words| {
            matches!(&*words[0].lower, "this" | "the")
                && RECORDS.contains(&&*words[1].lower)
                && SETS.contains(&&*words[2].lower)
                && words[3].is("no")
                && LIMITS.contains(&&*words[4].lower)
        })?;
        let words: Vec<&str> = says.iter().map(|token| token.text).collect();
        Some(Why::TakenBack.with(&words.join(" ")))
    })
}
