//! Colours, which go when the output is no terminal, and a few ways of putting things.

use anstyle::{AnsiColor, Style};

pub const ERROR: Style = AnsiColor::Red.on_default().bold();
pub const WARNING: Style = AnsiColor::Yellow.on_default().bold();
pub const HEADING: Style = Style::new().bold();
pub const QUIET: Style = Style::new().dimmed();
pub const ID: Style = AnsiColor::Cyan.on_default();
pub const QUOTE: Style = AnsiColor::Green.on_default();

/// `1 document`, `2 documents`, `1,234 documents`.
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!("{} {}", grouped(number), if number == 1 { one } else { many })
}

/// `12,345`.
pub fn grouped(number: usize) -> String {
    chancery::model::group_thousands(&number.to_string())
}

/// ` [planned, ended]`; nothing of what is simply so.
pub fn status(status: &[String]) -> String {
    if status.is_empty() { String::new() } else { format!(" [{}]", status.join(", ")) }
}

/// `party: Pakistan · place: San Salvador`.
pub fn roles(roles: &[(String, String)]) -> String {
    roles.iter().map(|(role, values)| format!("{role}: {values}")).collect::<Vec<_>>().join(" · ")
}

/// `agreement 4, licence 2`: the largest first.
pub fn shares(counts: &std::collections::BTreeMap<String, usize>) -> String {
    let mut sorted: Vec<(&String, &usize)> = counts.iter().collect();
    sorted.sort_by(|a, b| b.1.cmp(a.1).then_with(|| a.0.cmp(b.0)));
    let name = |n: &str| if n.is_empty() { "(none)".to_string() } else { n.to_string() };
    sorted.iter().map(|(n, c)| format!("{} {}", name(n), grouped(**c))).collect::<Vec<_>>().join(", ")
}

/// `2025-07-16 · planned`, from what there is.
pub fn joined<'a>(parts: impl IntoIterator<Item = &'a str>, between: &str) -> String {
    parts.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(between)
}
