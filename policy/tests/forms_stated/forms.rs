//! The forms and their twins: labels, values and shapes that people use, combined by a fixed step.

use std::fmt::Write as _;

#[derive(Clone, Copy)]
pub struct Label {
    pub language: &'static str,
    pub kind: &'static str,
    pub text: &'static str,
    pub percentile: Option<f64>,
}

#[derive(Clone, Copy)]
pub struct Stated {
    pub language: &'static str,
    pub kind: &'static str,
    pub text: &'static str,
    pub amount: &'static str,
    pub percentile: Option<f64>,
}

pub fn words() -> (Vec<Label>, Vec<Stated>) {
    let (mut labels, mut values) = (Vec::new(), Vec::new());
    for line in include_str!("../data/forms.tsv").lines().filter(|line| !line.starts_with('#')) {
        match line.split('\t').collect::<Vec<_>>()[..] {
            ["label", language, kind, text, percentile] => {
                labels.push(Label { language, kind, text, percentile: percentile.parse().ok() });
            }
            ["value", language, kind, text, amount, percentile] => {
                values.push(Stated { language, kind, text, amount, percentile: percentile.parse().ok() });
            }
            _ => panic!("not a line of forms: {line}"),
        }
    }
    (labels, values)
}

/// Lines: `L` is the label, `V` the value.
pub const LINES: &[&str] = &[
    "L: V",
    "L: V.",
    "- L: V",
    "* L: V.",
    "- **L:** V",
    "- **L**: V",
    "**L:** V",
    "**L**: V.",
    "- **L** — V",
    "- **L** – V",
    "- L — V",
    "- L – V",
    "- L = V",
    "- *L*: V",
    "1. L: V",
    "L\n: V",
    "- **L** V",
    "L: **V**",
    "- **L:** **V**",
    "- `L`: V",
    "- [x] L: V",
    "+ __L__: V",
    "L ........ V",
];

/// Tables: the head, and the row of the fact. A row of another fact and one of no fact stand below it.
pub const TABLES: &[(&str, &str)] = &[
    ("Property | Value", "L | V"),
    ("Requirement | Target", "L | V"),
    ("Quality | Goal", "L | V"),
    ("Metric | Limit", "L | V"),
    ("What | How much", "L | V"),
    ("NFR | Value", "L | V"),
    (" | ", "L | V"),
    ("Property | Value", "**L** | V"),
    ("Property | Value | Agreed by", "L | V | product"),
    ("Property | Value | Owner", "L | V | growth"),
    ("Quality | Target | Source", "L | V | contract"),
    ("What | Value | Why", "L | V | the gate closes after that"),
    ("What | How much | Notes", "L | V | checked every night"),
    ("Requirement | Value | Reason", "L | V | the boxes are small"),
    ("ID | Property | Value", "R1 | L | V"),
    ("Property | Owner | Value", "L | platform | V"),
    ("Property | Priority | Value", "L | must | V"),
    ("Property | Value | Status", "L | V | agreed"),
    ("Property | Value | Priority", "L | V | high priority"),
    ("ID | Requirement | Target | Why", "NFR-1 | L | V | the gate closes after that"),
    ("Property | Value | Owner | Status", "L | V | platform | agreed"),
    ("Priority | Property | Value | Agreed by", "must | L | V | product"),
    ("Owner | Property | Value", "platform | L | V"),
    ("Property | swipe-intake", "L | V"),
    ("Attribute | Requirement", "L | **V**"),
    ("Item | Agreed value", "L | V"),
    ("Requirement | Target | Measured by", "L | V | the load test"),
    ("Characteristic | Limit | Owner | Notes", "L | V | platform | looked at every night"),
    ("# | What | Value", "1 | L | V"),
    ("Topic | Value | Decided by", "L | V | product"),
    ("Property | Value | How we check", "L | V | a dashboard"),
    ("Property | Value | Since", "L | V | March"),
    ("Area | Property | Value", "operations | L | V"),
    ("L | Cache TTL", "V | 300 s"),
    ("Service | L | Cache TTL", "swipe-intake | V | 300 s"),
    ("Service | L | Owner", "swipe-intake | V | platform"),
    (" | swipe-intake | swipe-archive", "L | V | V"),
];

pub const HEADINGS: &[&str] = &[
    "Decision",
    "Requirements",
    "Swipe intake: envelope agreed with product",
    "Envelope",
    "Agreed with product",
    "Non-functional requirements",
    "Budgets",
    "Service levels",
    "",
];

/// Headings and lead-ins in the language of the label; a third of the documents stays in English around it.
pub const ABROAD: &[(&str, &[&str], &[&str])] = &[
    ("de", &["Entscheidung", "Anforderungen", "Vorgaben", ""], &["", "Der Dienst muss einhalten:", "Grenzwerte:"]),
    ("fr", &["Décision", "Exigences", "Limites", ""], &["", "Le service doit respecter :", "Limites :"]),
    ("es", &["Decisión", "Requisitos", "Límites", ""], &["", "El servicio tiene que cumplir:", "Límites:"]),
];

