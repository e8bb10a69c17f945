//! Title and number.

use super::super::header::Entry;
use super::super::words::{self, Field};
use super::super::{Decision, name, reference, section};
use super::Reader;
use crate::text::Span;
use crate::text::outline::Outline;

impl Reader<'_> {
    /// Where a title may stand, best first: the heading, front matter, a labelled entry.
    fn titles(&self, outline: &Outline) -> Vec<(String, Span)> {
        let mut titles = Vec::new();
        let entry = |entries: &[Entry]| {
            let mut stated = entries.iter().filter(|entry| entry.field == Field::Title && !entry.value.is_nothing());
            stated.next().map(|entry| (entry.value.text.clone(), entry.value.span))
        };
        if let Some(section) = self.sections.title.and_then(|at| outline.sections.get(at)) {
            let mut title = section.title.clone();
            if let Some(more) = self.wrapped.and_then(|at| outline.sections.get(at)) {
                title = format!("{title} {}", more.title);
            }
            titles.push((title, section.span));
        }
        titles.extend(entry(&self.entries));
        let feature = self.front.keys.iter().find(|(key, ..)| key.eq_ignore_ascii_case("feature"));
        titles.extend(feature.map(|(.., value)| (value.of(self.text).trim().to_owned(), *value)));
        titles.extend(self.bare_title(outline).filter(|_| self.sections.title.is_none()));
        titles
    }

    /// `14. One queue` as the first line, without the mark-up of a heading: a title where its number is the file's.
    fn bare_title(&self, outline: &Outline) -> Option<(String, Span)> {
        let first = outline.blocks.first().filter(|block| block.section == 0 && !block.quoted)?;
        let line = first.span.of(self.text).trim();
        let own = self.facts.number.is_some() && name::split_title(line, self.facts.number).0 == self.facts.number;
        (own && line.len() <= 120 && !line.contains('\n')).then(|| (line.to_owned(), first.span))
    }

    /// Whether a heading only gives a number or says that this is a decision, and the next heading stands right below.
    pub(super) fn is_only_number(&self, outline: &Outline, at: usize) -> bool {
        let title = outline.sections[at].title.trim();
        let (number, range) = name::split_title(title, self.facts.number);
        let empty = words::is_generic_title(title) || (number.is_some() && range.len() == title.len());
        empty
            && section::is_bare(outline, at)
            && at + 1 < outline.sections.len()
            && self.sections.topic(at + 1).is_none()
    }

    /// The heading right behind the title that gives the same number once more.
    pub(super) fn said_again(&self, outline: &Outline, title: usize) -> Option<usize> {
        let number = |at: usize| {
            let section = outline.sections.get(at).filter(|section| section.level == 1)?;
            name::number_of(section.title.split_whitespace().next()?)
        };
        (number(title).is_some() && number(title) == number(title + 1)).then_some(title + 1)
    }

    /// `D3 — One queue` where the front matter says `id: D3`: a name that is no number is no part of the title.
    fn without_id<'t>(&self, title: &'t str) -> &'t str {
        let behind = || {
            let id = self.front.get(Field::Id)?.text.trim();
            let rest =
                title.get(..id.len()).filter(|start| start.eq_ignore_ascii_case(id)).map(|_| &title[id.len()..])?;
            let rest = rest.trim_start();
            let named = !id.is_empty() && name::split_title(title, self.facts.number).0.is_none();
            let told = rest.trim_start_matches([':', '-', '\u{2013}', '\u{2014}', '·', '|', '：']);
            (named && told.len() < rest.len() && !told.trim().is_empty()).then(|| told.trim_start())
        };
        behind().unwrap_or(title)
    }

    /// Title and number. Says whether the title has a record's number.
    pub(super) fn title(&self, decision: &mut Decision) -> bool {
        let mut numbered = None;
        for (title, span) in self.titles(self.outline) {
            let flat = title.split_whitespace().collect::<Vec<_>>().join(" ");
            let flat = self.without_id(&flat);
            let (number, range) = name::split_title(flat, self.facts.number);
            let rest = flat[range].trim();
            let whole = number.is_some() && rest.len() == flat.len();
            let says_more = !rest.is_empty() && !whole && !words::is_generic_title(rest);
            numbered = numbered.or(number.map(|number| (number, span)));
            if says_more || decision.title.is_none() {
                decision.title = Some(rest.to_owned()).filter(|title| !title.is_empty());
                decision.title_span = Some(span);
            }
            if says_more {
                break;
            }
        }
        let id = || {
            let value = self.get(Field::Id).find_map(|entry| reference::number(&entry.value));
            value.filter(|_| self.facts.word.is_none())
        };
        // The file's name is what others link to: a title copied from another record does not win over it.
        decision.number = self
            .facts
            .number
            .or(numbered.map(|(number, _)| number))
            .or_else(id)
            .or_else(|| self.keyed_number(&decision.path));
        decision.file_number = self.facts.number;
        decision.title_number = numbered;
        decision.id_number = self.front.get(Field::Id).and_then(|id| Some((reference::number(id)?, id.span)));
        numbered.is_some()
    }

    /// `kep-number: 12` and `eip: 12`, where the path has the same letters: the number by its own process's key.
    fn keyed_number(&self, path: &str) -> Option<u32> {
        let in_path = |letters: &str| {
            let mut parts = path.split(|c: char| !c.is_ascii_alphabetic());
            parts.any(|part| {
                part.eq_ignore_ascii_case(letters)
                    || part.strip_suffix(['s', 'S']).is_some_and(|one| one.eq_ignore_ascii_case(letters))
            })
        };
        self.front.keys.iter().find_map(|(key, _, value)| {
            let letters = key.strip_suffix("number").map_or(key.as_str(), |key| key.trim_end_matches(['-', '_', ' ']));
            let short = (2..=6).contains(&letters.len()) && letters.bytes().all(|byte| byte.is_ascii_alphabetic());
            let number = value.of(self.text).trim().trim_matches(['"', '\'']).parse().ok();
            number.filter(|_| short && self.facts.word.is_none() && in_path(letters))
        })
    }
}
