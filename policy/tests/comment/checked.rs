//! The text of the check and of the job's summary.

use super::{PAGE, Pull, context, page_of, service, short};
use adrule_policy::report::Severity;
use adrule_policy::report::render::comment::{
    AnnotationLevel, Conclusion, Context, PageNews, check_summary, job_summary, page_change,
};

fn gap() -> Pull {
    Pull::new(vec![service("edge-proxy", "rust", &[]), service("ledger", "go", &[])])
}

fn failing() -> Context {
    Context { fail_on: Some(Severity::Error), ..context() }
}

#[test]
fn a_check_in_words() {
    let context =
        Context { remarks: vec!["The comment was hidden by a person and is left alone.".to_owned()], ..failing() };
    let check = check_summary(&gap().report(), &context);
    assert_eq!(check.title, "One thing is missing before edge-proxy can be Rust");
    assert_eq!(check.conclusion, Conclusion::Failure);
    insta::assert_snapshot!(check.summary, @"
    1 error in 2 services and 0 decisions.

    The comment was hidden by a person and is left alone.
    ");
    insta::assert_snapshot!(short(&check.text), @"
    ### One thing is missing before `edge-proxy` can be Rust

    `edge-proxy` is written in Rust, and nothing says why. [The page](BASE/adrule.yaml) says: *Rust needs a stated memory budget, latency target or failure-impact rating.* Any one of them is enough.

    - [`services/edge-proxy/catalog-info.yaml:4`](HEAD/services/edge-proxy/catalog-info.yaml#L4): new in this change; Rust, as it states

    Add one of these lines, with your own value, in [`services/edge-proxy/catalog-info.yaml`](HEAD/services/edge-proxy/catalog-info.yaml), under `metadata.annotations`:

    ```yaml
    adrule/memory-budget: 180 MB per instance
    adrule/latency-target: p95 under 10 ms
    adrule/failure-impact: high
    ```

    <sub>error: `language-without-reason`</sub>

    <details><summary>The other service in this change is fine</summary>

    - `ledger` (Go): needs no reason

    </details>

    <sub>Judged by [`adrule.yaml`](BASE/adrule.yaml) on `main` (`a1b2c3d`), 2026-11-22. Not now? A waiver on the page needs an owner, a reason and an end date.</sub>
    ");
}

#[test]
fn annotations_have_exact_ranges_and_repository_paths() {
    let context = Context { folder: "shop/".to_owned(), ..failing() };
    let check = check_summary(&gap().report(), &context);
    let [one] = check.annotations.as_slice() else { panic!("{:#?}", check.annotations) };
    assert_eq!(one.path, "shop/services/edge-proxy/catalog-info.yaml");
    assert_eq!((one.start_line, one.end_line, one.start_column, one.end_column), (4, 4, Some(9), Some(18)));
    assert_eq!(one.level, AnnotationLevel::Failure);
    assert_eq!(one.title, "language-without-reason");
    insta::assert_snapshot!(one.message, @"
    `edge-proxy` is written in Rust, and nothing says why.

    Rust needs a stated memory budget, latency target or failure-impact rating.

    Add, with your own value, in services/edge-proxy/catalog-info.yaml, under `metadata.annotations`:
    adrule/memory-budget: 180 MB per instance
    adrule/latency-target: p95 under 10 ms
    adrule/failure-impact: high
    ");
    assert!(check.text.contains("/shop/services/edge-proxy/catalog-info.yaml#L4"), "{}", check.text);
}

#[test]
fn the_threshold_decides() {
    let error = gap().report();
    let mut warning = error.clone();
    warning.findings[0].severity = Severity::Warning;
    let mut info = error.clone();
    info.findings[0].severity = Severity::Info;
    let mut none = error.clone();
    none.findings.clear();
    let of = |report, fail_on| check_summary(report, &Context { fail_on, ..context() }).conclusion;
    for (report, fail_on, wanted) in [
        (&error, Some(Severity::Error), Conclusion::Failure),
        (&error, None, Conclusion::Neutral),
        (&warning, Some(Severity::Error), Conclusion::Neutral),
        (&warning, Some(Severity::Warning), Conclusion::Failure),
        (&info, Some(Severity::Error), Conclusion::Success),
        (&info, Some(Severity::Info), Conclusion::Failure),
        (&none, Some(Severity::Info), Conclusion::Success),
    ] {
        assert_eq!(of(report, fail_on), wanted, "{fail_on:?} {:?}", report.worst());
    }
}

#[test]
fn a_preview_never_fails() {
    let check = check_summary(&gap().report(), &Context { page: PageNews::First, ..failing() });
    assert_eq!(check.conclusion, Conclusion::Neutral);
    assert!(check.summary.contains("nothing fails"), "{}", check.summary);
}

#[test]
fn a_page_that_would_break_fails() {
    let pull = Pull::new(vec![service("ledger", "go", &[])]);
    let new = PAGE.replace("at-most: 10 ms", "at-most: 10");
    let (old, report) = (page_of(PAGE).page.unwrap(), pull.report());
    let change = page_change(&old, &page_of(&new), &new, &report, None);
    let check = check_summary(&report, &Context { page: PageNews::Changed(change), ..failing() });
    assert_eq!(check.conclusion, Conclusion::Failure);
}

#[test]
fn the_jobs_summary_ends_with_the_callers_remarks() {
    let remark = "This token may only read, so no comment was written.";
    let summary = job_summary(&gap().report(), &Context { remarks: vec![remark.to_owned()], ..failing() });
    assert!(summary.starts_with("### One thing is missing before `edge-proxy` can be Rust\n"));
    assert!(summary.trim_end().ends_with(remark), "{summary}");
    assert!(summary.contains(", 2026-11-22."), "{summary}");
}
