//! `waivers:`. A waiver that lacks something is not in force; the rest of the page still is.

use super::Reader;
use crate::policy::keys::WAIVER;
use crate::policy::{WAIVER_EXPIRED, WAIVER_INCOMPLETE, Waiver, shape, words};
use crate::report::Severity;
use crate::text::yaml::Value;

const WHY_COMPLETE: &str =
    "An exception that nobody owns, or that never ends, is a second page that nobody agreed on. It is not in force.";
const WHY_EXIT: &str = "An exception that says how it ends is more likely to end.";
const WHY_EXPIRED: &str = "An exception ends on the day that was agreed on; what it excused is asked for again.";

impl Reader<'_> {
    pub(super) fn waivers(&mut self, waivers: Value<'_, '_>) {
        for item in waivers.items().filter(|item| item.is_mapping()) {
            let mut waiver = self.waiver(item);
            self.complete(item);
            self.days(&waiver);
            self.of_known_rule(&waiver);
            // What is missing was said at the first key; what is wrong, at its own place.
            waiver.sound = self.problems.is_sound(item.span());
            self.lapsed(&waiver);
            self.page.waivers.push(waiver);
        }
    }

    fn waiver(&mut self, item: Value<'_, '_>) -> Waiver {
        Waiver {
            place: self.problems.place(shape::start(item)),
            rule: self
                .text(item.get("rule"))
                .map(|rule| crate::policy::Placed { value: rule.value.into(), place: rule.place }),
            scope: self.scope(item.get("scope")),
            reason: self.text(item.get("reason")),
            owner: self.text(item.get("owner")),
            approved_by: self.text(item.get("approved-by")),
            granted: self.date(item.get("granted")),
            expires: self.date(item.get("expires")),
            exit: self.text(item.get("exit")),
            sound: false,
        }
    }

    fn complete(&mut self, item: Value<'_, '_>) {
        let missing: Vec<&str> =
            WAIVER.keys.iter().filter(|key| item.get(key.name).is_none()).map(|key| key.name).collect();
        let needed: Vec<String> = WAIVER
            .keys
            .iter()
            .filter(|key| key.required && missing.contains(&key.name))
            .map(|key| format!("`{}`", key.name))
            .collect();
        let span = shape::start(item);
        if !needed.is_empty() {
            let message = format!("the waiver is not in force: it lacks {}", words::listed(&needed, "and"));
            let finding = self
                .problems
                .finding(WAIVER_INCOMPLETE, Severity::Error, span, message)
                .label(format!("add {}", words::listed(&needed, "and")))
                .why(WHY_COMPLETE);
            self.problems.add(finding);
        } else if missing.contains(&"exit") {
            let finding = self
                .problems
                .finding(WAIVER_INCOMPLETE, Severity::Info, span, "the waiver does not say how it ends")
                .label("add `exit:`")
                .why(WHY_EXIT)
                .help("`exit:` names a decision, a plan or a sentence; the waiver is in force without it");
            self.problems.add(finding);
        }
    }

    fn days(&mut self, waiver: &Waiver) {
        let (Some(granted), Some(expires)) = (&waiver.granted, &waiver.expires) else { return };
        if expires.value < granted.value {
            let finding = self
                .problems
                .finding(
                    crate::policy::POLICY_INVALID,
                    Severity::Error,
                    expires.place.span,
                    "the waiver ends before it starts",
                )
                .label(format!("this is before {}", words::day(granted.value)))
                .and(granted.place.clone(), "granted here");
            self.problems.add(finding);
        } else if granted.value > self.today {
            let message = format!("the waiver is not in force before {}", words::day(granted.value));
            self.problems.warning(granted.place.span, message, "this day has not come yet");
        }
    }

    fn of_known_rule(&mut self, waiver: &Waiver) {
        let Some(rule) = waiver.rule.as_ref().filter(|rule| !self.is_rule(rule)) else { return };
        let label = match self.nearest_rule(rule) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "unknown rule".to_owned(),
        };
        let message = format!("there is no rule `{}` to be excused from", shape::shown(rule));
        self.problems.mistake_help(rule.place.span, message, label, "`adrule rules` lists the rules");
    }

    fn lapsed(&mut self, waiver: &Waiver) {
        let Some(expires) = waiver.expires.as_ref().filter(|day| waiver.sound && day.value < self.today) else {
            return;
        };
        let scope: Vec<String> = waiver.scope.iter().map(|scope| format!("`{}`", shape::shown(&scope.text))).collect();
        let message =
            format!("the waiver for {} expired on {}", words::listed(&scope, "and"), words::day(expires.value));
        let owner = waiver.owner.as_ref().map_or("", |owner| owner);
        let finding = self
            .problems
            .finding(WAIVER_EXPIRED, Severity::Warning, expires.place.span, message)
            .label("this day has passed")
            .why(WHY_EXPIRED)
            .help(format!("remove it, or have it granted again with a new day; {} owns it", shape::shown(owner)));
        self.problems.add(finding);
    }
}
