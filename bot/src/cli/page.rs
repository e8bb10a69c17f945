//! Finding and loading the page.

mod change;

use super::judged::Judged;
use super::output;
use crate::tree::{Base, Git, read_named};
use adrule_policy::policy::{self, Builds, Loaded, ORGANISATION_PATH, Organisation, Page};
use adrule_policy::report::render::human;
use adrule_policy::report::{Finding, JudgedBy, Report, Scope, Severity, Sources};
use adrule_policy::rule;
use adrule_policy::tree::Content;
use anyhow::{Result, bail};
use change::{TRIED_OUT, mended, with_new_page};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// Where a page may be, the first that is there counts.
pub const PLACES: [&str; 3] = ["adrule.yaml", ".adrule.yaml", ".github/adrule.yaml"];

/// A page in use.
pub struct InUse {
    /// The page.
    pub page: Page,
    /// Its file and text; none for the built-in page.
    pub text: Option<(Arc<str>, Arc<str>)>,
    /// What is wrong with it, though it can be used.
    pub findings: Vec<Finding>,
    /// What it was read from.
    pub judged_by: JudgedBy,
    /// Whether the organisation's page holds, too.
    pub builds: Builds,
    /// The text of the organisation's page, where it holds.
    pub organisation: Option<Arc<str>>,
    /// What is worth knowing about the choice of the page.
    pub remarks: Vec<String>,
    /// What the change does to the page.
    pub news: News,
    /// Those of the remarks that say so: where the news is told in full, they need not be.
    pub told: Vec<String>,
}

/// What a change does to the page.
#[derive(Default)]
pub enum News {
    /// Nothing, or there is no change.
    #[default]
    None,
    /// It brings the first one along, by which it is judged.
    First,
    /// It mends one that cannot be used, and is judged by the new one.
    Mended,
    /// It changes it: the new one, and its text.
    Changed(Box<Loaded>, Arc<str>),
    /// It removes it.
    Removed,
}

impl News {
    /// Whether the page that judges is that of the change, and only tried out: nothing fails by it.
    pub fn is_preview(&self) -> bool {
        matches!(self, Self::First | Self::Mended)
    }

    /// The worst mistake on the page that a change brings. It fails the change as its own: once merged, nothing could
    /// be judged any more.
    pub fn worst_mistake(&self) -> Option<Severity> {
        match self {
            Self::Changed(new, _) => new.findings.iter().map(|finding| finding.severity).max(),
            Self::None | Self::First | Self::Mended | Self::Removed => None,
        }
    }
}

/// What became of the search for a page.
pub enum Outcome {
    /// There is one.
    Use(Box<InUse>),
    /// There is one that cannot be used: its mistakes, and nothing else.
    Unusable(Box<Report>),
}

impl Outcome {
    /// The page in use; where it cannot be used its mistakes are printed, and there is none.
    pub fn or_print(self) -> Result<Option<InUse>> {
        match self {
            Self::Use(in_use) => Ok(Some(*in_use)),
            Self::Unusable(report) => print_mistakes(&report).map(|()| None),
        }
    }
}

/// Where the page is looked for, if nobody names one.
#[derive(Clone, Copy)]
pub enum From<'a> {
    /// In the files that are judged.
    Judged,
    /// In what they are compared with: nobody judges a change by the page that it brings along.
    Revision(&'a Git, &'a Base),
    /// The same, where this is a folder.
    Folder(&'a Path),
    /// The same, where it is not on disk: the files that decide, and what they are of, in words.
    Stored(&'a BTreeMap<String, Content>, &'a str),
}

impl InUse {
    /// A report of what keeps everything else from being judged.
    pub fn only(&self, finding: Finding, today: Date) -> Box<Report> {
        let judged_by = self.judged_by.clone();
        Box::new(Report { judged_by, ..report_of(vec![finding], Sources::default(), today) })
    }

    /// Says what the change does to the page.
    fn tell(&mut self, remark: String) {
        self.told.push(remark.clone());
        self.remarks.push(remark);
    }
}

impl From<'_> {
    /// Whether there is anything before the change: the first commit of all changes nothing.
    fn is_something(self) -> bool {
        match self {
            Self::Judged => false,
            Self::Revision(_, base) => base.commit.is_some(),
            Self::Folder(_) | Self::Stored(..) => true,
        }
    }
}

/// Which page is wanted.
#[derive(Clone, Copy)]
pub struct Wish<'a> {
    /// A file on disk, which is used as it is.
    pub file: Option<&'a Path>,
    /// Else the only place where it may be, in the base if there is one.
    pub place: Option<&'a str>,
    /// The organisation's page, as far as it is at hand.
    pub organisation: &'a Organisation,
}

impl<'a> Wish<'a> {
    /// The places where it may be, in the repository.
    fn places(self) -> Vec<&'a str> {
        self.place.map_or_else(|| PLACES.to_vec(), |place| vec![place])
    }
}

