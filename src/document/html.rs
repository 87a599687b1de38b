//! The main text of an HTML page, and what the page says about itself.

use super::article::RawArticle;
use super::metadata;
use crate::model::PassageKind;
use scraper::{ElementRef, Html, Node, Selector};

/// Elements that hold no part of an article.
const DROPPED: &[&str] = &[
    "script", "style", "noscript", "template", "nav", "aside", "footer", "form", "button", "svg", "iframe", "select",
    "head", "dialog", "menu", "video", "audio", "canvas", "object",
];
/// Elements that stand apart from the text around them.
const BLOCKS: &[&str] = &[
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "blockquote",
    "figcaption",
    "pre",
    "div",
    "section",
    "article",
    "main",
    "header",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "table",
    "tr",
    "figure",
    "body",
    "html",
    "hr",
    "address",
];

/// The article of a page: its main text with paragraphs divided by blank lines, white space as a browser shows it,
/// captions and embedded posts marked; metadata from JSON-LD, Open Graph and meta elements. `None` if the page has
/// no paragraphs that could be an article.
pub(super) fn article(page: &str) -> Option<RawArticle> {
    let html = Html::parse_document(page);
    let mut article = metadata::read(&html);
    let main = main_element(&html)?;
    let mut text = Collector::default();
    text.walk(main, PassageKind::Body);
    text.end_block();
    let Collector { mut body, mut marks, .. } = text;
    // The headline stands in the main element as a rule; it is the title, not the body.
    let heading = select(&html, "h1").next().map(plain).filter(|h| !h.is_empty());
    if article.title.is_none() {
        article.title = heading.clone();
    }
    for title in [article.title.as_deref(), heading.as_deref()].into_iter().flatten() {
        if let Some(rest) = body.strip_prefix(title)
            && (rest.is_empty() || rest.starts_with("\n\n"))
        {
            let cut = body.len() - rest.trim_start_matches('\n').len();
            body.drain(..cut);
            marks.retain_mut(|(range, _)| {
                let keep = range.start >= cut;
                if keep {
                    *range = range.start - cut..range.end - cut;
                }
                keep
            });
        }
    }
    let words = body.split("\n\n").map(|p| p.split_whitespace().count()).filter(|n| *n >= 8).sum::<usize>();
    if words < 25 {
        return None;
    }
    article.text = Some(body);
    article.marks = marks;
    Some(article)
}

/// All elements that a selector finds; the selectors here are constants.
pub(super) fn select<'a>(html: &'a Html, selector: &str) -> impl Iterator<Item = ElementRef<'a>> + use<'a> {
    let found: Vec<ElementRef<'a>> = match Selector::parse(selector) {
        Ok(selector) => html.select(&selector).collect(),
        Err(_) => Vec::new(),
    };
    found.into_iter()
}

/// An element's text with white space collapsed.
pub(super) fn plain(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What the page marks as the article, else the element whose own paragraphs hold most text.
fn main_element(html: &Html) -> Option<ElementRef<'_>> {
    let weight = |e: ElementRef<'_>| {
        let mut text = Collector::default();
        text.walk(e, PassageKind::Body);
        text.body.len()
    };
    for selector in ["[itemprop=articleBody]", "article", "main", "[role=main]"] {
        let best = select(html, selector).map(|e| (weight(e), e)).max_by_key(|(w, _)| *w);
        if let Some((length, element)) = best
            && length >= 200
        {
            return Some(element);
        }
    }
    let mut best: Option<(usize, ElementRef<'_>)> = None;
    for paragraph in select(html, "p") {
        let Some(parent) = paragraph.parent().and_then(ElementRef::wrap) else { continue };
        if best.is_some_and(|(_, b)| b.id() == parent.id()) || in_dropped(parent) {
            continue;
        }
        let length = parent.child_elements().filter(|c| c.value().name() == "p").map(|p| plain(p).len()).sum();
        if best.is_none_or(|(most, _)| length > most) {
            best = Some((length, parent));
        }
    }
    best.map(|(_, e)| e).or_else(|| select(html, "body").next())
}

fn in_dropped(element: ElementRef<'_>) -> bool {
    is_dropped(element) || element.ancestors().filter_map(ElementRef::wrap).any(is_dropped)
}

fn is_dropped(element: ElementRef<'_>) -> bool {
    let e = element.value();
    DROPPED.contains(&e.name())
        || e.attr("hidden").is_some()
        || e.attr("aria-hidden") == Some("true")
        || matches!(e.attr("role"), Some("navigation" | "complementary" | "contentinfo" | "search" | "dialog"))
}

