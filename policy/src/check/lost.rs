//! The tree before a change: which of its services are still there, and what allowed them their languages.
//!
//! What was stated about them is asked only where a gap is open now: most changes take nothing away, and cost nothing.

use super::judge::language_rules;
use super::read::{self, Files, Said};
use super::standing::excuse;
use crate::decision::{Decision, Outlines};
use crate::estate::{self, Member, Tie, Ties};
use crate::plan;
use crate::report::{Finding, LanguageReading};
use crate::rule::{Case, Context, LanguageCase, Memo, Records, allowed_by};
use crate::tree::Tree;
use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

/// A rule on languages that tells no gap: a reason is stated, and argues for little.
const NO_GAP: &str = "language-reason-weak";

/// Services of the base tree, to be found again by name or by folder.
pub(super) struct Before<'a> {
    context: &'a Context<'a>,
    members: &'a [Member],
    /// All decisions of the base.
    decisions: Vec<Arc<Decision>>,
    /// How their texts are built.
    outlines: Outlines,
    tree: &'a Tree,
    by_both: HashMap<(&'a str, &'a str), usize>,
    by_name: HashMap<&'a str, usize>,
    /// Those whose name is gone.
    by_folder: HashMap<&'a str, usize>,
    ties: OnceCell<Vec<(usize, usize, Tie)>>,
    said: RefCell<Option<Said<'a>>>,
    /// Whether the change touches anything that was read.
    is_read: OnceCell<bool>,
}

impl<'a> Before<'a> {
    /// `context` is what is known of the tree after the change.
    pub fn new(context: &'a Context<'a>, head: &'a Files, base: &'a read::Before, tree: &'a Tree) -> Self {
        let same = base.same.iter().map(|&at| &head.decisions[at]);
        let mut decisions: Vec<Arc<Decision>> = same.chain(&base.decisions).cloned().collect();
        decisions.sort_by(|a, b| a.path.cmp(&b.path));
        let mut outlines = base.outlines.clone();
        for decision in base.same.iter().map(|&at| &head.decisions[at]) {
            if let Some(outline) = head.outlines.of(&decision.path) {
                outlines.keep(&decision.path, Arc::clone(outline));
            }
        }
        let mut before = Self {
            context,
            members: &base.members,
            decisions,
            outlines,
            tree,
            by_both: HashMap::new(),
            by_name: HashMap::new(),
            by_folder: HashMap::new(),
            ties: OnceCell::new(),
            said: RefCell::new(None),
            is_read: OnceCell::new(),
        };
        let names: HashSet<&str> = head.members.iter().map(|member| member.name.as_str()).collect();
        for (at, member) in base.members.iter().enumerate() {
            before.by_both.insert((&member.name, &member.folder), at);
            before.by_name.insert(&member.name, at);
            if !names.contains(member.name.as_str()) {
                before.by_folder.insert(&member.folder, at);
            }
        }
        before
    }

