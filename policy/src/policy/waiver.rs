//! Waivers: the one place that decides whether one is in force, and for whom.

use super::{Page, Waiver};
use crate::text::Span;
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

/// Whether a waiver excuses a record from a rule, were it in force. A scope is the record's path, a folder or a pattern
/// (with a `/`), its file's name, or its number: `12`, `ADR-0012`.
#[must_use]
pub fn waiver_matches_record(waiver: &Waiver, rule: &str, path: &str, number: Option<u32>) -> bool {
    let of_rule = waiver.rule.as_ref().is_some_and(|of| of.as_ref() == rule);
    let covers = |scope: &super::Pattern| {
        let by_number = number.is_some() && numbered(&scope.text) == number;
        by_number || scope.matches(crate::tree::name(path)) || (scope.text.contains('/') && scope.covers(path))
    };
    of_rule && waiver.scope.iter().any(covers)
}

/// The number that a scope is: `12`, `0012`, `ADR-12`, `adr 12`.
fn numbered(scope: &str) -> Option<u32> {
    let bare = scope.trim();
    let digits = match bare.get(..3) {
        Some(prefix) if prefix.eq_ignore_ascii_case("adr") => bare[3..].trim_start_matches(['-', '_', ' ', '#']),
        _ => bare,
    };
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { digits.parse().ok() } else { None }
}

/// Whether a page has this waiver: one for the same rule and the same scope.
#[must_use]
pub fn has_waiver(page: &Page, waiver: &Waiver) -> bool {
    let rule = |of: &Waiver| of.rule.as_ref().map(|rule| rule.value.clone());
    page.waivers.iter().any(|before| rule(before) == rule(waiver) && before.scope == waiver.scope)
}

impl Page {
    /// Takes over the sound waivers that only `new` has, for a change whose page lets it excuse itself; how many they
    /// are. They stand in no line here, since the text of this page is another one.
    pub fn take_waivers(&mut self, new: &Self) -> usize {
        let added = new.waivers.iter().filter(|waiver| waiver.sound && !has_waiver(self, waiver));
        let nowhere: Vec<Waiver> = added
            .cloned()
            .map(|mut waiver| {
                waiver.place.span = Span::default();
                for scope in &mut waiver.scope {
                    scope.place.span = Span::default();
                }
                waiver
            })
            .collect();
        let count = nowhere.len();
        self.waivers.extend(nowhere);
        count
    }
}

#[cfg(test)]
mod tests {
    use super::numbered;

    #[test]
    fn scopes_that_are_numbers() {
        for (scope, number) in [
            ("12", Some(12)),
            ("0012", Some(12)),
            ("ADR-0012", Some(12)),
            ("adr 7", Some(7)),
            ("ADR", None),
            ("adr-7-queue", None),
            ("edge-7", None),
            ("é12", None),
            ("99999999999", None),
        ] {
            assert_eq!(numbered(scope), number, "{scope}");
        }
    }
}
