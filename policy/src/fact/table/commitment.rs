//! Heads of columns that commit, and those that only wish. As titles of sections the same words name things of a trade:
//! the tender that a service searches, the wishes that another one keeps.

const COMMITS: &[&str] = &[
    "bar",
    "the bar",
    "hurdle",
    "line",
    "mark",
    "tender",
    "specification",
    "spec",
    "terms of reference",
    "annex",
    "contract",
    "messlatte",
    "schwelle",
    "ausschreibung",
    "vertrag",
    "seuil",
    "appel d'offres",
    "contrat",
    "umbral",
    "pliego",
    "contrato",
    "licitación",
];

const WISHES: &[&str] = &[
    "idea",
    "ideas",
    "wish",
    "wishes",
    "wished",
    "draft",
    "guess",
    "hunch",
    "dream",
    "stretch",
    "stretch goal",
    "nice to have",
    "wunsch",
    "wünsche",
    "entwurf",
    "souhait",
    "souhaits",
    "brouillon",
    "deseo",
    "deseos",
    "borrador",
];

/// "Bar", "Tender": whether a head says that its column is what was committed to.
pub(super) fn commits(head: &str) -> bool {
    COMMITS.contains(&head.trim().to_lowercase().as_str())
}

/// "Idea", "Stretch": whether a head says that its column is only wished for.
pub(super) fn wishes(head: &str) -> bool {
    WISHES.contains(&head.trim().to_lowercase().as_str())
}

/// "By 1 June", "from 2026 on", "ab Mai": the head of a column of what is to be reached by a day.
pub(super) fn heads_deadline(head: &str) -> bool {
    const OPENINGS: &[&str] =
        &["by", "until", "from", "as of", "ab", "bis", "d'ici", "à partir", "desde", "antes", "para"];
    const MONTHS: &[&str] = &[
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "januar",
        "februar",
        "märz",
        "mai",
        "juni",
        "juli",
        "oktober",
        "dezember",
        "janvier",
        "février",
        "mars",
        "avril",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "décembre",
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "spring",
        "summer",
        "autumn",
        "winter",
        "release",
        "launch",
        "golive",
    ];
    let lower = head.trim().to_lowercase();
    let opens = OPENINGS.iter().any(|word| lower.strip_prefix(word).is_some_and(|rest| rest.starts_with(' ')));
    let dated = lower.contains(|sign: char| sign.is_ascii_digit())
        || lower.split(|sign: char| !sign.is_alphabetic()).any(|word| MONTHS.contains(&word));
    opens && dated
}

/// "Wanted", "needed": a word of a head by which its column is what is asked.
pub(super) fn is_asked(word: &str) -> bool {
    matches!(
        word.trim_matches(|sign: char| !sign.is_alphabetic()),
        "wanted"
            | "signed"
            | "accepted"
            | "approved"
            | "confirmed"
            | "unterschrieben"
            | "zugesagt"
            | "signé"
            | "accepté"
            | "aceptado"
            | "firmado"
            | "required"
            | "asked"
            | "needed"
            | "demanded"
            | "prescribed"
            | "specified"
            | "stipulated"
            | "benötigt"
            | "gefordert"
            | "verlangt"
            | "vorgeschrieben"
            | "exigé"
            | "exigée"
            | "demandé"
            | "demandée"
            | "exigido"
            | "exigida"
            | "pedido"
            | "requerido"
            | "requerida"
    )
}
