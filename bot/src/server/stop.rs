//! The wish to end, told to everybody at once.

use std::sync::Arc;
use tokio::sync::watch;

/// Clones are the same wish.
#[derive(Clone)]
pub struct Stop(Arc<watch::Sender<bool>>);

impl Default for Stop {
    fn default() -> Self {
        Self(Arc::new(watch::Sender::new(false)))
    }
}

impl Stop {
    /// Asks everybody to end.
    pub fn set(&self) {
        self.0.send_replace(true);
    }

    /// Whether everybody was asked to end.
    pub fn is_set(&self) -> bool {
        *self.0.borrow()
    }

    /// Comes back when everybody was asked to end.
    pub async fn wished(&self) {
        // The sender lives as long as this borrow of it.
        let _ = self.0.subscribe().wait_for(|stop| *stop).await;
    }
}

/// Sets the wish when the process is asked to end: SIGTERM or Ctrl-C.
pub fn on_signals(stop: &Stop) -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        for kind in [SignalKind::terminate(), SignalKind::interrupt()] {
            let (mut signals, stop) = (signal(kind)?, stop.clone());
            tokio::spawn(async move {
                while signals.recv().await.is_some() {
                    stop.set();
                }
            });
        }
    }
    #[cfg(not(unix))]
    {
        let stop = stop.clone();
        tokio::spawn(async move {
            if tokio::signal::ctrl_c().await.is_ok() {
                stop.set();
            }
        });
    }
    Ok(())
}
