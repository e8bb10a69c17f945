//! Decisions that were read before: of a repository all are read for each pull request, and hardly any has changed.

use adrule_policy::check;
use adrule_policy::decision::Document;
use hashlink::LruCache;
use std::sync::{Arc, Mutex, PoisonError};

/// What each takes besides text, path and decision.
const BESIDE: usize = 200;

/// Readings of decisions, of which those go first that were used longest ago. A reading follows from the path and the
/// bytes of a file alone, and is found only by who brings both along: it may serve whoever they belong to, and tells
/// nobody anything.
pub struct Readings {
    kept: Mutex<Kept>,
    /// In bytes.
    most: usize,
}

struct Kept {
    /// By where the text lies in memory, and by path. Each holds its text, so that no other can come to lie there.
    readings: LruCache<(usize, Arc<str>), Reading>,
    bytes: usize,
}

struct Reading {
    text: Arc<str>,
    document: Document,
    bytes: usize,
}

impl Readings {
    /// Room for about so many bytes.
    pub fn of_size(most: usize) -> Self {
        Self { kept: Mutex::new(Kept { readings: LruCache::new_unbounded(), bytes: 0 }), most }
    }

    fn known(&self, key: &(usize, Arc<str>), text: &Arc<str>) -> Option<Document> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let known = kept.readings.get(key).filter(|known| Arc::ptr_eq(&known.text, text))?;
        Some(known.document.clone())
    }

    fn keep(&self, key: (usize, Arc<str>), text: &Arc<str>, document: &Document) {
        let bytes = document.weight() + text.len() + key.1.len() + BESIDE;
        let kept = &mut *self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let reading = Reading { text: Arc::clone(text), document: document.clone(), bytes };
        kept.bytes += bytes;
        if let Some(before) = kept.readings.insert(key, reading) {
            kept.bytes -= before.bytes;
        }
        while kept.bytes > self.most {
            let Some((_, gone)) = kept.readings.remove_lru() else { break };
            kept.bytes -= gone.bytes;
        }
    }
}

impl check::Readings for Readings {
    fn decision(&self, path: &Arc<str>, text: &Arc<str>, read: &dyn Fn() -> Document) -> Document {
        let key = (text.as_ptr() as usize, Arc::clone(path));
        if let Some(known) = self.known(&key, text) {
            return known;
        }
        let document = read();
        self.keep(key, text, &document);
        document
    }
}

#[cfg(test)]
mod tests;
