#![doc = include_str!("service-without-manifest.md")]

use super::{Case, Check, Rule};
use crate::report::Finding;

pub const RULE: Rule = Rule {
    id: "service-without-manifest",
    severity: crate::report::Severity::Error,
    strict: false,
    check: Check::Service(check),
    page: include_str!("service-without-manifest.md"),
};

fn check(case: &Case<'_>) -> Vec<Finding> {
    let member = case.member;
    let page = case.context.page;
    let wanted = page.services.iter().find(|pattern| pattern.matches(&member.folder));
    let (Some(pattern), false) = (wanted, member.has_manifest()) else { return Vec::new() };
    let language = member.languages.first().map_or("go", |reading| reading.name.as_ref());
    let place = member.languages.first().map_or_else(|| member.place.clone(), |reading| reading.place.clone());
    let message = format!("`{}` is a service by its folder, and has no manifest", member.folder);
    vec![
        Finding::new(RULE.id, RULE.severity, &member.name, message, place)
            .standing("no manifest")
            .and(pattern.place.clone(), "each such folder is a service")
            .says("Each folder that the page names under `services.in` is a service and has a manifest.")
            .fix(
                crate::estate::join(&member.folder, "service.yaml"),
                "a new file",
                format!("name: {}\nlanguage: {language}", member.name),
            ),
    ]
}
