//! The organisation's page on the command line: given by name, never looked for.

use super::output;
use adrule_policy::policy::{Builds, OrgPage, Organisation};
use adrule_policy::rule;
use adrule_policy::text::decode;
use anyhow::{Context as _, Result, bail};
use jiff::civil::Date;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The variable that names the organisation's page.
const VARIABLE: &str = "ADRULE_ORG_POLICY";

/// Where the organisation's page is.
#[derive(clap::Args, Clone, Default)]
pub struct Named {
    /// The organisation's page, for pages that say `extends: org`; default: what ADRULE_ORG_POLICY names
    #[arg(long, value_name = "PATH")]
    org_policy: Option<PathBuf>,
}

impl Named {
    /// Reads it, where it is named.
    pub fn read(&self, today: Date) -> Result<Organisation> {
        let by_variable = || std::env::var_os(VARIABLE).filter(|path| !path.is_empty()).map(PathBuf::from);
        match self.org_policy.clone().or_else(by_variable) {
            Some(path) => at(&path, &path.display().to_string(), today),
            None => Ok(Organisation::NotGiven),
        }
    }
}

/// The organisation's page in a file, and what that is called.
pub fn at(path: &Path, source: &str, today: Date) -> Result<Organisation> {
    let bytes = std::fs::read(path).with_context(|| format!("the organisation's page {source} could not be read"))?;
    match decode(&bytes) {
        Ok(text) => Ok(Organisation::Given(Arc::new(OrgPage::read(source, text, today, &rule::weights())))),
        Err(error) => bail!("the organisation's page {source} could not be read: {error}"),
    }
}

/// Says that an organisation's page was given and does not count: whoever gave it thinks that it does.
pub fn say_unused(organisation: &Organisation, path: &str, builds: Builds) {
    if let (Organisation::Given(given), Builds::Alone) = (organisation, builds) {
        output::say(&format!(
            "note: {path} does not say `extends: org`, so the organisation's page {} does not count here",
            given.source
        ));
    }
}
