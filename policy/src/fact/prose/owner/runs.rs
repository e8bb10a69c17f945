//! Who runs what a figure is of, told behind it: "…, says the storage team, who own it", "…; it belongs to the edge team".

use super::super::passage::Passage;
use super::{is_own, word};
use std::ops::Range;

/// What is bought or rented, whatever the title says of it.
const STORES: &[&str] = &[
    "redis",
    "valkey",
    "memcached",
    "postgres",
    "postgresql",
    "mysql",
    "mariadb",
    "mongodb",
    "cassandra",
    "kafka",
    "rabbitmq",
    "nats",
    "elasticsearch",
    "opensearch",
    "clickhouse",
    "dynamodb",
    "s3",
    "etcd",
    "consul",
    "vault",
    "nginx",
    "envoy",
    "haproxy",
    "keycloak",
    "minio",
    "pulsar",
    "solr",
    "zookeeper",
];

/// People who have something to say of what they run.
const PEOPLE: &[&str] = &[
    "team",
    "people",
    "folks",
    "squad",
    "group",
    "crew",
    "department",
    "guild",
    "tribe",
    "platform",
    "chapter",
    "unit",
    "guys",
    "colleagues",
    "division",
    "office",
];

/// "Who own it", "whose service it is", "it belongs to the storage team", "a promise of the platform team, who run it".
pub(super) fn by_others(passage: &Passage<'_>, sentence: usize, rest: &Range<usize>) -> Option<Range<usize>> {
    let tokens = &passage.sentences[sentence].tokens;
    let before = tokens.start..rest.start;
    let ours = || {
        before.clone().any(|at| {
            is_own(passage, at) && !STORES.contains(&word(passage, at))
                || matches!(word(passage, at), "we" | "our" | "us")
        })
    };
    let people = |range: Range<usize>| range.clone().any(|at| PEOPLE.contains(&word(passage, at)));
    let theirs = rest.clone().take(24).find_map(|at| {
        let next = |ahead: usize| word(passage, at + ahead);
        let own = matches!(next(0), "who" | "that" | "which")
            && matches!(
                next(1),
                "own"
                    | "owns"
                    | "run"
                    | "runs"
                    | "operate"
                    | "operates"
                    | "maintain"
                    | "maintains"
                    | "host"
                    | "hosts"
                    | "keep"
                    | "keeps"
                    | "built"
                    | "wrote"
            )
            && matches!(next(2), "it" | "them" | "that" | "this" | "the")
            && people(at.saturating_sub(4).max(rest.start)..at);
        let whose = next(0) == "whose"
            && (2..5).any(|ahead| next(ahead) == "it" && matches!(next(ahead + 1), "is" | "was"))
            && people(at.saturating_sub(4).max(rest.start)..at);
        let belongs = matches!(next(0), "it" | "they" | "which" | "that")
            && matches!(next(1), "belongs" | "belong")
            && next(2) == "to"
            && people(at + 3..(at + 7).min(rest.end));
        (own || whose || belongs).then_some(at..at + 3)
    })?;
    (!ours()).then_some(theirs)
}
