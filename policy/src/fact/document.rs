//! Facts of a whole document: front matter, labelled lines, tables, sentences.

use super::prose::cue::{self, Class, Classes};
use super::prose::label;
use super::prose::passage::{Context, Passage, Topic, stem};
use super::prose::speech;
use super::prose::{self, Source};
use super::token::lex;
use super::{Fact, Origin, table, vocabulary};
use crate::text::outline::{Block, BlockKind, Outline};
use crate::text::yaml;
use std::collections::HashSet;
use std::sync::Arc;

/// What a page adds to the reading of documents.
#[derive(Clone, Debug, Default)]
pub struct Extra {
    /// Further labels, each with the id of the fact that it names.
    pub labels: Vec<(String, Arc<str>)>,
}

/// Every fact that a document states or seems to state, in the order of the document.
#[must_use]
pub fn read_outline(outline: &Outline, text: &str, path: &Arc<str>) -> Vec<Fact> {
    read_outline_with(outline, text, path, &Extra::default())
}

/// [`read_outline`], with what the page adds.
#[must_use]
pub fn read_outline_with(outline: &Outline, text: &str, path: &Arc<str>, extra: &Extra) -> Vec<Fact> {
    let mut facts = Vec::new();
    front_matter(outline, text, path, &mut facts);
    let topic = Topic { speech: speech::of(text), own: own_words(outline, path) };
    let sections = sections(outline, path);
    let source = Source { path, file: text, labels: &extra.labels };
    let mut lead = Lead::default();
    let mut at = 0;
    while let Some(block) = outline.blocks.get(at) {
        let section = &sections[block.section.min(sections.len().saturating_sub(1))];
        lead.enter(block);
        match &block.kind {
            BlockKind::Row { table, .. } => {
                let rows = outline.blocks[at..]
                    .iter()
                    .take_while(|row| matches!(&row.kind, BlockKind::Row { table: same, .. } if same == table))
                    .count();
                let context = lead.context(section, block);
                table::read(&outline.blocks[at..at + rows], &context, &topic, &source, &mut facts);
                at += rows;
                continue;
            }
            BlockKind::Code | BlockKind::Comment | BlockKind::Heading => {}
            BlockKind::Paragraph | BlockKind::Item => {
                if worth_reading(&block.text.plain) {
                    let mut context = lead.context(section, block);
                    context.cancelled = cancelled_by(outline, at, &topic);
                    prose::read(&Passage::new(&block.text, &topic, &context), &source, &mut facts);
                }
                lead.leave(block, &topic);
            }
        }
        at += 1;
    }
    facts
}

/// Whether a passage can hold a figure, a rating or a labelled value. Most cannot, and are not looked at twice.
fn worth_reading(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
        || memchr::memchr2(b':', b'=', text.as_bytes()).is_some()
        || [
            "econd",
            "ekunde",
            "egundo",
            "mpact",
            "ailure",
            "utage",
            "usfall",
            "uswirkung",
            "panne",
            "fallo",
            "aída",
            "nstan",
            "eplica",
            "：",
        ]
        .iter()
        .any(|needle| memchr::memmem::find(text.as_bytes(), needle.as_bytes()).is_some())
        || text.contains('—')
}

fn front_matter(outline: &Outline, text: &str, path: &Arc<str>, facts: &mut Vec<Fact>) {
    let Some(span) = outline.front_matter else { return };
    let stream = yaml::parse_with(span.of(text), span.start, &yaml::Limits::default());
    let Some(root) = stream.first() else { return };
    for mapping in [Some(root), root.get("facts"), root.get("adrule")].into_iter().flatten() {
        for entry in mapping.entries() {
            let Some(key) = entry.key.text() else { continue };
            let key = key.strip_prefix("adrule/").unwrap_or(key);
            let Some(known) = vocabulary::by_label(key).or_else(|| label::known(key)) else { continue };
            facts.extend(super::field_keyed(known, key, entry.value, path, Origin::FrontMatter));
        }
    }
}

