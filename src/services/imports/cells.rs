use csv::WriterBuilder;

/// A cell that a spreadsheet takes for what it is: one that would be a formula gets an apostrophe.
///
/// A phone in E.164 stays: it is a number at worst. One that begins with an apostrophe before such a sign gets
/// another, so that `restored` gives back what was there. Source: OWASP, CSV Injection.
pub fn harmless(cell: &str) -> String {
    if would_be_formula(cell) && !is_e164(cell) { format!("'{cell}") } else { cell.to_owned() }
}

/// A cell of a file as it was before `harmless`.
pub fn restored(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if would_be_formula(rest) => rest,
        _ => cell,
    }
}

fn would_be_formula(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r'])
}

fn is_e164(cell: &str) -> bool {
    cell.strip_prefix('+')
        .is_some_and(|digits| (7..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

/// One line of a CSV file, with its end.
pub fn line<T: AsRef<str>>(cells: &[T]) -> Vec<u8> {
    let mut writer = WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    // Into memory: nothing can fail
    let written = writer.write_record(cells.iter().map(|cell| harmless(cell.as_ref())));
    written.ok().and_then(|()| writer.into_inner().ok()).unwrap_or_default()
}
