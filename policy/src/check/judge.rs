//! From services and decisions to findings.

use super::lost::Before;
use super::records::changed_rules;
use super::standing::{excuse, excuse_records, service_report};
use super::weight::{asked, weigh};
use super::{Files, Input, read, suppress};
use crate::decision::{Decision, Kind};
use crate::estate::Member;
use crate::policy::ORGANISATION_PATH;
use crate::report::{BaselineUse, Finding, LanguageReading, Report, ServiceReport, Sources};
use crate::rule::{self, Case, Check, Context, LanguageCase, Memo, RULES, Records};
use crate::tree::{self, Content};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

/// `of_records` is what rules said of single records while they were read.
pub(super) fn report(
    input: Input<'_>,
    head: &Files,
    base: Option<&read::Before>,
    mut of_records: Vec<Finding>,
) -> Report {
    let records = Records::new(head.decisions.iter().map(AsRef::as_ref));
    let old = base.map(|base| {
        let same = base.same.iter().map(|&at| &head.decisions[at]);
        let mut all: Vec<&Decision> = same.chain(&base.decisions).map(AsRef::as_ref).collect();
        all.sort_by(|a, b| a.path.cmp(&b.path));
        Records::new(all)
    });
    let context = Context {
        page: input.page,
        today: input.today,
        tree: input.head,
        members: &head.members,
        decisions: &head.decisions,
        outlines: &head.outlines,
        records: &records,
        before: old.as_ref(),
        files: input.files,
        elsewhere: input.elsewhere,
        strict: input.strict,
        memo: Memo::default(),
    };
    let before = base.zip(input.base).map(|(base, tree)| Before::new(&context, head, base, tree));
    let touched = input.files.map(|files| {
        let mut touched = touched(files, &head.members);
        touched.extend(before.iter().flat_map(|before| before.decided(files)));
        touched
    });
    let mut findings: Vec<Finding> = Vec::new();
    let mut services: Vec<ServiceReport> = Vec::new();
    for (at, member) in head.members.iter().enumerate() {
        if touched.as_ref().is_none_or(|touched| touched.contains(&at)) {
            let (own, service) = of_service(&context, before.as_ref(), member);
            services.push(service);
            findings.extend(own);
        }
    }
    let is_touched = |path: &str| input.files.is_none_or(|files| files.contains(path));
    findings.extend(file_findings(&context, &head.problems, &is_touched));
    let judged: Vec<_> = head.decisions.iter().filter(|decision| is_touched(&decision.path)).collect();
    if let Some(base) = base {
        of_records.extend(judged.iter().flat_map(|decision| changed_rules(&context, base, decision)));
    }
    of_records.extend(comparing_rules(&context));
    excuse_records(&mut of_records, &context);
    findings.extend(of_records);
    if input.files.is_none() {
        findings.extend(estate_rules(&context));
        findings.extend(super::standing::unneeded_waivers(&context, &findings));
    }
    findings.extend(page_findings(&input));
    let mut suppressions = suppress::read(input.head, input.base);
    suppress::excuse(&mut suppressions, &mut findings, input.today, input.page.excuses_in_change());
    let faults = suppress::faults(&suppressions, input.today, &is_touched, input.files.is_none());
    findings.extend(weigh(input.page, input.strict, faults));
    sort(&mut findings);
    let decisions = judged.iter().filter(|decision| decision.kind == Kind::Decision).count();
    let unread = head.unread.iter().filter(|unread| is_touched(&unread.path)).cloned().collect();
    let sources = sources(&input, &findings, &services);
    let baseline = input.baseline.map(|baseline| {
        let left = baseline.excuse(&mut findings, &sources, &input.head.paths);
        // Where only a change was judged, what was not found may not have been looked for.
        let unneeded = if input.files.is_none() { left } else { Vec::new() };
        BaselineUse { entries: baseline.len(), unneeded }
    });
    drop_orphans(&mut findings);
    Report {
        as_of: input.today,
        judged_by: input.judged_by,
        scope: input.scope,
        findings,
        services,
        decisions,
        baseline,
        unread,
        remarks: input.remarks,
        sources,
    }
}

