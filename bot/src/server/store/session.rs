//! One way to ask both databases. Statements are written once, in the words that both know: parameters are `?1`, and
//! what only one of them knows stands in a comment that the other skips.

use super::Error;
use rusqlite::types::{ToSqlOutput, ValueRef};
use std::sync::{Mutex, PoisonError};

/// A parameter.
#[derive(Clone, Copy, Debug)]
pub enum Value<'a> {
    Int(i64),
    Text(&'a str),
    Nothing,
}

impl From<i64> for Value<'_> {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}

impl From<u64> for Value<'_> {
    fn from(value: u64) -> Self {
        // GitHub's numbers and our counts stay far below.
        Self::Int(i64::try_from(value).unwrap_or(i64::MAX))
    }
}

impl From<bool> for Value<'_> {
    fn from(value: bool) -> Self {
        Self::Int(i64::from(value))
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(value: &'a str) -> Self {
        Self::Text(value)
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(value: &'a String) -> Self {
        Self::Text(value)
    }
}

impl<'a, T: Into<Self>> From<Option<T>> for Value<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Nothing, Into::into)
    }
}

impl rusqlite::ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Int(number) => ValueRef::Integer(*number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Nothing => ValueRef::Null,
        }))
    }
}

/// A column of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    Int(i64),
    Text(String),
    Nothing,
}

/// A row of an answer, read from left to right.
pub struct Row(std::vec::IntoIter<Cell>);

impl Row {
    pub(super) fn new(cells: Vec<Cell>) -> Self {
        Self(cells.into_iter())
    }

    pub fn int(&mut self) -> Result<i64, Error> {
        match self.0.next() {
            Some(Cell::Int(number)) => Ok(number),
            other => Err(unexpected("a number", other.as_ref())),
        }
    }

    pub fn maybe_int(&mut self) -> Result<Option<i64>, Error> {
        match self.0.next() {
            Some(Cell::Int(number)) => Ok(Some(number)),
            Some(Cell::Nothing) => Ok(None),
            other => Err(unexpected("a number", other.as_ref())),
        }
    }

    /// A number that is never negative.
    pub fn count(&mut self) -> Result<u64, Error> {
        self.int().map(|number| u64::try_from(number).unwrap_or_default())
    }

    pub fn text(&mut self) -> Result<String, Error> {
        match self.0.next() {
            Some(Cell::Text(text)) => Ok(text),
            other => Err(unexpected("text", other.as_ref())),
        }
    }

    pub fn maybe_text(&mut self) -> Result<Option<String>, Error> {
        match self.0.next() {
            Some(Cell::Text(text)) => Ok(Some(text)),
            Some(Cell::Nothing) => Ok(None),
            other => Err(unexpected("text", other.as_ref())),
        }
    }
}

fn unexpected(wanted: &str, found: Option<&Cell>) -> Error {
    Error::Refused(format!("a row has {found:?} in place of {wanted}"))
}

/// A connection, inside a transaction.
pub enum Session {
    /// Behind a lock that nobody else ever asks for: it makes the futures of the operations fit for threads.
    Sqlite(Mutex<rusqlite::Connection>),
}

impl Session {
    /// All rows.
    pub async fn all(&self, sql: &'static str, values: &[Value<'_>]) -> Result<Vec<Row>, Error> {
        match self {
            Self::Sqlite(connection) => {
                let connection = connection.lock().unwrap_or_else(PoisonError::into_inner);
                let mut statement = connection.prepare_cached(sql)?;
                let columns = statement.column_count();
                let mut rows = statement.query(rusqlite::params_from_iter(values))?;
                let mut all = Vec::new();
                while let Some(row) = rows.next()? {
                    let cells = (0..columns).map(|at| cell(row, at)).collect::<Result<Vec<_>, Error>>()?;
                    all.push(Row::new(cells));
                }
                Ok(all)
            }
        }
    }

    /// The first row.
    pub async fn one(&self, sql: &'static str, values: &[Value<'_>]) -> Result<Option<Row>, Error> {
        Ok(self.all(sql, values).await?.into_iter().next())
    }

    /// Writes; how many rows changed.
    pub async fn change(&self, sql: &'static str, values: &[Value<'_>]) -> Result<u64, Error> {
        match self {
            Self::Sqlite(connection) => {
                let connection = connection.lock().unwrap_or_else(PoisonError::into_inner);
                let mut statement = connection.prepare_cached(sql)?;
                Ok(statement.execute(rusqlite::params_from_iter(values))? as u64)
            }
        }
    }

    /// Writes the same with other values, in order, without waiting between them; how many rows each changed.
    pub async fn each(&self, sql: &'static str, all: &[Vec<Value<'_>>]) -> Result<Vec<u64>, Error> {
        let mut changed = Vec::with_capacity(all.len());
        for values in all {
            changed.push(self.change(sql, values).await?);
        }
        Ok(changed)
    }

    /// Statements without parameters or answers.
    pub async fn batch(&self, sql: &str) -> Result<(), Error> {
        match self {
            Self::Sqlite(connection) => {
                Ok(connection.lock().unwrap_or_else(PoisonError::into_inner).execute_batch(sql)?)
            }
        }
    }
}

fn cell(row: &rusqlite::Row<'_>, at: usize) -> Result<Cell, Error> {
    Ok(match row.get_ref(at)? {
        ValueRef::Null => Cell::Nothing,
        ValueRef::Integer(number) => Cell::Int(number),
        ValueRef::Text(text) => Cell::Text(String::from_utf8_lossy(text).into_owned()),
        other => return Err(Error::Refused(format!("a column holds {:?}", other.data_type()))),
    })
}
