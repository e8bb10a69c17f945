//! The words of keys in mappings without a closed shape: what they sort, what they turn away from.

use super::key_words;
use crate::text::yaml::Value;
use std::collections::HashSet;
use std::sync::LazyLock;

type Words = LazyLock<HashSet<&'static str>>;

/// Keys under which everything is about something else than what the service is asked to keep: what it calls, what
/// it replaces, what was rejected, what was measured, how it is configured.
static ELSEWHERE: Words = LazyLock::new(|| {
    set("\
     depends dependencies dependency dependants dependents uses consumes consumers consumer upstream upstreams \
     downstream downstreams external vendor vendors provider providers third partner partners neighbours \
     neighbors related others other peers replaces replaced replacing replacement predecessor predecessors \
     successor previous previously old legacy former formerly supersedes superseded before migrated migration \
     from retired alternatives alternative rejected discarded options option considered candidates not no non \
     never without benchmark benchmarks bench measured measurement measurements observed observation \
     observations actual actuals current currently baseline prototype pilot results result metrics history \
     historical last past today recorded profile profiling test tests testing loadtest spike experiment \
     experiments contenders variants variant evaluation evaluated comparison compared incident incidents docs doc documentation example examples sample samples template templates \
     default defaults cache caches log logs logging storage disk volume volumes database databases db queue \
     queues broker sidecar sidecars init client clients ci build builds env environment variables vars secrets \
     args command ports requests probe probes healthcheck alert alerts alerting autoscaling draft proposal \
     proposed timeout timeouts retry retries backoff wish wishes todo open question questions ideas changelog")
});

/// Keys that only sort what is below them.
static CONTAINERS: Words = LazyLock::new(|| {
    set("\
     requirements requires anforderungen vorgaben exigences contraintes requisitos restricciones constraints limits targets budgets slos slo sla goals objectives nfr nfrs \
     nonfunctional quality qualities attributes expectations guarantees promises performance runtime resources \
     capacity sizing facts fact policy reason reasons justification adrule operational operations ops service \
     spec metadata meta properties annotations labels custom data reliability risk decision language choice \
     endpoints apis api interface deployment deploy scale scaling footprint criteria system technical tech \
     information info passport about contract envelope key figures numbers and the why agreement agreements card sheet budgeted chosen outcome decided selected choice cgroup ziele vorgabe objectifs objetivos \
     acceptance")
});

/// Words by which a name speaks of times and amounts of other kinds.
static OTHER_KINDS: Words = LazyLock::new(|| {
    set("\
     freshness staleness stale age lag availability uptime durability retention ttl timeout timeouts recovery rto rpo \
     mttr backup restore consistency payload size upload download disk storage window interval period heartbeat \
     retry retries backoff delay lifetime expiry rotation failover drain shutdown grace batch export report backlog \
     frische alter verfügbarkeit aufbewahrung wiederherstellung größe fraîcheur disponibilité conservation taille \
     frescura disponibilidad retención tamaño")
});

/// Keys of free text.
static PROSE: Words = LazyLock::new(|| {
    set("\
     description summary purpose rationale why reason reasons justification note notes overview about context \
     comment comments remarks remark decision")
});

/// Keys of a list item that name its topic, keys that hold its value, keys that hold its percentile.
const TOPIC_KEYS: &str = "kind type metric resource attribute fact key name what indicator quality id topic subject aspect property characteristic parameter measure sli label area operation endpoint route path call action step journey scenario use_case function kpi";
const VALUE_KEYS: &str = "max maximum limit target budget at_most at-most value upper ceiling below under threshold expected rating objective goal requirement required demand commitment committed agreed amount within how_much how-much howmuch figure";
/// Units that may end such a key.
const UNITS: &[&str] = &["ms", "s", "sec", "seconds", "us", "mb", "mib", "gb", "gib", "bytes"];
/// See [`TOPIC_KEYS`].
pub(super) const PERCENTILE_KEYS: [&str; 4] = ["percentile", "quantile", "percentiles", "pct"];

/// Domains whose annotations belong to tools.
const TOOLS: &str = "\
     kubernetes.io k8s.io knative.dev istio.io linkerd.io dapr.io prometheus.io helm.sh backstage.io \
     googleapis.com datadoghq.com pagerduty.com openshift.io amazonaws.com traefik.io";

/// Programs that others make: `postgres_memory_limit` configures one.
static PRODUCTS: Words = LazyLock::new(|| {
    set("\
     postgres postgresql pg pgbouncer mysql mariadb mongo mongodb redis valkey memcached kafka zookeeper rabbitmq nats \
     elasticsearch opensearch logstash kibana filebeat fluentd fluentbit vector loki tempo mimir grafana prometheus \
     alertmanager thanos telegraf influxdb nginx haproxy apache httpd traefik envoy caddy varnish istio linkerd consul \
     vault nomad etcd minio ceph docker containerd podman kubernetes k8s kubelet k3s jenkins gitlab nexus artifactory \
     sonarqube keycloak tomcat jvm java php fpm mssql oracle cassandra clickhouse solr systemd sshd ntp chrony \
     postfix dovecot bind dnsmasq squid zabbix nagios icinga node cadvisor cluster host vm os kernel system")
});

