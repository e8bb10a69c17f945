//! What rules find out about a decision once, however many services it is about.

use crate::decision::Decision;
use crate::estate::Member;
use crate::fact::{Fact, Praise, praise, read_outline};
use crate::tree::Tree;
use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

/// A path and the name of a language.
type Of = (Arc<str>, Arc<str>);

/// Readings of decisions, kept for the time of one check.
#[derive(Default)]
pub struct Memo {
    praise: RefCell<HashMap<Of, Rc<[Praise]>>>,
    facts: RefCell<HashMap<Arc<str>, Rc<[Fact]>>>,
    tied: OnceCell<HashMap<Arc<str>, usize>>,
}

impl Memo {
    /// The praise of a language in a decision.
    pub fn praise(&self, tree: &Tree, decision: &Decision, language: &Arc<str>) -> Rc<[Praise]> {
        let key = (Arc::clone(&decision.path), Arc::clone(language));
        let mut known = self.praise.borrow_mut();
        let read = || {
            let text = tree.text(&decision.path);
            text.map(|text| praise(&decision.outline, text, &decision.path, language)).unwrap_or_default().into()
        };
        Rc::clone(known.entry(key).or_insert_with(read))
    }

    /// What a decision states, whether it permits anything or not.
    pub fn facts(&self, tree: &Tree, decision: &Decision) -> Rc<[Fact]> {
        let mut known = self.facts.borrow_mut();
        let read = || {
            let text = tree.text(&decision.path);
            text.map(|text| read_outline(&decision.outline, text, &decision.path)).unwrap_or_default().into()
        };
        Rc::clone(known.entry(Arc::clone(&decision.path)).or_insert_with(read))
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
