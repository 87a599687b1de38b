//! RDF terms and dates as people read them.

use crate::model::group_thousands;
use crate::rdf::vocab;
use oxigraph::model::Term;
use std::fmt::Write as _;

/// A term in short: of the data's own IRIs the id, of others the prefixed name, of literals the value.
pub(super) fn term(term: &Term, base: &str) -> String {
    match term {
        Term::NamedNode(node) => iri(node.as_str(), base),
        Term::BlankNode(node) => node.to_string(),
        Term::Literal(literal) if literal.datatype() == vocab::EDTF => edtf(literal.value()),
        Term::Literal(literal) if is_number(term) => grouped(literal.value()),
        Term::Literal(literal) => literal.value().to_string(),
    }
}

/// Whether a character turns the direction of writing.
pub(crate) fn turns(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A text without what moves a terminal's cursor or turns the direction of what follows: such characters by their number.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if turns(c) || (c.is_control() && !c.is_whitespace()) {
            let _ = write!(out, "⟨U+{:04X}⟩", u32::from(c));
        } else {
            out.push(c);
        }
    }
    out
}

/// Whether a column of it stands to the right.
pub(super) fn is_number(term: &Term) -> bool {
    let Term::Literal(literal) = term else { return false };
    let Some(name) = literal.datatype().as_str().strip_prefix(vocab::XSD) else { return false };
    matches!(name, "integer" | "decimal" | "nonNegativeInteger" | "double" | "int" | "long")
}

fn iri(iri: &str, base: &str) -> String {
    if let Some((_, id)) = iri.strip_prefix(base).and_then(|rest| rest.split_once('/')) {
        return decoded(id);
    }
    for (prefix, namespace) in vocab::PREFIXES {
        if let Some(name) = iri.strip_prefix(namespace).filter(|n| !n.is_empty() && !n.contains('/')) {
            return format!("{prefix}:{name}");
        }
    }
    iri.to_string()
}

/// `%3A` is `:`.
pub(super) fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|h| std::str::from_utf8(h).ok()).and_then(|h| u8::from_str_radix(h, 16).ok());
        match (first, hex) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            _ => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_string())
}

/// Quarters are "seasons" 33 to 36 in EDTF.
fn edtf(text: &str) -> String {
    match text.split_once('-') {
        Some((year, part)) => match part.parse::<u8>() {
            Ok(n @ 33..=36) => format!("{year}-Q{}", n - 32),
            _ => text.to_string(),
        },
        None => text.to_string(),
    }
}

/// `1400000000` is `1,400,000,000`. Years are no numbers here: they are dates.
fn grouped(text: &str) -> String {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = whole.trim_start_matches('-');
    if digits.len() < 5 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return text.to_string();
    }
    let sign = if whole.starts_with('-') { "-" } else { "" };
    let mut out = format!("{sign}{}", group_thousands(digits));
    if !part.is_empty() {
        let _ = write!(out, ".{part}");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::model::{Literal, NamedNode};

    #[test]
    fn what_turns_the_line_is_shown_by_its_number() {
        assert_eq!(plain("a\u{202e}gnp.exe\u{1b}[31m é"), "a⟨U+202E⟩gnp.exe⟨U+001B⟩[31m é");
    }

    #[test]
    fn terms_are_short() {
        let node = |iri: &str| term(&NamedNode::new_unchecked(iri).into(), vocab::BASE);
        assert_eq!(node("https://w3id.org/chancery/id/document/https%3A%2F%2Fa.b%2F%C3%BC"), "https://a.b/ü");
        assert_eq!(node("https://w3id.org/chancery/id/fact/f12"), "f12");
        assert_eq!(node("https://w3id.org/chancery/ns/1#asset-bitcoin"), "ch:asset-bitcoin");
        assert_eq!(node("https://example.org/x"), "https://example.org/x");
        let typed = |v: &str, t: &str| term(&Literal::new_typed_literal(v, vocab::term(vocab::XSD, t)).into(), "x:");
        assert_eq!(typed("-1400000.5", "decimal"), "-1,400,000.5");
        assert_eq!(typed("6240", "integer"), "6240");
        assert_eq!(term(&Literal::new_typed_literal("2025-35", vocab::EDTF).into(), "x:"), "2025-Q3");
    }
}
