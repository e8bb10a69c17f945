//! The word that somebody meant.

/// Longer words are not compared: nobody mistypes a hundred letters.
const LONGEST: usize = 40;

/// The candidate nearest to `word`, if it is near enough to be meant: at most a third of its letters differ.
/// Case, `_` and spaces do not count.
#[must_use]
pub fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let word = plain(word);
    if word.len() > LONGEST || word.is_empty() {
        return None;
    }
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let other = plain(candidate);
        let longest = word.len().max(other.len());
        let allowed = (longest / 3).max(1);
        if other.len() > LONGEST || word.len().abs_diff(other.len()) > allowed {
            continue;
        }
        let distance = distance(&word, &other);
        // Two short words that share nothing are always "near".
        if distance <= allowed && distance < longest && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

fn plain(word: &str) -> Vec<char> {
    word.trim()
        .chars()
        .take(LONGEST + 1)
        .map(|c| if matches!(c, '_' | ' ') { '-' } else { c })
        .flat_map(char::to_lowercase)
        .collect()
}

/// Insertions, deletions, replacements and swaps of neighbours that lead from one word to the other.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = Vec::with_capacity(b.len() + 1);
        row.push(i);
        for j in 1..=b.len() {
            let replaced = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = replaced.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(before[j - 2] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_meant() {
        let keys = ["languages", "default", "owner", "review-by", "at-most", "at-least"];
        assert_eq!(nearest("langauges", keys), Some("languages"));
        assert_eq!(nearest("review_by", keys), Some("review-by"));
        assert_eq!(nearest("atleast", keys), Some("at-least"));
        assert_eq!(nearest("Owner", keys), Some("owner"));
        assert_eq!(nearest("x", keys), None);
        assert_eq!(nearest("budget", keys), None);
        assert_eq!(nearest("", keys), None);
    }
}
