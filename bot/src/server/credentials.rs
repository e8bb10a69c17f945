//! Who this server is to GitHub, as it is known now: the App, its key, its webhook's secrets. They may come later than
//! the process (set up in the browser) and change under it (rotation); nothing restarts for that.

use super::log::Hidden;
use super::secret::Secret;
use super::signature::Secrets;
use crate::github::{App, Auth, Error, Place};
use std::sync::Arc;
use tokio::sync::watch;

/// All that the App is known by.
#[derive(Debug)]
pub struct Credentials {
    /// Which GitHub it is an App of.
    pub place: Place,
    /// The App's number or client id.
    pub app: String,
    /// Its private key, in PEM. Known to be one.
    key: Secret,
    /// The webhook's secrets: the present one, then the one before it while it is rotated.
    texts: Vec<Secret>,
    secrets: Secrets,
}

impl Credentials {
    /// Takes them in, once the key is known to be one.
    pub fn new(
        place: Place,
        app: impl Into<String>,
        key: Secret,
        secret: Secret,
        previous: Option<Secret>,
    ) -> Result<Self, Error> {
        Self::check(&key)?;
        let texts: Vec<Secret> = std::iter::once(secret).chain(previous).collect();
        let secrets = Secrets::new(texts.iter().map(Secret::reveal));
        Ok(Self { place, app: app.into(), key, texts, secrets })
    }

    /// Whether a key is one.
    pub fn check(key: &Secret) -> Result<(), Error> {
        App::new("", key.reveal().as_bytes(), 0).map(drop)
    }

    /// The webhook's secrets; a delivery signed with any of them is GitHub's.
    pub fn secrets(&self) -> &Secrets {
        &self.secrets
    }

    /// The secrets that all replicas have, for what they sign for each other: by the first, and by any while they change.
    pub fn shared(&self) -> &[Secret] {
        &self.texts
    }

    /// All that must not be seen, as it could stand in a log: of the key each line.
    pub fn texts(&self) -> Vec<String> {
        let key = self.key.reveal().lines().filter(|line| !line.starts_with("-----")).map(str::to_owned);
        self.texts.iter().map(|text| text.reveal().to_owned()).chain(key).collect()
    }

    /// The App, as one of its installations; number 0 for the App itself.
    pub fn auth(&self, installation: u64) -> Result<Auth, Error> {
        Ok(Auth::App(Box::new(App::new(self.app.clone(), self.key.reveal().as_bytes(), installation)?)))
    }

    /// Whether both are the same App with the same secrets.
    pub fn is_same(&self, other: &Self) -> bool {
        let texts = |of: &Self| of.texts.iter().map(|secret| secret.reveal().to_owned()).collect::<Vec<_>>();
        self.app == other.app
            && self.place.api == other.place.api
            && self.place.graphql == other.place.graphql
            && self.key.is(other.key.reveal())
            && texts(self) == texts(other)
    }
}

/// The credentials as they are now. Clones are one and the same.
#[derive(Clone, Debug)]
pub struct Live {
    now: Arc<watch::Sender<Option<Arc<Credentials>>>>,
    /// What the log never shows.
    hidden: Hidden,
}

impl Live {
    /// Begins with these, or with none.
    pub fn new(credentials: Option<Credentials>) -> Self {
        Self { now: Arc::new(watch::Sender::new(credentials.map(Arc::new))), hidden: Hidden::default() }
    }

    /// The same, where what comes later is hidden from the log before anybody can use it.
    pub fn hiding(self, hidden: Hidden) -> Self {
        Self { hidden, ..self }
    }

    /// The credentials now; none until the server is set up. Not to be held for longer than a request or a job. What was
    /// made from them is to be made anew once this gives another value (`Arc::ptr_eq`).
    pub fn now(&self) -> Option<Arc<Credentials>> {
        self.now.borrow().clone()
    }

    /// Changes them for everybody; whether anything is new.
    pub fn change(&self, credentials: Credentials) -> bool {
        self.hidden.add(credentials.texts());
        self.now.send_if_modified(|now| {
            let is_new = now.as_ref().is_none_or(|now| !now.is_same(&credentials));
            if is_new {
                *now = Some(Arc::new(credentials));
            }
            is_new
        })
    }

    /// Tells of changes.
    pub fn watch(&self) -> watch::Receiver<Option<Arc<Credentials>>> {
        self.now.subscribe()
    }
}

#[cfg(test)]
mod tests {
    use super::{Credentials, Hidden, Live};
    use crate::github::Place;
    use crate::server::secret::Secret;
    use std::sync::Arc;

    const KEY: &str = include_str!("../../tests/fake/not-a-secret.pem");

    fn credentials(secret: &str, previous: Option<&str>) -> Credentials {
        let place = Place::new(None, None).unwrap();
        Credentials::new(place, "17", Secret::new(KEY), Secret::new(secret), previous.map(Secret::new)).unwrap()
    }

    #[test]
    fn a_key_that_is_none_is_refused_without_being_shown() {
        let place = Place::new(None, None).unwrap();
        let wrong = Credentials::new(place, "17", Secret::new("canary"), Secret::new("hush"), None).unwrap_err();
        assert!(wrong.to_string().contains("private key") && !wrong.to_string().contains("canary"), "{wrong}");
    }

    #[test]
    fn rotation_is_seen_by_all_and_the_same_again_by_nobody() {
        let live = Live::new(None);
        let (other, mut watch) = (live.clone(), live.watch());
        assert!(other.now().is_none());
        assert!(live.change(credentials("one", None)));
        assert!(watch.has_changed().unwrap());
        watch.mark_unchanged();
        let before = other.now().unwrap();
        assert!(!live.change(credentials("one", None)) && !watch.has_changed().unwrap());
        assert!(Arc::ptr_eq(&before, &other.now().unwrap()));
        assert!(live.change(credentials("two", Some("one"))));
        let now = other.now().unwrap();
        assert!(!Arc::ptr_eq(&before, &now));
        assert_eq!(now.texts()[..2], ["two", "one"]);
        let hidden = Hidden::default();
        let live = live.hiding(hidden.clone());
        live.change(credentials("a secret that came later", None));
        assert!(format!("{hidden:?}") != "0 secrets");
        assert!(!format!("{now:?}").contains("two") && !format!("{now:?}").contains("PRIVATE"));
    }
}
