//! `extends: org`: building on the organisation's page, and being held to it.

use super::{Base, LIMITS, Reader};
use crate::policy::organisation::{ORGANISATION, ORGANISATION_UNREAD, hold, hold_facts};
use crate::policy::{Builds, OrgPage, Organisation, POLICY_INVALID, Page, Part, Placed, Waiver};
use crate::report::{Finding, Severity, words};
use crate::text::yaml::{self, Value};
use std::sync::Arc;

const WHY_UNREAD: &str = "A page that builds on the organisation's page means less without it, and nobody is judged by a \
                          page that was guessed.";

/// Whether a page says that it builds on the organisation's.
pub(in crate::policy) fn extends_organisation(text: &str) -> bool {
    let stream = yaml::parse_with(text, 0, &LIMITS);
    let Some(root) = stream.documents().next() else { return false };
    let mut bases = root.get("extends").into_iter().flat_map(Value::one_or_many);
    bases.any(|base| base.text() == Some(ORGANISATION))
}

impl<'r> Reader<'r> {
    /// The organisation's page, to be built on. Its waivers hold as well, and its tests are its own.
    pub(super) fn organisation_page(&mut self, name: &Placed<String>) -> Option<Page> {
        self.page.extends.push(Placed { value: Arc::from(name.as_str()), place: name.place.clone() });
        let span = name.place.span;
        let organisation = match self.organisation {
            Base::Organisation(organisation) => organisation,
            Base::IsOrganisation => {
                let help = "the organisation's page stands alone, or builds on packs: take `org` out of its `extends`";
                let message = "the organisation's page cannot build on itself";
                self.problems.mistake_help(span, message, "this is the organisation's page", help);
                return None;
            }
        };
        match organisation {
            Organisation::NotGiven => {
                self.builds = Builds::OnUnread;
                None
            }
            Organisation::Unread { why, remedy } => {
                let message = format!("the organisation's page could not be read: {why}");
                let finding = self.problems.finding(ORGANISATION_UNREAD, Severity::Error, span, message);
                self.doubt(finding.label("builds on it here").why(WHY_UNREAD).help(remedy.as_str()));
                None
            }
            Organisation::Given(given) => match &given.page {
                Some(page) => {
                    self.builds = Builds::OnOrganisation;
                    Some(page.clone())
                }
                None => {
                    let count = words::count(given.mistakes().count(), "mistake");
                    let message = format!("the organisation's page cannot be used: it has {count}");
                    let finding = self.problems.finding(ORGANISATION_UNREAD, Severity::Error, span, message);
                    self.doubt(finding.label("builds on it here").why(WHY_UNREAD).help(given.remedy()));
                    None
                }
            },
        }
    }

    fn doubt(&mut self, finding: Finding) {
        self.problems.add(finding);
        self.problems.doubt();
    }

    fn given_page(&self) -> Option<&'r OrgPage> {
        match self.organisation {
            Base::Organisation(Organisation::Given(given)) => Some(given.as_ref()),
            Base::Organisation(_) | Base::IsOrganisation => None,
        }
    }

    /// The organisation's page, where it holds.
    fn in_force(&self) -> Option<&'r OrgPage> {
        self.given_page().filter(|_| self.builds == Builds::OnOrganisation)
    }

    /// Holds the facts to it, before anything is read by them.
    pub(super) fn hold_facts(&mut self) {
        if let Some(given) = self.in_force() {
            self.looser = hold_facts(given, &mut self.page);
        }
    }

    /// Holds the page to it, and says where that was needed.
    pub(super) fn hold(&mut self) {
        let Some(given) = self.in_force() else { return };
        let mut looser = std::mem::take(&mut self.looser);
        looser.extend(hold(given, &mut self.page));
        let org = given.page.as_ref();
        let owner = org.and_then(|page| page.owner.as_ref()).map(|owner| owner.value.as_str());
        for one in &looser {
            let finding = one.finding(&self.page.path, owner);
            self.problems.add(finding);
        }
        let waivers: Vec<Waiver> = org.into_iter().flat_map(|page| &page.waivers).cloned().collect();
        self.page.waivers.extend(waivers);
        self.page.granted_on = org.filter(|page| !page.may(Part::Waivers)).map(|page| Arc::clone(&page.path));
    }

    /// A page that cannot stand without the organisation's page, which nobody gave.
    pub(super) fn unread(&mut self) {
        let Some(place) = self.page.on_organisation().cloned().filter(|_| self.builds == Builds::OnUnread) else {
            return;
        };
        if !self.page.default.is_empty() && !self.problems.is_in_doubt() {
            return;
        }
        let message = "the organisation's page was not read, and this page cannot stand without it";
        let help = "give it with `--org-policy PATH` or `ADRULE_ORG_POLICY`: the page of the organisation's `.github` \
                    repository";
        let finding = self.problems.finding(ORGANISATION_UNREAD, Severity::Error, place.span, message);
        self.doubt(finding.label("builds on it here").why(WHY_UNREAD).help(help));
    }

    /// What keeps the organisation's page from being used, to be told behind the rest.
    pub(super) fn mistakes_of_organisation(&self) -> Vec<Finding> {
        let broken = self.given_page().filter(|given| given.page.is_none() && self.page.on_organisation().is_some());
        let mistakes = broken.into_iter().flat_map(OrgPage::mistakes);
        mistakes.filter(|finding| finding.rule.as_ref() == POLICY_INVALID).cloned().collect()
    }
}
