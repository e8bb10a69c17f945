//! The working tree by git's own commands, which look at everything: for an index that is not understood here.

use super::folder::Files;
use super::git::{Git, os, raw, split};
use super::name;
use super::worktree::{Survey, Suspect};
use anyhow::Result;
use std::collections::BTreeSet;

/// What is in the working tree.
pub fn survey_by_git(git: &Git) -> Result<Survey> {
    let mut survey = Survey::default();
    let mut names: BTreeSet<String> = BTreeSet::new();
    for entry in split(&git.run(&["ls-files", "-z", "--cached", "--stage", "-t"])?) {
        // `tag mode object stage<TAB>name`; 120000 is a link, 160000 a submodule.
        let Some(tab) = entry.iter().position(|&byte| byte == b'\t') else { continue };
        let head: Vec<&[u8]> = entry[..tab].split(|&byte| byte == b' ').collect();
        let [tag, mode, id, _] = head.as_slice() else { continue };
        let text = keep(&mut survey.files, &entry[tab + 1..]);
        match *mode {
            b"120000" => {
                survey.files.links.insert(text);
            }
            b"160000" => {}
            _ => {
                if *tag == b"S" {
                    survey.files.stored.insert(text.clone(), String::from_utf8_lossy(id).into_owned());
                }
                names.insert(text);
            }
        }
    }
    let mut suspects = Vec::new();
    for (change, name) in raw(&git.run(&["diff-files", "--raw", "-z", "--relative", "--ignore-submodules"])?) {
        let text = keep(&mut survey.files, name);
        let was_file = change.old_mode.starts_with("100");
        match (change.status, change.new_mode.get(..3)) {
            ("M", _) if was_file => suspects.push(Suspect { name: text, id: change.old }),
            ("D" | "T" | "M", now) => {
                names.remove(&text);
                survey.files.links.remove(&text);
                match now {
                    Some("100") => drop(names.insert(text.clone())),
                    Some("120") => drop(survey.files.links.insert(text.clone())),
                    _ => {}
                }
                survey.unstaged.insert(text, was_file.then_some(change.old));
            }
            _ => {}
        }
    }
    let changed = git.differing(suspects, &survey.files.odd)?;
    survey.unstaged.extend(changed.into_iter().map(|suspect| (suspect.name, Some(suspect.id))));
    for entry in split(&git.run(&["ls-files", "-z", "--others", "--exclude-standard"])?) {
        let text = keep(&mut survey.files, entry);
        // An untracked repository inside is listed as a folder.
        let data = std::fs::symlink_metadata(git.root.join(os(entry)));
        if data.as_ref().is_ok_and(std::fs::Metadata::is_file) {
            survey.untracked.insert(text);
        } else if data.is_ok_and(|data| data.is_symlink()) {
            survey.files.links.insert(text);
        }
    }
    survey.files.stored.retain(|name, _| !git.root.join(name).exists());
    survey.files.paths = names.iter().chain(&survey.untracked).map(String::as_str).collect();
    Ok(survey)
}

fn keep(files: &mut Files, name: &[u8]) -> String {
    let (text, odd) = name::from_bytes(name);
    if let Some(odd) = odd {
        files.odd.insert(text.clone(), odd);
    }
    text
}
