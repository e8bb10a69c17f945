//! Places as links to the forge; without one, as plain paths.

use super::Context;
use super::context::{Links, PageNews};
use super::state::Line;
use crate::policy::ORGANISATION_PATH;
use crate::report::Report;
use crate::report::render::markup;
use crate::report::render::region::Regions;
use crate::text::{Place, Span};

/// Files that forges show as pages, where a line only has a place in the plain view.
const SHOWN_AS_PAGES: &[&str] =
    &["md", "markdown", "mdown", "mkd", "mdx", "adoc", "asciidoc", "asc", "rst", "rest", "org", "textile", "rdoc"];

/// Makes links.
pub(super) struct Linker<'a> {
    report: &'a Report,
    context: &'a Context,
    links: Option<&'a Links>,
    regions: Regions<'a>,
}

impl<'a> Linker<'a> {
    pub fn new(report: &'a Report, context: &'a Context) -> Self {
        let links = context.links.as_ref().filter(|links| are_sound(links));
        Self { report, context, links, regions: Regions::new(&report.sources) }
    }

    /// `path:line`, linked to the line. A file whose text is not known is not linked: it may be gone.
    pub fn place(&self, place: &Place) -> String {
        if self.report.sources.get(&place.path).is_none() {
            return markup::code(&self.full(&place.path));
        }
        let region = self.regions.of(place);
        let label = if place.span == Span::default() {
            markup::code(&self.full(&place.path))
        } else {
            markup::code(&format!("{}:{}", self.full(&place.path), region.start.line))
        };
        let lines = match (region.start.line, region.end.line) {
            _ if place.span == Span::default() => None,
            (start, end) if end > start && end - start < 30 => Some((start, end)),
            (start, _) => Some((start, start)),
        };
        self.linked(label, self.commit_of(&place.path), &place.path, lines)
    }

    /// A file by its name.
    pub fn file(&self, path: &str) -> String {
        let label = markup::code(&self.full(path));
        if self.report.sources.get(path).is_none() {
            return label;
        }
        self.linked(label, self.commit_of(path), path, None)
    }

    /// A line of a file at a commit that was judged before.
    pub fn past(&self, path: &str, line: usize, commit: &str) -> String {
        let label = markup::code(&format!("{}:{line}", self.full(path)));
        self.linked(label, commit, path, Some((line, line)))
    }

    /// The line that a place starts on, at its commit; none where its text is not known.
    pub fn at_commit(&self, place: &Place) -> Option<Line> {
        const LONGEST: usize = 512;
        let _ = self.report.sources.get(&place.path).filter(|_| place.path.len() <= LONGEST)?;
        let (path, commit) = (place.path.to_string(), self.commit_of(&place.path).to_owned());
        Some(Line { path, line: self.regions.of(place).start.line, commit })
    }

    /// A line of the page as the pull request has it.
    pub fn new_page(&self, path: &str, line: usize) -> String {
        self.past(path, line, self.links.map_or("", |links| &links.head))
    }

    /// A file with these words for it.
    pub fn named(&self, path: &str, words: &str) -> String {
        self.linked(words.to_owned(), self.commit_of(path), path, None)
    }

    /// The page that was judged by, with these words for it; without a page only the words.
    pub fn page(&self, words: &str) -> String {
        match &self.report.judged_by.path {
            Some(path) => self.linked(words.to_owned(), self.commit_of(path), path, None),
            None => words.to_owned(),
        }
    }

    /// The commit that is judged; empty where it is not known.
    pub fn head(&self) -> &str {
        self.links.map_or("", |links| &links.head)
    }

    /// The base branch as code; none where it is not known.
    pub fn branch(&self) -> Option<String> {
        self.links.map(|links| markup::code(&links.branch))
    }

    /// "on `main` (`a1b2c3d`)": where the page was read. None where only the report knows.
    pub fn revision(&self) -> Option<String> {
        let links = self.links?;
        match self.context.page {
            PageNews::First | PageNews::Mended => Some("of this pull request".to_owned()),
            _ => Some(format!("on {} (`{}`)", markup::code(&links.branch), &links.base[..7])),
        }
    }

    /// An address, if it lies on the forge.
    pub fn details(&self, words: &str) -> Option<String> {
        let url = self.context.details.as_deref()?;
        let path = url.strip_prefix(&self.links?.web)?.strip_prefix('/')?;
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let is_plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/._-=&".contains(&byte));
        (is_plain(path) && is_plain(query)).then(|| markup::link(words, url))
    }

    /// A path from the root of the repository.
    pub fn full(&self, path: &str) -> String {
        if path == ORGANISATION_PATH {
            return path.to_owned();
        }
        match self.context.folder.trim_matches('/') {
            "" => path.to_owned(),
            folder => format!("{folder}/{path}"),
        }
    }

    /// The page is read from the base, everything else from the head; a page that is tried out is read from the head, too.
    fn commit_of(&self, path: &str) -> &str {
        let is_page = self.report.judged_by.path.as_deref() == Some(path);
        match self.links {
            Some(links) if is_page && !self.context.page.is_preview() => &links.base,
            Some(links) => &links.head,
            None => "",
        }
    }

    fn linked(&self, label: String, commit: &str, path: &str, lines: Option<(usize, usize)>) -> String {
        let Some(links) = self.links else { return label };
        let organisation = links.organisation.as_ref().filter(|there| is_repository(&there.repository));
        let (repository, commit, full) = match organisation {
            _ if path != ORGANISATION_PATH => (&links.repository, commit, self.full(path)),
            Some(there) => (&there.repository, there.commit.as_str(), there.path.clone()),
            None => return label,
        };
        let (Some(in_url), true) = (markup::url_path(&full), is_commit(commit)) else { return label };
        let ending = full.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
        let plain = if lines.is_some() && SHOWN_AS_PAGES.contains(&ending.as_str()) { "?plain=1" } else { "" };
        let lines = match lines {
            Some((start, end)) if end > start => format!("#L{start}-L{end}"),
            Some((start, _)) => format!("#L{start}"),
            None => String::new(),
        };
        markup::link(&label, &format!("{}/{}/blob/{commit}/{in_url}{plain}{lines}", links.web, repository))
    }
}

/// Whether the parts of an address are what they should be: nothing in them can end a link.
fn are_sound(links: &Links) -> bool {
    let host = links.web.strip_prefix("https://").or_else(|| links.web.strip_prefix("http://"));
    let is_host = host.is_some_and(|host| {
        !host.is_empty()
            && !host.ends_with('/')
            && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:/_~".contains(&byte))
    });
    is_host && is_repository(&links.repository) && is_commit(&links.head) && is_commit(&links.base)
}

/// Whether this is `owner/name`.
fn is_repository(name: &str) -> bool {
    let parts: Vec<&str> = name.split('/').collect();
    let is_name = |part: &&str| {
        !matches!(*part, "" | "." | "..")
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
    };
    parts.len() == 2 && parts.iter().all(is_name)
}

fn is_commit(commit: &str) -> bool {
    (7..=64).contains(&commit.len()) && commit.bytes().all(|byte| byte.is_ascii_hexdigit())
}