    /// A renamed service in its old folder, and a moved one under its old name, are the same service. At the root
    /// the folder says nothing. Two may have one name, and two one folder: each is first what it was in both.
    pub fn find(&self, member: &Member) -> Option<&'a Member> {
        self.place_of(member).map(|at| &self.members[at])
    }

    fn place_of(&self, member: &Member) -> Option<usize> {
        let (name, folder) = (member.name.as_str(), member.folder.as_str());
        let by_folder = || (!folder.is_empty()).then(|| self.by_folder.get(folder)).flatten();
        self.by_both.get(&(name, folder)).or_else(|| self.by_name.get(name)).or_else(by_folder).copied()
    }

    /// The services, by their places in the head, that a decision is or was about which was there before and which the
    /// change edits or removes.
    pub fn decided(&self, files: &BTreeSet<String>) -> Vec<usize> {
        let page = self.context.page;
        let changed = files.iter().map(String::as_str).filter(|path| plan::was_there(path, &self.tree.paths, page));
        let changed: HashSet<&str> = changed.collect();
        if changed.is_empty() {
            return Vec::new();
        }
        let is_changed = |decision: &Decision| changed.contains(decision.path.as_ref());
        let ties = self.ties().iter().filter(|(_, decision, _)| is_changed(&self.decisions[*decision]));
        let before: HashSet<usize> = ties.map(|(member, ..)| *member).collect();
        let concerns = |member: &Member| {
            member.decisions.iter().any(|&(at, _)| is_changed(&self.context.decisions[at]))
                || self.place_of(member).is_some_and(|at| before.contains(&at))
        };
        let members = self.context.members.iter().enumerate();
        members.filter(|(_, member)| concerns(member)).map(|(at, _)| at).collect()
    }

    fn ties(&self) -> &[(usize, usize, Tie)] {
        self.ties.get_or_init(|| {
            let claimed = plan::Claimed::new(&self.tree.paths, self.context.page);
            let ties = Ties::new(self.members, &claimed);
            let own = self.decisions.iter().map(|decision| ties.of(decision)).collect();
            ties.all(own, &self.decisions)
        })
    }

    /// Parts what was found on a language that a service had before: where it was allowed by the tree before the change
    /// and no longer is, the gap counts as that of a new service does. The rest is no finding.
    pub fn lost(
        &self,
        case: &Case<'_>,
        language: &LanguageReading,
        mut found: Vec<Finding>,
    ) -> (Vec<Finding>, Vec<Finding>) {
        excuse(&mut found, case.context, case.member);
        let is_lost = found.iter().any(is_open_gap) && self.may_be_lost() && self.explain(case, language, &mut found);
        found.into_iter().partition(|finding| is_lost && finding.rule.as_ref() != NO_GAP)
    }

    /// Notes at each gap what allowed the language before; whether anything did.
    fn explain(&self, case: &Case<'_>, language: &LanguageReading, found: &mut [Finding]) -> bool {
        let Some((member, decisions)) = self.place_of(case.member).map(|at| self.as_it_was(at)) else { return false };
        let context = Context {
            page: self.context.page,
            today: self.context.today,
            tree: self.tree,
            members: std::slice::from_ref(&member),
            decisions: &decisions,
            outlines: &self.outlines,
            records: &Records::default(),
            before: None,
            files: None,
            elsewhere: &[],
            strict: self.context.strict,
            memo: Memo::default(),
        };
        let then = Case { context: &context, member: &member, new: false, compared: true, before: None };
        let Some(reading) = member.languages.iter().find(|reading| reading.name == language.name) else { return false };
        let mut gaps = language_rules(&then, reading);
        excuse(&mut gaps, &context, &member);
        if gaps.iter().any(is_open_gap) {
            return false;
        }
        let rule = context.page.language(&language.name);
        let now = LanguageCase { case, language, rule };
        let then = LanguageCase { case: &then, language: reading, rule };
        for finding in found.iter_mut().filter(|finding| is_open_gap(finding)) {
            let allowed = allowed_by(&then, &now, &finding.rule, &gaps);
            // In front of what else was read: it is why this finding is there.
            finding.notes.insert(0, format!("before this change: {allowed}"));
        }
        true
    }

    /// A service with what was stated about it, and the decisions about it.
    fn as_it_was(&self, at: usize) -> (Member, Vec<Arc<Decision>>) {
        let page = self.context.page;
        let mut member = self.members[at].clone();
        let ties = self.ties();
        let ties = &ties[ties.partition_point(|(member, ..)| *member < at)..];
        let own = ties.iter().take_while(|(member, ..)| *member == at);
        member.decisions = own.map(|&(_, decision, tie)| (decision, tie)).collect();
        estate::own_facts(std::slice::from_mut(&mut member), page, self.tree);
        let mut said = self.said.borrow_mut();
        said.get_or_insert_with(|| Said::new(self.tree, page, self.members, self.decisions.len())).add_to(
            &mut member,
            &self.decisions,
            &self.outlines,
        );
        let decisions = member.decisions.iter().map(|&(at, _)| Arc::clone(&self.decisions[at])).collect();
        for (place, (at, _)) in member.decisions.iter_mut().enumerate() {
            *at = place;
        }
        (member, decisions)
    }

    /// Nothing but what was read states a reason, or says what it is about.
    fn may_be_lost(&self) -> bool {
        let is_read =
            |path: &String| [self.context.tree, self.tree].iter().any(|tree| tree.files.contains_key(path.as_str()));
        *self.is_read.get_or_init(|| self.context.files.is_none_or(|files| files.iter().any(is_read)))
    }
}

fn is_open_gap(finding: &Finding) -> bool {
    finding.waived.is_none() && finding.explains.is_none() && finding.rule.as_ref() != NO_GAP
}
