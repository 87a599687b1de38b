//! Claims worth a look as a table that can be edited and read back.

use super::Verdict;
use serde::{Deserialize, Serialize};
use std::io::Write;

/// One claim with room for a decision. Columns of the CSV, in this order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// `reject`, `confirm`, `amend`, or nothing: what a person writes here is read back.
    #[serde(default)]
    pub decision: String,
    /// For `amend`: `quantity=6238 BTC; date=2025-07`.
    #[serde(default)]
    pub set: String,
    /// The reason for the decision.
    #[serde(default)]
    pub why: String,
    pub claim: String,
    /// Why it is worth a look: `contradicted`, `low`, `new`, `once`.
    #[serde(default)]
    pub reasons: String,
    #[serde(default)]
    pub frame: String,
    #[serde(default)]
    pub roles: String,
    #[serde(default)]
    pub status: String,
    #[serde(default)]
    pub confidence: String,
    #[serde(default)]
    pub publisher: String,
    #[serde(default)]
    pub published: String,
    #[serde(default)]
    pub quote: String,
    /// The quote ⟦marked⟧ in its sentence.
    #[serde(default)]
    pub sentence: String,
    #[serde(default)]
    pub document: String,
}

/// Writes rows as CSV with a head.
///
/// # Errors
/// An output that can't be written.
pub fn write_sheet(rows: &[Row], out: &mut dyn Write) -> std::io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    for row in rows {
        writer.serialize(row).map_err(std::io::Error::other)?;
    }
    writer.flush()
}

/// The rows of an edited CSV that have a decision, each with its line. Columns may have been moved or taken out, but for
/// `decision` and `claim`; commas, semicolons and tabs separate.
///
/// # Errors
/// What is wrong, with the line: no such columns, a decision that is none, one without a reason.
pub fn read_sheet(text: &str) -> Result<Vec<(u64, Row)>, String> {
    let text = text.trim_start_matches('\u{feff}');
    let head = text.lines().next().unwrap_or_default();
    let separator = [b',', b';', b'\t'].into_iter().max_by_key(|s| head.bytes().filter(|b| b == s).count());
    let mut reader =
        csv::ReaderBuilder::new().delimiter(separator.unwrap_or(b',')).flexible(true).from_reader(text.as_bytes());
    let columns = reader.headers().map_err(|e| e.to_string())?.clone();
    for column in ["decision", "claim"] {
        if !columns.iter().any(|c| c == column) {
            return Err(format!("1: there is no column \"{column}\": edit what `chancery review --csv` writes"));
        }
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|e| e.to_string())?;
        let line = record.position().map_or(0, csv::Position::line);
        let row: Row = record.deserialize(Some(&columns)).map_err(|e| format!("{line}: {e}"))?;
        let decision = row.decision.trim();
        if decision.is_empty() {
            continue;
        }
        if !Verdict::from_name(decision).is_some_and(Verdict::of_claim) {
            return Err(format!("{line}: \"{decision}\" is no decision about a claim: write reject, confirm or amend"));
        }
        if row.why.trim().is_empty() {
            return Err(format!("{line}: the decision has no reason: fill the column \"why\""));
        }
        rows.push((line, row));
    }
    Ok(rows)
}
