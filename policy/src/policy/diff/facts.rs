//! What changed of the team's own facts.

use super::{Changes, quoted};
use crate::policy::words::one_line;
use crate::policy::{FactRule, Page};

impl Changes<'_> {
    pub(super) fn facts(&mut self) {
        let named = |page: &Page| page.facts.iter().map(|fact| format!("`{}`", fact.id)).collect::<Vec<_>>();
        self.list(
            &named(self.old),
            &named(self.new),
            |fact| format!("The fact {fact} is no longer defined."),
            |fact| format!("The fact {fact} is new."),
        );
        let (old, new) = (self.old, self.new);
        for fact in &new.facts {
            let Some(before) = old.facts.iter().find(|before| before.id == fact.id) else { continue };
            let what = |of: &str| format!("{of} of the fact `{}`", fact.id);
            let kind = |fact: &FactRule| {
                let words: Vec<&str> = fact.kind.words().collect();
                let listed = if words.is_empty() { String::new() } else { format!(" ({})", words.join(", ")) };
                Some(format!("{}{listed}", fact.kind.name()))
            };
            self.text(&what("The type"), kind(before), kind(fact));
            self.text(&what("The sentence"), quoted(before.says.as_ref()), quoted(fact.says.as_ref()));
            let from = |fact: &FactRule| fact.from.iter().map(|path| format!("`{}`", path.value)).collect::<Vec<_>>();
            self.list(
                &from(before),
                &from(fact),
                |path| format!("The fact `{}` is no longer read from {path}.", fact.id),
                |path| format!("The fact `{}` is now read from {path}.", fact.id),
            );
            let labels = |fact: &FactRule| fact.labels.iter().map(|label| one_line(label)).collect::<Vec<_>>();
            self.list(
                &labels(before),
                &labels(fact),
                |label| format!("The fact `{}` is no longer called \"{label}\".", fact.id),
                |label| format!("The fact `{}` is now also called \"{label}\".", fact.id),
            );
        }
    }
}
