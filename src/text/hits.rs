use crate::lexicon::compiled::{Entry, Tag};

/// A phrase of the lexicon that begins at a token, by its index within the stretch that was looked up.
#[derive(Debug, Clone, Copy)]
pub struct Hit {
    pub at: usize,
    pub len: usize,
    pub entry: Entry,
}

/// Some tags as bits, for [`Found::any`].
pub const fn tags(list: &[Tag]) -> u32 {
    let (mut bits, mut i) = (0, 0);
    while i < list.len() {
        bits |= 1 << list[i] as u32;
        i += 1;
    }
    bits
}

/// The hits of one token: where they stand in the stretch's list, and the tags that they have.
#[derive(Debug, Clone, Copy, Default)]
pub struct Found {
    from: usize,
    to: usize,
    tags: u32,
}

impl Found {
    /// The hits from `from` to the list's end.
    pub fn new(list: &[Hit], from: usize) -> Found {
        let tags = list[from..].iter().fold(0, |bits, h| bits | 1 << h.entry.tag as u32);
        Found { from, to: list.len(), tags }
    }

    /// They, in the list that they were found in.
    pub fn of(self, list: &[Hit]) -> &[Hit] {
        &list[self.from..self.to]
    }

    /// Whether a hit has the tag.
    pub fn has(self, tag: Tag) -> bool {
        self.any(1 << tag as u32)
    }

    /// Whether a hit has one of some tags.
    pub fn any(self, tags: u32) -> bool {
        self.tags & tags != 0
    }
}

/// What the lexicon knows of each token of a stretch: looked up once, used by every later step.
#[derive(Debug, Clone, Copy)]
pub struct Hits<'a> {
    pub list: &'a [Hit],
    /// By token.
    pub found: &'a [Found],
    /// Index of the stretch's first token.
    pub from: usize,
}

impl<'a> Hits<'a> {
    fn found(&self, token: usize) -> Found {
        token.checked_sub(self.from).and_then(|i| self.found.get(i)).copied().unwrap_or_default()
    }

    /// The hits at a token, by its index in the passage, that end within the stretch.
    pub fn at(&self, token: usize) -> impl Iterator<Item = (usize, Entry)> + 'a {
        self.found(token).of(self.list).iter().map(|h| (h.len, h.entry))
    }

    /// Whether one of them has one of some tags.
    pub fn any(&self, token: usize, tags: u32) -> bool {
        self.found(token).any(tags)
    }

    /// The longest of them with that tag.
    pub fn longest(&self, token: usize, tag: Tag) -> Option<(usize, Entry)> {
        if !self.any(token, tags(&[tag])) {
            return None;
        }
        self.at(token).filter(|(_, e)| e.tag == tag).max_by_key(|(n, _)| *n)
    }
}
