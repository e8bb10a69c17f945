//! A group of the merge queue: really judged, from its base to its head, and told by a check on that head.

use super::Job;
use super::fault::Fault;
use crate::verdict::{self, Change, Compare, Moves};
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
        let text = match &done.judged {
            Some(judged) => {
                let moves = match verdict::pages(judged) {
                    Some((old, new)) => Some(Moves {
                        before: remote.standings(&done, old).await?,
                        later: match new {
                            Some(new) => Some(remote.standings(&done, new).await?),
                            None => None,
                        },
                    }),
                    None => None,
                };
                let voice = self.voice(repository);
                let context = verdict::context(&voice, &self.judging, judged, (Some(&change), &done.page), moves);
                check_summary(&judged.report, &context)
            }
            None => super::pull::page_cannot_be_used(branch),
        };
        self.check(repository, &change, &text, false).await
    }
}
