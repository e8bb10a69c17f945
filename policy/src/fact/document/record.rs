//! What a document says of the options it takes, of other records and of those who sell to it. Few of its figures depend
//! on any of that, so each is looked for in the whole text when it is first asked for.

use super::{options, section, supplier};
use crate::text::outline::Outline;
use std::cell::OnceCell;
use std::collections::HashSet;

/// A document, and what was asked of it.
#[derive(Clone, Debug)]
pub(crate) struct Record<'t> {
    outline: &'t Outline,
    file: &'t str,
    taken: OnceCell<HashSet<String>>,
    suppliers: OnceCell<HashSet<String>>,
    left_out: OnceCell<HashSet<String>>,
    superseded: OnceCell<HashSet<String>>,
    amended: OnceCell<HashSet<String>>,
}

impl<'t> Record<'t> {
    pub(super) fn of(outline: &'t Outline, file: &'t str) -> Self {
        Self {
            outline,
            file,
            taken: OnceCell::new(),
            suppliers: OnceCell::new(),
            left_out: OnceCell::new(),
            superseded: OnceCell::new(),
            amended: OnceCell::new(),
        }
    }

    /// The numbers and letters of the options that were taken: "option b".
    pub(crate) fn taken(&self) -> &HashSet<String> {
        self.taken.get_or_init(|| options::taken(self.outline, self.file))
    }

    /// Names of those who sell what the document uses: "we buy geocoding from MapHaus".
    pub(crate) fn suppliers(&self) -> &HashSet<String> {
        self.suppliers.get_or_init(|| supplier::named(self.file))
    }

    /// Words for what the record leaves out of its figures: "all of this binds us, except for the scanner".
    pub(crate) fn left_out(&self) -> &HashSet<String> {
        self.left_out.get_or_init(|| section::left_out(self.outline, self.file))
    }

    /// The numbers of the records that this one supersedes.
    pub(crate) fn superseded(&self) -> &HashSet<String> {
        self.superseded.get_or_init(|| section::superseded(self.file))
    }

    /// The numbers of the records that this one amends.
    pub(crate) fn amended(&self) -> &HashSet<String> {
        self.amended.get_or_init(|| section::amended(self.file))
    }
}
