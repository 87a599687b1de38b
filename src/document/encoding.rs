//! Bytes to text: byte order marks, UTF-8, UTF-16, what a page declares, and for the rest a guess that has to fit.

use super::ReadError;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// The text of a file's bytes, without a byte order mark.
///
/// # Errors
/// [`ReadError::Binary`], or [`ReadError::Encoding`] with the line at which the encoding breaks.
pub(super) fn decode(bytes: &[u8], place: &str) -> Result<String, ReadError> {
    let (encoding, skip) = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => (Some(encoding), length),
        None => (wide(bytes), 0),
    };
    let body = &bytes[skip..];
    if encoding.is_none() && is_binary(body) {
        return Err(ReadError::Binary { place: place.to_string() });
    }
    if encoding.is_none_or(|e| e == UTF_8) {
        match std::str::from_utf8(body) {
            Ok(text) => return Ok(text.to_string()),
            Err(error) => {
                let bad = error.valid_up_to();
                if encoding.is_some() || is_mixed(body) {
                    let what = format!(
                        "byte 0x{:02X} is not UTF-8 although the rest is: the file mixes encodings or is damaged",
                        body[bad]
                    );
                    return Err(ReadError::Encoding { place: at_line(place, &body[..bad]), what });
                }
            }
        }
    }
    let encoding = encoding.or_else(|| declared(body)).filter(|e| *e != UTF_8).unwrap_or_else(|| guess(body));
    match encoding.decode_without_bom_handling_and_without_replacement(body) {
        Some(text) if !text.contains('\0') => Ok(text.into_owned()),
        _ => Err(ReadError::Encoding {
            place: place.to_string(),
            what: format!("the bytes fit no encoding; the nearest, {}, breaks", encoding.name()),
        }),
    }
}

/// `place` with the line on which the byte after `before` stands.
fn at_line(place: &str, before: &[u8]) -> String {
    format!("{place}:{}", before.iter().filter(|b| **b == b'\n').count() + 1)
}

/// UTF-16 without a mark: in European languages every other byte is nearly always zero.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(1024) & !1];
    if head.len() < 4 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|b| **b == 0).count() * 2;
    let (even, odd) = (zeros(0), zeros(1));
    match () {
        () if odd * 10 >= head.len() * 7 && even == 0 => Some(UTF_16LE),
        () if even * 10 >= head.len() * 7 && odd == 0 => Some(UTF_16BE),
        () => None,
    }
}

/// A zero byte, or many control characters, among the first bytes.
fn is_binary(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(8192)];
    let control = head.iter().filter(|b| **b < 0x20 && !matches!(**b, b'\n' | b'\r' | b'\t' | 0x0C)).count();
    head.contains(&0) || control * 10 > head.len()
}

/// Whether good UTF-8 sequences stand beside bad ones. In a one-byte encoding a good one is a rare accident.
fn is_mixed(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good * 4 >= bad && good > 0
}

/// The encoding that the head of an HTML page declares.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_ascii_lowercase();
    if !head.contains("<meta") && !head.contains("<?xml") {
        return None;
    }
    let after = ["charset=", "encoding="].iter().find_map(|k| head.find(k).map(|i| &head[i + k.len()..]))?;
    let label: String = after
        .trim_start_matches(['"', '\''])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':'))
        .collect();
    Encoding::for_label(label.as_bytes())
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, chardetng::Utf8Detection::Deny)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wide_bytes(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn encodings_are_found() {
        let text = "La banque centrale a réaffirmé l’interdiction ; les députés préfèrent un délai.";
        let latin: Vec<u8> = encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
        let mut marked = vec![0xFF, 0xFE];
        marked.extend(wide_bytes(text));
        let mut utf8 = b"\xEF\xBB\xBF".to_vec();
        utf8.extend(text.as_bytes());
        for bytes in [text.as_bytes().to_vec(), latin, marked, wide_bytes(text), utf8] {
            assert_eq!(decode(&bytes, "a.txt").unwrap(), text);
        }
    }

    #[test]
    fn a_declared_encoding_is_believed() {
        let page = "<html><head><meta charset=\"iso-8859-15\"></head>prix : 5 ";
        let mut bytes = page.as_bytes().to_vec();
        bytes.push(0xA4);
        assert!(decode(&bytes, "a.html").unwrap().ends_with('€'));
    }

    #[test]
    fn mixed_and_binary_are_named() {
        let mut bytes = "één\ntwee\n".as_bytes().to_vec();
        bytes.extend(b"dri\xEB\n");
        let error = decode(&bytes, "a.txt").unwrap_err().to_string();
        assert!(error.starts_with("a.txt:3: byte 0xEB"), "{error}");
        assert!(matches!(decode(b"\x7fELF\0\0\0\x01\x02", "a"), Err(ReadError::Binary { .. })));
    }
}
