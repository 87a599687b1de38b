use crate::lexicon::compiled::{Entry, Tag};

/// A phrase of the lexicon that begins at a token, by its index within the stretch that was looked up.
#[derive(Debug, Clone, Copy)]
pub struct Hit {
    pub at: usize,
    pub len: usize,
    pub entry: Entry,
}

/// What the lexicon knows of each token of a stretch: looked up once, used by every later step.
#[derive(Debug, Clone, Copy)]
pub struct Hits<'a> {
    pub list: &'a [Hit],
    /// By token: `list[from..to]`.
    pub ranges: &'a [(usize, usize)],
    /// Index of the stretch's first token.
    pub from: usize,
}

impl<'a> Hits<'a> {
    /// The hits at a token, by its index in the passage, that end within the stretch.
    pub fn at(&self, token: usize) -> impl Iterator<Item = (usize, Entry)> + 'a {
        let range = token.checked_sub(self.from).and_then(|i| self.ranges.get(i)).copied().unwrap_or((0, 0));
        let list = self.list;
        list[range.0..range.1].iter().map(|h| (h.len, h.entry))
    }

    /// The longest of them with that tag.
    pub fn longest(&self, token: usize, tag: Tag) -> Option<(usize, Entry)> {
        self.at(token).filter(|(_, e)| e.tag == tag).max_by_key(|(n, _)| *n)
    }
}
