//! Enough of SPARQL's tokens to tell a `$name` from one in a string, an IRI or a comment.

/// A stretch of a query.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    Other(&'a str),
    /// The name behind a dollar sign.
    Dollar(&'a str),
}

/// The query in pieces, which together are the whole of it.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut out = Vec::new();
    let (mut at, mut start) = (0, 0);
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let skip = match c {
            '#' => rest.find('\n').unwrap_or(rest.len()),
            '"' | '\'' => string(rest, c),
            '<' => iri(rest),
            '$' => {
                let name = rest[1..]
                    .find(|c: char| !(c.is_alphanumeric() || c == '_'))
                    .map_or(&rest[1..], |n| &rest[1..1 + n]);
                if !name.is_empty() {
                    out.push(Piece::Other(&text[start..at]));
                    out.push(Piece::Dollar(name));
                    start = at + 1 + name.len();
                }
                1 + name.len()
            }
            _ => c.len_utf8(),
        };
        at += skip;
    }
    out.push(Piece::Other(&text[start..]));
    out
}

/// Length of the string that a text begins with.
fn string(text: &str, quote: char) -> usize {
    let triple: String = std::iter::repeat_n(quote, 3).collect();
    let end = if text.starts_with(&triple) { triple } else { quote.to_string() };
    let mut escaped = false;
    for (i, c) in text.char_indices().skip_while(|(i, _)| *i < end.len()) {
        if escaped {
            escaped = false;
        } else if c == '\\' {
            escaped = true;
        } else if text[i..].starts_with(&end) {
            return i + end.len();
        }
    }
    text.len()
}

/// Length of the IRI that a text begins with, or of a mere less-than sign.
fn iri(text: &str) -> usize {
    let bad = |c: char| c.is_whitespace() || matches!(c, '<' | '"' | '{' | '}' | '|' | '^' | '`' | '\\');
    match text[1..].find(|c: char| c == '>' || bad(c)) {
        Some(n) if text[1 + n..].starts_with('>') => n + 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_lost_and_only_true_names_are_found() {
        let text = "?a < $b && ?c > $d '''it's $no''' \"\\\"$no\" <x#$no> # $no\n$é_1 $ 'open $no";
        let found = pieces(text);
        let names: Vec<&str> =
            found.iter().filter_map(|p| if let Piece::Dollar(n) = p { Some(*n) } else { None }).collect();
        assert_eq!(names, ["b", "d", "é_1"]);
        let whole: String = found
            .iter()
            .map(|p| match p {
                Piece::Other(t) => t.to_string(),
                Piece::Dollar(n) => format!("${n}"),
            })
            .collect();
        assert_eq!(whole, text);
    }
}
