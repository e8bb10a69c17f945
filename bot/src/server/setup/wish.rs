//! What the App asks of GitHub: the least that works, each with its reason. The book has the same table.

use serde_json::{Map, Value, json};

/// A permission.
#[derive(Debug)]
pub struct Permission {
    /// As the interface spells it.
    pub name: &'static str,
    /// `read` or `write`.
    pub access: &'static str,
    pub why: &'static str,
}

const fn permission(name: &'static str, access: &'static str, why: &'static str) -> Permission {
    Permission { name, access, why }
}

/// All of them.
pub const PERMISSIONS: &[Permission] = &[
    permission("checks", "write", "writes the check on a commit, and hears that somebody wants it again"),
    permission("contents", "read", "reads the page, manifests and decisions, and hears of pushes"),
    permission("issues", "read", "GitHub sends comments on pull requests, and so commands, only with it"),
    permission("merge_queues", "read", "GitHub sends groups of a merge queue only with it"),
    permission("metadata", "read", "every App has it: names of repositories"),
    permission("pull_requests", "write", "writes the one comment, and hears of pull requests"),
];

/// Events that are subscribed to, and what follows from each. An App hears of its installations without asking.
pub const EVENTS: &[(&str, &str)] = &[
    ("check_run", "a check is wanted again"),
    ("check_suite", "all checks of a commit are wanted again"),
    ("issue_comment", "a command such as /adrule recheck"),
    ("merge_group", "a group of a merge queue is judged"),
    ("pull_request", "a pull request is judged"),
    ("push", "the page has changed on the default branch: open pull requests are judged again"),
];

/// The permissions as GitHub's interface takes and shows them.
pub fn permissions() -> Map<String, Value> {
    PERMISSIONS.iter().map(|permission| (permission.name.to_owned(), permission.access.into())).collect()
}

/// What the form for a new App is filled with.
pub fn manifest(public_url: &str, webhook: &str, back: &str, organisation: Option<&str>) -> Value {
    let events: Vec<&str> = EVENTS.iter().map(|(event, _)| *event).collect();
    let mut manifest = json!({
        "url": public_url,
        "description": "Says what services and decision records lack by the page that the team agreed on.",
        "hook_attributes": { "url": webhook, "active": true },
        "redirect_url": back,
        "public": false,
        "default_permissions": permissions(),
        "default_events": events,
    });
    if let (Some(organisation), Some(fields)) = (organisation, manifest.as_object_mut()) {
        // Names are unique on all of GitHub, and have 34 characters at most; the form lets people choose another.
        let name: String = format!("adrule-{organisation}").chars().take(34).collect();
        fields.insert("name".to_owned(), name.trim_end_matches('-').into());
    }
    manifest
}

/// What is granted and less than is wanted: the permission, and what there is of it.
pub fn lacking(granted: &Map<String, Value>) -> Vec<(&'static Permission, Option<String>)> {
    let is_enough = |permission: &&Permission| {
        let access = granted.get(permission.name).and_then(Value::as_str);
        access == Some(permission.access) || matches!(access, Some("write" | "admin"))
    };
    let access = |permission: &Permission| Some(granted.get(permission.name)?.as_str()?.to_owned());
    PERMISSIONS.iter().filter(|permission| !is_enough(permission)).map(|p| (p, access(p))).collect()
}

/// What is granted and never used: more than is needed is what a thief of the key would get.
pub fn needless(granted: &Map<String, Value>) -> Vec<String> {
    let more = |(name, access): (&String, &Value)| {
        let access = access.as_str().unwrap_or_default();
        let wanted = PERMISSIONS.iter().find(|permission| permission.name == name).map(|p| p.access);
        (wanted != Some(access) && wanted != Some("write")).then(|| format!("{name}: {access}"))
    };
    granted.iter().filter_map(more).collect()
}

#[cfg(test)]
mod tests {
    use super::{EVENTS, PERMISSIONS, lacking, manifest, needless, permissions};
    use serde_json::json;

    #[test]
    fn what_is_granted_is_compared_with_what_is_wanted() {
        assert!(lacking(&permissions()).is_empty() && needless(&permissions()).is_empty());
        let granted = json!({
            "checks": "read", "contents": "write", "merge_queues": "read", "metadata": "read",
            "pull_requests": "write", "administration": "write", "issues": "read",
        });
        let granted = granted.as_object().unwrap();
        let lacking = lacking(granted);
        assert_eq!(lacking.len(), 1);
        assert_eq!((lacking[0].0.name, lacking[0].1.as_deref()), ("checks", Some("read")));
        assert_eq!(needless(granted), ["contents: write", "administration: write"]);
    }

    #[test]
    fn the_manifest_asks_for_no_more() {
        let manifest = manifest("https://a.example", "https://a.example/hook", "https://a.example/back", Some("octo"));
        assert_eq!(manifest["name"], "adrule-octo");
        assert_eq!(manifest["public"], false);
        assert_eq!(manifest["default_permissions"].as_object().unwrap().len(), PERMISSIONS.len());
        assert_eq!(manifest["default_events"].as_array().unwrap().len(), EVENTS.len());
        let long = super::manifest("", "", "", Some(&"a".repeat(60)));
        assert_eq!(long["name"].as_str().unwrap().len(), 34);
    }

    /// Each event comes with a permission that GitHub wants for it.
    #[test]
    fn no_event_lacks_its_permission() {
        for (event, _) in EVENTS {
            let needed = match *event {
                "check_run" | "check_suite" => "checks",
                "issue_comment" => "issues",
                "merge_group" => "merge_queues",
                "pull_request" => "pull_requests",
                "push" => "contents",
                other => panic!("which permission does {other} need?"),
            };
            assert!(permissions().contains_key(needed), "{event}");
        }
    }

    #[test]
    fn the_book_gives_the_reasons() {
        let mut table = "| permission | access | why |\n| --- | --- | --- |\n".to_owned();
        for permission in PERMISSIONS {
            table += &format!("| `{}` | {} | {} |\n", permission.name, permission.access, permission.why);
        }
        crate::server::book::holds("app.md", "permissions", &table);
        let mut table = "| event | what follows |\n| --- | --- |\n".to_owned();
        for (event, why) in EVENTS {
            table += &format!("| `{event}` | {why} |\n");
        }
        crate::server::book::holds("app.md", "events", &table);
    }

    /// What GitHub is asked to send is what the intake reads, and the other way round.
    #[test]
    fn no_event_is_asked_for_in_vain() {
        let asked: Vec<&str> = EVENTS.iter().map(|(event, _)| *event).collect();
        let unasked = ["installation", "installation_repositories"];
        for event in crate::server::event::EVENTS.iter().filter(|event| !unasked.contains(event)) {
            assert!(asked.contains(event), "{event} is read and not asked for");
        }
        for event in asked {
            assert!(crate::server::event::EVENTS.contains(&event), "{event} is asked for and not read");
        }
    }
}
