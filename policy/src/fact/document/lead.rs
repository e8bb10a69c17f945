//! The lines that lead to lists and tables.

mod plan;

use super::super::prose::cue::{self, Class, Classes};
use super::super::prose::label;
use super::super::prose::owner;
use super::super::prose::passage::{Context, Topic};
use super::super::prose::thing;
use super::super::token::{Token, lex};
use super::super::value::bound;
use super::section::{ALL, Role};
use super::{opening, options};
use crate::text::outline::{Block, BlockKind, MarkKind};

/// The line that leads to a list or a table, at each depth.
#[derive(Default)]
pub(super) struct Lead<'a> {
    lines: Vec<(u8, &'a str)>,
    /// A paragraph that is nothing but bold: a heading by its looks, until the next one.
    title: Option<&'a str>,
    /// The one of these that opens the document: its title.
    opening: Option<&'a str>,
    /// Whether something was read already, or a heading.
    begun: bool,
    section: usize,
}

impl<'a> Lead<'a> {
    /// Forgets the lines that do not lead to a block.
    pub(super) fn enter(&mut self, block: &Block) {
        if block.section != self.section || matches!(block.kind, BlockKind::Heading) {
            self.lines.clear();
            self.title = None;
            self.section = block.section;
        }
        self.begun |= matches!(block.kind, BlockKind::Heading);
        let listed = block.depth > 0
            || block.quoted
            || letter(block).is_some()
            || matches!(block.kind, BlockKind::Row { .. } | BlockKind::Code);
        // A line leads what is nested deeper than it; beside a list, a paragraph starts afresh.
        self.lines.retain(|(depth, ..)| *depth < block.depth || (listed && *depth == 0 && block.depth == 0));
    }

    /// Keeps a passage that ends with a colon, or a short one, for what follows it.
    pub(super) fn leave(&mut self, block: &'a Block, file: &str) {
        let text = block.text.plain.trim_end();
        if block.depth == 0 && is_bold(block) && text.len() < 100 {
            self.title = Some(text);
            self.opening = self.opening.or(self.title.filter(|_| !self.begun));
            self.begun = true;
            return;
        }
        self.begun = true;
        // "Present: Kiss, Mrs. Tanner (risk)" says something, and leads to nothing.
        let names = || text.split_once(": ").is_some_and(|(_, value)| value.contains(", "));
        let leads = text.ends_with(':') || (text.len() < 100 && !text.ends_with(['.', '!', '?']) && !names());
        if leads && text.len() <= 400 {
            self.lines.push((block.depth, text));
        }
        // A line at the margin that follows an item without a blank leads to the items behind it.
        let leads_on = block.depth > 0 && text.ends_with(':');
        let last = Some(text).filter(|_| leads_on).and_then(|text| text.rfind('\n')).map(|at| at + 1);
        if let Some(at) = last.filter(|at| is_at_margin(file, block.text.span(*at..text.len()).start)) {
            self.lines.retain(|(depth, _)| *depth + 1 != block.depth);
            self.lines.push((block.depth - 1, &text[at..]));
        }
    }

