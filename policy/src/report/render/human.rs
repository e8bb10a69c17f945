//! For people at a terminal: rustc's look, the page's own sentence, what was read, the text to add.

use super::Output;
use crate::policy::ORGANISATION_PATH;
use crate::report::{Finding, Report, Scope, Severity, Standing, mendable, words};
use crate::text::{LineIndex, Span};
use crate::{language, report::Labelled};
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use std::fmt::Write as _;
use std::path::Path;

pub use super::Options;

/// The format.
pub const OUTPUT: Output = Output { name: "human", about: "for people at a terminal", render };

/// The whole report.
#[must_use]
pub fn render(report: &Report, options: &Options) -> String {
    let mut out = String::new();
    for remark in report.remarks.iter().filter(|_| !options.quiet) {
        let _ = writeln!(out, "{remark}");
    }
    if !report.remarks.is_empty() && !options.quiet {
        out.push('\n');
    }
    for finding in &report.findings {
        if finding.explains.is_none() && (finding.is_open() || options.verbose) {
            out.push_str(&self::finding(report, finding, options));
            out.push_str("\n\n");
        }
    }
    if !options.quiet {
        services(&mut out, report, options);
        left_out(&mut out, report, options);
    }
    out.push_str(&closing(report));
    out.push_str(&to_the_letter(report));
    out
}

/// How many findings need nobody's words.
fn to_the_letter(report: &Report) -> String {
    match (mendable(report), report.open().count()) {
        (0, _) => String::new(),
        (_, 1) => "`adrule fix` mends it to the letter.\n".to_owned(),
        (some, _) => format!("`adrule fix` mends {some} of them to the letter.\n"),
    }
}

/// One finding.
#[must_use]
pub fn finding(report: &Report, finding: &Finding, options: &Options) -> String {
    let level = match (finding.is_open(), finding.severity) {
        (false, _) if finding.waived.is_some() => Level::NOTE.with_name("waived"),
        (false, _) if finding.suppressed.is_some() => Level::NOTE.with_name("allowed"),
        (false, _) => Level::NOTE.with_name("baseline"),
        (_, Severity::Error) => Level::ERROR,
        (_, Severity::Warning) => Level::WARNING,
        (_, Severity::Info) => Level::INFO,
    };
    let mut title = level.primary_title(words::printable(&finding.message, 400)).id(finding.rule.to_string());
    if let Some(pages) = &options.rule_pages {
        title = title.id_url(format!("{pages}{}.md", finding.rule));
    }
    let mut group = Group::with_title(title);
    for (at, places) in by_file(&finding.places).into_iter().enumerate() {
        group = snippet(group, report, &places, at == 0);
    }
    if !finding.why.is_empty() {
        group = group.element(
            Level::NOTE
                .with_name(if finding.page_says { "page" } else { "why" })
                .message(words::printable(&finding.why, 600)),
        );
    }
    for note in &finding.notes {
        group = group.element(Level::NOTE.with_name("read").message(words::printable(note, 600)));
    }
    for part in report.parts(finding).filter(|part| part.offers && finding.is_open()) {
        let text = format!("{}. {}", part.message, part.help.as_deref().unwrap_or_default());
        group = group.element(Level::NOTE.with_name("read").message(words::printable(text.trim_end(), 600)));
    }
    if let Some(waived) = &finding.waived {
        let text = format!("until {} ({}): {}", waived.until, waived.owner, waived.reason);
        group = group.element(Level::NOTE.with_name("waiver").message(words::printable(&text, 600)));
    }
    if let Some(suppressed) = &finding.suppressed {
        let line = report
            .sources
            .get(&suppressed.place.path)
            .map_or(1, |text| LineIndex::new(text).position(suppressed.place.span.start).line);
        let text = format!("{}:{line}{}: {}", suppressed.place.path, suppressed.end(), suppressed.reason);
        group = group.element(Level::NOTE.with_name("comment").message(words::printable(&text, 600)));
    }
    if !finding.fixes.is_empty() && finding.is_open() {
        let name = if finding.is_exact() { "write" } else { "add" };
        group = group.element(Level::HELP.with_name(name).message(fixes(finding)));
    }
    if let Some(help) = &finding.help {
        group = group.element(Level::HELP.with_name("help").message(words::printable(help, 600)));
    }
    group = group.element(Level::NOTE.with_name("more").message(format!("adrule explain {}", finding.rule)));
    let renderer = if options.color { Renderer::styled() } else { Renderer::plain() };
    let text = renderer.render(&[group]);
    // Trailing blanks come with empty gutters; they only make noise in logs and diffs.
    text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

/// Places grouped by file, the order of first mention kept.
fn by_file(places: &[Labelled]) -> Vec<Vec<&Labelled>> {
    let mut files: Vec<Vec<&Labelled>> = Vec::new();
    for place in places {
        match files.iter_mut().find(|file| file[0].place.path == place.place.path) {
            Some(file) => file.push(place),
            None => files.push(vec![place]),
        }
    }
    files
}

fn snippet<'a>(group: Group<'a>, report: &'a Report, places: &[&'a Labelled], first: bool) -> Group<'a> {
    let Some(path) = places.first().map(|place| words::printable(&place.place.path, 200)) else { return group };
    let text = report.sources.get(&places[0].place.path).filter(|text| !text.trim().is_empty());
    // A span of no width at the start is said of the file as a whole.
    let whole = places.iter().all(|place| place.place.span == Span::default());
    let Some(text) = text.filter(|_| !whole) else {
        let label: Vec<&str> =
            places.iter().map(|place| place.label.as_str()).filter(|label| !label.is_empty()).collect();
        let group = group.element(annotate_snippets::Origin::path(path));
        return if label.is_empty() { group } else { group.element(Level::NOTE.no_name().message(label.join("; "))) };
    };
    let lines = LineIndex::new(text);
    let low = places.iter().map(|place| lines.position(place.place.span.start).line).min().unwrap_or(1);
    let high = places.iter().map(|place| lines.position(place.place.span.start).line).max().unwrap_or(low);
    let start = lines.start_of(low);
    let end = lines.start_of(high) + lines.line(high).len();
    let mut snippet = Snippet::source(&text[start..end]).line_start(low).path(path);
    for (at, labelled) in places.iter().enumerate() {
        let span = one_line(labelled.place.span, text);
        let kind = if first && at == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
        let label = (!labelled.label.is_empty()).then(|| words::printable(&labelled.label, 300));
        // A byte order mark before the line and carriage returns behind it are no part of what is shown.
        let inside = |at: usize| at.clamp(start, end) - start;
        snippet = snippet.annotation(kind.span(inside(span.start)..inside(span.end)).label(label));
    }
    group.element(snippet)
}

