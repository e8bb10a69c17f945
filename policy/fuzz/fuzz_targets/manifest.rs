//! The readers of manifests: the first byte chooses the file's name, and with it the format. No panic, places that fit.
#![no_main]

use adrule_policy::manifest;
use libfuzzer_sys::fuzz_target;

const NAMES: [&str; 13] = [
    "service.yaml",
    "catalog-info.yaml",
    "service.datadog.yaml",
    "opslevel.yml",
    "cortex.yaml",
    "compass.yml",
    "score.yaml",
    "deployment.yaml",
    "knative.yaml",
    "compose.yaml",
    "app.yaml",
    "values.yaml",
    "slo.yaml",
];

fuzz_target!(|input: (u8, &str)| {
    let (name, text) = input;
    let reading = manifest::read(&NAMES[usize::from(name) % NAMES.len()].into(), text);
    for service in &reading.services {
        let facts = service.facts.iter().map(|fact| fact.place.span);
        let languages = service.languages.iter().map(|language| language.place.span);
        let texts = service.prose.iter().chain(&service.decisions).chain(&service.kind).map(|text| text.span);
        for span in facts.chain(languages).chain(texts).chain([service.place.span]) {
            assert!(text.get(span.range()).is_some());
        }
    }
    for place in reading.problems.iter().flat_map(|problem| &problem.places) {
        assert!(text.get(place.place.span.range()).is_some());
    }
});