pub const LEADS: &[&str] =
    &["", "We agreed on:", "", "The service has to keep to:", "Limits:", "", "These figures hold for each site:"];

/// Where a form stands, and how it is written.
pub struct Form {
    pub label: Label,
    pub value: Stated,
    pub shape: String,
    pub place: String,
    pub text: String,
}

/// A document with a labelled value in one shape.
pub fn document(heading: &str, lead: &str, body: &str) -> String {
    let mut text = "# 7. The swipe intake\n\n".to_owned();
    for line in [heading, lead].into_iter().filter(|line| !line.is_empty()) {
        let _ = write!(text, "{line}\n\n");
    }
    text + body + "\n"
}

pub fn filled(shape: &str, label: &str, value: &str) -> String {
    shape
        .chars()
        .fold(String::new(), |text, sign| match sign {
            // Capitals that stand alone in a shape are places; those in a word are not.
            'L' | 'V' => text + &sign.to_string().replace('L', "\u{1}").replace('V', "\u{2}"),
            _ => text + &sign.to_string(),
        })
        .split_inclusive(' ')
        .map(|word| match word.chars().filter(|sign| sign.is_alphabetic()).count() {
            0 => word.replace('\u{1}', label).replace('\u{2}', value),
            _ => word.replace('\u{1}', "L").replace('\u{2}', "V"),
        })
        .collect()
}

pub fn rule(head: &str) -> String {
    format!("|{}\n", "---|".repeat(head.matches(" | ").count() + 1))
}

/// A table with its row, and for every second one further rows below it.
pub fn table((head, row): (&str, &str), kind: &str, label: &str, value: &str, at: usize) -> String {
    let mut text = format!("| {} |\n{}| {} |\n", filled(head, label, value), rule(head), filled(row, label, value));
    if at.is_multiple_of(2) && row.split(" | ").any(|cell| cell.contains('L')) {
        let other = if kind == "memory-budget" { ("Failure impact", "low") } else { ("Memory budget", "64 MB") };
        for (label, value) in [other, ("Cache TTL", "300 s")] {
            let _ = writeln!(text, "| {} |", filled(row, label, value));
        }
    }
    text
}

pub fn values_for<'v>(values: &'v [Stated], label: &Label) -> Vec<&'v Stated> {
    values
        .iter()
        .filter(|value| value.kind == label.kind && (value.language == "all" || value.language == label.language))
        .filter(|value| label.percentile.is_none() || value.percentile.is_none())
        .collect()
}

/// Every label in every shape, with values, headings and lead-ins that go round; with `ADRULE_FORMS` four times, which
/// meets further pairs.
pub fn forms() -> Vec<Form> {
    let (labels, values) = words();
    let rounds = if std::env::var_os("ADRULE_FORMS").is_some() { 4 } else { 1 };
    let mut forms = Vec::new();
    let mut at = 0usize;
    for label in labels {
        let fitting = values_for(&values, &label);
        for round in 0..rounds {
            for number in 0..LINES.len() + TABLES.len() {
                at += 1;
                let value = *fitting[(at * 7 + round * 3 + at / 11) % fitting.len()];
                let abroad = ABROAD.iter().find(|(language, ..)| *language == label.language && !at.is_multiple_of(3));
                let (headings, leads) = abroad.map_or((HEADINGS, LEADS), |(_, headings, leads)| (*headings, *leads));
                let heading = headings[(at + at / headings.len()) % headings.len()];
                let lead = leads[(at + at / leads.len()) % leads.len()];
                let (shape, body) = match LINES.get(number) {
                    // `L = ≤ 180 MB` and `L: p95: 20 ms` are nobody's ways.
                    Some(shape) if shape.contains("**V") && value.text.starts_with(['*', '`']) => continue,
                    Some(shape) if shape.contains('=') && value.text.starts_with(['≤', '<', '~']) => continue,
                    Some(shape) => ((*shape).to_owned(), filled(shape, label.text, value.text)),
                    None => {
                        let shape = TABLES[number - LINES.len()];
                        (format!("{} // {}", shape.0, shape.1), table(shape, label.kind, label.text, value.text, at))
                    }
                };
                let title = if heading.is_empty() { String::new() } else { format!("## {heading}") };
                let text = document(&title, lead, &body.replace("..", "."));
                forms.push(Form { label, value, shape, place: format!("{heading} / {lead}"), text });
            }
        }
    }
    forms
}

/// What may be unclear, and why.
pub fn excepted(form: &Form) -> Option<&'static str> {
    let decides = ["Decision /", "Entscheidung /", "Décision /", "Decisión /", " /"];
    let unsaid = decides.iter().any(|heading| form.place.starts_with(heading));
    let bare = form.value.text.starts_with(|first: char| first.is_ascii_digit());
    if form.label.text == "Memory use" {
        return Some("what is used, is what was seen, until a word or a heading makes it a limit");
    }
    if form.label.percentile.is_some() && unsaid && bare {
        return Some("a bare figure of a percentile under no word for a limit is what people measure");
    }
    if form.label.text == "Max. Speicher" && form.shape == "- **L** V" {
        return Some("without a colon, the full stop of the short form ends a sentence");
    }
    None
}

