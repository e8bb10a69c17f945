//! Which pieces of words occur in a text, in one pass over its bytes: an automaton of all pieces at once (Aho and
//! Corasick), a state a byte.

/// Groups of pieces, and the states that tell them apart.
pub(super) struct Pieces {
    /// The column of a byte in `next`; bytes of no piece share one.
    column: [u8; 256],
    /// The state behind each state and column: where its row begins, and in the upper byte the groups that end there, a
    /// bit a group.
    next: Vec<u32>,
}

/// Where the groups stand in an entry of [`Pieces::next`].
const GROUPS_AT: u32 = 24;

/// The tree of the pieces, from which the automaton is made.
struct Tree<'c> {
    column: &'c [u8; 256],
    columns: usize,
    /// The state behind each state and column.
    next: Vec<u32>,
    /// The groups that end at each state.
    ends: Vec<u8>,
}

impl Pieces {
    /// Up to eight groups; all pieces together have fewer than 65,536 bytes.
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
        let mut tree = Tree { column: &column, next: vec![0; columns], ends: vec![0], columns };
        for (group, pieces) in groups.iter().enumerate() {
            pieces.iter().for_each(|piece| tree.add(piece, 1 << group));
        }
        tree.link();
        let entry = |state: &u32| (state * columns as u32) | u32::from(tree.ends[*state as usize]) << GROUPS_AT;
        let next = tree.next.iter().map(entry).collect();
        Self { column, next }
    }

    /// The groups of which a piece occurs, a bit a group.
    pub(super) fn find(&self, text: &str) -> u8 {
        let mut state = 0;
        let mut found = 0;
        for byte in text.bytes() {
            let row = state & ((1 << GROUPS_AT) - 1);
            state = self.next[row as usize + usize::from(self.column[usize::from(byte)])];
            found |= state;
        }
        (found >> GROUPS_AT) as u8
    }
}

impl Tree<'_> {
    /// Adds a piece to the tree; 0, the root, stands for "no child yet".
    fn add(&mut self, piece: &str, bit: u8) {
        let mut state = 0usize;
        for byte in piece.bytes() {
            let at = state * self.columns + usize::from(self.column[usize::from(byte)]);
            if self.next[at] == 0 {
                self.next[at] = self.ends.len() as u32;
                self.ends.push(0);
                self.next.resize(self.next.len() + self.columns, 0);
            }
            state = self.next[at] as usize;
        }
        self.ends[state] |= bit;
    }

    /// Fills in where a state goes on a byte that none of its pieces has: to the longest piece that is begun there.
    fn link(&mut self) {
        let mut back = vec![0u32; self.ends.len()];
        let mut queue: std::collections::VecDeque<usize> =
            self.next[..self.columns].iter().filter(|child| **child != 0).map(|child| *child as usize).collect();
        while let Some(state) = queue.pop_front() {
            let shorter = back[state] as usize;
            self.ends[state] |= self.ends[shorter];
            for column in 0..self.columns {
                let child = self.next[state * self.columns + column];
                let other = self.next[shorter * self.columns + column];
                if child == 0 {
                    self.next[state * self.columns + column] = other;
                } else {
                    back[child as usize] = other;
                    queue.push_back(child as usize);
                }
            }
        }
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