/// A day that was given on the command line.
pub fn day(text: &str) -> std::result::Result<Date, String> {
    text.parse().map_err(|_| "write a day as year, month and day: 2026-11-22".to_owned())
}

/// The day: what was asked for, else today in UTC, so that it is the same day everywhere.
pub fn today(as_of: Option<Date>) -> Date {
    as_of.unwrap_or_else(|| jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date())
}

/// The page: the file that was named, else that of the base, else that of the tree that is judged, else the built-in one.
pub fn find(root: &Path, judged: Judged<'_>, wish: Wish<'_>, from: From<'_>, today: Date) -> Result<Outcome> {
    if let Some(file) = wish.file {
        let content = named(file)?;
        let path = file.strip_prefix(root).unwrap_or(file).to_string_lossy().replace('\\', "/");
        return Ok(usable(&path, &content, None, (wish.organisation, today)));
    }
    let places = wish.places();
    let with = (wish.organisation, today);
    if let Some(old) = before(&places, from)? {
        let new = judged.read(old.place)?;
        return Ok(match usable(old.place, &old.content, Some(old.words.clone()), with) {
            Outcome::Use(in_use) => with_new_page(*in_use, old.place, Some(&old.content), new, with),
            Outcome::Unusable(report) => mended(*report, &old, new, with),
        });
    }
    let mut here = Vec::new();
    for place in places {
        here.extend(judged.read(place)?.map(|content| (place, content)));
    }
    let Some((place, content)) = here.first() else {
        if let Some(place) = wish.place {
            bail!("there is no page {place}");
        }
        return Ok(without_page(with));
    };
    // A first page lets nobody out of what the organisation's page asked for before it.
    if from.is_something()
        && let Outcome::Use(by_organisation) = without_page(with)
        && by_organisation.builds == Builds::OnOrganisation
    {
        return Ok(with_new_page(*by_organisation, place, None, Some(content.clone()), with));
    }
    let mut outcome = usable(place, content, None, with);
    if let Outcome::Use(found) = &mut outcome {
        if let Some((other, _)) = here.get(1) {
            found.remarks.push(format!("There are two pages, {place} and {other}; {place} is used."));
        }
        if from.is_something() {
            found.news = News::First;
            found.tell(format!("This change brings the first page along. {TRIED_OUT}"));
        }
    }
    Ok(outcome)
}

/// Whether the organisation's page counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wants {
    /// There is a page, and it stands alone.
    Nothing,
    /// There is no page: the organisation's is used, where there is one.
    IfThere,
    /// A page that decides, that in force or that of the change, says `extends: org`.
    Organisation,
}

/// Whether the organisation's page counts for the pages that decide.
pub fn wants_organisation(judged: Judged<'_>, wish: Wish<'_>, from: From<'_>) -> Result<Wants> {
    let places = wish.places();
    let mut pages: Vec<Content> = before(&places, from)?.into_iter().map(|old| old.content).collect();
    for place in places {
        pages.extend(judged.read(place)?);
    }
    let builds = |page: &Content| matches!(page, Content::Text(text) if policy::builds_on_organisation(text));
    Ok(match pages.as_slice() {
        [] => Wants::IfThere,
        pages if pages.iter().any(builds) => Wants::Organisation,
        _ => Wants::Nothing,
    })
}

/// A page of the base.
struct Old<'p> {
    place: &'p str,
    content: Content,
    words: String,
}

fn before<'p>(places: &[&'p str], from: From<'_>) -> Result<Option<Old<'p>>> {
    match from {
        From::Judged => Ok(None),
        From::Revision(git, base) => {
            let Some(commit) = &base.commit else { return Ok(None) };
            let Some((place, content)) = git.first_of(commit, places)? else { return Ok(None) };
            Ok(Some(Old { place, content, words: base.words.clone() }))
        }
        From::Folder(folder) => {
            let Some(place) = places.iter().find(|place| folder.join(place).is_file()) else { return Ok(None) };
            let content = Judged::Folder(folder).read(place)?;
            Ok(content.map(|content| Old { place, content, words: folder.display().to_string() }))
        }
        From::Stored(files, words) => {
            let Some((place, content)) = places.iter().find_map(|place| Some((*place, files.get(*place)?))) else {
                return Ok(None);
            };
            Ok(Some(Old { place, content: content.clone(), words: words.to_owned() }))
        }
    }
}

/// A page that somebody named.
fn named(page: &Path) -> Result<Content> {
    match read_named(page) {
        Content::Skipped(reason) => bail!("the page {} could not be read: {reason}", page.display()),
        content => Ok(content),
    }
}

fn built_in() -> InUse {
    InUse {
        page: policy::built_in(),
        text: policy::pack_text(policy::DEFAULT_PACK).map(|text| {
            (Arc::from(policy::DEFAULT_PACK), Arc::from(text))
        }),
        findings: Vec::new(),
        judged_by: JudgedBy { path: None, revision: None, organisation: false },
        builds: Builds::Alone,
        organisation: None,
        remarks: vec![
            "No adrule.yaml here: judged by the built-in page (Go is the default; Rust needs a stated reason). `adrule init` writes one.".to_owned(),
        ],
        news: News::None,
        told: Vec::new(),
    }
}

