//! Which language a folder's build files show.

use crate::language;
use crate::report::LanguageReading;
use crate::text::Place;
use crate::tree::Paths;

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
        let path = join(folder, name);
        if JVM.contains(&name) {
            if let Some(language) = of_jvm(paths, folder, name) {
                push(&mut strong, language, path);
            }
        } else if let Some(language) = language::of_build_file(name) {
            push(if WEAK.contains(&name) { &mut weak } else { &mut strong }, language.id, path);
        }
    }
    // A package.json with a tsconfig.json beside it is TypeScript.
    if weak.iter().any(|reading| reading.name.as_ref() == "typescript") {
        weak.retain(|reading| reading.name.as_ref() != "javascript");
    }
    if strong.is_empty() { weak } else { strong }
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
