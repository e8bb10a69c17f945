//! Which files may be manifests, from their paths alone. Asked of every file of a repository, so it allocates nothing.

use super::reader::READERS;
use crate::tree;

/// Folders whose files are nobody's manifests: other people's code, builds, workflows.
const NEVER_IN: &[&str] = &["node_modules", "vendor", "target", ".github", ".git", ".circleci", "dist", "testdata"];

/// Names (without ending) that say that a YAML file is something else.
const NEVER: &[&str] = &[
    "mkdocs",
    "pnpm-lock",
    "pubspec",
    "package-lock",
    "yarn",
    "chart",
    "kustomization",
    "codecov",
    "dependabot",
    "openapi",
    "swagger",
    "environment",
    "values.schema",
    "adrule",
    ".adrule",
];

/// Whether the file at `path` (from the root of the repository, `/` between folders) may be a manifest.
#[must_use]
pub fn is_candidate(path: &str) -> bool {
    let Some((folders, stem)) = yaml_file(path) else { return false };
    if folders.split('/').any(|folder| NEVER_IN.contains(&folder)) {
        return false;
    }
    named(stem) || hinted(folders)
}

/// Whether the name alone says that the file is a manifest, wherever it lies.
pub(super) fn is_named(path: &str) -> bool {
    yaml_file(path).is_some_and(|(_, stem)| named(stem))
}

/// Folders and the name without its ending, for a YAML file (or Datadog's JSON) that may be a manifest.
fn yaml_file(path: &str) -> Option<(&str, &str)> {
    // Nearly all files end otherwise; their names are not looked at any further.
    let end = path.as_bytes().last_chunk::<4>()?.map(|byte| byte.to_ascii_lowercase());
    if !matches!(&end, b"yaml" | b".yml" | b"json") {
        return None;
    }
    let (folders, name) = (tree::folder(path), tree::name(path));
    let point = name.bytes().rposition(|byte| byte == b'.')?;
    let (stem, ending) = (&name[..point], &name[point + 1..]);
    let yaml = ending.eq_ignore_ascii_case("yaml") || ending.eq_ignore_ascii_case("yml");
    let datadog = ending.eq_ignore_ascii_case("json") && matches(stem, "*.datadog");
    let never = || NEVER.iter().any(|never| stem.eq_ignore_ascii_case(never)) || ends_with(stem, "-lock");
    ((yaml && !never()) || datadog).then_some((folders, stem))
}

fn named(stem: &str) -> bool {
    READERS.iter().any(|reader| reader.names.iter().any(|name| matches(stem, name)))
}

fn hinted(folders: &str) -> bool {
    !folders.is_empty()
        && folders.split('/').any(|folder| {
            READERS.iter().any(|reader| reader.folders.iter().any(|name| folder.eq_ignore_ascii_case(name)))
        })
}

/// Whether `stem` is `pattern`, which is lower case and may have a `*` at either end.
fn matches(stem: &str, pattern: &str) -> bool {
    let (stem, pattern) = (stem.as_bytes(), pattern.as_bytes());
    match pattern {
        [b'*', middle @ .., b'*'] => {
            let first = middle.first().copied().unwrap_or_default();
            let mut windows = stem.windows(middle.len().max(1));
            windows.any(|window| window[0].to_ascii_lowercase() == first && window.eq_ignore_ascii_case(middle))
        }
        [b'*', ending @ ..] => {
            stem.len() >= ending.len() && stem[stem.len() - ending.len()..].eq_ignore_ascii_case(ending)
        }
        [start @ .., b'*'] => stem.get(..start.len()).is_some_and(|bytes| bytes.eq_ignore_ascii_case(start)),
        whole => stem.eq_ignore_ascii_case(whole),
    }
}

fn ends_with(stem: &str, ending: &str) -> bool {
    let from = stem.len().saturating_sub(ending.len());
    stem.len() >= ending.len() && stem.as_bytes()[from..].eq_ignore_ascii_case(ending.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::is_candidate;

    #[test]
    fn names_and_folders_say_what_may_be_a_manifest() {
        for path in [
            "service.yaml",
            "a b/Catalog-Info.yml",
            "x/payments.catalog-info.yaml",
            "entity.datadog.yaml",
            "service.datadog.json",
            "svc/opslevel.yml",
            ".cortex/catalog/api.yaml",
            "compass.yml",
            "score.yaml",
            "deploy/prod/api.yaml",
            "k8s/all.yml",
            "api-deployment.yaml",
            "docker-compose.prod.yml",
            "compose.yaml",
            "app.yaml",
            "overlays/edge/patch.yaml",
            "knative-service.yaml",
        ] {
            assert!(is_candidate(path), "{path}");
        }
        for path in [
            "README.md",
            "src/main.rs",
            "mkdocs.yml",
            ".github/workflows/deploy.yaml",
            "web/node_modules/x/service.yaml",
            "vendor/k8s.io/api/deployment.yaml",
            "pnpm-lock.yaml",
            "k8s/package-lock.yaml",
            "package.json",
            "config/settings.yaml",
            "yaml",
            "k8s/.yaml.txt",
            "adrule.yaml",
            "",
        ] {
            assert!(!is_candidate(path), "{path}");
        }
    }
}
