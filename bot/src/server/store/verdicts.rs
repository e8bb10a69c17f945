//! What was last said about each pull request, and the waivers that were seen.

use super::session::Row;
use super::subject::{millis, time};
use super::{Error, Session, Verdict, WaiverSeen};
use adrule_policy::check::claim;
use std::collections::BTreeSet;

/// Verdicts, in the order that [`read`] expects.
macro_rules! verdicts {
    ($which:literal) => {
        concat!(
            "SELECT installation, repository, number, title, head, base, page, judged_key, conclusion, is_open, judged
             FROM verdicts ",
            $which
        )
    };
}

/// Writes down what was said, and the waivers on the page; they take the place of what was said and seen before.
pub async fn record(session: &Session, verdict: &Verdict, waivers: Option<&[WaiverSeen]>) -> Result<(), Error> {
    let Verdict { repository, number, .. } = verdict;
    let sql = "
        INSERT INTO verdicts (repository, number, installation, title, head, base, page, judged_key, conclusion, is_open,
                              judged)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
        ON CONFLICT (repository, number) DO UPDATE SET
            installation = excluded.installation, title = excluded.title, head = excluded.head, base = excluded.base,
            page = excluded.page, judged_key = excluded.judged_key, conclusion = excluded.conclusion,
            is_open = excluded.is_open, judged = excluded.judged";
    let values = [
        repository.into(),
        (*number).into(),
        verdict.installation.into(),
        (&verdict.title).into(),
        (&verdict.head).into(),
        (&verdict.base).into(),
        (&verdict.page).into(),
        (&verdict.key).into(),
        (&verdict.conclusion).into(),
        verdict.is_open.into(),
        millis(verdict.judged).into(),
    ];
    session.change(sql, &values).await?;
    forget_details(session, repository, *number).await?;
    let sql = "INSERT INTO verdict_findings (repository, number, rule, found) VALUES (?1, ?2, ?3, ?4)
               ON CONFLICT (repository, number, rule) DO UPDATE SET found = verdict_findings.found + excluded.found";
    for (rule, found) in &verdict.findings {
        session.change(sql, &[repository.into(), (*number).into(), rule.into(), i64::from(*found).into()]).await?;
    }
    let sql = "INSERT INTO verdict_decisions (repository, decision, number, claim) VALUES (?1, ?2, ?3, ?4)
               ON CONFLICT DO NOTHING";
    for decision in verdict.decisions.iter().filter(|_| verdict.is_open) {
        let claim = claim(decision);
        session.change(sql, &[repository.into(), decision.into(), (*number).into(), claim.as_ref().into()]).await?;
    }
    match waivers {
        Some(waivers) => see_waivers(session, verdict.installation, repository, waivers).await,
        None => Ok(()),
    }
}

async fn forget_details(session: &Session, repository: &str, number: u64) -> Result<(), Error> {
    let values = [repository.into(), number.into()];
    session.change("DELETE FROM verdict_findings WHERE repository = ?1 AND number = ?2", &values).await?;
    session.change("DELETE FROM verdict_decisions WHERE repository = ?1 AND number = ?2", &values).await.map(drop)
}

/// What was last said about a pull request.
pub async fn last(session: &Session, repository: &str, number: u64) -> Result<Option<Verdict>, Error> {
    let sql = verdicts!("WHERE repository = ?1 AND number = ?2");
    match session.one(sql, &[repository.into(), number.into()]).await? {
        Some(row) => Ok(Some(read(session, row).await?)),
        None => Ok(None),
    }
}

/// The newest ones, of every repository, closed pull requests included.
pub async fn recent(session: &Session, limit: u64) -> Result<Vec<Verdict>, Error> {
    let sql = verdicts!("ORDER BY judged DESC, repository, number LIMIT ?1");
    all(session, session.all(sql, &[limit.into()]).await?).await
}

/// Those of a repository's open pull requests, by number.
pub async fn open(session: &Session, repository: &str) -> Result<Vec<Verdict>, Error> {
    let sql = verdicts!("WHERE repository = ?1 AND is_open = 1 ORDER BY number");
    all(session, session.all(sql, &[repository.into()]).await?).await
}

async fn all(session: &Session, rows: Vec<Row>) -> Result<Vec<Verdict>, Error> {
    let mut verdicts = Vec::with_capacity(rows.len());
    for row in rows {
        verdicts.push(read(session, row).await?);
    }
    Ok(verdicts)
}

async fn read(session: &Session, mut row: Row) -> Result<Verdict, Error> {
    let mut verdict = Verdict {
        installation: row.count()?,
        repository: row.text()?,
        number: row.count()?,
        title: row.text()?,
        head: row.text()?,
        base: row.text()?,
        page: row.text()?,
        key: row.text()?,
        conclusion: row.text()?,
        is_open: row.int()? == 1,
        judged: time(row.int()?),
        findings: Vec::new(),
        decisions: Vec::new(),
    };
    let sql = "SELECT rule, found FROM verdict_findings WHERE repository = ?1 AND number = ?2 ORDER BY rule";
    for mut row in session.all(sql, &[(&verdict.repository).into(), verdict.number.into()]).await? {
        verdict.findings.push((row.text()?, u32::try_from(row.int()?).unwrap_or(u32::MAX)));
    }
    let sql = "SELECT decision FROM verdict_decisions WHERE repository = ?1 AND number = ?2 ORDER BY decision";
    for mut row in session.all(sql, &[(&verdict.repository).into(), verdict.number.into()]).await? {
        verdict.decisions.push(row.text()?);
    }
    Ok(verdict)
}