/// A span cut to its first line, and never inside a character: what is drawn under a line fits under it.
fn one_line(span: Span, text: &str) -> Span {
    let mut start = span.start.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let line_end = text[start..].find(['\n', '\r']).map_or(text.len(), |at| start + at);
    let mut end = span.end.clamp(start, line_end);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    Span::new(start, end)
}

/// The lines to add, by file.
fn fixes(finding: &Finding) -> String {
    let mut out = format!("{}:", finding.lead());
    for fix in &finding.fixes {
        let at = if fix.at.is_empty() { String::new() } else { format!(", {}", fix.at) };
        let _ = write!(out, "\n    {}{}", words::printable(&fix.path, 200), words::printable(&at, 200));
        for line in fix.text.lines() {
            let _ = write!(out, "\n        {}", keep_indent(line));
        }
    }
    out
}

fn keep_indent(line: &str) -> String {
    let indent = line.len() - line.trim_start().len();
    format!("{}{}", " ".repeat(indent), words::printable(line, 400))
}

fn services(out: &mut String, report: &Report, options: &Options) {
    const SHOWN: usize = 40;
    if report.services.is_empty() {
        return;
    }
    let title = match report.scope {
        Scope::Change => "Services in this change",
        Scope::All => "Services",
        Scope::Paths => "Services in these files",
    };
    let _ = writeln!(out, "{title}");
    let mut lines: Vec<_> = report.services.iter().collect();
    lines.sort_by(|a, b| (a.standing, &a.name).cmp(&(b.standing, &b.name)));
    let shown = if options.verbose { lines.len() } else { lines.len().min(SHOWN) };
    let width = lines[..shown].iter().map(|service| service.name.chars().count()).max().unwrap_or(0).clamp(8, 40);
    for service in &lines[..shown] {
        let names: Vec<&str> = service.languages.iter().map(|reading| language::display(&reading.name)).collect();
        let languages = if names.is_empty() { "?".to_owned() } else { names.join(", ") };
        let name = words::printable(&service.name, 40);
        let standing = paint(service.standing, options);
        let line = format!("  {standing} {name:width$}  {languages:<10}  {}", words::printable(&service.words, 300));
        let _ = writeln!(out, "{}", line.trim_end());
        if options.verbose {
            for fact in &service.facts {
                let _ = writeln!(out, "             {}", fact_line(report, fact));
            }
        }
    }
    if shown < lines.len() {
        let rest = lines[shown..].iter().fold([0usize; 4], |mut counts, service| {
            counts[service.standing as usize] += 1;
            counts
        });
        let kinds = [Standing::Gap, Standing::Reason, Standing::Waived, Standing::Default];
        let parts: Vec<String> = kinds
            .iter()
            .zip(rest)
            .filter(|(_, number)| *number > 0)
            .map(|(standing, number)| format!("{number} {}", words::standing(*standing)))
            .collect();
        let _ = writeln!(
            out,
            "  … {shown} of {} shown; the others: {} (--verbose shows all)",
            lines.len(),
            parts.join(", ")
        );
    }
    out.push('\n');
}

