use csv::WriterBuilder;

use crate::domain::harmless_cell;

/// One line of a CSV file, with its end.
pub fn line<T: AsRef<str>>(cells: &[T]) -> Vec<u8> {
    let mut writer = WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    // Into memory: nothing can fail
    let written = writer.write_record(cells.iter().map(|cell| harmless_cell(cell.as_ref())));
    written.ok().and_then(|()| writer.into_inner().ok()).unwrap_or_default()
}