/// The numbered decisions that open pull requests for a branch add and that take one of these claims, each with its pull
/// request.
pub async fn adding(
    session: &Session,
    repository: &str,
    base: &str,
    claims: &BTreeSet<String>,
) -> Result<Vec<(u64, String)>, Error> {
    let sql = "
        SELECT d.number, d.decision FROM verdict_decisions d
        JOIN verdicts v ON v.repository = d.repository AND v.number = d.number
        WHERE d.repository = ?1 AND d.claim = ?2 AND v.base = ?3 AND v.is_open = 1";
    let mut adding = Vec::new();
    for claim in claims {
        for mut row in session.all(sql, &[repository.into(), claim.into(), base.into()]).await? {
            adding.push((row.count()?, row.text()?));
        }
    }
    adding.sort_unstable();
    Ok(adding)
}

/// How many findings each rule has in open pull requests, the most first.
pub async fn gaps(session: &Session) -> Result<Vec<(String, u64)>, Error> {
    let sql = "
        SELECT f.rule, CAST(SUM(f.found) AS BIGINT) AS found FROM verdict_findings f
        JOIN verdicts v ON v.repository = f.repository AND v.number = f.number
        WHERE v.is_open = 1 GROUP BY f.rule ORDER BY found DESC, f.rule";
    let rows = session.all(sql, &[]).await?;
    rows.into_iter().map(|mut row| Ok((row.text()?, row.count()?))).collect()
}

/// A pull request is closed: its verdict is kept for the list of recent ones, and counts no more.
pub async fn close(session: &Session, repository: &str, number: u64) -> Result<(), Error> {
    let values = [repository.into(), number.into()];
    session.change("UPDATE verdicts SET is_open = 0 WHERE repository = ?1 AND number = ?2", &values).await?;
    session.change("DELETE FROM verdict_decisions WHERE repository = ?1 AND number = ?2", &values).await.map(drop)
}

/// The waivers on a repository's page take the place of those seen before.
async fn see_waivers(
    session: &Session,
    installation: u64,
    repository: &str,
    waivers: &[WaiverSeen],
) -> Result<(), Error> {
    session.change("DELETE FROM waivers WHERE repository = ?1", &[repository.into()]).await?;
    let sql = "
        INSERT INTO waivers (repository, installation, position, rule, scope, owner, reason, expires)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING";
    for (position, waiver) in (0_i64..).zip(waivers) {
        let expires = waiver.expires.map(|day| day.to_string());
        let values = [
            repository.into(),
            installation.into(),
            position.into(),
            (&waiver.rule).into(),
            (&waiver.scope).into(),
            (&waiver.owner).into(),
            (&waiver.reason).into(),
            expires.as_ref().into(),
        ];
        session.change(sql, &values).await?;
    }
    Ok(())
}

/// The waivers of every repository, those that end first; without an end last.
pub async fn by_expiry(session: &Session, limit: u64) -> Result<Vec<WaiverSeen>, Error> {
    let sql = "
        SELECT repository, rule, scope, owner, reason, expires FROM waivers
        ORDER BY CASE WHEN expires IS NULL THEN 1 ELSE 0 END, expires, repository, position LIMIT ?1";
    let rows = session.all(sql, &[limit.into()]).await?;
    let one = |mut row: Row| {
        Ok(WaiverSeen {
            repository: row.text()?,
            rule: row.text()?,
            scope: row.text()?,
            owner: row.text()?,
            reason: row.text()?,
            expires: row.maybe_text()?.and_then(|day| day.parse().ok()),
        })
    };
    rows.into_iter().map(one).collect()
}

/// Forgets all about a repository.
pub async fn forget_repository(session: &Session, repository: &str) -> Result<(), Error> {
    for sql in [
        "DELETE FROM verdict_findings WHERE repository = ?1",
        "DELETE FROM verdict_decisions WHERE repository = ?1",
        "DELETE FROM verdicts WHERE repository = ?1",
        "DELETE FROM waivers WHERE repository = ?1",
        "DELETE FROM commands WHERE repository = ?1",
    ] {
        session.change(sql, &[repository.into()]).await?;
    }
    Ok(())
}

/// The repositories of an installation that something is known about.
pub async fn repositories(session: &Session, installation: u64) -> Result<Vec<String>, Error> {
    let sql = "
        SELECT repository FROM verdicts WHERE installation = ?1
        UNION SELECT repository FROM waivers WHERE installation = ?1
        UNION SELECT repository FROM jobs WHERE installation = ?1 AND repository IS NOT NULL
        ORDER BY 1";
    let rows = session.all(sql, &[installation.into()]).await?;
    rows.into_iter().map(|mut row| row.text()).collect()
}