/// Words of the title and of the file's name, without those that every record has.
fn own_words(outline: &Outline, path: &str) -> HashSet<String> {
    const COMMON: &[&str] = &[
        "the", "a", "an", "of", "in", "for", "and", "to", "rust", "go", "service", "use", "with", "adr", "rfc",
        "decision", "language", "old", "new", "our", "which", "is", "we", "on", "md", "replace", "rewrite", "data",
        "file", "limit", "memory",
    ];
    let title = outline.sections.iter().find(|section| section.level > 0).map_or("", |section| section.title.as_str());
    let name = path.rsplit('/').next().unwrap_or(path);
    [title, name]
        .into_iter()
        .flat_map(|text| text.split(|letter: char| !letter.is_alphanumeric()))
        .map(str::to_lowercase)
        .filter(|word| word.len() > 2 && !COMMON.contains(&word.as_str()))
        .map(|word| stem(&word).to_owned())
        .collect()
}

/// What a section's headings say.
#[derive(Clone, Debug, Default)]
struct Role {
    roles: Classes,
    heading: String,
    topic: Option<&'static str>,
}

fn sections(outline: &Outline, path: &str) -> Vec<Role> {
    let chosen = chosen_words(outline);
    let mut found: Vec<Role> = Vec::with_capacity(outline.sections.len());
    let template = path.rsplit('/').next().is_some_and(|name| name.to_lowercase().contains("template"));
    for section in &outline.sections {
        let tokens = lex(&section.title);
        let own = cue::roles(&tokens);
        let mut role = Role { heading: section.title.clone(), ..Role::default() };
        // A title names the subject: only a guide's and a report's titles speak about every figure below them.
        let wanted: &[Class] = if section.level <= 1 { &[Class::Example] } else { ALL };
        let taken = own.has(Class::Chosen) || is_chosen(&section.title, &chosen);
        let lifted = |class: Class| taken && matches!(class, Class::Perhaps | Class::Rejected);
        for class in wanted.iter().filter(|class| own.has(**class) && !lifted(**class)) {
            role.roles.add(*class);
        }
        role.topic = label::known(&section.title).map(|known| known.id).filter(|_| section.level > 1);
        if let Some(parent) = section.parent.and_then(|parent| found.get(parent)) {
            let inherited = parent.roles;
            let option = inherited.has(Class::Perhaps);
            for class in ALL.iter().filter(|class| inherited.has(**class) && !lifted(**class)) {
                role.roles.add(*class);
            }
            if role.heading.is_empty()
                || (option && !taken)
                || parent.roles != Classes::default() && own == Classes::default()
            {
                role.heading.clone_from(&parent.heading);
            }
        }
        if template {
            role.roles.add(Class::Example);
        }
        found.push(role);
    }
    found
}

