//! What a document's title says of the figures below it: what it decides on, gives up, or only tells of.

use super::super::prose::cue::Class;
use super::super::prose::passage::stem;
use super::super::words::WordSet;
use super::stems::Stems;
use crate::language;
use crate::text::outline::Outline;
use std::sync::LazyLock;

/// What stands behind the opening of a title.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Frame {
    /// "Retire the …": what the document gives up.
    GivesUp,
    /// "Lessons from the …": what it only tells of.
    TellsOf,
}

/// The openings of titles that name something else than the service decided on.
const FRAMES: &[(&[&str], Frame)] = &[
    (&["retire"], Frame::GivesUp),
    (&["retiring"], Frame::GivesUp),
    (&["remove"], Frame::GivesUp),
    (&["removing"], Frame::GivesUp),
    (&["decommission"], Frame::GivesUp),
    (&["decommissioning"], Frame::GivesUp),
    (&["sunset"], Frame::GivesUp),
    (&["drop"], Frame::GivesUp),
    (&["abolish"], Frame::GivesUp),
    (&["discontinue"], Frame::GivesUp),
    (&["switch", "off"], Frame::GivesUp),
    (&["switching", "off"], Frame::GivesUp),
    (&["shut", "down"], Frame::GivesUp),
    (&["shutting", "down"], Frame::GivesUp),
    (&["goodbye", "to"], Frame::GivesUp),
    (&["farewell", "to"], Frame::GivesUp),
    (&["end", "of", "life", "of"], Frame::GivesUp),
    (&["deprecate"], Frame::GivesUp),
    (&["deprecating"], Frame::GivesUp),
    (&["deprecation", "of"], Frame::GivesUp),
    (&["removal", "of"], Frame::GivesUp),
    (&["retirement", "of"], Frame::GivesUp),
    (&["decommissioning", "of"], Frame::GivesUp),
    (&["shutdown", "of"], Frame::GivesUp),
    (&["sunsetting"], Frame::GivesUp),
    (&["delete", "the"], Frame::GivesUp),
    (&["deleting", "the"], Frame::GivesUp),
    (&["turn", "off"], Frame::GivesUp),
    (&["turning", "off"], Frame::GivesUp),
    (&["goodbye"], Frame::GivesUp),
    (&["farewell"], Frame::GivesUp),
    (&["adieu"], Frame::GivesUp),
    (&["the", "end", "of", "the"], Frame::GivesUp),
    (&["abschied", "vom"], Frame::GivesUp),
    (&["abschied", "von"], Frame::GivesUp),
    (&["ende", "des"], Frame::GivesUp),
    (&["ende", "der"], Frame::GivesUp),
    (&["fin", "du"], Frame::GivesUp),
    (&["adiós", "a"], Frame::GivesUp),
    (&["adiós", "al"], Frame::GivesUp),
    (&["stilllegen"], Frame::GivesUp),
    (&["abschaltung"], Frame::GivesUp),
    (&["lessons", "from"], Frame::TellsOf),
    (&["lessons", "learned", "from"], Frame::TellsOf),
    (&["learning", "from"], Frame::TellsOf),
    (&["working", "around"], Frame::TellsOf),
    (&["work", "around"], Frame::TellsOf),
    (&["living", "with"], Frame::TellsOf),
    (&["coping", "with"], Frame::TellsOf),
    (&["waiting", "for"], Frame::TellsOf),
    (&["notes", "on"], Frame::TellsOf),
    (&["use", "of"], Frame::TellsOf),
    (&["calling"], Frame::TellsOf),
    (&["talking", "to"], Frame::TellsOf),
    (&["connecting", "to"], Frame::TellsOf),
    (&["integrating"], Frame::TellsOf),
    (&["integration", "with"], Frame::TellsOf),
    (&["integration", "of"], Frame::TellsOf),
    (&["buying"], Frame::TellsOf),
    (&["depending", "on"], Frame::TellsOf),
    (&["limits", "of"], Frame::TellsOf),
    (&["a", "look", "at"], Frame::TellsOf),
];

