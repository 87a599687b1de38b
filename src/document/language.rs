//! Which of the supported languages a text or a passage is in.

use whichlang::Lang;

/// How much of a text is looked at to tell its language, in bytes.
const SAMPLE: usize = 8_000;

/// ISO 639-1 code and English name of what the detector tells apart.
fn code(lang: Lang) -> (&'static str, &'static str) {
    match lang {
        Lang::Ara => ("ar", "Arabic"),
        Lang::Cmn => ("zh", "Chinese"),
        Lang::Deu => ("de", "German"),
        Lang::Eng => ("en", "English"),
        Lang::Fra => ("fr", "French"),
        Lang::Hin => ("hi", "Hindi"),
        Lang::Ita => ("it", "Italian"),
        Lang::Jpn => ("ja", "Japanese"),
        Lang::Kor => ("ko", "Korean"),
        Lang::Nld => ("nl", "Dutch"),
        Lang::Por => ("pt", "Portuguese"),
        Lang::Rus => ("ru", "Russian"),
        Lang::Spa => ("es", "Spanish"),
        Lang::Swe => ("sv", "Swedish"),
        Lang::Tur => ("tr", "Turkish"),
        Lang::Vie => ("vi", "Vietnamese"),
    }
}

/// The code and the English name of the language that a stretch of text looks most like.
pub(super) fn detect(text: &str) -> (&'static str, &'static str) {
    code(whichlang::detect_language(text))
}

/// The language that most of a text is in: paragraph by paragraph, weighed by length, over the first [`SAMPLE`] bytes.
pub(super) fn main_language(text: &str) -> Option<(&'static str, &'static str)> {
    let mut weights: Vec<((&str, &str), usize)> = Vec::new();
    let mut read = 0;
    for line in text.lines().flat_map(|l| pieces(l, 400)) {
        if read > SAMPLE {
            break;
        }
        let letters = line.chars().filter(|c| c.is_alphabetic()).count();
        if letters == 0 {
            continue;
        }
        read += line.len();
        let found = detect(line);
        match weights.iter_mut().find(|(l, _)| *l == found) {
            Some((_, weight)) => *weight += letters,
            None => weights.push((found, letters)),
        }
    }
    // Of equals the first met.
    weights.iter().rev().max_by_key(|(_, w)| *w).map(|(l, _)| *l)
}

/// A line in pieces of about `size` bytes, cut at spaces.
fn pieces(line: &str, size: usize) -> impl Iterator<Item = &str> {
    let mut rest = line;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let mut cut = rest.len();
        if cut > size {
            let space = rest.as_bytes()[size..].iter().position(|b| *b == b' ');
            cut = space.map_or(rest.len(), |i| size + i + 1);
        }
        let (piece, after) = rest.split_at(cut);
        rest = after;
        Some(piece)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_main_language_is_that_of_most_of_the_text() {
        let text = "De centrale bank van Bolivia heeft woensdag een memorandum van overeenstemming gesloten.\n\nBolivia \
                    and El Salvador just signed an MoU.\n\nHet document geldt per direct en voor onbepaalde tijd.";
        assert_eq!(main_language(text), Some(("nl", "Dutch")));
        let text = "La banca centrale ha vietato agli istituti di credito qualsiasi operazione in criptovalute.";
        assert_eq!(main_language(text), Some(("it", "Italian")));
        assert_eq!(main_language("2025 ..."), None);
    }
}