const ALL: &[Class] = &[
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

/// The sentences that say which option was taken, in lower case.
fn chosen_words(outline: &Outline) -> String {
    let mut found = String::new();
    for block in &outline.blocks {
        let lower = || block.text.plain.to_lowercase();
        let title = outline.sections.get(block.section).map_or("", |section| section.title.as_str()).to_lowercase();
        let says = block.text.plain.len() < 2000
            && [
                "chosen option",
                "we choose",
                "we chose",
                "we go with",
                "gewählte option",
                "option retenue",
                "opción elegida",
            ]
            .iter()
            .any(|phrase| lower().contains(phrase));
        let outcome = matches!(title.as_str(), "outcome" | "decision outcome") && block.text.plain.len() < 60;
        if says || outcome {
            found.push_str(&lower());
            found.push('\n');
        }
    }
    found
}

/// Whether a heading under "Options" names the option that was taken.
fn is_chosen(title: &str, chosen: &str) -> bool {
    let title = title.to_lowercase();
    if chosen.is_empty() || title.len() < 3 {
        return false;
    }
    let numbered = title.split(':').next().filter(|number| number.starts_with("option ") && number.len() <= 9);
    chosen.contains(&title)
        || numbered
            .is_some_and(|number| chosen.contains(&format!("{number}.")) || chosen.contains(&format!("{number} ")))
}

/// The line that leads to a list or a table, at each depth.
#[derive(Default)]
struct Lead {
    lines: Vec<(u8, Classes, String, Option<&'static str>)>,
    section: usize,
}

impl Lead {
    fn enter(&mut self, block: &Block) {
        if block.section != self.section || matches!(block.kind, BlockKind::Heading) {
            self.lines.clear();
            self.section = block.section;
        }
        let listed = block.depth > 0 || matches!(block.kind, BlockKind::Row { .. } | BlockKind::Code);
        // A line leads what is nested deeper than it; beside a list, a paragraph starts afresh.
        self.lines.retain(|(depth, ..)| *depth < block.depth || (listed && *depth == 0 && block.depth == 0));
    }

    /// Keeps a passage that ends with a colon, or a short one, for what follows it.
    fn leave(&mut self, block: &Block, topic: &Topic) {
        let text = block.text.plain.trim_end();
        let leads = text.ends_with(':') || (text.len() < 100 && !text.ends_with(['.', '!', '?']));
        if !leads || text.len() > 400 {
            return;
        }
        let tokens = lex(text);
        let mut classes = Classes::default();
        let cues = cue::scan(&tokens, topic.speech);
        let firm = cues.iter().any(|cue| matches!(cue.class, Class::Must | Class::Limit | Class::Decide));
        for cue in &cues {
            match cue.class {
                Class::Past if !firm => classes.add(Class::Measure),
                Class::Must | Class::Limit => classes.add(Class::Limit),
                Class::Measure | Class::Perhaps | Class::Later if firm => {}
                class if ALL.contains(&class) => classes.add(class),
                _ => {}
            }
        }
        let known = label::known(text).map(|known| known.id);
        self.lines.push((block.depth, classes, text.trim_end_matches(':').to_owned(), known));
    }

    fn context(&self, section: &Role, block: &Block) -> Context {
        let mut context = Context {
            roles: section.roles,
            heading: section.heading.clone(),
            quoted: block.quoted,
            item: block.depth > 0,
            topic: section.topic,
            ..Context::default()
        };
        for (_, classes, line, topic) in &self.lines {
            for class in ALL.iter().filter(|class| classes.has(**class)) {
                context.roles.add(*class);
                context.heading.clone_from(line);
            }
            if topic.is_some() {
                context.topic = *topic;
                context.heading.clone_from(line);
            }
        }
        context
    }
}

/// Whether the passages right behind take this one back: "Neither limit carries over."
fn cancelled_by(outline: &Outline, at: usize, topic: &Topic) -> Option<String> {
    let block = outline.blocks.get(at)?;
    for next in outline.blocks.get(at + 1..)?.iter().take(8) {
        if next.section != block.section || matches!(next.kind, BlockKind::Heading | BlockKind::Row { .. }) {
            return None;
        }
        let text = &next.text.plain;
        if next.depth > 0 || text.len() > 600 {
            continue;
        }
        let tokens = lex(text);
        let points = tokens.iter().take(4).any(|token| {
            matches!(
                &*token.lower,
                "neither"
                    | "both"
                    | "none"
                    | "these"
                    | "those"
                    | "they"
                    | "beide"
                    | "keine"
                    | "diese"
                    | "aucune"
                    | "aucun"
                    | "ces"
                    | "ambos"
                    | "estos"
                    | "ninguno"
            )
        });
        if !points {
            return None;
        }
        let cues = cue::scan(&tokens, topic.speech);
        let cancel = cues.iter().find(|cue| matches!(cue.class, Class::Cancel | Class::Rejected))?;
        let words: Vec<&str> = tokens[cancel.tokens.clone()].iter().map(|token| token.text).collect();
        return Some(format!("is taken back: \"{}\"", words.join(" ")));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probe() {
        let text = std::fs::read_to_string("/tmp/w/probe.md").unwrap();
        for fact in read_outline(&crate::text::markdown::read(&text), &text, &"x.md".into()) {
            eprintln!("{:?} {} {:?} {:?} {:?}", fact.standing, fact.kind, fact.value, fact.quote, fact.because);
        }
    }
}
