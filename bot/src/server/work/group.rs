//! A group of the merge queue: really judged, from its base to its head, and told by a check on that head.

use super::Job;
use super::fault::Fault;
use crate::verdict::{Change, Compare};
use adrule_policy::report::render::comment::check_summary;

impl Job<'_> {
    /// Judges a group. It is made once, and what it is made of never changes.
    pub async fn group(&self, repository: &str, (base, head): (&str, &str), branch: &str) -> Result<(), Fault> {
        let change = Change {
            commit: head.to_owned(),
            compare: Compare::Commit(base.to_owned()),
            branch: branch.to_owned(),
            pull: None,
            head: head.to_owned(),
        };
        let remote = self.remote(repository);
        let done = remote.change(&change).await?;
        let Some(judged) = &done.judged else {
            return self.say_unusable(repository, &change, &done, false).await.map(drop);
        };
        let context = self.context(repository, &change, &done, judged).await?;
        let text = check_summary(&judged.report, &context);
        self.check(repository, &change, &text, false).await
    }
}
