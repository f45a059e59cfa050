use csv::{ReaderBuilder, StringRecord};

use super::decoding::{decode, is_text};
use super::delimiter;

pub const LARGEST_FILE: usize = 16 * 1024 * 1024;
const MOST_ROWS: usize = 50_000;
const MOST_COLUMNS: usize = 100;

/// A file of clients as rows of cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Names of columns; never empty. A column without a name has an empty one.
    pub header: Vec<String>,
    /// Each with the line on which it begins, counted as a text editor counts. Not all need be as long as the header.
    pub rows: Vec<(i64, Vec<String>)>,
}

/// Why a file cannot be used, for the person who brought it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    #[error("Choose a file first.")]
    Nothing,
    #[error("The file is larger than 16 MB. Split it into several files and import one after the other.")]
    TooLarge,
    #[error("This is not a CSV file. Open it in your spreadsheet program, choose “Save as” or “Export”, and take CSV.")]
    NoText,
    #[error("The file is empty.")]
    Empty,
    #[error("The file has a header but no rows below it.")]
    OnlyHeader,
    #[error("The file has {0} columns; at most 100 can be imported. Remove those that you do not need.")]
    TooManyColumns(usize),
    #[error("The file has more than 50,000 rows. Split it into several files and import one after the other.")]
    TooManyRows,
}

/// Reads a whole file. Rows without any word are skipped.
pub fn read(bytes: &[u8]) -> Result<Table, Unreadable> {
    if bytes.len() > LARGEST_FILE {
        return Err(Unreadable::TooLarge);
    }
    if !is_text(bytes) {
        return Err(Unreadable::NoText);
    }
    let text = decode(bytes);
    let start = text.trim_start().get(..14).unwrap_or_default().to_ascii_lowercase();
    if start.starts_with("<html") || start.starts_with("<!doctype html") || start.starts_with("<?xml") {
        return Err(Unreadable::NoText);
    }
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter::guess(&text))
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let mut record = StringRecord::new();
    // It is UTF-8 and flexible: nothing is left that could fail
    while reader.read_record(&mut record).unwrap_or(false) {
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if rows.len() > MOST_ROWS {
            return Err(Unreadable::TooManyRows);
        }
        rows.push((line_of(&record, &text), record.iter().map(str::to_owned).collect::<Vec<_>>()));
    }
    into_table(rows)
}

fn into_table(mut rows: Vec<(i64, Vec<String>)>) -> Result<Table, Unreadable> {
    if rows.is_empty() {
        return Err(Unreadable::Empty);
    }
    let (_, mut header) = rows.remove(0);
    // Spreadsheets write the columns to the right that were used once
    while header.last().is_some_and(|name| name.trim().is_empty()) {
        header.pop();
    }
    if header.len() > MOST_COLUMNS {
        return Err(Unreadable::TooManyColumns(header.len()));
    }
    if rows.is_empty() {
        return Err(Unreadable::OnlyHeader);
    }
    for (_, cells) in &mut rows {
        while cells.len() > header.len() && cells.last().is_some_and(|cell| cell.trim().is_empty()) {
            cells.pop();
        }
    }
    let header = header.iter().map(|name| name.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    Ok(Table { header, rows })
}

/// The reader's position is before the empty lines that it skipped.
fn line_of(record: &StringRecord, text: &str) -> i64 {
    let Some(position) = record.position() else { return 0 };
    let from = usize::try_from(position.byte()).ok().and_then(|byte| text.as_bytes().get(byte..)).unwrap_or_default();
    let skipped = from.iter().take_while(|byte| **byte == b'\n').count();
    i64::try_from(position.line()).unwrap_or(0) + i64::try_from(skipped).unwrap_or(0)
}
