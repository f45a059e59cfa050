//! Files of clients.

mod index;
mod mapping;
mod show;

pub use index::{ImportHead, ImportLine, ImportsPage};
pub use mapping::{MappedColumn, MappingPage};
pub use show::{ImportPage, PreviewRow};

/// "20,000".
fn grouped(number: i64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// "1 row", "2 rows".
fn counted(number: i64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(number), if number == 1 { one } else { many })
}
