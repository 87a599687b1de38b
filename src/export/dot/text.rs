//! Text as Graphviz takes it.

use crate::diagram::{Span, Text, Tone};

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

fn span(span: &Span, faint: &str) -> String {
    let text = html(&span.text);
    match span.tone {
        Tone::Plain => text,
        Tone::Strong => format!("<b>{text}</b>"),
        Tone::Slanted => format!("<i>{text}</i>"),
        Tone::Faint => format!("<font point-size=\"10\" color=\"{faint}\">{text}</font>"),
    }
}

/// Lines of an HTML-like label. More than one are rows of a table: with line breaks, lines in two colours would not stand
/// at even distances.
pub(super) fn stacked(text: &[Text], faint: &str, is_left: bool) -> String {
    let lines: Vec<String> = text.iter().map(|l| l.iter().map(|s| span(s, faint)).collect()).collect();
    match lines.as_slice() {
        [line] => line.clone(),
        lines => {
            let cell = if is_left { "<td align=\"left\">" } else { "<td>" };
            let rows: String = lines.iter().map(|l| format!("<tr>{cell}{l}</td></tr>")).collect();
            format!("<table border=\"0\" cellborder=\"0\" cellspacing=\"0\" cellpadding=\"1\">{rows}</table>")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_breaks_out_of_its_quotes() {
        assert_eq!(quoted("a\"b\\N\n&lt;"), "\"a\\\"b\\\\N &amp;lt;\"");
        assert_eq!(html("<b>&\"\\N\u{7}"), "&lt;b&gt;&amp;&quot;&#92;N ");
    }
}