/// What is found about one service, and its standing.
fn of_service(context: &Context<'_>, before: Option<&Before<'_>>, member: &Member) -> (Vec<Finding>, ServiceReport) {
    let known = before.and_then(|before| before.find(member));
    let case = Case { context, member, new: known.is_none(), compared: before.is_some(), before: known };
    let mut own = service_rules(&case);
    let mut unasked = Vec::new();
    for language in &member.languages {
        // Only what is new is asked for reasons; what was there before keeps its standing without a finding, unless
        // the change takes its reason away.
        let found = language_rules(&case, language);
        match before.filter(|_| known.is_some_and(|known| known.is_in(&language.name))) {
            None => own.extend(found),
            Some(before) => {
                let (lost, standing) = before.lost(&case, language, found);
                own.extend(lost);
                unasked.extend(standing);
            }
        }
    }
    own.extend(own_rules(&case));
    excuse(&mut own, context, member);
    excuse(&mut unasked, context, member);
    let service = service_report(&case, &own, &unasked);
    (own, service)
}

/// The services to which the files belong: those whose folder is the innermost around one of them, and those that
/// one of them describes.
fn touched(files: &BTreeSet<String>, members: &[Member]) -> HashSet<usize> {
    let mut by_folder: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut by_file: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, member) in members.iter().enumerate() {
        by_folder.entry(&member.folder).or_default().push(at);
        for document in &member.documents {
            by_file.entry(&document.place.path).or_default().push(at);
        }
    }
    let mut touched = HashSet::new();
    for file in files {
        if let Some(here) = by_file.get(file.as_str()) {
            touched.extend(here);
            continue;
        }
        let mut folder = tree::folder(file);
        loop {
            // A change at the root of a repository of many services belongs to none of them.
            if let Some(here) = by_folder.get(folder) {
                touched.extend(here);
                break;
            }
            if folder.is_empty() {
                break;
            }
            folder = tree::folder(folder);
        }
    }
    touched
}

fn service_rules(case: &Case<'_>) -> Vec<Finding> {
    let found = RULES.iter().flat_map(|rule| match rule.check {
        Check::Service(check) => check(case),
        _ => Vec::new(),
    });
    weigh(case.context.page, case.context.strict, found.collect())
}

/// What the rules say of one language of a service. The default language needs no reason.
pub(super) fn language_rules(case: &Case<'_>, language: &LanguageReading) -> Vec<Finding> {
    let page = case.context.page;
    if page.is_default(&language.name) {
        return Vec::new();
    }
    let of = LanguageCase { case, language, rule: page.language(&language.name) };
    let found = RULES.iter().flat_map(|rule| match rule.check {
        Check::Language(check) => check(&of),
        _ => Vec::new(),
    });
    let mut found = weigh(page, case.context.strict, found.collect());
    // The page may weigh a language by itself.
    if let Some(level) = of.rule.and_then(|rule| rule.severity.as_ref()) {
        found.retain_mut(|finding| {
            if finding.rule.as_ref() == "language-reason-weak" || finding.explains.is_some() {
                return true;
            }
            level.severity().is_some_and(|severity| {
                finding.severity = severity;
                true
            })
        });
    }
    found
}

pub(super) fn own_rules(case: &Case<'_>) -> Vec<Finding> {
    case.context.page.rules.iter().filter_map(|rule| rule::check_own(case, rule)).collect()
}

/// What comparing decisions finds, as far as a file that is judged takes part in it.
fn comparing_rules(context: &Context<'_>) -> Vec<Finding> {
    let found = asked(context.page, context.strict).flat_map(|rule| match rule.check {
        Check::Decisions(check) => check(context),
        _ => Vec::new(),
    });
    let judged = |finding: &Finding| finding.places.iter().any(|labelled| context.is_touched(&labelled.place.path));
    weigh(context.page, context.strict, found.filter(judged).collect())
}

