//! Every key of the page, in one place: the check for unknown keys, the check of types, `schemas/policy.schema.json`
//! and the book all follow from these tables.

mod allowances;
mod decisions;

pub(super) use allowances::{REPOSITORIES, SUPPRESSIONS};
pub(super) use decisions::DECISIONS;

/// A mapping with fixed keys.
pub(super) struct Table {
    /// Its name in the schema.
    pub name: &'static str,
    /// As it reads in a sentence: "a waiver".
    pub says: &'static str,
    /// Its keys, in the order in which they are shown.
    pub keys: &'static [Key],
    /// What other keys hold: names of facts, with this behind them.
    pub facts: Option<&'static Shape>,
    /// Who reports a required key that is missing: the shape check, or the reader, which knows better words.
    pub reader_asks: bool,
}

/// One key.
pub(super) struct Key {
    /// As it is written.
    pub name: &'static str,
    /// What it is for, in a sentence.
    pub says: &'static str,
    /// What stands behind it.
    pub shape: Shape,
    /// Whether it must be there.
    pub required: bool,
    /// What people write instead.
    pub synonyms: &'static [&'static str],
}

/// What may stand behind a key.
pub(super) enum Shape {
    /// The number 1.
    Version,
    /// Text that says something; a number counts as text.
    Text,
    /// `YYYY-MM-DD`.
    Date,
    /// One of these words.
    Word(&'static [&'static str]),
    /// `true`, and nothing else.
    True,
    /// A value of a fact: its type decides later.
    Scalar,
    /// A list with at least one item.
    Many(&'static Shape),
    /// A list that may be empty.
    List(&'static Shape),
    /// A value, or a list with at least one.
    OneOrMany(&'static Shape),
    /// A mapping with fixed keys.
    Table(&'static Table),
    /// A mapping from names.
    Named(&'static Shape),
    /// The name of a fact, or one fact with comparators.
    Requirement,
}

const fn key(name: &'static str, shape: Shape, synonyms: &'static [&'static str], says: &'static str) -> Key {
    Key { name, says, shape, required: false, synonyms }
}

const fn needed(name: &'static str, shape: Shape, synonyms: &'static [&'static str], says: &'static str) -> Key {
    Key { name, says, shape, required: true, synonyms }
}

const fn table(name: &'static str, says: &'static str, keys: &'static [Key]) -> Table {
    Table { name, says, keys, facts: None, reader_asks: false }
}

use Shape::{Date, List, Many, Named, OneOrMany, Requirement, Scalar, Text, True, Version, Word};

/// Words for `others:`.
pub(super) const OTHERS: &[&str] = &["allow", "ask", "refuse"];
/// Words for `in-change:`.
pub(super) const IN_CHANGE: &[&str] = &["ignore", "allow"];
/// Words for `severity:`.
pub(super) const LEVELS: &[&str] = &["error", "warning", "info", "off"];
/// Words for `type:` of a fact.
pub(super) const TYPES: &[&str] =
    &["rank", "bytes", "duration", "count", "rate", "share", "money", "names", "flag", "date", "text", "choice"];
/// Words for `decision:` in a test.
pub(super) const STATUSES: &[&str] =
    &["none", "draft", "proposed", "accepted", "rejected", "withdrawn", "deprecated", "superseded"];

/// Words for the status of a decision.
pub(super) const STANDINGS: &[&str] =
    &["draft", "proposed", "accepted", "rejected", "withdrawn", "deprecated", "superseded"];

/// The page itself.
pub(super) static PAGE: Table = table(
    "page",
    "the page",
    &[
        needed("policy", Version, &["version"], "The version of this format: 1."),
        key("title", Text, &["name", "heading"], "The page's heading."),
        key("owner", Text, &["owners", "team", "maintainer"], "Who answers for the page."),
        key(
            "review-by",
            Date,
            &["review", "review-date", "reviewed-by"],
            "The day until which the page is to be looked at again.",
        ),
        key(
            "extends",
            OneOrMany(&Text),
            &["extend", "inherits", "base", "include"],
            "Packs that the page builds on, such as `adrule:default`, and `org` for the organisation's page. What the page says wins, but is never looser than the organisation's page.",
        ),
        key(
            "default",
            OneOrMany(&Text),
            &["default-language", "defaults", "default-languages"],
            "The language, or languages, of a new service. It needs no reason.",
        ),
        key(
            "languages",
            Named(&Shape::Table(&LANGUAGE)),
            &["langs", "exceptions"],
            "What other languages need, by name.",
        ),
        key(
            "others",
            Word(OTHERS),
            &["other", "rest", "else", "otherwise"],
            "Languages that the page does not name: `allow` (the default), `ask` (a waiver is needed) or `refuse`.",
        ),
        key("services", Shape::Table(&SERVICES), &["service"], "Where services are."),
        key(
            "decisions",
            Shape::Table(&DECISIONS),
            &["decision", "adr", "adrs", "records"],
            "Where decisions are, and who needs one.",
        ),
        key(
            "exclude",
            OneOrMany(&Text),
            &["ignore", "ignores", "excludes", "skip"],
            "Folders and files that are not looked at, with `*`: examples, test data, other people's code.",
        ),
        key("facts", Named(&Shape::Table(&FACT)), &["fact", "fields"], "The team's own facts, by name."),
        key(
            "rules",
            List(&Shape::Table(&RULE)),
            &["rule", "checks"],
            "The team's own rules, and built-in rules whose severity the page sets.",
        ),
        key(
            "waivers",
            List(&Shape::Table(&WAIVER)),
            &["waiver", "exemptions", "overrides", "ignore"],
            "Exceptions, each with an owner and an end.",
        ),
        key(
            "suppressions",
            Shape::Table(&SUPPRESSIONS),
            &["suppression", "comments", "allow"],
            "What comments that excuse findings in their file can do.",
        ),
        key(
            "repositories",
            Shape::Table(&REPOSITORIES),
            &["repository", "repos", "allow-repositories"],
            "On the organisation's page: what the pages of repositories that build on it may loosen.",
        ),
        key(
            "tests",
            List(&Shape::Table(&TEST)),
            &["test", "examples"],
            "Services as the page imagines them, and the rules that are to fire.",
        ),
    ],
);

/// What the page says of one language.
pub(super) static LANGUAGE: Table = table(
    "language",
    "a language",
    &[
        key(
            "says",
            Text,
            &["say", "text", "sentence", "message", "description"],
            "The page's sentence: shown with every finding.",
        ),
        key(
            "requires",
            Shape::Table(&REQUIRES),
            &["require", "required", "needs", "requirements"],
            "What must be stated.",
        ),
        key("only-for", OneOrMany(&Text), &["only", "kinds", "for"], "The kinds of service that it is for."),
        key("severity", Word(LEVELS), &["level"], "How much a missing reason weighs. The default is `error`."),
    ],
);

/// What must be stated.
pub(super) static REQUIRES: Table = table(
    "requires",
    "`requires`",
    &[
        key("any", Many(&Requirement), &["any-of", "anyof", "one-of", "or", "either"], "One of these is enough."),
        key("all", Many(&Requirement), &["all-of", "allof", "and", "every", "each"], "Each of these is needed."),
    ],
);

/// How a fact is compared.
pub(super) static COMPARATORS: Table = table(
    "comparators",
    "a comparison",
    &[
        key("at-least", Scalar, &["min", "minimum", ">=", "gte", "from"], "This much or more."),
        key("at-most", Scalar, &["max", "maximum", "<=", "lte", "up-to"], "This much or less."),
        key("less-than", Scalar, &["lt", "<", "below", "under"], "Less than this."),
        key("more-than", Scalar, &["gt", ">", "above", "over", "greater-than"], "More than this."),
        key("equals", Scalar, &["eq", "is", "=", "==", "equal"], "Exactly this."),
        key("one-of", Many(&Scalar), &["in", "enum", "among", "any-of"], "One of these."),
        key("none-of", Many(&Scalar), &["not-in", "not", "except"], "None of these."),
        key(
            "percentile",
            Text,
            &["quantile", "at"],
            "The percentile of a latency, such as `p95`: a target at a higher one will do.",
        ),
        key("stated", True, &["exists", "present", "required", "is-stated"], "Stated at all."),
    ],
);

/// Where services are.
pub(super) static SERVICES: Table = table(
    "services",
    "`services`",
    &[needed(
        "in",
        OneOrMany(&Text),
        &["folders", "paths", "path", "dirs", "where"],
        "Folders, with `*` for any name: each that matches is a service and needs a manifest.",
    )],
);

/// A fact of the team's own.
pub(super) static FACT: Table = table(
    "fact",
    "a fact",
    &[
        needed("type", Word(TYPES), &["kind", "is"], "What kind of value it is."),
        key("order", Many(&Text), &["levels", "scale", "ranks"], "The words of a `rank`, lowest first."),
        key("of", Many(&Text), &["values", "choices", "options", "enum", "one-of"], "The words of a `choice`."),
        key(
            "from",
            OneOrMany(&Text),
            &["path", "paths", "key", "keys", "field"],
            "Where manifests state it: keys from the outside in, with dots between, such as `metadata.labels.data-class`.",
        ),
        key("labels", OneOrMany(&Text), &["label", "aliases", "names"], "What decisions call it, besides its name."),
        key("says", Text, &["say", "text", "description"], "As it reads in a sentence: `a data class`."),
    ],
);

/// A rule.
pub(super) static RULE: Table = table(
    "rule",
    "a rule",
    &[
        needed(
            "id",
            Text,
            &["name", "rule", "key"],
            "Its id: words in lower case with `-` between them, naming the fault. The id of a built-in rule sets that rule's severity.",
        ),
        key(
            "says",
            Text,
            &["say", "text", "sentence", "message", "description"],
            "Its sentence: shown with every finding.",
        ),
        key(
            "when",
            Shape::Table(&CONDITION),
            &["if", "where", "given"],
            "The services that it is about. All conditions must hold.",
        ),
        key(
            "unless",
            Shape::Table(&CONDITION),
            &["except", "if-not", "not-when"],
            "The services that it is not about.",
        ),
        key(
            "requires",
            Shape::Table(&REQUIRES),
            &["require", "required", "needs", "requirements"],
            "What must be stated.",
        ),
        key("severity", Word(LEVELS), &["level"], "Its weight. The default is `error`."),
        key("fix", Text, &["remedy", "hint", "todo"], "The remedy, in a sentence."),
        key("help", Text, &["more", "link", "url", "docs", "see"], "Where there is more to read."),
    ],
);

/// Which services a rule is about.
pub(super) static CONDITION: Table = Table {
    name: "condition",
    says: "a condition",
    keys: &[
        key("language", OneOrMany(&Text), &["languages", "lang"], "Languages: any one of them."),
        key("kind", OneOrMany(&Text), &["kinds", "type"], "Kinds of service: any one of them."),
        key("service", OneOrMany(&Text), &["services", "name"], "Names of services, with `*`: any one of them."),
        key("path", OneOrMany(&Text), &["paths", "folder", "in"], "Folders of services, with `*`: any one of them."),
    ],
    facts: Some(&Shape::Table(&COMPARATORS)),
    reader_asks: false,
};

/// An exception.
pub(super) static WAIVER: Table = Table {
    name: "waiver",
    says: "a waiver",
    keys: &[
        needed("rule", Text, &["rules", "id"], "The rule that it excuses from."),
        needed(
            "scope",
            OneOrMany(&Text),
            &["service", "services", "path", "paths", "for"],
            "The services, by name or folder, or the decisions, by path, file name or number, with `*`.",
        ),
        needed("reason", Text, &["because", "why", "justification"], "Why."),
        needed("owner", Text, &["owners", "team"], "Who answers for it."),
        needed("approved-by", Text, &["approver", "approved", "granted-by"], "Who granted it."),
        needed("granted", Date, &["since", "start", "from", "granted-on", "date"], "Its first day."),
        needed("expires", Date, &["until", "expiry", "end", "expires-on", "expiration", "ends"], "Its last day."),
        key(
            "exit",
            Text,
            &["exit-plan", "way-out", "plan", "decision"],
            "How it ends: a decision, a plan, a sentence.",
        ),
    ],
    facts: None,
    reader_asks: true,
};

/// A test.
pub(super) static TEST: Table = table(
    "test",
    "a test",
    &[
        key("name", Text, &["title", "says"], "What it shows."),
        needed("given", Shape::Table(&GIVEN), &["when", "if", "service"], "A service as the page imagines it."),
        needed(
            "expect",
            List(&Text),
            &["expected", "expects", "then", "rules"],
            "Ids of the rules that are to fire; an empty list for none.",
        ),
    ],
);

/// A service as a test imagines it.
pub(super) static GIVEN: Table = Table {
    name: "given",
    says: "`given`",
    keys: &[
        key("language", OneOrMany(&Text), &["languages", "lang"], "Its language, or languages."),
        key("kind", Text, &["type"], "Its kind."),
        key("service", Text, &["name"], "Its name."),
        key("path", Text, &["folder"], "Its folder."),
        key(
            "decision",
            Word(STATUSES),
            &["decisions", "adr", "status"],
            "The status of its decision, or `none`. Left out, no rule about decisions fires.",
        ),
    ],
    facts: Some(&OneOrMany(&Scalar)),
    reader_asks: false,
};
