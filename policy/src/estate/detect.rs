//! Which language a folder's build files show.

use super::group::same_runtime;
use crate::language;
use crate::report::LanguageReading;
use crate::text::Place;
use crate::tree::{self, Paths};

/// Build files that often serve tooling beside a service in another language: they count only where nothing else does.
const WEAK: &[&str] = &[
    "package.json",
    "tsconfig.json",
    "Gemfile",
    "requirements.txt",
    "setup.cfg",
    "composer.json",
    "CMakeLists.txt",
    "DESCRIPTION",
];

/// Build files of the Java virtual machine: the source folders beside them tell the language.
const JVM: &[&str] = &["pom.xml", "build.gradle", "build.gradle.kts"];

/// The languages that the build files right in `folder` show, in the order of their names.
#[must_use]
pub fn languages_in(paths: &Paths, folder: &str) -> Vec<LanguageReading> {
    let mut strong: Vec<LanguageReading> = Vec::new();
    let mut weak: Vec<LanguageReading> = Vec::new();
    for name in paths.names_in(folder) {
        if JVM.contains(&name) {
            if let Some(language) = of_jvm(paths, folder, name) {
                push(&mut strong, language, join(folder, name));
            }
        } else if let Some(language) = language::of_build_file(name) {
            push(if WEAK.contains(&name) { &mut weak } else { &mut strong }, language.id, join(folder, name));
        }
    }
    // A package.json with a tsconfig.json beside it is TypeScript.
    if weak.iter().any(|reading| reading.name.as_ref() == "typescript") {
        weak.retain(|reading| reading.name.as_ref() != "javascript");
    }
    if strong.is_empty() { weak } else { strong }
}

/// What sources are called in the languages that manifests state most.
const SOURCES: &[(&str, &[&str])] = &[
    ("go", &["go"]),
    ("rust", &["rs"]),
    ("typescript", &["ts", "tsx"]),
    ("javascript", &["js", "mjs", "cjs", "jsx"]),
    ("python", &["py"]),
    ("java", &["java"]),
    ("kotlin", &["kt"]),
    ("scala", &["scala"]),
    ("clojure", &["clj"]),
    ("csharp", &["cs"]),
    ("fsharp", &["fs"]),
    ("ruby", &["rb"]),
    ("php", &["php"]),
    ("elixir", &["ex", "exs"]),
    ("erlang", &["erl"]),
    ("swift", &["swift"]),
    ("c", &["c"]),
    ("cpp", &["cpp", "cc", "cxx"]),
    ("zig", &["zig"]),
    ("haskell", &["hs"]),
];

/// No more names of a folder are looked at.
const LOOKED_AT: usize = 50_000;

/// The languages of `shown` that a service is judged by although its manifest states others: where its folder bears out
/// none of what is stated. Sources tell; a folder without any is told by its build files. Build files that often serve
/// tools contradict nobody.
pub(super) fn contradicting(
    paths: &Paths,
    folder: &str,
    stated: &[LanguageReading],
    shown: &[LanguageReading],
) -> Vec<LanguageReading> {
    let strong: Vec<LanguageReading> =
        shown.iter().filter(|reading| !WEAK.contains(&tree::name(&reading.place.path))).cloned().collect();
    if strong.is_empty() {
        return Vec::new();
    }
    let built: Vec<LanguageReading> = languages_in(paths, folder);
    let borne_out = |reading: &LanguageReading| {
        // Of a language whose sources are not known nothing can be said.
        let Some(own) = endings(&reading.name) else { return true };
        let others: Vec<&str> = strong.iter().filter_map(|other| endings(&other.name)).flatten().copied().collect();
        let is_built = || built.iter().any(|built| same_runtime(&built.name, &reading.name));
        holds(paths, folder, own) || is_built() && !holds(paths, folder, &others)
    };
    if stated.iter().any(borne_out) { Vec::new() } else { strong }
}

/// Leaves out the build files that may serve tools, where sources of a stated language lie beside them.
pub(super) fn without_tools(
    paths: &Paths,
    folder: &str,
    stated: &[LanguageReading],
    shown: Vec<LanguageReading>,
) -> Vec<LanguageReading> {
    let may_be_tool = |reading: &LanguageReading| WEAK.contains(&tree::name(&reading.place.path));
    if !shown.iter().any(may_be_tool) {
        return shown;
    }
    let at_home =
        stated.iter().filter_map(|reading| endings(&reading.name)).any(|endings| holds(paths, folder, endings));
    shown.into_iter().filter(|reading| !(at_home && may_be_tool(reading))).collect()
}

fn endings(language: &str) -> Option<&'static [&'static str]> {
    SOURCES.iter().find(|(id, _)| *id == language).map(|(_, endings)| *endings)
}

/// Whether a file of one of these endings lies in a folder, at any depth.
fn holds(paths: &Paths, folder: &str, endings: &[&str]) -> bool {
    paths
        .below(folder)
        .take(LOOKED_AT)
        .any(|path| tree::name(path).rsplit_once('.').is_some_and(|(_, ending)| endings.contains(&ending)))
}

/// Gradle and Maven serve several languages; without source folders only the older file names mean Java.
fn of_jvm(paths: &Paths, folder: &str, name: &str) -> Option<&'static str> {
    let main = join(folder, "src/main");
    let sources = ["kotlin", "scala", "java", "clojure"].into_iter().find(|of| paths.has_folder(&join(&main, of)));
    sources.or(if name == "build.gradle.kts" { None } else { Some("java") })
}

fn push(readings: &mut Vec<LanguageReading>, language: &str, path: String) {
    if !readings.iter().any(|reading| reading.name.as_ref() == language) {
        readings.push(LanguageReading { name: language.into(), stated: false, place: Place::file(path) });
    }
}

/// A path below a folder.
pub(crate) fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(files: &[&str]) -> Vec<String> {
        let paths: Paths = files.iter().copied().collect();
        languages_in(&paths, "s").iter().map(|reading| format!("{} {}", reading.name, reading.place.path)).collect()
    }

    #[test]
    fn build_files_show_languages() {
        assert_eq!(shown(&["s/Cargo.toml", "s/package.json", "t/go.mod"]), ["rust s/Cargo.toml"]);
        assert_eq!(shown(&["s/package.json", "s/tsconfig.json"]), ["typescript s/tsconfig.json"]);
        assert_eq!(shown(&["s/Cargo.toml", "s/go.mod"]), ["rust s/Cargo.toml", "go s/go.mod"]);
        assert_eq!(shown(&["s/build.gradle.kts"]), [""; 0]);
        assert_eq!(shown(&["s/build.gradle.kts", "s/src/main/kotlin/A.kt"]), ["kotlin s/build.gradle.kts"]);
        assert_eq!(shown(&["s/pom.xml"]), ["java s/pom.xml"]);
    }
}
