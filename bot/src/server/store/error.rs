//! What goes wrong with a database, as far as somebody decides by it or is helped by it.

/// Why the store did not do what it was asked. Nothing of it was kept then.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Somebody else holds it. It is worth asking again.
    #[error("the database is locked by another process ({0}); it is asked again with the next call")]
    Busy(String),
    #[error(
        "the disk of the database is full ({0}); free some space, nothing that was acknowledged is lost, and no restart is needed"
    )]
    Full(String),
    #[error(
        "the database cannot be written to ({0}); check the owner and the permissions of the file and its folder, and whether the file system is mounted read-only"
    )]
    ReadOnly(String),
    #[error(
        "the database file is damaged ({0}); put the last backup in its place, or move the file away and start again: open pull requests are found again by themselves"
    )]
    Corrupt(String),
    /// No connection, or it broke. It is worth asking again.
    #[error("the database cannot be reached: {0}")]
    Unreachable(String),
    #[error(
        "the database has schema version {found}, this adrule knows versions up to {known}; use the newer adrule, or a database of its own"
    )]
    Newer { found: i64, known: i64 },
    #[error("{0}")]
    Setting(String),
    #[error("the database refused: {0}")]
    Refused(String),
}

impl Error {
    /// Whether the connection may be of no more use.
    pub const fn breaks_connection(&self) -> bool {
        matches!(self, Self::Full(_) | Self::ReadOnly(_) | Self::Corrupt(_) | Self::Unreachable(_))
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        let text = error.to_string();
        match error.sqlite_error_code() {
            Some(Code::DatabaseBusy | Code::DatabaseLocked | Code::FileLockingProtocolFailed) => Self::Busy(text),
            Some(Code::DiskFull) => Self::Full(text),
            Some(Code::ReadOnly | Code::PermissionDenied | Code::AuthorizationForStatementDenied) => {
                Self::ReadOnly(text)
            }
            Some(Code::DatabaseCorrupt | Code::NotADatabase) => Self::Corrupt(text),
            Some(Code::SystemIoFailure | Code::CannotOpen) => Self::Unreachable(text),
            _ => Self::Refused(text),
        }
    }
}
