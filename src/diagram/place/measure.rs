use crate::diagram::{Text, Tone};
use unicode_normalization::UnicodeNormalization as _;
use unicode_width::UnicodeWidthChar as _;

/// From one line to the next, in sizes of the text.
const LEADING: f64 = 1.22;

/// Widths of the letters from space to tilde in thousandths of the size, in Helvetica, Arial and what is made to measure
/// like them.
const WIDTHS: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
];

/// The size of a stretch of text in a line of `points`.
pub fn points_of(tone: Tone, points: u32) -> u32 {
    if tone == Tone::Faint { points.min(10) } else { points }
}

/// The width of a line.
pub fn text_width(text: &Text, points: u32) -> f64 {
    let spans = text.iter().map(|span| {
        let thousandths: u32 = span.text.chars().map(letter).sum();
        // Fonts that stand in for Helvetica are wider by some hundredths, bold ones by more.
        let slack = if span.tone == Tone::Strong { 1.11 } else { 1.05 };
        f64::from(thousandths) * slack * f64::from(points_of(span.tone, points)) / 1000.0
    });
    spans.sum()
}

/// The height of a line: that of its largest text.
pub fn line_height(text: &Text, points: u32) -> f64 {
    let largest = text.iter().map(|s| points_of(s.tone, points)).max().unwrap_or(points);
    f64::from(largest) * LEADING
}

fn letter(c: char) -> u32 {
    // A letter with an accent is as wide as without.
    let plain = c.nfd().next().unwrap_or(c);
    match WIDTHS.get((plain as usize).wrapping_sub(32)) {
        Some(width) => u32::from(*width),
        None => match plain.width().unwrap_or(0) {
            0 => 0,
            1 => 600,
            _ => 1000,
        },
    }
}
