//! What is stated about a service, made comparable.

use super::Case;
use crate::decision::{Decision, Status};
use crate::fact::{Fact, Origin, Value};

/// A stated value that others may contradict.
pub struct Claim<'a> {
    /// The fact.
    pub fact: &'a Fact,
    /// Its value.
    pub value: &'a Value,
    /// What it is counted for, in lower case: empty for an instance, `total`, `tenant`.
    pub per: String,
}

/// More claims of one service are not compared.
const MOST: usize = 200;

/// The claims about a service that can be compared. What a decision about several services says without naming one of
/// them may be about any of them.
pub fn claims<'a>(case: &Case<'a>) -> Vec<Claim<'a>> {
    let counted = case.member.facts.iter().filter(|fact| fact.counts()).filter(|fact| {
        let context = case.context;
        let several = || context.memo.is_about_several(&fact.place.path, context.members, context.decisions);
        fact.subject.is_some() || fact.origin == Origin::Manifest || !several()
    });
    let comparable = |value: &Value| {
        matches!(
            value,
            Value::Bytes(_)
                | Value::Duration(_)
                | Value::Rank(_)
                | Value::Rate(_)
                | Value::Count(_)
                | Value::Share(_)
                | Value::Money(..)
        )
    };
    counted
        .filter_map(|fact| {
            let value = fact.value.as_ref().filter(|value| comparable(value))?;
            let text = case.context.tree.text(&fact.place.path).map_or("", |text| text.as_ref());
            Some(Claim { fact, value, per: per(fact, text) })
        })
        .take(MOST)
        .collect()
}

impl Claim<'_> {
    /// Whether two claims are about the same: fact, percentile, and what it is counted for.
    pub fn is_alike(&self, other: &Self) -> bool {
        self.fact.kind == other.fact.kind && self.fact.percentile == other.fact.percentile && self.per == other.per
    }

    /// Its amount; 0 for a word.
    pub fn number(&self) -> f64 {
        amount(self.value).unwrap_or_default()
    }

    /// Whether it stands under a label of its own or in a field, where nothing else limits what it is about.
    fn is_labelled(&self) -> bool {
        self.fact.origin != Origin::Prose
    }

    /// Whether two targets are about the same requests, as far as can be told: sentences of one document may speak of
    /// different ones, and so may labels with different words.
    pub fn may_contradict(&self, other: &Self) -> bool {
        let same_file = self.fact.place.path == other.fact.place.path;
        let same_label = || label_of(self.fact) == label_of(other.fact);
        self.per == other.per
            && if same_file {
                self.is_labelled() && other.is_labelled() && same_label() || words_of(self.fact) == words_of(other.fact)
            } else {
                true
            }
    }
}

/// The claims that disagree, one for each document and value, in order of trust; none where they agree.
pub fn sources<'c, 'a>(case: &Case<'_>, alike: &[&'c Claim<'a>]) -> Vec<&'c Claim<'a>> {
    let mut by_file: Vec<(&str, Vec<&'c Claim<'a>>)> = Vec::new();
    for claim in alike {
        match by_file.iter_mut().find(|(path, _)| *path == claim.fact.place.path.as_ref()) {
            Some((_, claims)) => claims.push(claim),
            None => by_file.push((&claim.fact.place.path, vec![claim])),
        }
    }
    let decision = |path: &str| case.context.records.at(path);
    let is_open = |path: &str| {
        decision(path).is_some_and(|decision| matches!(decision.status, Some(Status::Proposed | Status::Draft)))
    };
    // What is only proposed may change what was decided.
    if by_file.iter().any(|(path, _)| decision(path).is_some() && !is_open(path)) {
        by_file.retain(|(path, _)| !is_open(path));
    }
    let mut found: Vec<&'c Claim<'a>> = Vec::new();
    for (at, (path, claims)) in by_file.iter().enumerate() {
        found.extend(within(claims));
        for (other, others) in &by_file[at + 1..] {
            let agree = claims.iter().any(|claim| others.iter().any(|other| same(claim.value, other.value)));
            let firm = claims[0].is_labelled() || others[0].is_labelled() || is_often_prose(claims[0].fact);
            if agree || !firm || changes(decision(path), decision(other)) {
                continue;
            }
            found.push(claims[0]);
            found.push(others[0]);
        }
    }
    let mut seen: Vec<&'c Claim<'a>> = Vec::new();
    for claim in found {
        if !seen.iter().any(|known| std::ptr::eq(*known, claim)) {
            seen.push(claim);
        }
    }
    seen.sort_by_key(|claim| (claim.fact.origin, claim.fact.place.clone()));
    seen
}

/// Values that one document states under the same label.
fn within<'c, 'a>(claims: &[&'c Claim<'a>]) -> Vec<&'c Claim<'a>> {
    let labelled: Vec<&&Claim<'_>> = claims.iter().filter(|claim| claim.is_labelled()).collect();
    let differs = |claim: &&'c Claim<'a>| {
        claim.is_labelled()
            && labelled.iter().any(|other| {
                !same(claim.value, other.value)
                    && label_of(claim.fact) == label_of(other.fact)
                    && claim.fact.subject == other.fact.subject
            })
    };
    claims.iter().copied().filter(differs).collect()
}

