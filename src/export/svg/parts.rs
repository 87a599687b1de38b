use crate::diagram::place::{Rect, line_height, points_of};
use crate::diagram::{Stroke, Text, Tone};
use crate::export::xml::escape;
use crate::graph::Status;
use std::fmt::Write as _;

/// A coordinate to a tenth of a point, which is the same on every machine.
pub(super) fn number(value: f64) -> String {
    let tenths = (value * 10.0).round() as i64;
    let sign = if tenths < 0 { "-" } else { "" };
    match (tenths.abs() / 10, tenths.abs() % 10) {
        (whole, 0) => format!("{sign}{whole}"),
        (whole, tenth) => format!("{sign}{whole}.{tenth}"),
    }
}

/// Colours of a text, and whether it begins at the left of its box.
pub(super) struct Ink {
    pub(super) ink: &'static str,
    pub(super) faint: &'static str,
    pub(super) is_left: bool,
}

/// Lines of text in the middle of a box, or from its left on.
pub(super) fn words(out: &mut String, text: &[Text], rect: &Rect, points: u32, ink: Ink) {
    let height = |line: &Text| line_height(line, points);
    let whole: f64 = text.iter().map(height).sum();
    let mut top = rect.y - whole / 2.0;
    let (x, anchor) = match ink.is_left {
        true if rect.width > 0.0 => (rect.x - rect.width / 2.0 + 12.0, "start"),
        true => (rect.x, "start"),
        false => (rect.x, "middle"),
    };
    for line in text {
        // Where the line stands on: what hangs below takes a quarter.
        let base = top + height(line) * 0.77;
        top += height(line);
        let _ = write!(
            out,
            "<text x=\"{}\" y=\"{}\" text-anchor=\"{anchor}\" font-size=\"{points}\" fill=\"{}\">",
            number(x),
            number(base),
            ink.ink
        );
        for span in line {
            let style = match span.tone {
                Tone::Plain => String::new(),
                Tone::Strong => " font-weight=\"bold\"".to_string(),
                Tone::Slanted => " font-style=\"italic\"".to_string(),
                Tone::Faint => format!(" font-size=\"{}\" fill=\"{}\"", points_of(Tone::Faint, points), ink.faint),
            };
            let _ = write!(out, "<tspan{style}>{}</tspan>", escape(&span.text));
        }
        out.push_str("</text>");
    }
}

/// A smooth line through points that bends nowhere back: level where it leaves a box and where it comes to one.
pub(super) fn curve(points: &[(f64, f64)], is_vertical: bool) -> String {
    let Some(first) = points.first() else { return String::new() };
    let mut path = format!("M{} {}", number(first.0), number(first.1));
    // Down a page the same is done with the axes exchanged.
    let is_turned = is_vertical && points.iter().any(|p| p.1 != first.1);
    let turn = |p: (f64, f64)| if is_turned { (p.1, p.0) } else { p };
    let points: Vec<(f64, f64)> = points.iter().copied().map(turn).collect();
    let slope = |i: usize| {
        let (a, b) = (points[i], points[i + 1]);
        if b.0 == a.0 { 0.0 } else { (b.1 - a.1) / (b.0 - a.0) }
    };
    let tangent = |i: usize| {
        if i == 0 || i + 1 == points.len() {
            return 0.0;
        }
        let (before, after) = (slope(i - 1), slope(i));
        // The harmonic mean: level where the line turns, never steeper than both sides allow.
        if before * after <= 0.0 { 0.0 } else { 2.0 * before * after / (before + after) }
    };
    for i in 0..points.len() - 1 {
        let (a, b) = (points[i], points[i + 1]);
        // At a box the bend is wider, so that lines that begin together part soon.
        let third = (b.0 - a.0) * if points.len() == 2 { 0.5 } else { 0.36 };
        let controls = [(a.0 + third, a.1 + tangent(i) * third), (b.0 - third, b.1 - tangent(i + 1) * third), b];
        let said: Vec<String> = controls.map(turn).iter().map(|p| format!("{} {}", number(p.0), number(p.1))).collect();
        let _ = write!(path, "C{}", said.join(" "));
    }
    path
}

