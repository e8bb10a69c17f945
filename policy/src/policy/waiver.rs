//! Waivers: the one place that decides whether one is in force, and for whom.

use super::Waiver;
use jiff::civil::Date;

/// Whether a waiver is in force on a day: nothing is missing or wrong, and the day lies between the first and the last,
/// both included.
#[must_use]
pub fn is_active(waiver: &Waiver, today: Date) -> bool {
    let (Some(granted), Some(expires)) = (&waiver.granted, &waiver.expires) else { return false };
    waiver.sound && granted.value <= today && today <= expires.value
}

/// Whether a waiver excuses a service (or another subject with its path) from a rule, were it in force. A scope is a
/// name; one with a `/` may also be a folder, and then holds for all that lies in it. Both may have wildcards.
#[must_use]
pub fn waiver_matches(waiver: &Waiver, rule: &str, service_name: &str, service_folder: &str) -> bool {
    let folder = service_folder.trim_end_matches('/');
    let of_rule = waiver.rule.as_ref().is_some_and(|of| of.as_ref() == rule);
    let covers =
        |scope: &super::Pattern| scope.matches(service_name) || (scope.text.contains('/') && scope.covers(folder));
    of_rule && waiver.scope.iter().any(covers)
}