/// Places where nothing is stated, whatever its words.
pub const NOWHERE: &[&str] = &["## Old system", "## Considered options\n\n### Option B (rejected)"];

/// Places where a figure is a measurement, unless its words make it a limit.
pub const MEASURED: &[&str] = &["## Benchmark", "## Measured in the pilot", "## Results of the load test"];

/// Whether neither label, value nor the head of a table makes a limit of the figure. A rating is no measurement.
pub fn is_bare(label: &Label, value: &str, shape: &str) -> bool {
    const LIMITS: [&str; 16] = [
        "udget", "imit", "eiling", "arget", "max", "Max", "áxim", "bjecti", "bjetivo", "ziel", "grenze", "lafond",
        "xpected", "ttendu", "sperad", "cap",
    ];
    const HEADS: [&str; 6] = ["Limit", "Target", "Goal", "Requirement", "NFR", "Priority"];
    let expected = ["révu", "revist", "rwartet"].iter().any(|word| label.text.contains(word));
    label.kind != "failure-impact"
        && !expected
        && !LIMITS.iter().any(|word| label.text.contains(word))
        && value.starts_with(|first: char| first.is_ascii_digit())
        && value.split(' ').count() <= 2
        && !HEADS.iter().any(|head| shape.contains(head))
}

/// Heads under which nothing is stated.
pub const HEADS: &[&str] = &["Property | Measured", "Property | Today", "Property | Vendor"];

/// What is to be filled in.
pub const OPEN: &[&str] = &["TBD", "<N> MB", "n/a", "?", "to be decided", "-", "none"];

/// Labels of other kinds, each with a value.
pub const OTHERS: &[(&str, &str)] = &[
    ("Timeout", "20 ms"),
    ("Request timeout", "2 s"),
    ("Retention", "30 days"),
    ("Payload", "2 MB"),
    ("Max payload", "2 MB"),
    ("Disk", "20 GB"),
    ("Cache TTL", "60 s"),
    ("Cache size", "64 MB"),
    ("Max upload", "180 MB"),
    ("Upload limit", "max. 180 MB"),
    ("Rate limit per client", "300 requests per second"),
    ("Peak load", "900 rps"),
    ("Max load", "900 rps"),
    ("Peak traffic", "900 requests per second"),
    ("Heap dump", "180 MB"),
    ("Retry delay", "200 ms"),
    ("Retries", "3"),
    ("Log file", "≤ 180 MB"),
    ("Poll interval", "2 s"),
    ("Message size", "up to 1 MB"),
    ("Bandwidth", "100 MB/s"),
    ("Likelihood of failure", "high"),
    ("Priority", "high"),
    ("Risk", "medium"),
    ("Effort", "low"),
    ("Database nodes", "3"),
    ("Availability", "99.9 %"),
];

pub fn twins() -> Vec<String> {
    let (labels, values) = words();
    let mut twins = Vec::new();
    let shaped =
        |number: usize, kind: &str, label: &str, value: &str| match LINES.get(number % (LINES.len() + TABLES.len())) {
            Some(shape) => filled(shape, label, value),
            None => table(TABLES[number % (LINES.len() + TABLES.len()) - LINES.len()], kind, label, value, 1),
        };
    for (at, label) in labels.iter().enumerate() {
        let fitting = values_for(&values, label);
        for (number, place) in NOWHERE.iter().cycle().take(12).enumerate() {
            let value = fitting[(at + number * 5) % fitting.len()].text;
            twins.push(document(place, "", &shaped(at * 5 + number * 7, label.kind, label.text, value)));
        }
        for (number, place) in MEASURED.iter().cycle().take(24).enumerate() {
            let value = fitting[(at + number * 5) % fitting.len()].text;
            let text = shaped(at * 5 + number * 7, label.kind, label.text, value);
            if is_bare(label, value, &text) {
                twins.push(document(place, "", &text));
            }
        }
        for (number, head) in HEADS.iter().enumerate() {
            let value = fitting[(at * 3 + number) % fitting.len()].text;
            twins.push(document("## Decision", "", &table((head, "L | V"), label.kind, label.text, value, 1)));
        }
        for (number, value) in OPEN.iter().enumerate() {
            let place = ["## Requirements", "## Decision"][number % 2];
            twins.push(document(place, "", &shaped(at * 3 + number * 11, label.kind, label.text, value)));
        }
    }
    for (label, value) in OTHERS {
        for number in 0..LINES.len() + TABLES.len() {
            let heading = HEADINGS[number % HEADINGS.len()];
            let title = if heading.is_empty() { String::new() } else { format!("## {heading}") };
            twins.push(document(&title, LEADS[number % LEADS.len()], &shaped(number, "", label, value)));
        }
    }
    twins
}