/// The first words of these: few words of titles are among them.
static FIRSTS: LazyLock<WordSet<&str>> =
    LazyLock::new(|| FRAMES.iter().filter_map(|(opening, _)| opening.first().copied()).collect());

/// Openings of titles in two parts: "Take the balance cache out".
const PARTED: &[(&str, &[&str])] = &[
    ("take", &["out", "down", "offline"]),
    ("taking", &["out", "down", "offline"]),
    ("switch", &["off"]),
    ("switching", &["off"]),
    ("turn", &["off"]),
    ("turning", &["off"]),
    ("shut", &["down", "off"]),
    ("shutting", &["down", "off"]),
    ("phase", &["out"]),
    ("phasing", &["out"]),
    ("wind", &["down"]),
    ("winding", &["down"]),
];

/// Words for services that stand in front of something else: "HSM proxy".
const FRONTS: &[&str] = &[
    "proxy",
    "adapter",
    "adaptor",
    "client",
    "connector",
    "bridge",
    "wrapper",
    "facade",
    "façade",
    "exporter",
    "shim",
    "mirror",
];

/// Words that end what a title names.
const ENDS: &[&str] = &["in", "with", "by", "for", "from", "and", "after", "favour", "favor"];

/// Words of titles of reports: all that stands below was measured, until a word makes it a limit.
const REPORTS: &[&[&str]] = &[
    &["results", "of"],
    &["results", "from"],
    &["bake", "off"],
    &["benchmark", "results"],
    &["load", "test", "of"],
    &["load", "test", "results"],
    &["measurements", "of"],
    &["measurement", "of"],
    &["profiling", "of"],
    &["benchmark", "of"],
    &["benchmarks", "of"],
    &["benchmarking", "of"],
    &["messung", "der"],
    &["messung", "des"],
    &["messungen", "der"],
    &["messungen", "des"],
    &["messungen", "am"],
    &["nachmessung"],
    &["nachrechnung"],
    &["messergebnisse"],
    &["mesures", "du"],
    &["mesures", "des"],
    &["mesures", "de"],
    &["mediciones", "de"],
    &["retrospective"],
    &["post", "mortem"],
    &["postmortem"],
    &["ergebnisse", "des"],
    &["ergebnisse", "der"],
    &["résultats", "du"],
    &["résultats", "des"],
    &["resultados", "de"],
    &["incident", "of"],
    &["incident", "on"],
    &["incident", "report"],
    &["outage", "of"],
    &["outage", "on"],
    &["figures", "from"],
    &["numbers", "from"],
    &["findings", "from"],
    &["findings", "of"],
    &["numbers", "of", "the", "pilot"],
    &["numbers", "of", "the", "trial"],
    &["figures", "of", "the", "pilot"],
    &["figures", "of", "the", "trial"],
    &["what", "we", "measured"],
    &["load", "generator"],
    &["zahlen", "aus"],
    &["zahlen", "des", "piloten"],
    &["störung", "vom"],
    &["chiffres", "du", "pilote"],
    &["incident", "du"],
    &["incidente", "del"],
    &["cifras", "del", "piloto"],
];

/// Words of titles of what others write of their products.
const SHEETS: &[&[&str]] = &[
    &["data", "sheet"],
    &["datasheet"],
    &["spec", "sheet"],
    &["release", "notes"],
    &["datenblatt"],
    &["fiche", "technique"],
    &["ficha", "técnica"],
    &["hoja", "de", "datos"],
];

/// The first words of the phrases of reports and of data sheets.
static TOLD_FIRSTS: LazyLock<WordSet<&str>> =
    LazyLock::new(|| REPORTS.iter().chain(SHEETS).filter_map(|phrase| phrase.first().copied()).collect());

/// The document's title.
pub(super) fn of(outline: &Outline) -> &str {
    outline.sections.iter().find(|section| section.level > 0).map_or("", |section| section.title.as_str())
}

/// The words of a title in lower case.
pub(super) fn words(title: &str) -> Vec<String> {
    title
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| if word.is_ascii() { word.to_ascii_lowercase() } else { word.to_lowercase() })
        .collect()
}