/// The page where a repository has none: the organisation's, where it is given, else the built-in one.
fn without_page((organisation, today): With<'_>) -> Outcome {
    let Organisation::Given(given) = organisation else { return Outcome::Use(Box::new(built_in())) };
    let path: Arc<str> = ORGANISATION_PATH.into();
    let Some(page) = &given.page else {
        let mut report = page_report(&path, &given.text, &given.findings, (organisation, today));
        report.remarks.push(format!("The organisation's page cannot be used: {}.", given.remedy()));
        return Outcome::Unusable(Box::new(report));
    };
    Outcome::Use(Box::new(InUse {
        page: page.clone(),
        text: Some((Arc::clone(&path), Arc::clone(&given.text))),
        // It answers for itself in its own repository.
        findings: Vec::new(),
        judged_by: JudgedBy { path: Some(path), revision: None, organisation: true },
        builds: Builds::OnOrganisation,
        organisation: Some(Arc::clone(&given.text)),
        remarks: vec!["No adrule.yaml here: judged by the organisation's page.".to_owned()],
        news: News::None,
        told: Vec::new(),
    }))
}

/// The organisation's page, as far as it is at hand, and the day.
type With<'a> = (&'a Organisation, Date);

/// What is said where only a part of what a page builds on was read.
const ON_UNREAD: &str = "builds on the organisation's page (`extends: org`), which was not read: only what stands here itself \
                         is asked for. Give it with `--org-policy PATH` or `ADRULE_ORG_POLICY`.";

/// The page in `content`, and its text, where there is one.
fn load(path: &Arc<str>, content: &Content, (organisation, today): With<'_>) -> (Loaded, Arc<str>) {
    match content {
        Content::Text(text) => (policy::load_with(path, text, today, &rule::ids(), organisation), Arc::clone(text)),
        Content::Unread(reason) | Content::Skipped(reason) => (policy::unread(path, reason), "".into()),
    }
}

fn usable(path: &str, content: &Content, revision: Option<String>, with: With<'_>) -> Outcome {
    let path: Arc<str> = path.into();
    let (Loaded { page, findings, builds }, text) = load(&path, content, with);
    let Some(page) = page else {
        let mut report = page_report(&path, &text, &findings, with);
        report.judged_by.revision = revision;
        return Outcome::Unusable(Box::new(report));
    };
    let holds = builds == Builds::OnOrganisation;
    let judged_by = JudgedBy { path: Some(Arc::clone(&path)), revision, organisation: holds };
    let remarks = if builds == Builds::OnUnread { vec![format!("The page {path} {ON_UNREAD}")] } else { Vec::new() };
    Outcome::Use(Box::new(InUse {
        page,
        text: Some((path, text)),
        findings,
        judged_by,
        builds,
        organisation: with.0.text().filter(|_| holds).cloned(),
        remarks,
        news: News::None,
        told: Vec::new(),
    }))
}

/// Prints the mistakes on a page with their places.
pub fn mistakes(path: &Arc<str>, text: &Arc<str>, findings: &[Finding], with: With<'_>) -> Result<()> {
    print_mistakes(&page_report(path, text, findings, with))
}

/// Prints what a report says is wrong with a page.
pub fn print_mistakes(report: &Report) -> Result<()> {
    let options = human::Options { color: output::color(), ..human::Options::default() };
    let shown: String =
        report.findings.iter().map(|finding| human::finding(report, finding, &options) + "\n\n").collect();
    output::print(&shown)?;
    // The organisation's page by its file, which its places do not name.
    report.remarks.iter().for_each(|remark| output::say(remark));
    Ok(())
}

fn page_report(path: &Arc<str>, text: &Arc<str>, findings: &[Finding], (organisation, today): With<'_>) -> Report {
    let mut sources = Sources::default();
    sources.add(path, text);
    if let Some(text) = organisation.text() {
        sources.add(&ORGANISATION_PATH.into(), text);
    }
    for (name, text) in policy::PACKS {
        sources.add(&Arc::from(*name), &Arc::from(*text));
    }
    let judged_by = JudgedBy { path: Some(Arc::clone(path)), revision: None, organisation: false };
    Report { judged_by, ..report_of(findings.to_vec(), sources, today) }
}

/// A report of findings that no tree was read for.
fn report_of(findings: Vec<Finding>, sources: Sources, today: Date) -> Report {
    Report {
        as_of: today,
        judged_by: JudgedBy { path: None, revision: None, organisation: false },
        scope: Scope::All,
        findings,
        services: Vec::new(),
        decisions: 0,
        baseline: None,
        unread: Vec::new(),
        remarks: Vec::new(),
        sources,
    }
}