    /// What headings and leading lines say about a passage.
    pub(super) fn context(&self, section: &Role, block: &Block, topic: &Topic<'_>) -> Context {
        let mut context = Context {
            roles: section.roles,
            heading: section.heading.clone(),
            quoted: block.quoted,
            item: block.depth > 0,
            topic: section.topic,
            subject: section.subject.clone(),
            ..Context::default()
        };
        for text in self.title.iter().chain(self.lines.iter().map(|(_, text)| text)) {
            let line = text.trim_end_matches(':');
            let (mut classes, fails) = said(text, topic);
            if self.title == Some(*text) {
                classes = classes.with(cue::roles(&lex(text)));
            } else if is_options(line) {
                classes.add(Class::Perhaps);
            }
            // "Licence broker for the simulation farm": the title names the subject, as one with a `#` does.
            if self.title == Some(*text) && self.opening == self.title && !cue::is_measurement(&lex(text)) {
                classes.remove(Class::Measure);
            }
            // "Ours:" before a quotation: the document's own words, set apart.
            if text.ends_with(':') && names_us(text) {
                context.quoted = false;
            }
            context.planned |= text.ends_with(':') && context.item && plan::leads(text, &classes, topic);
            context.fails |= fails && text.ends_with([':', '?']);
            for class in ALL.iter().filter(|class| classes.has(**class)) {
                context.roles.add(*class);
                line.clone_into(&mut context.heading);
            }
            if let Some(known) = Some(*text).filter(|text| label::may_be_known(text)).and_then(label::known) {
                context.topic = Some(known.id);
                line.clone_into(&mut context.heading);
            }
        }
        if let Some(label) = opening::rejects(&block.text.plain) {
            context.roles.add(Class::Rejected);
            label.clone_into(&mut context.heading);
        }
        context
    }
}

/// "Options", "Considered options": a line of its own that says so, as a heading would.
fn is_options(line: &str) -> bool {
    const LINES: &[&str] = &[
        "options",
        "the options",
        "our options",
        "options considered",
        "considered options",
        "alternatives",
        "alternatives considered",
        "considered alternatives",
        "candidates",
        "variants",
        "choices",
        "optionen",
        "varianten",
        "alternativen",
        "variantes",
        "alternatives envisagées",
        "opciones",
        "alternativas",
    ];
    let line = line.trim();
    if line.len() >= 40 {
        return false;
    }
    let line = line.to_lowercase();
    LINES.contains(&line.as_str()) || line.starts_with("pros of ") || line.starts_with("cons of ")
}

/// "Three ways were on the table:", "we looked at two designs:": what follows is to choose from.
fn lists_ways(tokens: &[Token<'_>]) -> bool {
    const WAYS: &[&str] = &[
        "ways",
        "options",
        "designs",
        "variants",
        "choices",
        "candidates",
        "paths",
        "approaches",
        "proposals",
        "routes",
        "alternatives",
        "schemes",
        "solutions",
        "wege",
        "varianten",
        "optionen",
        "entwürfe",
        "voies",
        "solutions",
        "pistes",
        "caminos",
        "opciones",
        "vías",
        "alternativas",
    ];
    const LIE: &[&str] = &[
        "were",
        "are",
        "lay",
        "lie",
        "stood",
        "stand",
        "came",
        "come",
        "remain",
        "remained",
        "looked",
        "considered",
        "compared",
        "discussed",
        "weighed",
        "table",
        "liegen",
        "lagen",
        "gab",
        "había",
        "étaient",
        "sont",
        "hay",
    ];
    tokens.len() <= 14
        && tokens.iter().any(|token| WAYS.contains(&&*token.lower))
        && tokens.iter().any(|token| LIE.contains(&&*token.lower))
}

/// The number of an item in a list that is numbered: `2` of "2. Go service".
pub(super) fn number<'t>(block: &Block, file: &'t str) -> Option<&'t str> {
    if !matches!(block.kind, BlockKind::Item) {
        return None;
    }
    let text = file.get(block.span.start..)?;
    let end = text.find(|sign: char| !sign.is_ascii_digit()).filter(|end| (1..=2).contains(end))?;
    text[end..].starts_with(['.', ')']).then(|| &text[..end])
}

/// The letter with which a paragraph or an item sets itself apart: `b` of "**B. A function.** It gets 900 MB".
pub(super) fn letter(block: &Block) -> Option<String> {
    options::letter(&block.text.plain).map(String::from)
}

/// Whether a place is the first of its line.
fn is_at_margin(file: &str, at: usize) -> bool {
    at == 0 || file.as_bytes().get(at - 1) == Some(&b'\n')
}

