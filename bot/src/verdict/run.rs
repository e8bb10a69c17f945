//! The verdict as a check run.

use super::Change;
use crate::github::{self, CheckRun};
use adrule_policy::report::render::comment::{self, AnnotationLevel, CheckText, Conclusion};

/// The check run on the head of a change; `key` tells several checks of one repository apart.
pub fn check_run(change: &Change, text: &CheckText, key: &str) -> CheckRun {
    let name = if key.is_empty() { change.branch.clone() } else { format!("{}, {key}", change.branch) };
    let name = format!("adrule ({name})");
    CheckRun {
        head: change.head.clone(),
        key: github::key(&[&change.head, &name, &text.summary, &text.text]),
        name,
        conclusion: match text.conclusion {
            Conclusion::Success => github::Conclusion::Success,
            Conclusion::Failure => github::Conclusion::Failure,
            Conclusion::Neutral => github::Conclusion::Neutral,
        },
        title: text.title.clone(),
        summary: text.summary.clone(),
        text: text.text.clone(),
        annotations: text.annotations.iter().map(annotation).collect(),
    }
}

fn annotation(note: &comment::Annotation) -> github::Annotation {
    github::Annotation {
        path: note.path.clone(),
        start_line: note.start_line,
        end_line: note.end_line,
        start_column: note.start_column,
        end_column: note.end_column,
        annotation_level: match note.level {
            AnnotationLevel::Notice => "notice",
            AnnotationLevel::Warning => "warning",
            AnnotationLevel::Failure => "failure",
        },
        title: note.title.clone(),
        message: note.message.clone(),
    }
}
