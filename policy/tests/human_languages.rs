//! Section names and statuses in each human language, as people write and inflect them.
#![allow(clippy::panic, reason = "a case that is not well formed fails its test")]

use adrule_policy::decision::words::{Topic, topic};
use adrule_policy::decision::{self, Status};
use std::sync::Arc;

use Status::{Accepted, Deprecated, Draft, Proposed, Rejected, Superseded, Withdrawn};
use Topic::{Consequences, Context, Decision, Options, Outcome, Problem, Rationale};

struct Language {
    code: &'static str,
    headings: &'static [(&'static str, Topic)],
    /// A status line, label included, and what it says.
    statuses: &'static [(&'static str, Status)],
}

const LANGUAGES: [Language; 14] = [
    Language {
        code: "en",
        headings: &[
            ("Background", Context),
            ("Problem Statement", Problem),
            ("The Decision", Decision),
            ("Decision Outcome", Outcome),
            ("Implications", Consequences),
            ("Alternatives Considered", Options),
            ("Why", Context),
            ("Justification", Rationale),
            ("What we decided", Decision),
        ],
        statuses: &[
            ("Status: Accepted", Accepted),
            ("Status: approved by the guild", Accepted),
            ("Status: WIP", Draft),
            ("Status: Under review", Proposed),
            ("Status: Declined", Rejected),
            ("Status: Obsolete", Deprecated),
            ("Status: Superceded by ADR 9", Superseded),
            ("Status: Deferred", Withdrawn),
        ],
    },
    Language {
        code: "de",
        headings: &[
            ("Kontext", Context),
            ("Ausgangslage", Context),
            ("Problemstellung", Problem),
            ("Entscheidung", Decision),
            ("Ergebnis der Entscheidung", Outcome),
            ("Auswirkungen", Consequences),
            ("Folgen", Consequences),
            ("Betrachtete Alternativen", Options),
            ("Begründung", Rationale),
        ],
        statuses: &[
            ("Status: Akzeptiert", Accepted),
            ("Status: beschlossen am 14.03.2025", Accepted),
            ("Status: Entwurf", Draft),
            ("Status: in Diskussion", Proposed),
            ("Status: Abgelehnt", Rejected),
            ("Status: veraltet", Deprecated),
            ("Status: ersetzt durch ADR-9", Superseded),
            ("Status: zurückgestellt", Withdrawn),
            ("Stand: Vorgeschlagen", Proposed),
        ],
    },
    Language {
        code: "fr",
        headings: &[
            ("Contexte", Context),
            ("Problématique", Problem),
            ("Décision", Decision),
            ("Conséquences", Consequences),
            ("Options envisagées", Options),
            ("Résultat de la décision", Outcome),
            ("Justification", Rationale),
        ],
        statuses: &[
            ("Statut : Accepté", Accepted),
            ("Statut : acceptée", Accepted),
            ("Statut : validé", Accepted),
            ("Statut : proposée", Proposed),
            ("Statut : brouillon", Draft),
            ("Statut : rejetée", Rejected),
            ("Statut : obsolète", Deprecated),
            ("Statut : remplacée par l'ADR 9", Superseded),
            ("État : abandonnée", Withdrawn),
        ],
    },
    Language {
        code: "es",
        headings: &[
            ("Contexto", Context),
            ("Planteamiento del problema", Problem),
            ("Decisión", Decision),
            ("Consecuencias", Consequences),
            ("Opciones consideradas", Options),
            ("Resultado de la decisión", Outcome),
            ("Justificación", Rationale),
            ("Alternativas consideradas", Options),
        ],
        statuses: &[
            ("Estado: Aceptado", Accepted),
            ("Estado: Aceptada", Accepted),
            ("Estado: Aprobada", Accepted),
            ("Estado: Propuesto", Proposed),
            ("Estado: Borrador", Draft),
            ("Estado: Rechazado", Rejected),
            ("Estado: Obsoleta", Deprecated),
            ("Estado: Reemplazada por ADR-9", Superseded),
            ("Estado: Sustituido por ADR-9", Superseded),
        ],
    },
    Language {
        code: "pt",
        headings: &[
            ("Contexto", Context),
            ("Decisão", Decision),
            ("Consequências", Consequences),
            ("Opções consideradas", Options),
            ("Alternativas consideradas", Options),
            ("Justificativa", Rationale),
            ("Descrição do problema", Problem),
        ],
        statuses: &[
            ("Status: Aceito", Accepted),
            ("Status: Aceita", Accepted),
            ("Status: Aprovado", Accepted),
            ("Estado: Aceite", Accepted),
            ("Status: Proposto", Proposed),
            ("Status: Rascunho", Draft),
            ("Status: Rejeitada", Rejected),
            ("Status: Obsoleto", Deprecated),
            ("Status: Substituída por ADR-9", Superseded),
            ("Situação: Em discussão", Proposed),
        ],
    },
    Language {
        code: "it",
        headings: &[
            ("Contesto", Context),
            ("Problema", Problem),
            ("Decisione", Decision),
            ("Conseguenze", Consequences),
            ("Opzioni considerate", Options),
            ("Alternative considerate", Options),
            ("Motivazione", Rationale),
        ],
        statuses: &[
            ("Stato: Accettato", Accepted),
            ("Stato: accettata", Accepted),
            ("Stato: approvata", Accepted),
            ("Stato: proposta", Proposed),
            ("Stato: bozza", Draft),
            ("Stato: rifiutata", Rejected),
            ("Stato: deprecata", Deprecated),
            ("Stato: sostituita da ADR-9", Superseded),
        ],
    },
    Language {
        code: "nl",
        headings: &[
            ("Context", Context),
            ("Probleemstelling", Problem),
            ("Besluit", Decision),
            ("Beslissing", Decision),
            ("Gevolgen", Consequences),
            ("Consequenties", Consequences),
            ("Overwogen opties", Options),
            ("Alternatieven", Options),
        ],
        statuses: &[
            ("Status: Geaccepteerd", Accepted),
            ("Status: goedgekeurd", Accepted),
            ("Status: Voorgesteld", Proposed),
            ("Status: concept", Draft),
            ("Status: Afgewezen", Rejected),
            ("Status: verouderd", Deprecated),
            ("Status: vervangen door ADR-9", Superseded),
        ],
    },
    Language {
        code: "pl",
        headings: &[
            ("Kontekst", Context),
            ("Problem", Problem),
            ("Decyzja", Decision),
            ("Konsekwencje", Consequences),
            ("Rozważane opcje", Options),
            ("Alternatywy", Options),
            ("Uzasadnienie", Rationale),
        ],
        statuses: &[
            ("Status: Zaakceptowany", Accepted),
            ("Status: zaakceptowana", Accepted),
            ("Status: przyjęta", Accepted),
            ("Status: zatwierdzona", Accepted),
            ("Status: Proponowany", Proposed),
            ("Status: zaproponowana", Proposed),
            ("Status: Szkic", Draft),
            ("Status: odrzucona", Rejected),
            ("Status: przestarzała", Deprecated),
            ("Status: zastąpiona przez ADR-9", Superseded),
        ],
    },
    Language {
        code: "ru",
        headings: &[
            ("Контекст", Context),
            ("Проблема", Problem),
            ("Решение", Decision),
            ("Последствия", Consequences),
            ("Рассмотренные варианты", Options),
            ("Альтернативы", Options),
            ("Обоснование", Rationale),
        ],
        statuses: &[
            ("Статус: Принято", Accepted),
            ("Статус: принят", Accepted),
            ("Статус: принята", Accepted),
            ("Статус: утверждено", Accepted),
            ("Статус: Предложено", Proposed),
            ("Статус: на рассмотрении", Proposed),
            ("Статус: черновик", Draft),
            ("Статус: Отклонено", Rejected),
            ("Статус: устарело", Deprecated),
            ("Статус: заменено на ADR-9", Superseded),
            ("Статус: Заменён ADR-9", Superseded),
        ],
    },
    Language {
        code: "uk",
        headings: &[
            ("Контекст", Context),
            ("Проблема", Problem),
            ("Рішення", Decision),
            ("Наслідки", Consequences),
            ("Розглянуті варіанти", Options),
            ("Альтернативи", Options),
            ("Обґрунтування", Rationale),
        ],
        statuses: &[
            ("Статус: Прийнято", Accepted),
            ("Статус: затверджено", Accepted),
            ("Статус: Запропоновано", Proposed),
            ("Статус: чернетка", Draft),
            ("Статус: Відхилено", Rejected),
            ("Статус: застаріло", Deprecated),
            ("Статус: замінено на ADR-9", Superseded),
        ],
    },
    Language {
        code: "tr",
        headings: &[
            ("Bağlam", Context),
            ("Problem", Problem),
            ("Karar", Decision),
            ("Sonuçlar", Consequences),
            ("Değerlendirilen Seçenekler", Options),
            ("Alternatifler", Options),
            ("Gerekçe", Rationale),
        ],
        statuses: &[
            ("Durum: Kabul edildi", Accepted),
            ("Durum: KABUL EDİLDİ", Accepted),
            ("Durum: onaylandı", Accepted),
            ("Durum: Önerildi", Proposed),
            ("Durum: Taslak", Draft),
            ("Durum: Reddedildi", Rejected),
            ("Durum: Kullanımdan kaldırıldı", Deprecated),
        ],
    },
    Language {
        code: "zh",
        headings: &[
            ("背景", Context),
            ("上下文", Context),
            ("问题陈述", Problem),
            ("决策", Decision),
            ("决定", Decision),
            ("后果", Consequences),
            ("影响", Consequences),
            ("备选方案", Options),
            ("決策", Decision),
            ("理由", Rationale),
        ],
        statuses: &[
            ("状态：已接受", Accepted),
            ("状态: 已采纳", Accepted),
            ("状态：已通过", Accepted),
            ("狀態：已接受", Accepted),
            ("状态：提议", Proposed),
            ("状态：提议中", Proposed),
            ("状态：草稿", Draft),
            ("状态：已拒绝", Rejected),
            ("状态：已废弃", Deprecated),
            ("状态：已被取代", Superseded),
            ("状态：已被 ADR-9 取代", Superseded),
        ],
    },
    Language {
        code: "ja",
        headings: &[
            ("コンテキスト", Context),
            ("背景", Context),
            ("文脈", Context),
            ("課題", Problem),
            ("決定", Decision),
            ("決定事項", Decision),
            ("結果", Consequences),
            ("影響", Consequences),
            ("検討した選択肢", Options),
            ("代替案", Options),
            ("理由", Rationale),
        ],
        statuses: &[
            ("ステータス: 承認済み", Accepted),
            ("ステータス: 承認", Accepted),
            ("ステータス：採用", Accepted),
            ("状態: 承認済", Accepted),
            ("ステータス: 提案中", Proposed),
            ("ステータス: 提案", Proposed),
            ("ステータス: 下書き", Draft),
            ("ステータス: ドラフト", Draft),
            ("ステータス: 却下", Rejected),
            ("ステータス: 非推奨", Deprecated),
            ("ステータス: 廃止", Deprecated),
        ],
    },
    Language {
        code: "ko",
        headings: &[
            ("맥락", Context),
            ("배경", Context),
            ("문제", Problem),
            ("결정", Decision),
            ("결과", Consequences),
            ("영향", Consequences),
            ("고려한 대안", Options),
            ("대안", Options),
            ("근거", Rationale),
        ],
        statuses: &[
            ("상태: 승인됨", Accepted),
            ("상태: 수락됨", Accepted),
            ("상태: 채택됨", Accepted),
            ("상태: 승인", Accepted),
            ("상태: 제안됨", Proposed),
            ("상태: 초안", Draft),
            ("상태: 거부됨", Rejected),
            ("상태: 거절됨", Rejected),
            ("상태: 폐기됨", Deprecated),
            ("상태: 대체됨", Superseded),
            ("상태: ADR-9로 대체됨", Superseded),
        ],
    },
];