fn estate_rules(context: &Context<'_>) -> Vec<Finding> {
    let found = RULES.iter().flat_map(|rule| match rule.check {
        Check::Estate(check) => check(context),
        _ => Vec::new(),
    });
    weigh(context.page, context.strict, found.collect())
}

/// Faults of single files, where the file is judged.
fn file_findings(context: &Context<'_>, problems: &[Finding], is_touched: &dyn Fn(&str) -> bool) -> Vec<Finding> {
    let here = |finding: &&Finding| finding.places.first().is_some_and(|first| is_touched(&first.place.path));
    let mut found = weigh(context.page, context.strict, problems.iter().filter(here).cloned().collect());
    if context.page.waivers.is_empty() {
        return found;
    }
    let mut by_file: HashMap<&str, &Member> = HashMap::new();
    // Of several services in one file the first answers for it.
    for member in context.members {
        for document in &member.documents {
            by_file.entry(&document.place.path).or_insert(member);
        }
    }
    for finding in &mut found {
        let path = finding.places.first().map(|first| Arc::clone(&first.place.path));
        if let Some(member) = path.and_then(|path| by_file.get(path.as_ref()).copied()) {
            excuse(std::slice::from_mut(finding), context, member);
        }
    }
    // A decision's file is no service's.
    excuse_records(&mut found, context);
    found
}

fn page_findings(input: &Input<'_>) -> Vec<Finding> {
    weigh(input.page, input.strict, input.page_findings.clone())
}

/// What explains a gap goes with it: where the gap is excused, or its rule is off, nobody asks for an explanation.
fn drop_orphans(findings: &mut Vec<Finding>) {
    let key = |rule: &Arc<str>, subject: &str| (Arc::clone(rule), subject.to_owned());
    let open: HashSet<(Arc<str>, String)> = findings
        .iter()
        .filter(|finding| finding.is_open() && finding.explains.is_none())
        .map(|finding| key(&finding.rule, &finding.subject))
        .collect();
    findings.retain(|finding| {
        finding.explains.as_ref().is_none_or(|explained| open.contains(&key(explained, &finding.subject)))
    });
}

/// By file and place, so that the same commit gives the same order everywhere.
fn sort(findings: &mut [Finding]) {
    let key = |finding: &Finding| {
        let place = finding.places.first().map(|first| first.place.clone());
        (
            place.as_ref().map(|place| place.path.to_string()),
            place.map(|place| place.span),
            finding.rule.to_string(),
            finding.subject.clone(),
        )
    };
    findings.sort_by_cached_key(key);
}

/// The texts that places point into.
fn sources(input: &Input<'_>, findings: &[Finding], services: &[ServiceReport]) -> Sources {
    let mut sources = Sources::default();
    if let Some((path, text)) = &input.page_text {
        sources.add(path, text);
    }
    if let Some(text) = &input.organisation_text {
        sources.add(&Arc::from(ORGANISATION_PATH), text);
    }
    let in_findings = findings.iter().flat_map(|finding| finding.places.iter().map(|labelled| &labelled.place.path));
    let in_facts = services.iter().flat_map(|service| service.facts.iter().map(|fact| &fact.place.path));
    let in_services = services.iter().flat_map(|service| service.languages.iter().map(|reading| &reading.place.path));
    // Files that a fix is for are shown, too.
    let in_fixes = findings.iter().flat_map(|finding| finding.fixes.iter().map(|fix| &fix.path));
    for path in in_findings
        .chain(in_fixes)
        .chain(in_facts)
        .chain(in_services)
        .chain(services.iter().map(|service| &service.path))
    {
        if let Some(Content::Text(text)) = input.head.files.get(path) {
            sources.add(path, text);
        }
    }
    sources
}
