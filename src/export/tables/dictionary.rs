use super::TABLES;
use crate::frame::Frames;
use crate::graph::Selection;
use std::fmt::Write as _;

const HEAD: &str = "\
# Data dictionary

The tables of `chancery export parquet DIR`, `export csv` and `export jsonl`: one definition, three forms. This page is
generated from it. Ids are stable, so tables can be joined by the columns of one name. What is not known is null (CSV: an
empty cell). How the types look:

| type | Parquet | CSV | JSON Lines |
|---|---|---|---|
| text | string | as it is | string |
| texts | list of strings | separated by `; ` | array |
| whole number | int64 | digits | number |
| number | double | all digits | number with all digits |
| day | date32 | `2025-07-16` | `\"2025-07-16\"` |
| true or false | boolean | `true`, `false` | boolean |
";

/// docs/data-dictionary.md: what each column of each table holds, for the frames given.
pub fn dictionary(frames: &Frames) -> String {
    let mut page = HEAD.to_string();
    for table in TABLES {
        // Writing to a string does not fail.
        let _ = write!(page, "\n## {}\n\n{}\n\n| column | type | |\n|---|---|---|\n", table.name, table.about);
        for column in (table.columns)(frames, &Selection::default()) {
            let about = column.about.replace('|', "\\|");
            let _ = writeln!(page, "| `{}` | {} | {about} |", column.name, column.kind.name());
        }
    }
    page
}
