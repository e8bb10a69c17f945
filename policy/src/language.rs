//! Programming languages: their standard names, what people call them, and the build files that give them away.

/// One language.
#[derive(Clone, Copy, Debug)]
pub struct Language {
    /// Its name on the page: lower case.
    pub id: &'static str,
    /// As it is written in a sentence.
    pub name: &'static str,
    /// What else it is called, lower case.
    pub aliases: &'static [&'static str],
    /// Build files whose presence in a service's folder shows the language; `*.ext` matches by extension.
    pub files: &'static [&'static str],
}

const fn language(
    id: &'static str,
    name: &'static str,
    aliases: &'static [&'static str],
    files: &'static [&'static str],
) -> Language {
    Language { id, name, aliases, files }
}

/// Every language that is known. A page may name others; they are then only read where they are stated.
pub const LANGUAGES: &[Language] = &[
    language("go", "Go", &["golang"], &["go.mod"]),
    language("rust", "Rust", &["rs", "rustlang"], &["Cargo.toml"]),
    language("typescript", "TypeScript", &["ts", "node-ts"], &["tsconfig.json"]),
    language("javascript", "JavaScript", &["js", "node", "nodejs", "node.js", "ecmascript"], &["package.json"]),
    language(
        "python",
        "Python",
        &["py", "python3", "cpython"],
        &["pyproject.toml", "setup.py", "setup.cfg", "requirements.txt", "Pipfile"],
    ),
    language("java", "Java", &["jvm"], &["pom.xml", "build.gradle"]),
    language("kotlin", "Kotlin", &["kt"], &["build.gradle.kts"]),
    language("scala", "Scala", &[], &["build.sbt"]),
    language("clojure", "Clojure", &["clj"], &["project.clj", "deps.edn"]),
    language("csharp", "C#", &["c#", "dotnet", ".net", "cs", "c-sharp"], &["*.csproj"]),
    language("fsharp", "F#", &["f#", "fs"], &["*.fsproj"]),
    language("ruby", "Ruby", &["rb"], &["Gemfile"]),
    language("php", "PHP", &[], &["composer.json"]),
    language("elixir", "Elixir", &["ex"], &["mix.exs"]),
    language("erlang", "Erlang", &["erl"], &["rebar.config"]),
    language("swift", "Swift", &[], &["Package.swift"]),
    language("c", "C", &[], &[]),
    language("cpp", "C++", &["c++", "cxx", "cplusplus"], &["CMakeLists.txt", "conanfile.txt", "conanfile.py"]),
    language("zig", "Zig", &[], &["build.zig"]),
    language("haskell", "Haskell", &["hs"], &["stack.yaml", "*.cabal"]),
    language("ocaml", "OCaml", &[], &["dune-project"]),
    language("dart", "Dart", &["flutter"], &["pubspec.yaml"]),
    language("crystal", "Crystal", &[], &["shard.yml"]),
    language("nim", "Nim", &[], &["*.nimble"]),
    language("gleam", "Gleam", &[], &["gleam.toml"]),
    language("perl", "Perl", &["pl"], &["cpanfile"]),
    language("lua", "Lua", &[], &["*.rockspec"]),
    language("r", "R", &[], &["DESCRIPTION"]),
    language("julia", "Julia", &["jl"], &[]),
    language("cobol", "COBOL", &[], &[]),
];

/// The standard name for what somebody wrote: `Golang` is `go`, `Rust 1.80` is `rust`. Unknown words are kept,
/// in lower case.
#[must_use]
pub fn standard(written: &str) -> String {
    let lower = written.trim().to_lowercase();
    let bare = lower.split([' ', '@', ':']).next().unwrap_or_default();
    find(&lower).or_else(|| find(bare)).map_or(lower.clone(), |language| language.id.to_owned())
}

/// The language of that standard name or alias.
#[must_use]
pub fn find(id: &str) -> Option<&'static Language> {
    LANGUAGES.iter().find(|language| language.id == id || language.aliases.contains(&id))
}

/// As it is written in a sentence: `rust` is "Rust"; an unknown one is kept.
#[must_use]
pub fn display(id: &str) -> &str {
    find(id).map_or(id, |language| language.name)
}

/// The bytes that names of build files end with: nearly all other files are told apart by this.
const LAST: [bool; 256] = {
    let mut last = [false; 256];
    let mut language = 0;
    while language < LANGUAGES.len() {
        let files = LANGUAGES[language].files;
        let mut file = 0;
        while file < files.len() {
            let name = files[file].as_bytes();
            last[name[name.len() - 1] as usize] = true;
            file += 1;
        }
        language += 1;
    }
    last
};

/// Whether the name of a build file may end with that byte.
pub(crate) fn ends_a_build_file(last: u8) -> bool {
    LAST[usize::from(last)]
}

/// The language that a build file of this name shows.
#[must_use]
pub fn of_build_file(name: &str) -> Option<&'static Language> {
    if !name.as_bytes().last().copied().is_some_and(ends_a_build_file) {
        return None;
    }
    LANGUAGES.iter().find(|language| {
        language.files.iter().any(|file| match file.strip_prefix('*') {
            Some(ending) => name.len() > ending.len() && name.ends_with(ending),
            None => *file == name,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_build_files() {
        assert_eq!(standard("Golang"), "go");
        assert_eq!(standard("Rust 1.80"), "rust");
        assert_eq!(standard("Brainfuck"), "brainfuck");
        assert_eq!(of_build_file("api.csproj").map(|language| language.id), Some("csharp"));
        assert_eq!(of_build_file("cargo.toml").map(|language| language.id), None);
    }
}
