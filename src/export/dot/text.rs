//! Text as Graphviz takes it.

use super::look::FAINT;

/// A string in double quotes. In them Graphviz reads backslashes and HTML entities.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '&' => out.push_str("&amp;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A string for an HTML-like label.
pub(super) fn html(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // Graphviz reads \N as the node's name here too.
            '\\' => out.push_str("&#92;"),
            c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// A line of an HTML-like label that is not to be looked at first.
pub(super) fn faint(text: &str) -> String {
    format!("<font color=\"{FAINT}\">{}</font>", html(text))
}

/// Lines of an HTML-like label. More than one are rows of a table: with line breaks, lines in two colours would not stand
/// at even distances.
pub(super) fn stacked(lines: &[String]) -> String {
    match lines {
        [line] => line.clone(),
        lines => {
            let rows: String = lines.iter().map(|l| format!("<tr><td>{l}</td></tr>")).collect();
            format!("<table border=\"0\" cellborder=\"0\" cellspacing=\"0\" cellpadding=\"1\">{rows}</table>")
        }
    }
}

/// Lines of at most `width` characters, broken between words (a longer word is cut), and at most `most` of them; what
/// is left out shows as an ellipsis. Never empty: Graphviz refuses an empty label.
pub(super) fn wrapped(text: &str, width: usize, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace().map(|w| cut(w, width)) {
        let room = lines.last().is_some_and(|l| l.chars().count() + 1 + word.chars().count() <= width);
        let full = lines.len() >= most;
        match lines.last_mut() {
            Some(line) if room => {
                line.push(' ');
                line.push_str(&word);
            }
            Some(line) if full => {
                line.push_str(" …");
                break;
            }
            _ => lines.push(word),
        }
    }
    if lines.is_empty() {
        lines.push("–".to_string());
    }
    lines
}

fn cut(word: &str, width: usize) -> String {
    if word.chars().count() <= width {
        return word.to_string();
    }
    word.chars().take(width.saturating_sub(1)).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_breaks_out_of_its_quotes() {
        assert_eq!(quoted("a\"b\\N\n&lt;"), "\"a\\\"b\\\\N &amp;lt;\"");
        assert_eq!(html("<b>&\"\\N\u{7}"), "&lt;b&gt;&amp;&quot;&#92;N ");
    }

    #[test]
    fn labels_are_wrapped_and_cut() {
        assert_eq!(wrapped("International Monetary Fund", 16, 3), ["International", "Monetary Fund"]);
        assert_eq!(wrapped("one two three four", 5, 2), ["one", "two …"]);
        assert_eq!(wrapped("Donaudampfschifffahrt", 10, 2), ["Donaudamp…"]);
        assert_eq!(wrapped(" \n", 10, 2), ["–"]);
    }
}
