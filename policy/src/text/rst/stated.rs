//! Directives that hold a document's data: `.. adr::` with `:status: accepted` among its options.

use super::{Attribute, Joined, Line, Reader, field};

impl<'s> Reader<'s> {
    /// Takes a directive's options for the document's own fields where they state a status and the directive is the
    /// only such one: a file with several is a list of other things (requirements, decisions), and none is its own.
    pub(super) fn stated(&mut self, options: &[Line<'s>]) {
        let is_status = |name: &str| name.trim().eq_ignore_ascii_case("status");
        if !options.iter().filter_map(field).any(|(name, _)| is_status(name)) {
            return;
        }
        if let Some(known) = self.stated.replace(0..0) {
            self.outline.attributes.drain(known);
            return;
        }
        // Further down it is about a part of the text.
        if self.outline.sections.len() > 2 {
            return;
        }
        let from = self.outline.attributes.len();
        for line in options.iter().take(100) {
            if let Some((name, value)) = field(line) {
                let text = self.inline.read(&Joined::new(self.file, [value]));
                self.outline.attributes.push(Attribute { name: name.to_owned(), text, span: line.span() });
            }
        }
        self.stated = Some(from..self.outline.attributes.len());
    }
}