/// Facts of which two sentences hardly ever mean two things.
fn is_often_prose(fact: &Fact) -> bool {
    matches!(fact.kind.as_ref(), "memory-budget" | "latency-target" | "failure-impact")
}

/// Whether one decision says that it changes the other.
fn changes(one: Option<&Decision>, other: Option<&Decision>) -> bool {
    let (Some(one), Some(other)) = (one, other) else { return false };
    let names = |by: &Decision, of: &Decision| {
        let all = by.amends.iter().chain(&by.supersedes).chain(&by.amended_by).chain(&by.superseded_by);
        all.into_iter().any(|reference| reference.number.is_some() && reference.number == of.number)
    };
    names(one, other) || names(other, one)
}

/// The words before the value: a label in a document, nothing for a field.
fn label_of(fact: &Fact) -> String {
    let label = fact.quote.split([':', '|', '=', '—', '–']).next().unwrap_or_default();
    let letters = label.chars().filter(|c| c.is_alphanumeric() || c.is_whitespace());
    let label = letters.collect::<String>().to_lowercase();
    let is_percentile =
        |word: &&str| word.strip_prefix('p').is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()));
    if fact.quote.contains([':', '|', '=', '—', '–']) {
        label.split_whitespace().filter(|word| !is_percentile(word)).collect::<Vec<_>>().join(" ")
    } else {
        String::new()
    }
}

/// The quoted words without figures and percentiles: two sentences that differ in these alone are about the same thing.
fn words_of(fact: &Fact) -> Vec<String> {
    let words = fact.quote.split(|letter: char| !letter.is_alphanumeric() && letter != '.').map(str::to_lowercase);
    words.filter(|word| !word.is_empty() && !word.contains(|letter: char| letter.is_ascii_digit())).collect()
}

fn amount(value: &Value) -> Option<f64> {
    match value {
        Value::Bytes(amount)
        | Value::Duration(amount)
        | Value::Rate(amount)
        | Value::Count(amount)
        | Value::Share(amount)
        | Value::Money(amount, _) => Some(*amount),
        _ => None,
    }
}

/// Whether two values are the same to a reader. `180 MB` and `180 MiB` are: people mix them.
fn same(a: &Value, b: &Value) -> bool {
    match (amount(a), amount(b)) {
        (Some(a_amount), Some(b_amount)) => {
            let mixed = matches!((a, b), (Value::Bytes(_), Value::Bytes(_)));
            let other_money = matches!((a, b), (Value::Money(_, one), Value::Money(_, two)) if one != two);
            // Another currency cannot be compared.
            other_money || is_near(a_amount, b_amount) || mixed && is_mixed(a_amount, b_amount)
        }
        _ => a == b,
    }
}

fn is_near(a: f64, b: f64) -> bool {
    (a - b).abs() <= a.abs().max(b.abs()) * 0.001
}

/// The same number with a decimal and with a binary unit.
fn is_mixed(a: f64, b: f64) -> bool {
    let (low, high) = if a < b { (a, b) } else { (b, a) };
    [1.024, 1.048_576, 1.073_741_824].iter().any(|ratio| is_near(low * ratio, high))
}

/// Whether a container's limit lies below a budget; the same number in other units does not.
pub fn is_limit_below(limit: f64, budget: f64) -> bool {
    limit < budget && !is_near(limit, budget) && !is_mixed(limit, budget)
}

/// What a value is counted for, from the words right behind it.
fn per(fact: &Fact, text: &str) -> String {
    const REACH: usize = 40;
    let start = fact.place.span.start.min(text.len());
    let mut end = (fact.place.span.end + REACH).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let inside = fact.place.span.end.clamp(start, end) - start;
    let near = text.get(start..end).unwrap_or_default();
    let stop = near.char_indices().find(|(at, c)| *at >= inside && matches!(c, '\n' | '.' | ',' | ';' | '|' | '('));
    let near = near[..stop.map_or(near.len(), |(at, _)| at)].to_lowercase();
    let words: Vec<&str> = near.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if ["in total", "altogether", "for all instances", "insgesamt", "au total", "en total"]
        .iter()
        .any(|phrase| near.contains(phrase))
    {
        return "total".to_owned();
    }
    let at = words.iter().rposition(|word| matches!(*word, "per" | "pro" | "je" | "par" | "por"));
    let named = at.and_then(|at| words.get(at + 1)).copied().unwrap_or_default();
    match named {
        "instance" | "instanz" | "instancia" | "pod" | "replica" | "container" | "process" | "prozess" | "node"
        | "copy" | "worker" | "server" | "request" | "call" | "query" | "anfrage" | "requête" | "petición"
        | "second" | "sekunde" | "seconde" | "segundo" => String::new(),
        other => other.to_owned(),
    }
}