/// The head of an arrow at the last point, or the bar of a denial.
pub(super) fn head(out: &mut String, points: &[(f64, f64)], is_vertical: bool, ink: &str, status: Status) {
    let [.., before, end] = points else { return };
    let is_down = is_vertical && before.1 != end.1;
    let (along, far) = if is_down { (end.1 - before.1, true) } else { (end.0 - before.0, false) };
    let sign = if along < 0.0 { -1.0 } else { 1.0 };
    let at = |back: f64, aside: f64| {
        let (x, y) = if far { (end.0 + aside, end.1 - sign * back) } else { (end.0 - sign * back, end.1 + aside) };
        format!("{} {}", number(x), number(y))
    };
    let path = match status {
        Status::Negated => format!("M{}L{}", at(2.0, -5.0), at(2.0, 5.0)),
        _ => format!("M{}L{}L{}Z", at(0.0, 0.0), at(8.0, -3.4), at(8.0, 3.4)),
    };
    let _ = write!(out, "<path d=\"{path}\" fill=\"{ink}\" stroke=\"{ink}\"/>");
}

/// A short line for the legend.
pub(super) fn sample(out: &mut String, x: f64, y: f64, look: &Stroke) {
    let _ = write!(out, "<path d=\"M{} {}h26\" stroke=\"{}\" stroke-width=\"1.6\"", number(x), number(y), look.ink);
    if let Some([dash, gap]) = look.dashes {
        let _ = write!(out, " stroke-dasharray=\"{dash} {gap}\"");
    }
    out.push_str("/>");
}

/// Outlines of boxes.
pub(super) mod outline {
    use super::number;
    use crate::diagram::place::Rect;
    use crate::diagram::{Look, Shape};
    use std::fmt::Write as _;

    /// A rectangle with round corners.
    pub(in crate::export::svg) fn rounded(out: &mut String, rect: &Rect, radius: f64, style: &str) {
        let _ = write!(
            out,
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\" {style}/>",
            number(rect.x - rect.width / 2.0),
            number(rect.y - rect.height / 2.0),
            number(rect.width),
            number(rect.height),
            number(radius)
        );
    }

    /// The box of a look; a second line goes around the focus.
    pub(in crate::export::svg) fn shape(out: &mut String, look: &Look, rect: &Rect, is_focus: bool) {
        let dash = if look.shape == Shape::Dashed { " stroke-dasharray=\"5 3\"" } else { "" };
        let width = if is_focus { "2" } else { "1.2" };
        let style = format!("fill=\"{}\" stroke=\"{}\" stroke-width=\"{width}\"{dash}", look.fill, look.line);
        if is_focus {
            let around = Rect { width: rect.width + 8.0, height: rect.height + 8.0, ..*rect };
            let radius = if look.shape == Shape::Oval { around.height / 2.0 } else { 10.0 };
            let plain = format!("fill=\"#FFFFFF\" stroke=\"{}\" stroke-width=\"1.6\"", look.line);
            rounded(out, &around, radius, &plain);
        }
        match look.shape {
            Shape::Rounded | Shape::Dashed => rounded(out, rect, 7.0, &style),
            Shape::Square => rounded(out, rect, 0.0, &style),
            Shape::Oval => rounded(out, rect, rect.height / 2.0, &style),
            Shape::Bare => rounded(out, rect, 3.0, "fill=\"#FFFFFF\" fill-opacity=\"0.97\""),
            Shape::Hexagon => {
                let (w, h) = (rect.width / 2.0, rect.height / 2.0);
                let cut = 10.0;
                let corners = [(-w, 0.0), (-w + cut, -h), (w - cut, -h), (w, 0.0), (w - cut, h), (-w + cut, h)];
                polygon(out, rect, &corners, &style);
            }
            Shape::Note => {
                let (w, h, fold) = (rect.width / 2.0, rect.height / 2.0, 8.0);
                let corners = [(-w, -h), (w - fold, -h), (w, -h + fold), (w, h), (-w, h)];
                polygon(out, rect, &corners, &style);
                let [x, y] = [rect.x + w - fold, rect.y - h].map(number);
                let _ =
                    write!(out, "<path d=\"M{x} {y}v{0}h{0}\" fill=\"none\" stroke=\"{1}\"/>", number(fold), look.line);
            }
        }
    }

    fn polygon(out: &mut String, rect: &Rect, corners: &[(f64, f64)], style: &str) {
        let points = corners.iter().map(|(x, y)| format!("{},{}", number(rect.x + x), number(rect.y + y)));
        let _ = write!(out, "<polygon points=\"{}\" {style}/>", points.collect::<Vec<_>>().join(" "));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_have_one_decimal_and_no_minus_nought() {
        assert_eq!([0.04, -0.04, -1.26, 12.0].map(number), ["0", "0", "-1.3", "12"]);
    }

    #[test]
    fn a_curve_goes_through_its_points_and_begins_level() {
        let path = curve(&[(0.0, 0.0), (50.0, 30.0), (100.0, 30.0)], false);
        assert!(path.starts_with("M0 0C18 0") && path.contains(" 50 30C") && path.ends_with("100 30"), "{path}");
    }
}