/// Keys that say of a mapping that it describes what somebody else makes or runs.
const FOREIGN_KEYS: &str =
    "vendor supplier manufacturer third_party thirdparty hersteller lieferant fournisseur contract_with operated_by";
/// Keys that say it by their value, and the values.
const FOREIGN_MARKS: &str = "kind type ownership origin category class";
const FOREIGN_VALUES: &str =
    "external managed vendor third-party third_party thirdparty saas hosted supplier partner extern fremd";

/// How many keys of a mapping are looked at for them: aliases may show a large one again and again.
const KEYS: usize = 100;

fn set(words: &'static str) -> HashSet<&'static str> {
    words.split_whitespace().collect()
}

/// Whether the words of a key turn to something else than the service's own limits.
pub(super) fn elsewhere(words: &[String]) -> bool {
    words.iter().any(|word| ELSEWHERE.contains(word.as_str()))
}

/// Words of [`ELSEWHERE`] that a service may be called by, before the word for what it is: `probe agent`, `log shipper`.
const CALLED: &str = "probe probes log logs logging queue cache storage disk volume client ci build alert alerts alerting test profile template database db incident docs document example ports history recorded broker partner";

/// Whether words may be the name of a service of one's own.
pub(super) fn may_be_called(words: &[String]) -> bool {
    !words.is_empty() && !turns_away(words) && !names_product(words)
}

/// Whether words may name something that the service does, whose time is its own: `alert latency`, `seat lookup`.
pub(super) fn may_be_done(words: &[String]) -> bool {
    !turns_away(words) && !words.iter().any(|word| OTHER_KINDS.contains(word.as_str()))
}

/// Whether words of a name speak of something else; what stands before the word for the thing may only tell its purpose.
fn turns_away(words: &[String]) -> bool {
    let called = |word: &String| CALLED.split(' ').any(|known| word == known);
    let Some((last, before)) = words.split_last() else { return false };
    let away = |word: &String| ELSEWHERE.contains(word.as_str());
    away(last) || before.iter().any(|word| away(word) && !called(word))
}

/// Whether the words of a key name a program that others make.
fn names_product(words: &[String]) -> bool {
    words.iter().any(|word| PRODUCTS.contains(word.as_str()))
}

/// Whether a mapping says of itself that it describes what somebody else makes or runs: `vendor: Telsure`,
/// `kind: external`, `external: true`.
pub(super) fn is_foreign(mapping: Value<'_, '_>) -> bool {
    let one_of = |words: &str, word: &str| words.split(' ').any(|known| word.trim().eq_ignore_ascii_case(known));
    mapping.entries().take(KEYS).any(|entry| {
        let (Some(key), Some(value)) = (entry.key.text(), entry.value.filled()) else { return false };
        one_of(FOREIGN_KEYS, key)
            || one_of(FOREIGN_MARKS, key) && one_of(FOREIGN_VALUES, value)
            || one_of(FOREIGN_VALUES, key) && value.trim().eq_ignore_ascii_case("true")
    })
}

/// Whether a name speaks of times and amounts of another kind than those of an answer: "freshness of the map".
pub(super) fn names_other_kind(name: &str) -> bool {
    name.to_lowercase().split(|sign: char| !sign.is_alphanumeric()).any(|word| OTHER_KINDS.contains(word))
}

/// Whether a word of a key only sorts what is below.
pub(super) fn sorts(word: &str) -> bool {
    CONTAINERS.contains(word)
}

/// Whether the words of a key announce free text.
pub(super) fn announce_prose(words: &[String]) -> bool {
    words.iter().any(|word| PROSE.contains(word.as_str()))
}

/// Whether a key of a list item names the item's topic.
pub(super) fn names_topic(key: &str) -> bool {
    TOPIC_KEYS.split(' ').any(|known| key.eq_ignore_ascii_case(known))
}

/// Whether a key of a list item holds the item's value.
pub(super) fn holds_value(key: &str) -> bool {
    let spelled = key.replace(' ', "_");
    let key = spelled.as_str();
    let holds = |key: &str| VALUE_KEYS.split(' ').any(|known| key.eq_ignore_ascii_case(known));
    // `threshold_ms`, `maxMib`.
    let with_unit = || match key_words(key).as_slice() {
        [word, unit] => holds(word) && UNITS.contains(&unit.as_str()),
        _ => false,
    };
    holds(key) || with_unit()
}

/// Whether a value says itself that it is a limit, as no program's configuration does.
pub(super) fn says_at_most(text: &str) -> bool {
    const WORDS: &[&str] =
        &["at most", "no more than", "not more than", "up to ", "within ", "under ", "below ", "höchstens "];
    let text = text.trim_start();
    text.contains(['<', '≤']) || WORDS.iter().any(|words| text.to_lowercase().starts_with(words))
}

/// Whether an annotation's prefix belongs to a tool.
pub(super) fn is_tool(prefix: &str) -> bool {
    TOOLS.split_whitespace().any(|tool| prefix.ends_with(tool))
}
