//! The organisation's page: one page for all repositories, which builds on no other one of its kind. A repository's page
//! that says `extends: org` builds on it, and may only tighten it, unless it allows more (`repositories: { may: … }`).
//!
//! Where a page is looser nonetheless, a finding says so, and what the organisation's page says stays in force.

mod hold;
mod implies;
mod parts;

pub(super) use hold::hold_facts;
pub use hold::{hold, tighten};

use super::{LanguageRule, Level, Others, Page, read};
use crate::report::{Finding, Severity};
use crate::text::Place;
use jiff::civil::Date;
use std::sync::Arc;

/// What a page writes under `extends` to build on the organisation's page.
pub const ORGANISATION: &str = "org";
/// The file that places on the organisation's page are in, wherever it was read from: every place says the same words.
pub const ORGANISATION_PATH: &str = "org:adrule.yaml";
/// Rule id of a page that is looser than the organisation's.
pub const POLICY_LOOSENS: &str = "policy-loosens-organisation";
/// Rule id of a page whose organisation's page cannot be had.
pub const ORGANISATION_UNREAD: &str = "policy-organisation-unread";

const WHY: &str = "A repository may tighten the organisation's page, and loosen only what that page lets it. Until then the \
                   organisation's page stays in force here.";

/// A part of the page that the organisation's page may leave to repositories, named by its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The default languages.
    Default,
    /// What other languages need.
    Languages,
    /// Languages that the page does not name.
    Others,
    /// Folders that are services.
    Services,
    /// Where decisions are, who needs one, what they look like.
    Decisions,
    /// What is not looked at.
    Exclude,
    /// Facts of the page's own.
    Facts,
    /// Rules of the page's own, and the weight of built-in ones.
    Rules,
    /// Exceptions.
    Waivers,
    /// Comments that excuse a change.
    Suppressions,
}

impl Part {
    /// Every part, with its key.
    const ALL: [(Self, &'static str); 10] = [
        (Self::Default, "default"),
        (Self::Languages, "languages"),
        (Self::Others, "others"),
        (Self::Services, "services"),
        (Self::Decisions, "decisions"),
        (Self::Exclude, "exclude"),
        (Self::Facts, "facts"),
        (Self::Rules, "rules"),
        (Self::Waivers, "waivers"),
        (Self::Suppressions, "suppressions"),
    ];
    /// The keys, for the tables by which a page is read.
    pub(in crate::policy) const KEYS: &'static [&'static str] = &{
        let mut keys = [""; Self::ALL.len()];
        let mut at = 0;
        while at < keys.len() {
            keys[at] = Self::ALL[at].1;
            at += 1;
        }
        keys
    };

    /// The part of that key.
    #[must_use]
    pub fn named(key: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, name)| *name == key).map(|(part, _)| *part)
    }

    /// Its key on the page.
    #[must_use]
    pub fn key(self) -> &'static str {
        Self::ALL.iter().find(|(part, _)| *part == self).map_or("", |(_, name)| name)
    }
}

/// What a built-in rule weighs where no page says otherwise.
#[derive(Clone, Copy, Debug)]
pub struct Weight {
    /// The rule.
    pub rule: &'static str,
    /// Its weight.
    pub level: Level,
    /// Whether it is off until a page asks for it.
    pub strict: bool,
}

impl Weight {
    /// The weight on the organisation's page: nothing, where that asks for nothing that the rule looks for.
    fn by(&self, page: &Page) -> Level {
        let asked = |asks: &dyn Fn(&LanguageRule) -> bool| page.languages.iter().any(asks);
        let is_asked = match self.rule {
            "language-needs-waiver" | "language-refused" => page.others() != Others::Allow,
            "language-not-for-kind" => asked(&|rule| !rule.only_for.is_empty()),
            "language-without-reason" | "language-requirement-missing" | "language-reason-weak" => {
                asked(&|rule| !rule.requires.is_empty())
            }
            "language-without-decision" => !page.decisions.required_for.is_empty(),
            "decision-status-refused" => !page.decisions.statuses.is_empty(),
            "service-without-manifest" => !page.services.is_empty(),
            _ => true,
        };
        if is_asked { self.on(page) } else { Level::Off }
    }