#[derive(Default)]
struct Collector {
    body: String,
    marks: Vec<(std::ops::Range<usize>, PassageKind)>,
    /// The block being read, white space collapsed.
    block: String,
    kind: Option<PassageKind>,
}

impl Collector {
    /// Depth first, without recursion: pages nest as deep as they like.
    fn walk(&mut self, root: ElementRef<'_>, kind: PassageKind) {
        use ego_tree::iter::Edge;
        let mut kinds = vec![kind];
        let mut skipping = None;
        for edge in root.traverse() {
            match edge {
                Edge::Open(node) => match node.value() {
                    Node::Text(text) if skipping.is_none() => self.text(text, kinds.last().copied()),
                    Node::Element(element) => {
                        if skipping.is_some() {
                            continue;
                        }
                        let name = element.name();
                        if node.id() != root.id() && ElementRef::wrap(node).is_some_and(is_dropped) {
                            skipping = Some(node.id());
                            continue;
                        }
                        if name == "br" {
                            self.line_break();
                        } else if BLOCKS.contains(&name) {
                            self.end_block();
                        }
                        let own = match name {
                            "figcaption" => Some(PassageKind::Caption),
                            "blockquote" => Some(PassageKind::Quotation),
                            _ => None,
                        };
                        if BLOCKS.contains(&name) {
                            kinds.push(own.or(kinds.last().copied()).unwrap_or(PassageKind::Body));
                        }
                    }
                    _ => {}
                },
                Edge::Close(node) => {
                    if let Node::Element(element) = node.value() {
                        match skipping {
                            Some(id) if id == node.id() => skipping = None,
                            Some(_) => {}
                            None if BLOCKS.contains(&element.name()) => {
                                self.end_block();
                                kinds.pop();
                            }
                            None => {}
                        }
                    }
                }
            }
        }
    }

    fn text(&mut self, text: &str, kind: Option<PassageKind>) {
        for c in text.chars() {
            if c.is_ascii_whitespace() {
                if !self.block.is_empty() && !self.block.ends_with([' ', '\n']) {
                    self.block.push(' ');
                }
            } else {
                self.block.push(c);
                self.kind = kind;
            }
        }
    }

    fn line_break(&mut self) {
        let end = self.block.trim_end().len();
        self.block.truncate(end);
        // Two in a row divide paragraphs, as authors of old pages mean it.
        if self.block.ends_with('\n') {
            self.end_block();
        } else if !self.block.is_empty() {
            self.block.push('\n');
        }
    }

    fn end_block(&mut self) {
        let block = self.block.trim();
        if !block.is_empty() {
            if !self.body.is_empty() {
                self.body.push_str("\n\n");
            }
            let start = self.body.len();
            self.body.push_str(block);
            if let Some(kind) = self.kind.filter(|k| *k != PassageKind::Body) {
                self.marks.push((start..self.body.len(), kind));
            }
        }
        self.block.clear();
        self.kind = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn main_text_without_the_page_around_it() {
        let page = "<html><body><nav><p>Home</p></nav><article><h1>A pact</h1>
            <p>The two central banks <b>signed</b> a memorandum on Tuesday, the Ministry said in a statement.</p>
            <figure><img><figcaption>The bank. Photo: X</figcaption></figure>
            <p>It covers supervision, the exchange of data and training for the staff of both.</p>
            <aside><p>Read also: more</p></aside><script>var x = '<p>no</p>';</script></article>
            <footer><p>Copyright</p></footer></body></html>";
        let a = article(page).unwrap();
        assert_eq!(a.title.as_deref(), Some("A pact"));
        assert_eq!(
            a.text.as_deref().unwrap(),
            "The two central banks signed a memorandum on Tuesday, the Ministry said in a statement.\n\nThe bank. \
             Photo: X\n\nIt covers supervision, the exchange of data and training for the staff of both."
        );
        let (range, kind) = &a.marks[0];
        assert_eq!((&a.text.as_deref().unwrap()[range.clone()], *kind), ("The bank. Photo: X", PassageKind::Caption));
        assert_eq!(a.marks.len(), 1);
    }

    #[test]
    fn a_page_of_links_has_no_article() {
        assert!(article("<html><body><ul><li><a href=x>One</a><li>Two</ul></body></html>").is_none());
    }
}
