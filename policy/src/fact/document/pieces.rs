//! Which pieces of words occur in a text, in one pass over its bytes: an automaton of all pieces at once (Aho and
//! Corasick), a state a byte.

/// Groups of pieces, and the states that tell them apart.
pub(super) struct Pieces {
    /// The column of a byte in `next`; bytes of no piece share one.
    column: [u8; 256],
    /// The state behind each state and column.
    next: Vec<u16>,
    /// The groups that end at each state, a bit a group.
    ends: Vec<u16>,
    columns: usize,
}

impl Pieces {
    /// Up to sixteen groups; all pieces together have fewer than 65,536 bytes.
    pub(super) fn of(groups: &[&[&str]]) -> Self {
        let mut column = [0u8; 256];
        let mut columns = 1;
        for byte in groups.iter().copied().flatten().flat_map(|piece| piece.bytes()) {
            let known = &mut column[usize::from(byte)];
            if *known == 0 {
                *known = columns;
                columns += 1;
            }
        }
        let columns = usize::from(columns);
        let mut built = Self { column, next: vec![0; columns], ends: vec![0], columns };
        for (group, pieces) in groups.iter().enumerate() {
            pieces.iter().for_each(|piece| built.add(piece, 1 << group));
        }
        built.link();
        built
    }

    /// Adds a piece to the tree; 0, the root, stands for "no child yet".
    fn add(&mut self, piece: &str, bit: u16) {
        let mut state = 0usize;
        for byte in piece.bytes() {
            let at = state * self.columns + usize::from(self.column[usize::from(byte)]);
            if self.next[at] == 0 {
                self.next[at] = u16::try_from(self.ends.len()).unwrap_or(0);
                self.ends.push(0);
                self.next.resize(self.next.len() + self.columns, 0);
            }
            state = usize::from(self.next[at]);
        }
        self.ends[state] |= bit;
    }

    /// Fills in where a state goes on a byte that none of its pieces has: to the longest piece that is begun there.
    fn link(&mut self) {
        let mut back = vec![0u16; self.ends.len()];
        let mut queue: std::collections::VecDeque<usize> =
            self.next[..self.columns].iter().filter(|child| **child != 0).map(|child| usize::from(*child)).collect();
        while let Some(state) = queue.pop_front() {
            let shorter = usize::from(back[state]);
            self.ends[state] |= self.ends[shorter];
            for column in 0..self.columns {
                let child = self.next[state * self.columns + column];
                let other = self.next[shorter * self.columns + column];
                if child == 0 {
                    self.next[state * self.columns + column] = other;
                } else {
                    back[usize::from(child)] = other;
                    queue.push_back(usize::from(child));
                }
            }
        }
    }

    /// The groups of which a piece occurs, a bit a group.
    pub(super) fn find(&self, text: &str) -> u16 {
        let mut state = 0usize;
        let mut found = 0;
        for byte in text.bytes() {
            state = usize::from(self.next[state * self.columns + usize::from(self.column[usize::from(byte)])]);
            found |= self.ends[state];
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_that_overlap_are_all_found() {
        let pieces = Pieces::of(&[&["she", "hers"], &["he"], &["ers ", "é"]]);
        assert_eq!(pieces.find("us hers "), 0b111);
        assert_eq!(pieces.find("she"), 0b011);
        assert_eq!(pieces.find("xhx sh h e"), 0);
        assert_eq!(pieces.find("é"), 0b100);
        assert_eq!(pieces.find(""), 0);
    }
}