    /// The weight on a page.
    fn on(&self, page: &Page) -> Level {
        let unless = if self.strict && !page.asks_for(self.rule) { Level::Off } else { self.level };
        page.severity(self.rule).unwrap_or(unless)
    }
}

/// The organisation's page as it was read.
#[derive(Clone, Debug)]
pub struct OrgPage {
    /// Where it was read, in words: a file, or a repository and its file.
    pub source: String,
    /// Its text; places on it are in [`ORGANISATION_PATH`].
    pub text: Arc<str>,
    /// The page; none where it cannot be used.
    pub page: Option<Page>,
    /// What is wrong with it. It is mended where it lies; other repositories hear of it only where it cannot be used.
    pub findings: Vec<Finding>,
    weights: Arc<[Weight]>,
}

impl OrgPage {
    /// Reads the organisation's page. `source` says where from, `weights` are those of the built-in rules.
    #[must_use]
    pub fn read(source: impl Into<String>, text: &str, today: Date, weights: &[Weight]) -> Self {
        let known: Vec<&str> = weights.iter().map(|weight| weight.rule).collect();
        let path = Arc::from(ORGANISATION_PATH);
        let read = read::page(&path, text, today, &known, read::Base::IsOrganisation);
        Self {
            source: source.into(),
            text: text.into(),
            page: (!read.in_doubt).then_some(read.page),
            findings: read.findings,
            weights: weights.into(),
        }
    }

    /// The mistakes that keep it from being used.
    pub fn mistakes(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.severity == Severity::Error)
    }

    /// What is to be done about a page that cannot be used.
    #[must_use]
    pub fn remedy(&self) -> String {
        format!("mend {}; `adrule policy check` says the same of it in its own repository", self.source)
    }
}

/// The organisation's page, as far as it is at hand.
#[derive(Clone, Debug, Default)]
pub enum Organisation {
    /// Nobody gave it, and nobody looked for it: on somebody's own machine.
    #[default]
    NotGiven,
    /// Here it is.
    Given(Arc<OrgPage>),
    /// It was looked for and cannot be had.
    Unread {
        /// What is in the way, in a sentence without a full stop.
        why: String,
        /// What is to be done about it.
        remedy: String,
    },
}

impl Organisation {
    /// The page, where it can be used.
    #[must_use]
    pub fn page(&self) -> Option<&Page> {
        match self {
            Self::Given(given) => given.page.as_ref(),
            Self::NotGiven | Self::Unread { .. } => None,
        }
    }

    /// Its text, where it was read.
    #[must_use]
    pub fn text(&self) -> Option<&Arc<str>> {
        match self {
            Self::Given(given) => Some(&given.text),
            Self::NotGiven | Self::Unread { .. } => None,
        }
    }
}

/// Something on a repository's page that is looser than the organisation's page.
#[derive(Clone, Debug, PartialEq)]
pub struct Loosening {
    /// The part of the page.
    pub part: Part,
    /// What is looser, in a sentence without a full stop.
    pub says: String,
    /// Where the repository's page says so: the start of the file, where it does so by saying nothing.
    pub place: Place,
    /// The line of the organisation's page, and what it asks for; none where it asks by saying nothing.
    pub against: Option<(Place, String)>,
}

impl Loosening {
    /// The finding that tells it. `page` is the repository's page, `owner` who answers for the organisation's.
    #[must_use]
    pub fn finding(&self, page: &str, owner: Option<&str>) -> Finding {
        let finding = Finding::new(POLICY_LOOSENS, Severity::Error, page, &self.says, self.place.clone())
            .label("looser than the organisation's page")
            .why(WHY);
        let finding = match &self.against {
            Some((place, label)) => finding.and(place.clone(), label),
            None => finding,
        };
        let owner = owner.map_or_else(|| "whoever owns the organisation's page".to_owned(), super::words::one_line);
        let allow = format!("repositories: {{ may: [{}] }}", self.part.key());
        finding.help(format!("take this out of the page, or ask {owner} to allow it there: `{allow}`"))
    }
}
