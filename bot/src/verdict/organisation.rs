//! The organisation's page on GitHub: that of the repository `.github` of the same owner, as it is now.

use super::Remote;
use crate::cli::page::PLACES;
use crate::github::{self, Commit, Error, Question};
use adrule_policy::policy::{self, OrgPage, Organisation};
use adrule_policy::report::render::comment::OrganisationLink;
use adrule_policy::rule;
use adrule_policy::text::decode;
use adrule_policy::tree::Content;
use anyhow::Result;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Who asks, and so what is to be done where the organisation's page may not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asker {
    /// A job of GitHub Actions.
    Job,
    /// The App.
    App,
}

/// The organisation's page, as it was found.
#[derive(Clone, Debug)]
pub struct Known {
    pub page: Organisation,
    /// Where it lies; none where it was given, or could not be read.
    pub link: Option<OrganisationLink>,
    /// Tells its content apart.
    pub key: String,
}

impl Known {
    /// What was given.
    pub fn given(page: Organisation) -> Self {
        let key = page.text().map(|text| github::key(&["organisation", text])).unwrap_or_default();
        Self { page, link: None, key }
    }

    fn unread(why: String, remedy: String) -> Self {
        let key = github::key(&["unread", &why]);
        Self { page: Organisation::Unread { why, remedy }, link: None, key }
    }
}

impl Asker {
    /// What is to be done where a repository is not seen.
    fn remedy(self, home: &str) -> String {
        match self {
            Self::Job => format!(
                "give the input `token` a token that may read {home}, or check that repository out and name its page by \
                 the input `org-policy`"
            ),
            Self::App => {
                format!("an owner of the organisation installs the App on {home}, too, where the page is to be")
            }
        }
    }
}

impl Remote<'_> {
    /// The organisation's page: asked for once, and where GitHub says that nothing has changed not read again.
    pub async fn organisation(&self) -> Result<&Known> {
        self.organisation.get_or_try_init(|| self.known()).await
    }

    async fn known(&self) -> Result<Known> {
        if let Some(given) = &self.settings.organisation {
            return Ok(Known::given(given.clone()));
        }
        let owner = self.repository.split('/').next().unwrap_or_default();
        let home = format!("{owner}/.github");
        match self.newest(&home).await {
            Err(Error::Refused { what, status: status @ (401 | 403 | 404 | 410 | 451), message })
                if !what.ends_with("/access_tokens") && !message.contains("suspended") =>
            {
                let said = if message.is_empty() { String::new() } else { format!(": {message}") };
                let why = format!("GitHub answered {status} for {home}{said}");
                Ok(Known::unread(why, self.settings.asker.remedy(&home)))
            }
            other => Ok(other?),
        }
    }

    async fn newest(&self, home: &str) -> Result<Known, Error> {
        let Some(tip) = self.client.branch(home, "HEAD").await? else {
            let why = format!("{home} is not there, or not for this token to see");
            return Ok(Known::unread(why, self.settings.asker.remedy(home)));
        };
        let Some((path, id)) = self.place_in(home, &tip).await? else {
            let why = format!("{home} has no page");
            let remedy = format!("put one there, on the default branch: {}", PLACES.join(", "));
            return Ok(Known::unread(why, remedy));
        };
        let blobs = self.client.blobs(home, &BTreeMap::from([(id.clone(), 0)])).await?;
        let bytes = blobs.get(&id).map(|bytes| bytes.to_vec()).unwrap_or_default();
        let short = tip.id.get(..7).unwrap_or(&tip.id);
        let source = format!("{path} of {home} ({short})");
        let text = match decode(&bytes) {
            Ok(text) => text,
            Err(error) => {
                return Ok(Known::unread(format!("{path} of {home}: {error}"), "write it as UTF-8".to_owned()));
            }
        };
        let page = OrgPage::read(source, text, self.settings.today, &rule::weights());
        let link = OrganisationLink { repository: home.to_owned(), commit: tip.id, path };
        Ok(Known {
            page: Organisation::Given(Arc::new(page)),
            link: Some(link),
            key: github::key(&["organisation", &id]),
        })
    }

    /// Where the page lies at a commit, and the id of its content: asked for once for each commit.
    async fn place_in(&self, home: &str, tip: &Commit) -> Result<Option<(String, String)>, Error> {
        let note = github::key(&["organisation", home, &tip.id]);
        let known = self.client.cache().note(&note).and_then(|note| String::from_utf8(note).ok());
        if let Some((id, path)) = known.as_deref().and_then(|known| known.split_once(' ')) {
            return Ok(Some((path.to_owned(), id.to_owned())));
        }
        let question =
            Question { repository: home, head: &tip.id, base: Some(&tip.id), files: &PLACES, ..Question::default() };
        let files = self.client.glance(question).await?.head.files;
        let id_of = |place: &str, listing: Option<&github::Listing>| match (&files, listing) {
            (Some(files), _) => files.get(place).cloned(),
            (None, listing) => listing?.get(place).map(|entry| entry.id.clone()),
        };
        let listing = if files.is_none() { Some(self.client.tree(home, &tip.tree).await?) } else { None };
        let found = PLACES.iter().find_map(|place| Some(((*place).to_owned(), id_of(place, listing.as_deref())?)));
        if let Some((path, id)) = &found {
            self.client.cache().keep_note(&note, format!("{id} {path}").into_bytes());
        }
        Ok(found)
    }

    /// Whether the organisation's page may count: the page among these files says `extends: org`, or there is none.
    pub(super) fn wants(&self, files: &BTreeMap<String, Content>) -> bool {
        let places: Vec<&str> = match &self.settings.policy {
            Some(place) => vec![place],
            None => PLACES.to_vec(),
        };
        match places.into_iter().find_map(|place| files.get(place)) {
            Some(Content::Text(text)) => policy::builds_on_organisation(text),
            Some(Content::Unread(_) | Content::Skipped(_)) => false,
            None => true,
        }
    }
}
