/// A cell that a spreadsheet takes for what it is: one that would be a formula gets an apostrophe.
///
/// A phone in E.164 stays: it is a number at worst. One that begins with an apostrophe before such a sign gets
/// another, so that `restored_cell` gives back what was there. Source: OWASP, CSV Injection.
pub fn harmless_cell(cell: &str) -> String {
    if would_be_formula(cell) && !is_e164(cell) { format!("'{cell}") } else { cell.to_owned() }
}

/// A cell of a file as it was before `harmless_cell`.
pub fn restored_cell(cell: &str) -> &str {
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_cell_that_would_be_a_formula_is_made_harmless_and_comes_back() {
        for cell in ["=1+1", "+cmd", "-2", "@x", "\tx", "\rx", "'=x", "''-x"] {
            assert_eq!(harmless_cell(cell), format!("'{cell}"));
            assert_eq!(restored_cell(&harmless_cell(cell)), cell);
        }
        for cell in ["+15125550147", "Karen", "'quoted'", "", "a=b"] {
            assert_eq!(harmless_cell(cell), cell);
            assert_eq!(restored_cell(cell), cell);
        }
    }

    proptest! {
        #[test]
        fn every_cell_comes_back_and_none_is_a_formula(cell in "['=+@\t\r-]{0,3}[ -~]{0,10}") {
            let written = harmless_cell(&cell);
            prop_assert!(!written.starts_with(['=', '-', '@', '\t', '\r']));
            prop_assert_eq!(restored_cell(&written), cell.as_str());
        }
    }
}