#[test]
fn sections_are_known_by_their_usual_names() {
    let mut wrong = Vec::new();
    for language in &LANGUAGES {
        for (heading, expected) in language.headings {
            for dressed in [(*heading).to_owned(), format!("2. {heading}"), heading.to_uppercase()] {
                if topic(&dressed) != Some(*expected) {
                    wrong.push(format!("{}: {dressed} is {:?}, not {expected:?}", language.code, topic(&dressed)));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn statuses_are_known_in_their_usual_forms() {
    let path: Arc<str> = "docs/adr/0007-one-queue.md".into();
    let mut wrong = Vec::new();
    for language in &LANGUAGES {
        for (line, expected) in language.statuses {
            let (label, word) = line.split_once([':', '：']).unwrap_or_else(|| panic!("no label: {line}"));
            let (label, word) = (label.trim(), word.trim());
            for text in [
                format!("# 7. T x\n\n{line}\n"),
                format!("# 7. T x\n\n- **{label}**: {word}\n"),
                format!("# 7. T x\n\n## {label}\n\n{word}.\n"),
                format!("# 7. T x\n\n| {label} | {word} |\n|---|---|\n| x | y |\n"),
            ] {
                let read = decision::read(&path, &text.as_str().into()).status;
                if read != Some(*expected) {
                    wrong.push(format!("{}: {read:?}, not {expected:?}: {text:?}", language.code));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Sentences that sound like a status and are none, or are about another record.
#[test]
fn what_is_no_status_gives_none() {
    let path: Arc<str> = "docs/adr/0007-one-queue.md".into();
    for (line, expected) in [
        ("Status: not yet accepted", None),
        ("Status: nicht akzeptiert", None),
        ("Status: accepted or rejected", None),
        ("Status: ersetzt ADR-4", None),
        ("Status: replaces ADR-4", None),
        ("Statut : remplace l'ADR 4", None),
        ("Статус: не принято", None),
        ("状态：未接受", None),
        ("Status: half accepted", None),
        ("Status: Who knows", None),
    ] {
        let read = decision::read(&path, &format!("# 7. T x\n\n{line}\n").into()).status;
        assert_eq!(read, expected, "{line}");
    }
}
