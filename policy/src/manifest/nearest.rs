//! The right key nearest to a wrong one.

/// The candidate nearest to `word`, where one is near enough to be meant: few letters differ, or the same words stand
/// in it in another order or spelling.
pub(super) fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let written = plain(word);
    if written.is_empty() || written.len() > 40 {
        return None;
    }
    let allowed = (written.chars().count() / 4).clamp(1, 3);
    candidates
        .into_iter()
        .filter_map(|candidate| {
            let right = plain(candidate);
            let far = if sorted(&written) == sorted(&right) { 0 } else { distance(&written, &right) };
            (far <= allowed).then_some((far, candidate))
        })
        .min_by_key(|&(far, _)| far)
        .map(|(_, candidate)| candidate)
}

fn plain(word: &str) -> String {
    word.trim().to_lowercase().replace(['_', ' '], "-")
}

fn sorted(word: &str) -> Vec<&str> {
    let mut words: Vec<_> = word.split('-').collect();
    words.sort_unstable();
    words
}

/// How many letters must be added, removed, changed or swapped with their neighbour.
fn distance(from: &str, to: &str) -> usize {
    let (from, to): (Vec<char>, Vec<char>) = (from.chars().collect(), to.chars().collect());
    let mut before = Vec::new();
    let mut last: Vec<usize> = (0..=to.len()).collect();
    for (i, a) in from.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in to.iter().enumerate() {
            let mut best = (last[j] + usize::from(a != b)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *a == to[j - 1] && from[i - 1] == *b {
                best = best.min(before[j - 1] + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn typing_errors_are_near_and_other_words_are_not() {
        let keys = ["memory-budget", "latency-target", "language", "owner"];
        assert_eq!(nearest("memroy-budget", keys), Some("memory-budget"));
        assert_eq!(nearest("memory_budget", keys), Some("memory-budget"));
        assert_eq!(nearest("budget-memory", keys), Some("memory-budget"));
        assert_eq!(nearest("langauge", keys), Some("language"));
        assert_eq!(nearest("queue-timeout", keys), None);
        assert_eq!(nearest("", keys), None);
    }
}
