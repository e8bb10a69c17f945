//! What rules find out about a decision once, however many services it is about.

use super::Context;
use crate::decision::Decision;
use crate::estate::Member;
use crate::fact::{Extra, Fact, Praise, praise, read_until};
use crate::policy::Requirement;
use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

/// A path and the name of a language.
type Of = (Arc<str>, Arc<str>);

/// A path and the kinds of facts that are asked for.
type Asked = (Arc<str>, Vec<Arc<str>>);

/// Of what a decision states without force, no more is shown of one service.
pub const SHOWN: usize = 2;

/// Readings of decisions, kept for the time of one check.
#[derive(Default)]
pub struct Memo {
    praise: RefCell<HashMap<Of, Rc<[Praise]>>>,
    stated: RefCell<HashMap<Asked, Rc<[Fact]>>>,
    tied: OnceCell<HashMap<Arc<str>, usize>>,
}

impl Memo {
    /// The praise of a language in a decision.
    pub fn praise(&self, context: &Context<'_>, decision: &Decision, language: &Arc<str>) -> Rc<[Praise]> {
        let key = (Arc::clone(&decision.path), Arc::clone(language));
        let mut known = self.praise.borrow_mut();
        let read = || {
            let written = context.written(decision);
            written.map(|(outline, text)| praise(outline, text, &decision.path, language)).unwrap_or_default().into()
        };
        Rc::clone(known.entry(key).or_insert_with(read))
    }

    /// What a decision states of what is wanted, whether it permits anything or not: all of it, or the first facts,
    /// among which are the first `SHOWN` about any service.
    pub fn stated(&self, context: &Context<'_>, decision: &Decision, wanted: &[Requirement]) -> Rc<[Fact]> {
        let kinds: Vec<Arc<str>> = wanted.iter().map(|wanted| Arc::clone(&wanted.fact)).collect();
        let asked = |fact: &Fact| fact.counts() && wanted.iter().any(|wanted| wanted.fact == fact.kind);
        let read = || {
            // What stands behind them is never shown, and reading takes long.
            let enough =
                |facts: &[Fact]| facts.iter().filter(|fact| fact.subject.is_none() && asked(fact)).count() >= SHOWN;
            let Some((outline, text)) = context.written(decision) else { return Rc::default() };
            let mut facts = read_until(outline, text, &decision.path, &Extra::default(), &enough);
            facts.retain(asked);
            facts.into()
        };
        let mut known = self.stated.borrow_mut();
        Rc::clone(known.entry((Arc::clone(&decision.path), kinds)).or_insert_with(read))
    }

    /// Whether a file is a decision about several services.
    pub fn is_about_several(&self, path: &str, members: &[Member], decisions: &[Arc<Decision>]) -> bool {
        let count = || {
            let mut tied: HashMap<Arc<str>, usize> = HashMap::new();
            for &(at, _) in members.iter().flat_map(|member| &member.decisions) {
                if let Some(decision) = decisions.get(at) {
                    *tied.entry(Arc::clone(&decision.path)).or_default() += 1;
                }
            }
            tied
        };
        self.tied.get_or_init(count).get(path).is_some_and(|number| *number > 1)
    }
}
