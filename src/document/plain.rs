//! Text and Markdown files: one article each.

use super::ReadError;
use super::article::RawArticle;

/// A text file. Its first line is the title if it is short (at most 200 characters), does not end like a sentence,
/// starts at the margin and is followed by a blank line with more below; `is_noise` keeps site chrome out of the
/// title. Everything after the blank lines, or without a title the whole file, is the body, to the letter.
pub(super) fn text(content: &str, is_noise: impl Fn(&str) -> bool) -> RawArticle {
    let mut article = RawArticle { text: Some(content.to_string()), ..RawArticle::default() };
    let Some((first, rest)) = content.split_once('\n') else { return article };
    let title = first.trim_end();
    let body = rest.trim_start_matches(['\n', '\r']);
    let blank = rest.starts_with('\n') || rest.starts_with("\r\n");
    let ends_open = !title.ends_with(['.', ':', ';', ',', '…']);
    if blank
        && ends_open
        && !body.trim().is_empty()
        && !title.is_empty()
        && !title.starts_with(char::is_whitespace)
        && title.chars().count() <= 200
        && !is_noise(title)
    {
        article.title = Some(title.to_string());
        article.text = Some(body.to_string());
    }
    article
}

/// A Markdown file: front matter between two lines `---` (`key: value`, quoted or not; a list is joined by
/// commas), then the body without the blank lines around it. Without a `title`, a first line `# …` is it.
///
/// # Errors
/// Front matter that does not end, or a line in it that is no `key: value`.
pub(super) fn markdown(content: &str, name: &str) -> Result<RawArticle, ReadError> {
    let mut article = RawArticle::default();
    let mut body = content;
    let first = content.lines().next().unwrap_or("");
    if first.trim_end() == "---" {
        let mut at = content.find('\n').map_or(content.len(), |i| i + 1);
        let mut key = String::new();
        let mut items: Vec<String> = Vec::new();
        let mut number = 1;
        loop {
            let fail =
                |what: &str| ReadError::Syntax { place: format!("{name}:{number}"), column: 1, what: what.to_string() };
            if at >= content.len() {
                return Err(fail("the front matter is not closed by a line `---`"));
            }
            let end = content[at..].find('\n').map_or(content.len(), |i| at + i + 1);
            let line = content[at..end].trim_end();
            at = end;
            number += 1;
            if line == "---" || line == "..." {
                break;
            }
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            if let Some(item) = line.trim_start().strip_prefix("- ") {
                items.push(unquoted(item).to_string());
                article.set(&key, &items.join(", "));
                continue;
            }
            if line.starts_with(char::is_whitespace) {
                // A nested value of some other tool: none of our fields has one.
                continue;
            }
            let Some((name, value)) = line.split_once(':') else {
                return Err(ReadError::Syntax {
                    place: format!("{}:{number}", name),
                    column: 1,
                    what: "no `key: value` in the front matter".to_string(),
                });
            };
            key = name.trim().to_string();
            items.clear();
            let value = value.trim();
            match value.strip_prefix('[').and_then(|v| v.strip_suffix(']')) {
                Some(list) => {
                    let list: Vec<&str> = list.split(',').map(unquoted).collect();
                    article.set(&key, &list.join(", "));
                }
                None => article.set(&key, unquoted(value)),
            }
        }
        body = &content[at..];
    }
    body = body.trim_matches(['\n', '\r']);
    if article.title.is_none()
        && let Some(heading) = body.strip_prefix("# ")
    {
        let (title, rest) = heading.split_once('\n').unwrap_or((heading, ""));
        article.title = Some(title.trim().trim_end_matches('#').trim_end().to_string());
        body = rest.trim_start_matches(['\n', '\r']);
    }
    article.text = Some(body.to_string());
    Ok(article)
}

fn unquoted(value: &str) -> &str {
    let value = value.trim();
    ['"', '\''].iter().find_map(|q| value.strip_prefix(*q)?.strip_suffix(*q)).unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_first_line_is_a_title_only_if_it_looks_like_one() {
        let a = text("Ghana legalises crypto\n\nThe bill passed.\n", |_| false);
        assert_eq!(
            (a.title.as_deref(), a.text.as_deref()),
            (Some("Ghana legalises crypto"), Some("The bill passed.\n"))
        );
        for whole in
            ["The bill passed.\n\nMore.", " date 2025-09-28 Connect\n\nMore.", "One\nTwo\n\nThree", "Alone\n\n"]
        {
            let a = text(whole, |_| false);
            assert_eq!((a.title, a.text.as_deref()), (None, Some(whole)));
        }
        assert_eq!(text("Subscribe!\n\nMore.", |_| true).title, None);
    }

    #[test]
    fn front_matter_gives_the_fields() {
        let a = markdown(
            "---\ntitle: \"A: b\"\ndate: 2025-07-01\nauthor:\n  - X\n  - Y\ntags: [a, b]\nurl: null\n---\n\nBody.\n\nMore.\n",
            "a.md",
        )
        .unwrap();
        assert_eq!(a.title.as_deref(), Some("A: b"));
        assert_eq!(a.author.as_deref(), Some("X, Y"));
        assert_eq!(a.published.as_deref(), Some("2025-07-01"));
        assert_eq!((a.url, a.text.as_deref()), (None, Some("Body.\n\nMore.")));
        assert_eq!(markdown("# T\n\nBody", "a.md").unwrap().title.as_deref(), Some("T"));
    }

    #[test]
    fn broken_front_matter_says_where() {
        let e = markdown("---\ntitle: x\nnonsense\n---\nBody", "a.md").unwrap_err().to_string();
        assert!(e.starts_with("a.md:3, column 1: no `key: value`"), "{e}");
        let e = markdown("---\ntitle: x\n", "a.md").unwrap_err().to_string();
        assert!(e.contains("not closed"), "{e}");
    }
}