/// Whether one of the phrases stands in a title.
fn names(words: &[String], phrases: &[&[&str]]) -> bool {
    let begins = |rest: &[String], phrase: &[&str]| {
        rest.len() >= phrase.len() && rest.iter().zip(phrase).all(|(word, of)| word == of)
    };
    (0..words.len())
        .filter(|at| TOLD_FIRSTS.contains(words[*at].as_str()))
        .any(|at| phrases.iter().any(|phrase| begins(&words[at..], phrase)))
}

fn behind(words: &[String], frame: Frame) -> Stems {
    let of = |opening: &[&str], at: usize| {
        words[at..].len() > opening.len() && words[at..].iter().zip(opening).all(|(word, of)| word == of)
    };
    if frame == Frame::GivesUp
        && let Some(parted) = parted(words)
    {
        return stems(parted.iter());
    }
    let start = (0..words.len()).filter(|at| FIRSTS.contains(words[*at].as_str())).find_map(|at| {
        let found = FRAMES.iter().find(|(opening, kind)| *kind == frame && of(opening, at));
        found.map(|(opening, _)| at + opening.len())
    });
    let Some(start) = start else { return Stems::default() };
    // "Use of Rust for the router" is about the router.
    if words.get(start).is_some_and(|word| language::find(word).is_some()) {
        return Stems::default();
    }
    stems(words[start..].iter().take_while(|word| !ENDS.contains(&word.as_str())))
}

/// Words of a title as they are compared, without those that name nothing.
fn stems<'w>(words: impl Iterator<Item = &'w String>) -> Stems {
    words
        .filter(|word| word.len() > 2 && *word != "the" && *word != "our" && *word != "of")
        .map(|word| stem(word).to_owned())
        .collect()
}

/// What stands between the two parts of an opening: "take the balance cache out".
fn parted(words: &[String]) -> Option<&[String]> {
    let verb = words.iter().position(|word| word.chars().all(char::is_alphabetic) && word != "adr")?;
    let (_, particles) = PARTED.iter().find(|(opening, _)| words[verb] == *opening)?;
    let named = &words[verb + 1..];
    let end = named.iter().position(|word| particles.contains(&word.as_str())).filter(|end| (1..6).contains(end))?;
    named.get(end + 1).is_none_or(|next| next != "of").then(|| &named[..end])
}

/// The words for what the service stands in front of: "HSM proxy".
pub(super) fn fronted(words: &[String]) -> Stems {
    let front = words.iter().position(|word| FRONTS.contains(&word.as_str()));
    stems(words[..front.unwrap_or(0)].iter())
}

/// The words for what stands behind the service: "Queue in front of the synthesis tool".
pub(super) fn faced(words: &[String]) -> Stems {
    let Some(at) = words.windows(3).position(|part| part == ["in", "front", "of"]) else { return Stems::default() };
    stems(words[at + 3..].iter().take_while(|word| !ENDS.contains(&word.as_str())))
}

/// The words for what the document gives up: "Retire the Python worker".
pub(super) fn retired(words: &[String]) -> Stems {
    behind(words, Frame::GivesUp)
}

/// Whether a title opens with what is given up, and says nothing of what comes instead: "Retire packager v1".
pub(super) fn only_gives_up(words: &[String]) -> bool {
    let named: Vec<&String> =
        words.iter().skip_while(|word| word.bytes().all(|byte| byte.is_ascii_digit()) || *word == "adr").collect();
    let opens = named.first().is_some_and(|first| FIRSTS.contains(first.as_str()))
        && FRAMES.iter().any(|(opening, kind)| {
            *kind == Frame::GivesUp
                && named.len() > opening.len()
                && named.iter().zip(opening.iter()).all(|(word, of)| word == of)
        });
    opens
        && !words
            .iter()
            .any(|word| ENDS.contains(&word.as_str()) || matches!(word.as_str(), "replace" | "build" | "move"))
}

/// The words for what it only tells of: "Lessons from the pallet tracker".
pub(super) fn told_of(title: &str, words: &[String]) -> Stems {
    // "What the Erlang gateway was good at", "What others did".
    let what = words.iter().position(|word| word == "what").filter(|at| *at <= 2);
    let past = |word: &String| matches!(word.as_str(), "was" | "were" | "did" | "had" | "taught" | "cost" | "could");
    let verb = what.and_then(|what| words.iter().skip(what).position(past).map(|verb| what + verb));
    if let Some((what, verb)) = what.zip(verb).filter(|(what, verb)| verb - what <= 6) {
        return stems(words[what + 1..verb].iter().filter(|word| *word != "we"));
    }
    behind(words, Frame::TellsOf).and(replaced_names(title, words))
}

