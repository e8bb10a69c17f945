//! Good pages have nothing wrong; bad ones are told so, each at its place.

use super::{fixtures, load, told};
use std::fmt::Write;

#[test]
fn good_pages_have_nothing_wrong() {
    for (name, text) in fixtures("good") {
        let loaded = load(&text);
        assert!(loaded.page.is_some() && loaded.findings.is_empty(), "{name}\n{}", told(&loaded, &text));
    }
}

#[test]
fn every_mistake_is_said_at_its_place() {
    let mut all = String::new();
    for (name, text) in fixtures("bad") {
        let loaded = load(&text);
        assert!(!loaded.findings.is_empty(), "{name}");
        writeln!(all, "{name}\n{}", told(&loaded, &text)).unwrap();
    }
    insta::assert_snapshot!(all, @r#"
    above-the-top-of-a-scale
    error[policy-invalid]: no `failure-impact` can be what this asks for
      4: `more-than: very-high` `more-than: very-high` leaves nothing
    the page is not used

    alias
    error[policy-invalid]: aliases are not read on the page
      4: `*d` write it out: the page is read by people too
    the page is not used

    at-least-above-at-most
    error[policy-invalid]: no `memory-budget` can be what this asks for
      4: `at-least: 1 GB, at-most: 512 MiB` `at-least: 1 GB` and `at-most: 512 MiB` exclude each other
    the page is not used

    at-least-on-text
    error[policy-invalid]: `at-least` does not go with `threat-model`, which is text
      4: `at-least` use `equals`, `one-of` or `none-of`
    the page is not used

    bound-negative
    error[policy-invalid]: `latency-target` cannot be `-10 ms`
      4: `-10 ms` write a time, such as `10 ms`
    the page is not used

    bound-with-percentile
    error[policy-invalid]: `at-most` holds a percentile besides the value
      4: `p95 10 ms` write it apart: `percentile: p95`
    the page is not used

    bound-with-words
    error[policy-invalid]: `at-most` holds more than a value: `under 10 ms`
      4: `under 10 ms` write the value alone
    the page is not used

    default-asked
    error[policy-invalid]: Rust is the default, so what is asked of it here is never asked
      4: `rust` never applies
      help: take `rust` out of `default`, or this out of the page
    error[policy-invalid]: Go is the default, so what is asked of it here is never asked
      5: `go` never applies
      help: take `go` out of `default`, or this out of the page

    default-missing
    error[policy-invalid]: the page names no default language
      1: `policy` add `default: go`, or the language that your team uses
      help: or build on a pack: `extends: [adrule:default]`
    the page is not used

    duplicate-key
    error[policy-invalid]: `others` stands twice
      5: `others` again here: which one is meant?
      3: `others` first here
    the page is not used

    empty
    error[policy-invalid]: the page is empty
      1: `` 
      help: the shortest page is `policy: 1` and `default: go`; `adrule init` writes a commented one
    the page is not used

    empty-value
    error[policy-invalid]: `rust` is empty
      4: `` it should be a mapping: `says: …`
    the page is not used

    fact-from-broken
    error[policy-invalid]: `metadata..class` is no path of keys
      4: `metadata..class` write keys with dots between them, such as `metadata.labels.data-class`
      help: a key that has a dot itself stands in double quotes: `metadata.annotations."a.b/c"`
    the page is not used

    fact-order-of-text
    error[policy-invalid]: `order` is for a `rank`, and this is a `text`
      4: `order` write `type: rank`, or leave it out
    the page is not used

    fact-order-twice
    error[policy-invalid]: `public` stands twice
      4: `public` again here
      4: `public` first here
    the page is not used

    fact-rank-without-order
    error[policy-invalid]: a `rank` needs its words
      4: `rank` add `order: [low, high]`, with your words
    the page is not used

    fact-reserved
    error[policy-invalid]: a fact cannot be called `kind`
      4: `kind` conditions and tests use this word for something else
    the page is not used

    fact-shadows
    error[policy-invalid]: adrule already knows `memory-budget`, as an amount of memory
      4: `memory-budget` give your own fact another name
    the page is not used

    fact-unknown
    error[policy-invalid]: `memory_budget` is no fact that this page or adrule knows
      4: `memory_budget` did you mean `memory-budget`?
      help: a fact of your own is defined under `facts:`
    error[policy-invalid]: `latency` is no fact that this page or adrule knows
      4: `latency` did you mean `latency-target`?
      help: a fact of your own is defined under `facts:`
    the page is not used

    key-is-a-list
    error[policy-invalid]: a key is a word, and this is a list
      3: `[a, b]` write a word
    the page is not used

    language-twice
    error[policy-invalid]: C# stands twice
      5: `csharp` again here: which one is meant?
      4: `c#` first here
    the page is not used

    language-unknown
    warning[policy-invalid]: `rsut` is no language that adrule knows
      4: `rsut` did you mean `rust`?

    many-at-once
    error[policy-invalid]: the page names no default language
      1: `policy` add `default: go`, or the language that your team uses
      help: or build on a pack: `extends: [adrule:default]`
    error[policy-invalid]: the page has no `languges`
      2: `languges` did you mean `languages`?
    error[policy-invalid]: `others` cannot be `maybe`
      3: `maybe` write one of `allow`, `ask`, `refuse`
    error[policy-invalid]: `review-by` is no day: `1 June`
      4: `1 June` write it as year-month-day, such as `2027-06-01`
    error[policy-invalid]: `services` needs `in`
      5: `{}` `in:` is missing
      help: `in`: Folders, with `*` for any name: each that matches is a service and needs a manifest.
    error[waiver-incomplete]: the waiver is not in force: it lacks `scope`, `reason`, `owner`, `approved-by`, `granted` and `expires`
      7: `rule` add `scope`, `reason`, `owner`, `approved-by`, `granted` and `expires`
    error[policy-invalid]: there is no rule `x` to be excused from
      7: `x` unknown rule
      help: `adrule rules` lists the rules
    the page is not used

    names-not-a-number
    error[policy-invalid]: `reviewers` is compared by how many names there are
      4: `ana` write a number
    the page is not used

    not-a-mapping
    error[policy-invalid]: the page should be a mapping: `policy: …`
      1: `policy: 1` this is a list
    the page is not used

    not-yaml
    error[policy-invalid]: the page cannot be read: unclosed bracket '['
      2: `` reading stops here
    the page is not used

    one-of-on-memory
    error[policy-invalid]: `one-of` does not go with `memory-budget`, which is an amount of memory
      4: `one-of` use `at-least`, `at-most`, `less-than`, `more-than` or `equals`
    the page is not used

    own-rank-not-in-order
    error[policy-invalid]: `data-class` cannot be `secret`
      6: `secret` write one of public, internal, pii
    the page is not used

    owner-empty
    error[policy-invalid]: `owner` is empty
      3: `` it should be text

    pack-unknown
    error[policy-invalid]: there is no pack `adrule:defualt`
      2: `adrule:defualt` did you mean `adrule:default`?
      help: a page builds on packs that ship with adrule, or on the organisation's page: `adrule:default`, `adrule:nygard`, `adrule:madr`, `adrule:structured-madr`, `org`
    the page is not used

    path-broken
    error[policy-invalid]: `services/[ab` under `in` is no path or name
      3: `"services/[ab"` unclosed character class; missing ']'
    the page is not used

    path-outside
    error[policy-invalid]: `../services/*` under `in` is no path or name
      3: `../services/*` a path starts at the root of the repository, without `/` before it and without `..`
    the page is not used

    percentile-not-understood
    error[policy-invalid]: `95` is no percentile
      4: `95` write it as `p95`
    the page is not used

    percentile-on-memory
    error[policy-invalid]: `memory-budget` has no percentile: it is an amount of memory
      4: `percentile` leave it out
    the page is not used

    percentile-too-high
    error[policy-invalid]: `p999` is no percentile
      4: `p999` it lies between p0 and p100, such as `p99.9`
    the page is not used

    rank-not-in-order
    error[policy-invalid]: `failure-impact` cannot be `hihg`
      4: `hihg` did you mean `high`?
    the page is not used

    requires-empty-list
    error[policy-invalid]: `any` is empty
      4: `[]` name at least one, or leave the key out
    the page is not used

    requires-is-a-list
    error[policy-invalid]: `requires` does not say how many are needed
      4: `[memory-budget]` one of these, or each? write `any:` or `all:` before the list
    the page is not used

    requires-nothing
    error[policy-invalid]: `requires` asks for nothing
      4: `{}` name at least one fact under `any:` or `all:`, or leave `requires` out
    the page is not used

    review-due
    info[policy-review-due]: the page was to be reviewed by 21 November 2026
      3: `2026-11-21` this day has passed
      help: read the page again, change what no longer holds, and set the next date

    review-no-day
    error[policy-invalid]: `review-by` is no day: `next year`
      3: `next year` write it as year-month-day, such as `2027-06-01`

    rule-built-in-without-severity
    error[policy-invalid]: nothing is said about `language-reason-weak`
      4: `language-reason-weak` add `severity: error`, `warning`, `info` or `off`
    the page is not used

    rule-condition-empty
    error[policy-invalid]: a condition without conditions
      4: `{}` name at least one condition, or leave the key out
    the page is not used

    rule-condition-mistyped
    error[policy-invalid]: a condition has no `languages`
      4: `languages` did you mean `language`?
    the page is not used

    rule-id-with-spaces
    error[policy-invalid]: `Has owner` is no id for a rule
      4: `Has owner` write words in lower case with `-` between them
    the page is not used

    rule-never-fires
    error[policy-invalid]: the rule `has-owner` never fires: it asks for what `when` already takes for granted
      4: `owner` already so wherever the rule applies

    rule-never-refused
    error[policy-invalid]: the rule `has-owner` never applies: the page refuses Elixir
      5: `elixir` never applies
      help: `others: refuse` refuses every language that the page does not name

    rule-never-unless
    error[policy-invalid]: the rule `has-owner` never applies: `unless` holds whenever `when` does
      7: `unless` takes out everything that `when` lets in

    rule-never-when
    error[policy-invalid]: no `team-size` can be what this asks for
      4: `less-than: 2, more-than: 8` `more-than: 8` and `less-than: 2` exclude each other
    the page is not used

    rule-severity-of-nothing
    error[policy-invalid]: there is no built-in rule `language-reason-weka`
      4: `language-reason-weka` did you mean `language-reason-weak`?
      help: `adrule rules` lists the built-in rules; a rule of your own also has `says` and `requires`
    the page is not used

    rule-shadows-built-in
    error[policy-invalid]: `language-without-reason` is a built-in rule
      4: `says` of `language-without-reason` the page can only set the `severity`
      help: for a rule of your own, choose an id that is not taken
    the page is not used

    rule-silences-the-page
    error[policy-invalid]: the severity of `policy-invalid` is fixed
      4: `policy-invalid` mistakes on the page are always reported

    rule-twice
    error[policy-invalid]: the rule `has-owner` stands twice
      5: `has-owner` again here: give it another id
      4: `has-owner` first here
    the page is not used

    rule-without-sentence
    error[policy-invalid]: the rule `has-owner` needs `says`
      4: `has-owner` add `says:`, its sentence, shown with every finding
    the page is not used

    stated-false
    error[policy-invalid]: `stated` can only be `true`
      4: `false` write `true`
      help: for services that do not state it, use `unless: { … : { stated: true } }`
    the page is not used

    suppressions-word
    error[policy-invalid]: the page has no `suppression`
      3: `suppression` did you mean `suppressions`?
    error[policy-invalid]: `in-change` cannot be `yes`
      4: `yes` write one of `ignore`, `allow`
    the page is not used

    test-key-mistyped
    error[policy-invalid]: `given` has no `languages`
      4: `languages` did you mean `language`?

    test-status-unknown
    error[policy-invalid]: `decision` cannot be `acepted`
      4: `acepted` did you mean `accepted`?
      help: it is one of `none`, `draft`, `proposed`, `accepted`, `rejected`, `withdrawn`, `deprecated`, `superseded`

    test-unknown-rule
    error[policy-invalid]: there is no rule `language-witout-reason` that could fire
      4: `language-witout-reason` did you mean `language-without-reason`?
      help: `adrule rules` lists the rules

    test-without-expect
    error[policy-invalid]: a test needs `expect`
      4: `given` `expect:` is missing
      help: `expect`: Ids of the rules that are to fire; an empty list for none.

    test-without-unit
    error[policy-invalid]: `memory-budget` needs a unit
      4: `64` megabytes? write `64 MB`

    too-deep
    error[policy-invalid]: the page cannot be read: nested too deeply to be read
      2: `` reading stops here
    the page is not used

    two-documents
    error[policy-invalid]: a page is one document
      4: `policy` this is a second document; only the first would be read
    the page is not used

    two-facts-in-one
    error[policy-invalid]: one requirement names one fact
      8: `latency-target` write `- latency-target` as an item of its own
    the page is not used

    unit-missing
    error[policy-invalid]: `latency-target` needs a unit
      8: `10` milliseconds? write `10 ms`
    the page is not used

    unit-missing-memory
    error[policy-invalid]: `memory-budget` needs a unit
      4: `180` megabytes? write `180 MB`
    the page is not used

    unit-wrong
    error[policy-invalid]: `memory-budget` cannot be `10 ms`
      4: `10 ms` write an amount of memory, such as `180 MB`
    the page is not used

    unknown-key
    error[policy-invalid]: the page has no `langauges`
      3: `langauges` did you mean `languages`?
    the page is not used

    unknown-key-far
    error[policy-invalid]: the page has no `budget`
      3: `budget` unknown key
      help: it may have `policy`, `title`, `owner`, `review-by`, `extends`, `default`, `languages`, `others`, `services`, `decisions`, `exclude`, `facts`, `rules`, `waivers`, `suppressions`, `repositories`, `tests`
    the page is not used

    unknown-key-synonym
    error[policy-invalid]: a comparison has no `max`
      7: `max` did you mean `at-most`?
    the page is not used

    version-missing
    error[policy-invalid]: the page needs `policy`
      1: `default` `policy:` is missing
      help: `policy`: The version of this format: 1.
    the page is not used

    version-unknown
    error[policy-invalid]: `policy: 2` is not a version that this adrule reads
      1: `2` write `policy: 1`
    the page is not used

    waiver-ends-before-it-starts
    error[policy-invalid]: the waiver ends before it starts
      4: `2026-01-31` this is before 1 November 2026
      4: `2026-11-01` granted here

    waiver-expired
    warning[waiver-expired]: the waiver for `a` and `b` expired on 21 November 2026
      4: `2026-11-21` this day has passed
      help: remove it, or have it granted again with a new day; edge-team owns it

    waiver-incomplete
    error[waiver-incomplete]: the waiver is not in force: it lacks `owner`, `approved-by`, `granted` and `expires`
      4: `rule` add `owner`, `approved-by`, `granted` and `expires`

    waiver-key-twice
    error[policy-invalid]: `exit` stands twice
      4: `exit` again here: which one is meant?
      4: `exit` first here

    waiver-no-day
    error[policy-invalid]: `granted` is no day: `2026-11-31`
      4: `2026-11-31` write it as year-month-day, such as `2027-06-01`
    error[policy-invalid]: `expires` is no day: `soon`
      4: `soon` write it as year-month-day, such as `2027-06-01`

    waiver-not-yet
    warning[policy-invalid]: the waiver is not in force before 1 December 2026
      4: `2026-12-01` this day has not come yet

    waiver-unknown-key
    error[waiver-incomplete]: the waiver is not in force: it lacks `approved-by`
      4: `rule` add `approved-by`
    error[policy-invalid]: a waiver has no `approver`
      4: `approver` did you mean `approved-by`?

    waiver-unknown-rule
    error[policy-invalid]: there is no rule `language-without-reasons` to be excused from
      4: `language-without-reasons` did you mean `language-without-reason`?
      help: `adrule rules` lists the rules

    waiver-without-exit
    info[waiver-incomplete]: the waiver does not say how it ends
      4: `rule` add `exit:`
      help: `exit:` names a decision, a plan or a sentence; the waiver is in force without it

    word-unknown
    error[policy-invalid]: `others` cannot be `deny`
      3: `deny` write one of `allow`, `ask`, `refuse`
    the page is not used

    wrong-type
    error[policy-invalid]: `languages` should be a mapping from names
      3: `rust` this is a list
    the page is not used

    wrong-type-list
    error[policy-invalid]: `rules` should be a list, each item with `-` before it
      3: `id` this is a mapping
    the page is not used

    wrong-type-mapping-in-list
    error[policy-invalid]: a waiver should be a mapping: `rule: …`
      3: `edge-proxy` this is text
    "#);
}
