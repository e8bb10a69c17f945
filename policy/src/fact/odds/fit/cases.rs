//! The documents that the weights are fitted to, each as JSON with its claims.

use serde_json::{Value as Json, json};

#[path = "../../../../tests/forms_stated/forms.rs"]
mod forms;

/// The lines of cases: documents with their claims.
pub(super) fn written() -> Vec<Json> {
    let folder = format!("{}/tests/data", env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<String> =
        ["own", "more", "forms", "written"].iter().map(|name| format!("{folder}/claims-{name}.jsonl")).collect();
    files.extend(std::env::var("ADRULE_SETS").iter().flat_map(|sets| sets.split(',')).map(str::to_owned));
    let mut cases: Vec<Json> = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap_or_default();
        cases.extend(
            text.lines().filter(|line| !line.trim().is_empty()).map(|line| serde_json::from_str(line).unwrap()),
        );
    }
    let sentences = std::fs::read_to_string(format!("{folder}/claims-sentences.tsv")).unwrap();
    for line in sentences.lines().filter(|line| !line.starts_with('#')) {
        let Some((claims, sentence)) = line.split_once('\t') else { continue };
        let claims: Vec<Json> = claims
            .split(' ')
            .filter_map(|claim| claim.split_once('='))
            .map(|(kind, value)| {
                let value = value.split('@').next().unwrap();
                json!({"kind": kind, "value": value.parse::<f64>().map_or_else(|_| json!(value), |value| json!(value))})
            })
            .collect();
        let text = format!("# 7. Router\n\n## Decision\n\n{}\n", sentence.replace("\\n", "\n"));
        cases.push(json!({"id": "sentence", "name": "docs/adr/0007-router.md", "text": text, "claims": claims}));
    }
    cases
}

/// The real records of the folder that `ADRULE_CORPUS` names, with what they are known to state.
pub(super) fn real() -> Vec<Json> {
    let Ok(folder) = std::env::var("ADRULE_CORPUS") else { return Vec::new() };
    let (mut folders, mut cases) = (vec![std::path::Path::new(&folder).join("adr")], Vec::new());
    let known = include_str!("../../../../tests/data/corpus-claims.tsv");
    while let Some(next) = folders.pop() {
        let mut entries: Vec<_> = std::fs::read_dir(next).unwrap().flatten().map(|entry| entry.path()).collect();
        entries.sort();
        for path in entries {
            let name = path.strip_prefix(&folder).unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                folders.push(path);
            } else if let (Some(_), Ok(text)) = (crate::decision::format(&name), std::fs::read_to_string(&path)) {
                let of_file = |line: &&str| line.split('\t').next() == Some(&name);
                let claims: Vec<Json> = known
                    .lines()
                    .filter(of_file)
                    .map(|line| line.split('\t').collect::<Vec<_>>())
                    .map(|parts| json!({"kind": parts[1], "value": parts[2].parse::<f64>().unwrap()}))
                    .collect();
                cases.push(json!({"id": name, "name": name, "text": text, "claims": claims}));
            }
        }
    }
    cases
}

/// Every form and twin of the sweep as a case.
pub(super) fn swept() -> Vec<Json> {
    let other = [json!({"kind": "failure-impact", "value": "low"}), json!({"kind": "memory-budget", "value": 64e6})];
    let case = |text: &str, claims: &[Json]| json!({"id": "form", "name": "docs/adr/0007-swipe-intake.md", "text": text, "claims": claims});
    let of_form = |form: &forms::Form| {
        let value = form.value.amount.parse::<f64>().map_or_else(|_| json!(form.value.amount), |value| json!(value));
        let claim = json!({"kind": form.label.kind, "value": value});
        case(&form.text, &[&other[..], &[claim]].concat())
    };
    let all = forms::forms();
    let stated = all.iter().filter(|form| forms::excepted(form).is_none()).map(of_form);
    stated.chain(forms::twins().iter().map(|text| case(text, &[]))).collect()
}

/// What the book says counts, and does not.
pub(super) fn told() -> Vec<Json> {
    let page = include_str!("../../../../../docs/facts.md");
    let examples = |heading: &str, counts: bool| -> Vec<Json> {
        let section = page.split("\n## ").find(|section| section.starts_with(heading)).unwrap();
        let examples = section.lines().filter_map(|line| line.strip_prefix("- “")?.split_once('”'));
        examples
            .map(|(words, _)| {
                let text = format!("# 7. The service\n\n{words}\n");
                json!({"id": "book", "name": "0007-service.md", "text": text, "claims": [], "all": counts})
            })
            .collect()
    };
    [examples("What counts", true), examples("What does not", false)].concat()
}

/// The labelled documents of the folder that `ADRULE_LABELS` names.
pub(super) fn labelled() -> Vec<Json> {
    let text = std::env::var("ADRULE_LABELS").ok();
    let text = text.and_then(|folder| std::fs::read_to_string(format!("{folder}/claims.jsonl")).ok());
    text.iter().flat_map(|text| text.lines()).map(|line| serde_json::from_str(line).unwrap()).collect()
}