/// The names of what a title replaces: `sidekiq` of "Replace Sidekiq workers", `jenkins` of "Moving off Jenkins".
fn replaced_names(title: &str, lower: &[String]) -> Stems {
    const REPLACES: &[&str] = &[
        "replace",
        "replacing",
        "off",
        "leave",
        "leaving",
        "from",
        "abandon",
        "abandoning",
        "quit",
        "ablösung",
        "remplacer",
        "reemplazar",
        "sustituir",
    ];
    const BEFORE: &[&str] =
        &["move", "moving", "migrate", "migrating", "migration", "switch", "switching", "away", "get", "getting"];
    let opens = |at: usize| at.checked_sub(1).is_some_and(|before| BEFORE.contains(&lower[before].as_str()));
    let verb = lower.iter().take(5).enumerate().position(|(at, word)| {
        REPLACES.contains(&word.as_str()) && (!matches!(word.as_str(), "off" | "from") || opens(at))
    });
    let Some(verb) = verb else { return Stems::default() };
    let parts = title.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let named = parts.zip(lower).skip(verb + 1);
    named
        .take_while(|(_, lower)| !ENDS.contains(&lower.as_str()) && !matches!(lower.as_str(), "to" | "or"))
        .take(4)
        .filter(|(word, lower)| {
            word.len() > 3
                && word.starts_with(char::is_uppercase)
                && !word.bytes().all(|byte| byte.is_ascii_uppercase())
                && language::find(lower).is_none()
        })
        .map(|(_, lower)| stem(lower).to_owned())
        .collect()
}

/// The class that the title of a report ("Results of the language bake-off"), or of what others write of their products,
/// hands down to everything below it.
pub(super) fn role(title: &str) -> Option<Class> {
    let words = words(title);
    let sheet = || names(&words, SHEETS).then_some(Class::Other);
    names(&words, REPORTS).then_some(Class::Measure).or_else(sheet)
}

/// Words that titles have whatever they decide on.
static COMMON: LazyLock<WordSet<&str>> = LazyLock::new(|| {
    let words = "the a an of in for and to rust go service use with adr rfc decision language old new our which is we on md \
        replace rewrite data file limit memory";
    words.split(' ').collect()
});

/// Words of the title and of the file's name, without those that every record has and those for what is only told of.
pub(super) fn own(title: &[String], path: &str, told: &Stems) -> Stems {
    let name = path.rsplit('/').next().unwrap_or(path);
    let name = words(name);
    let words = title.iter().chain(&name).filter(|word| word.len() > 2 && !COMMON.contains(word.as_str()));
    words.map(|word| stem(word)).filter(|word| !told.contains(word)).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_name_what_they_give_up_and_what_they_tell_of() {
        let is_report = |title| role(title) == Some(Class::Measure);
        let sorted = |found: Stems| found.words().join(" ");
        for (title, given_up, told) in [
            ("12. Retire the Python worker in favour of Rust", "python worker", ""),
            ("3. Lessons from the pallet tracker", "", "pallet tracker"),
            ("75. Working around the ERP", "", "erp"),
            ("Switching off the SOAP gateway", "gateway soap", ""),
            ("83. Take the balance cache out", "balance cache", ""),
            ("Turn the fax bridge off in May", "bridge fax", ""),
            ("Take orders out of order", "", ""),
            ("Geofence evaluator", "", ""),
            ("Use of feature flags", "", "feature flag"),
            ("Use of Rust for the router", "", ""),
        ] {
            assert_eq!(sorted(retired(&words(title))), given_up, "{title}");
            assert_eq!(sorted(told_of(title, &words(title))), told, "{title}");
        }
        assert!(is_report("11. Results of the language bake-off"));
        assert!(!is_report("11. Lab results fan-out"));
    }
}