fn paint(standing: Standing, options: &Options) -> String {
    let word = format!("{:<8}", words::standing(standing));
    if !options.color {
        return word;
    }
    let code = match standing {
        Standing::Gap => "1;31",
        Standing::Reason => "32",
        Standing::Waived => "33",
        Standing::Default => "2",
    };
    format!("\u{1b}[{code}m{word}\u{1b}[0m")
}

/// "failure impact: medium (docs/adr/0012.md:31)".
fn fact_line(report: &Report, fact: &crate::fact::Fact) -> String {
    let place = match report.sources.get(&fact.place.path) {
        Some(text) => format!("{}:{}", fact.place.path, LineIndex::new(text).position(fact.place.span.start).line),
        None => fact.place.path.to_string(),
    };
    let because = fact.because.as_deref().map(|because| format!(", {because}")).unwrap_or_default();
    words::printable(&format!("{}: {} ({place}){because}", words::fact_name(&fact.kind), words::fact_value(fact)), 300)
}

fn left_out(out: &mut String, report: &Report, options: &Options) {
    if report.unread.is_empty() {
        return;
    }
    if !options.verbose {
        let _ = writeln!(out, "{} not checked (--verbose says why)\n", words::count(report.unread.len(), "file"));
        return;
    }
    let _ = writeln!(out, "Not checked");
    for unread in &report.unread {
        let _ = writeln!(out, "  {}: {}", words::printable(&unread.path, 200), words::printable(&unread.reason, 300));
    }
    out.push('\n');
}

/// The last line: how many there are, and what they were judged by.
#[must_use]
pub fn closing(report: &Report) -> String {
    let counts: Vec<String> = [Severity::Error, Severity::Warning, Severity::Info]
        .iter()
        .filter_map(|&severity| {
            let number = report.count(severity);
            let one = if severity == Severity::Info { "remark" } else { words::severity(severity) };
            (number > 0).then(|| words::count(number, one))
        })
        .collect();
    let found = if counts.is_empty() { "Nothing is missing".to_owned() } else { words::list(&counts, "and") };
    let excused = report.excused();
    let excused = [
        (excused.waived, "waived"),
        (excused.suppressed, "allowed in their file"),
        (excused.baselined, "in the baseline"),
    ];
    let excused: Vec<String> =
        excused.iter().filter(|(number, _)| *number > 0).map(|(number, how)| format!("{number} {how}")).collect();
    let excused = if excused.is_empty() { String::new() } else { format!(" ({})", excused.join(", ")) };
    let unneeded = match report.baseline.as_ref().map_or(0, |baseline| baseline.unneeded.len()) {
        0 => String::new(),
        1 => "One entry of the baseline is no longer needed: `adrule baseline --prune` removes it.\n".to_owned(),
        some => {
            format!("{some} entries of the baseline are no longer needed: `adrule baseline --prune` removes them.\n")
        }
    };
    let judged = format!("Judged by {}, {}.", judged_by(report), report.as_of);
    if report.findings.is_empty() && report.services.is_empty() && report.decisions == 0 {
        return format!("{unneeded}{} {judged}\n", nothing_there(report.scope));
    }
    format!(
        "{unneeded}{found}{excused} in {}, {}. {judged}\n",
        words::count(report.services.len(), "service"),
        words::count(report.decisions, "decision"),
    )
}

/// Not the same as "all is well": nothing was there that could be judged.
fn nothing_there(scope: Scope) -> &'static str {
    match scope {
        Scope::Change => "This change touches no service and no decision.",
        Scope::All => "There is no manifest of a service here, and no decision.",
        Scope::Paths => "There is no manifest of a service and no decision in what was named.",
    }
}

/// "adrule.yaml as of main (a1b2c3d)".
#[must_use]
pub fn judged_by(report: &Report) -> String {
    let page = match report.judged_by.path.as_deref() {
        None => "the built-in page".to_owned(),
        Some(ORGANISATION_PATH) => return "the organisation's page".to_owned(),
        Some(path) => words::printable(&Path::new(path).to_string_lossy(), 200),
    };
    let of_organisation = if report.judged_by.organisation { " and the organisation's page" } else { "" };
    match &report.judged_by.revision {
        Some(revision) => format!("{page} as of {}{of_organisation}", words::printable(revision, 100)),
        None => format!("{page}{of_organisation}"),
    }
}
