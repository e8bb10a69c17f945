//! What can be set: one table, from which flags, variables, keys of the file and the table in the book are made.

/// Whether a setting is a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// May be seen by everybody on the machine.
    Open,
    /// May hold a password: as a flag only without one.
    MayHoldPassword,
    /// Never a flag, since everybody on the machine sees those. Its file may be named by one.
    Secret,
}

/// Something that can be set.
#[derive(Debug)]
pub struct Setting {
    /// The key in the file; with `--` before it the flag.
    pub name: &'static str,
    pub kind: Kind,
    /// The key for a file that holds the value.
    pub file: Option<&'static str>,
    /// Variables of others that are read where our own is not set.
    pub others: &'static [&'static str],
    /// What stands for the value in help.
    pub value: &'static str,
    /// What is taken where nothing is said; may be empty.
    pub default: &'static str,
    /// In one sentence, without a full stop.
    pub meaning: &'static str,
}

impl Setting {
    /// `ADRULE_` and the name in capitals.
    pub fn variable(&self) -> String {
        format!("ADRULE_{}", self.name.to_uppercase().replace('-', "_"))
    }

    /// The variable for a file that holds the value.
    pub fn file_variable(&self) -> Option<String> {
        self.file.map(|_| format!("{}_FILE", self.variable()))
    }

    /// The flag with the value in it, if there is one.
    pub fn has_flag(&self) -> bool {
        self.kind != Kind::Secret
    }
}

const fn open(
    name: &'static str,
    value: &'static str,
    default: &'static str,
    others: &'static [&'static str],
    meaning: &'static str,
) -> Setting {
    Setting { name, kind: Kind::Open, file: None, others, value, default, meaning }
}

const fn secret(name: &'static str, file: &'static str, meaning: &'static str) -> Setting {
    Setting { name, kind: Kind::Secret, file: Some(file), others: &[], value: "SECRET", default: "", meaning }
}

/// All of them, in the order of the book.
pub const SETTINGS: &[Setting] = &[
    open("listen", "ADDR:PORT", "127.0.0.1:8080", &[], "The address that is listened on"),
    open(
        "public-url",
        "URL",
        "",
        &[],
        "Where GitHub and people reach this server from outside, such as https://adrule.example.com",
    ),
    Setting {
        name: "database",
        kind: Kind::MayHoldPassword,
        file: Some("database-file"),
        others: &["DATABASE_URL"],
        value: "DATABASE",
        default: "adrule.db",
        meaning: "A file for SQLite, or postgres://USER:PASSWORD@HOST/NAME for several replicas",
    },
    open("app-id", "ID", "", &[], "The App's number (`App ID` on its page)"),
    secret("private-key", "private-key-file", "The App's private key, in PEM as GitHub gives it out"),
    secret("webhook-secret", "webhook-secret-file", "The secret of the App's webhook"),
    secret(
        "webhook-secret-previous",
        "webhook-secret-previous-file",
        "The secret before that, taken too while it is rotated",
    ),
    open(
        "setup-file",
        "FILE",
        "adrule-app.yaml",
        &[],
        "Where `/setup` keeps the App's credentials, and where they are read from if nothing else states them",
    ),
    open(
        "api-url",
        "URL",
        "https://api.github.com",
        &["GITHUB_API_URL"],
        "GitHub's REST interface; of an Enterprise Server https://HOST/api/v3",
    ),
    open("graphql-url", "URL", "", &["GITHUB_GRAPHQL_URL"], "GitHub's GraphQL interface; follows from `api-url`"),
    open("web-url", "URL", "", &["GITHUB_SERVER_URL"], "GitHub's pages for people; follows from `api-url`"),
    secret(
        "operator-token",
        "operator-token-file",
        "Opens the operator's page; without it and without `operator-header` there is no such page",
    ),
    open(
        "operator-header",
        "NAME",
        "",
        &[],
        "A header in which a proxy names who is signed in; who has one sees the operator's page",
    ),
    open(
        "operator-proxies",
        "ADDRESSES",
        "127.0.0.1,::1",
        &[],
        "From whom that header is believed: addresses and ranges such as 10.0.0.0/8, separated by commas",
    ),
    open("fail-on", "SEVERITY", "error", &[], "The least severity that fails a check: error, warning, info, or never"),
    open("comment", "WHEN", "auto", &[], "`auto` comments where something is missing or was, `always` in any case"),
    open(
        "suggestions",
        "BOOLEAN",
        "true",
        &[],
        "Whether changes whose exact lines are known are suggested beside them, in one review",
    ),
    open("workers", "COUNT", "4", &[], "Pull requests that are judged at the same time, 1 to 64"),
    open("drain", "TIME", "25s", &[], "How long work under way may take to end when the server stops"),
    open(
        "log",
        "FILTER",
        "info",
        &["RUST_LOG"],
        "What is logged: error, warn, info, debug, trace, or such a level for a part, as in `info,adrule=debug`",
    ),
    open("log-format", "FORMAT", "text", &[], "`text` for people, `json` for machines"),
    open(
        "otlp-endpoint",
        "URL",
        "",
        &["OTEL_EXPORTER_OTLP_ENDPOINT"],
        "Where traces are sent, by OTLP over HTTP; without it there are none",
    ),
];

/// The setting of that name.
pub fn setting(name: &str) -> Option<&'static Setting> {
    SETTINGS.iter().find(|setting| setting.name == name)
}
