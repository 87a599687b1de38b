//! Text that XML can hold.

/// Whether XML 1.0 allows a character at all, escaped or not.
fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// The text with what XML cannot hold replaced by U+FFFD; `None` where there is nothing to replace.
pub(super) fn clean(text: &str) -> Option<String> {
    let broken = |c: char| !is_allowed(c);
    text.contains(broken).then(|| text.replace(broken, "\u{FFFD}"))
}

/// As content or as an attribute's value in double quotes; line breaks and tabs survive both.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' => out.push_str("&#9;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            c if is_allowed(c) => out.push(c),
            _ => out.push('\u{FFFD}'),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_gets_through_that_xml_forbids() {
        assert_eq!(escape("a<b> & \"c\"\n\u{1}"), "a&lt;b&gt; &amp; &quot;c&quot;&#10;\u{FFFD}");
        assert_eq!(clean("a\u{C}b"), Some("a\u{FFFD}b".to_string()));
        assert_eq!(clean("a\nb"), None);
    }
}
