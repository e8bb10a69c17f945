//! Keys and secrets that change while the server runs. Their files are read again when they differ and on SIGHUP: a
//! look every few seconds rather than a watch, since a mounted secret changes under a link that no watch follows.

use super::{Config, Inputs};
use crate::server::credentials::Live;
use std::path::PathBuf;
use std::time::Duration;

/// Between two looks at the files.
const LOOK: Duration = Duration::from_secs(5);

/// Follows what the files say, until the process ends.
pub async fn follow(inputs: Inputs, files: Vec<PathBuf>, live: Live) {
    let mut files = files;
    let mut seen = fingerprint(&files);
    let mut asked = Asked::new();
    loop {
        let is_asked = tokio::select! {
            () = tokio::time::sleep(LOOK) => false,
            () = asked.again() => true,
        };
        let now = fingerprint(&files);
        if !is_asked && now == seen {
            continue;
        }
        seen = now;
        match Config::load(&inputs) {
            Ok(config) => {
                files = config.files;
                seen = fingerprint(&files);
                match config.credentials.map(|credentials| live.change(credentials)) {
                    Some(true) => {
                        tracing::info!("the App's credentials have changed; the new ones are used from now on");
                    }
                    Some(false) if is_asked => {
                        tracing::info!("read again: the App's credentials are the same as before");
                    }
                    Some(false) => {}
                    None if live.now().is_some() => {
                        tracing::warn!("the App's credentials are gone; those known are used on");
                    }
                    None => {}
                }
            }
            // Half-written files are read again at the next look.
            Err(problems) => tracing::error!("the credentials known are used on: {problems}"),
        }
    }
}

/// What is in the files, as far as a difference can be told.
fn fingerprint(files: &[PathBuf]) -> Vec<Option<Vec<u8>>> {
    let digest = |bytes: Vec<u8>| ring::digest::digest(&ring::digest::SHA256, &bytes).as_ref().to_vec();
    files.iter().map(|path| std::fs::read(path).ok().map(digest)).collect()
}

/// Whoever wants a look at once.
struct Asked {
    #[cfg(unix)]
    signal: Option<tokio::signal::unix::Signal>,
}

impl Asked {
    #[cfg(unix)]
    fn new() -> Self {
        use tokio::signal::unix::{SignalKind, signal};
        let signal = signal(SignalKind::hangup());
        if let Err(error) = &signal {
            tracing::warn!("SIGHUP is not heard ({error}); files are looked at every few seconds all the same");
        }
        Self { signal: signal.ok() }
    }

    #[cfg(not(unix))]
    fn new() -> Self {
        Self {}
    }

    /// Comes back when somebody asks; where nobody can, never.
    async fn again(&mut self) {
        #[cfg(unix)]
        if let Some(signal) = &mut self.signal
            && signal.recv().await.is_some()
        {
            return;
        }
        std::future::pending::<()>().await;
    }
}