/// Whether the last words of a leading line say that what follows is the document's own: "We state:", "Our rating:".
fn names_us(text: &str) -> bool {
    const OURS: &[&str] = &["ours", "our", "we", "unser", "unsere", "wir", "notre", "nous", "nuestro", "nuestra"];
    let sentence = text.trim_end_matches(':').rsplit(['.', '?', '!']).next().unwrap_or_default();
    let words: Vec<String> = sentence.split_whitespace().map(str::to_lowercase).collect();
    // "A studio we admire wrote:" names somebody else first.
    let first = words.iter().position(|word| OURS.contains(&word.as_str()));
    const BEFORE: &[&str] = &["and", "so", "here", "what", "this", "that", "is", "now", "but", "then", "hence", "was"];
    words.len() <= 6 && first.is_some_and(|first| words[..first].iter().all(|word| BEFORE.contains(&word.as_str())))
}

/// Whether a paragraph is all bold.
fn is_bold(block: &Block) -> bool {
    let text = block.text.plain.trim();
    matches!(block.kind, BlockKind::Paragraph)
        && block
            .text
            .marks()
            .iter()
            .any(|mark| mark.kind == MarkKind::Strong && mark.range.len() >= text.trim_end_matches([':', '.']).len())
}

/// Whether the words of a grant say it on their own.
fn grants(words: &[Token<'_>]) -> bool {
    const ALONE: &[&str] =
        &["allowed", "granted", "allotted", "permitted", "budgeted", "entitled", "gets", "allows", "grants"];
    words.iter().any(|word| ALONE.contains(&&*word.lower))
}

/// Where the last sentence of a leading line starts; one that only points back goes on with the sentence before it.
fn last_sentence(tokens: &[Token<'_>]) -> usize {
    let ends = |at: &usize| matches!(tokens[*at].sign(), Some('.' | '!' | '?')) && !tokens[at + 1].glued;
    let mut starts = (0..tokens.len().saturating_sub(1)).filter(ends).map(|at| at + 1).rev();
    let Some(start) = starts.next() else { return 0 };
    let points = tokens[start..].iter().take(3).any(|token| {
        matches!(&*token.lower, "they" | "these" | "those" | "it" | "this" | "that" | "here" | "diese" | "sie" | "ces")
    });
    if points || tokens.len() - start < 4 { starts.next().unwrap_or(0) } else { start }
}

/// "It calls three others:", "We depend on these systems:": what follows are the service's neighbours.
fn turns_to_others(tokens: &[Token<'_>]) -> bool {
    const TURNS: &[&str] = &[
        "calls",
        "call",
        "uses",
        "use",
        "depends",
        "depend",
        "talks",
        "talk",
        "queries",
        "query",
        "asks",
        "reads",
        "read",
        "relies",
        "rely",
        "integrates",
        "integrate",
        "connects",
        "connect",
        "consumes",
        "consume",
        "needs",
    ];
    const OTHERS: &[&str] = &[
        "others",
        "neighbours",
        "neighbors",
        "dependencies",
        "suppliers",
        "vendors",
        "providers",
        "partners",
        "systems",
        "services",
        "apis",
        "backends",
        "parties",
        "databases",
    ];
    let verb = tokens.iter().position(|token| TURNS.contains(&&*token.lower));
    let subject = |token: &Token<'_>| matches!(&*token.lower, "it" | "we" | "they" | "which") || token.text.len() > 3;
    verb.is_some_and(|verb| {
        (1..=5).contains(&verb)
            && tokens[..verb].iter().any(subject)
            && tokens[verb + 1..].iter().take(5).any(|token| OTHERS.contains(&&*token.lower))
    })
}

/// "The handset app, not this service:", "theirs, not ours:": what follows is somebody else's.
fn denies_us(tokens: &[Token<'_>]) -> bool {
    let word = |at: usize| tokens.get(at).map_or("", |token| token.lower.as_ref());
    (0..tokens.len()).filter(|at| matches!(word(*at), "not" | "nicht" | "pas" | "no")).any(|at| {
        matches!(word(at + 1), "ours" | "us" | "our" | "unser" | "unsere" | "nous" | "nosotros" | "nuestro")
            || matches!(word(at + 1), "this" | "the" | "dieser" | "ce" | "este")
                && thing::is_word_for_service(word(at + 2))
    })
}

/// Whether a denial stands right before a word for a limit: "not targets", "keine Grenzwerte", "no son objetivos".
fn is_denied(tokens: &[Token<'_>], at: usize) -> bool {
    let before = &tokens[at.saturating_sub(3)..at];
    let close = before.iter().rposition(|token| matches!(token.sign(), Some(',' | ';' | '.' | ':')));
    let before = &before[close.map_or(0, |at| at + 1)..];
    let more = before.iter().any(|token| matches!(&*token.lower, "more" | "mehr" | "plus" | "más" | "exceed" | "only"));
    let without = |token: &Token<'_>| matches!(&*token.lower, "without" | "sans" | "sin" | "ohne" | "son");
    !more && before.iter().any(|token| bound::is_negation(&token.lower) || without(token))
}

/// What a leading line says: "We measured:", "The service must:"; and whether it speaks of a failure.
fn said(text: &str, topic: &Topic<'_>) -> (Classes, bool) {
    let tokens = lex(text);
    let mut cues = cue::scan(&tokens, topic.speech);
    // "The monolith becomes three services. What each of them is held to:" what leads, is the last sentence.
    let last = last_sentence(&tokens);
    let asks = |class: Class| matches!(class, Class::Must | Class::Limit | Class::Decide | Class::Failure);
    cues.retain(|cue| cue.tokens.start >= last || asks(cue.class));
    // "Results of the pilot (not targets):" names limits only to deny them.
    cues.retain(|cue| cue.class != Class::Limit || !is_denied(&tokens, cue.tokens.start));
    let firm = cues.iter().any(|cue| matches!(cue.class, Class::Must | Class::Limit | Class::Decide));
    let mut classes = Classes::default();
    for cue in &cues {
        match cue.class {
            Class::Past if !firm => classes.add(Class::Measure),
            Class::Must | Class::Limit | Class::Decide => classes.add(Class::Limit),
            // "What the worker is allowed:"
            Class::Grant if text.ends_with(':') && grants(&tokens[cue.tokens.clone()]) => classes.add(Class::Limit),
            Class::Measure | Class::Perhaps | Class::Later if firm => {}
            // "A Rust sidecar, because:" leads to reasons, and not to what Rust programs take.
            Class::Other
                if tokens[cue.tokens.clone()].iter().all(|token| matches!(&*token.lower, "a" | "rust" | "go")) => {}
            class if ALL.contains(&class) => classes.add(class),
            _ => {}
        }
    }
    if !firm && lists_ways(&tokens[last..]) {
        classes.remove(Class::Measure);
        classes.add(Class::Perhaps);
    }
    // "The following holds:", "Für die neue gilt:"
    let told = [Class::Measure, Class::Past, Class::Old, Class::Other, Class::Negated, Class::Perhaps];
    if text.ends_with(':')
        && tokens[last..].iter().any(|token| {
            matches!(
                &*token.lower,
                "holds" | "hold" | "applies" | "apply" | "gilt" | "gelten" | "valent" | "rige" | "rigen"
            )
        })
        && !cues.iter().any(|cue| cue.tokens.start >= last && told.contains(&cue.class))
    {
        classes.add(Class::Limit);
    }
    if text.ends_with(':') {
        if turns_to_others(&tokens[last..]) || denies_us(&tokens[last..]) || owner::leads_to_theirs(&tokens, &cues) {
            classes.add(Class::Other);
        }
        // "What we do not need:"
        if cues.iter().any(|cue| cue.class == Class::Negated) {
            classes.add(Class::Later);
        }
    }
    (classes, cues.iter().any(|cue| cue.class == Class::Failure))
}
