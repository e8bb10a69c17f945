//! One client for each installation: it holds the installation's token, its pace, and what was read of it.

use crate::github::{Auth, Cache, Client, Error, Patience, Place, Shelf, Transport};
use crate::server::credentials::{Credentials, Live};
use crate::server::metrics::metrics;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// What is kept of GitHub's answers to all installations together, in bytes.
const CACHE: usize = 16 << 20;
/// Installations whose clients are kept. One that comes back mints a new token.
const MOST: usize = 64;
/// A worker has a queue: it comes back later, and does not wait inside of a question. One fault of a moment is borne.
const PATIENCE: Patience = Patience { attempts: 2, longest: Duration::ZERO };

/// Makes a client: for an installation, or for the App itself (0).
pub type Connect = Box<dyn Fn(u64, Place, Auth, Arc<Cache>) -> Result<Client, Error> + Send + Sync>;

/// The clients of this process.
pub struct Clients {
    live: Live,
    connect: Connect,
    known: Mutex<Known>,
}

struct Known {
    /// Of which credentials they are. Held, so that no others can come to lie at their address.
    credentials: Option<Arc<Credentials>>,
    /// What was read with them.
    shelf: Arc<Shelf>,
    turn: u64,
    clients: HashMap<u64, (u64, Arc<Client>)>,
}

impl Known {
    fn of(credentials: Option<Arc<Credentials>>) -> Self {
        Self { credentials, shelf: Arc::new(Shelf::of_size(CACHE)), turn: 0, clients: HashMap::new() }
    }
}

impl Clients {
    /// Of these credentials, whatever they come to be.
    pub fn new(live: Live, between_writes: Duration) -> Self {
        let shared: Mutex<Option<Transport>> = Mutex::default();
        Self::connected(
            live,
            Box::new(move |_, place, auth, cache| {
                let mut shared = shared.lock().unwrap_or_else(PoisonError::into_inner);
                let transport = match shared.as_ref() {
                    Some(known) => known.clone(),
                    None => shared.insert(Transport::new()?).clone(),
                };
                let client = Client::over(transport, place, auth, cache).with_observer(Arc::new(metrics()));
                Ok(client.with_patience(PATIENCE).with_pace(between_writes))
            }),
        )
    }

    /// The same, with clients that are made otherwise.
    pub fn connected(live: Live, connect: Connect) -> Self {
        Self { live, connect, known: Mutex::new(Known::of(None)) }
    }

    /// The client of the App itself.
    pub fn app(&self) -> Result<Arc<Client>, Error> {
        self.of(0)
    }

    /// The client of an installation.
    pub fn of(&self, installation: u64) -> Result<Arc<Client>, Error> {
        let Some(credentials) = self.live.now() else {
            return Err(Error::Setting("the App is not set up yet".to_owned()));
        };
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if !known.credentials.as_ref().is_some_and(|of| Arc::ptr_eq(of, &credentials)) {
            *known = Known::of(Some(Arc::clone(&credentials)));
        }
        known.turn += 1;
        let turn = known.turn;
        if let Some((last, client)) = known.clients.get_mut(&installation) {
            *last = turn;
            return Ok(Arc::clone(client));
        }
        // What one installation may read must never be told to another by way of a cache: they share its room only.
        let cache = Arc::new(Cache::on(Arc::clone(&known.shelf), installation));
        let client =
            Arc::new((self.connect)(installation, credentials.place.clone(), credentials.auth(installation)?, cache)?);
        known.clients.insert(installation, (turn, Arc::clone(&client)));
        if known.clients.len() > MOST
            && let Some(oldest) = known.clients.iter().min_by_key(|(_, (turn, _))| *turn).map(|(id, _)| *id)
        {
            known.clients.remove(&oldest);
        }
        Ok(client)
    }
}
