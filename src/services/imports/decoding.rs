use encoding_rs::{Encoding, WINDOWS_1252};

/// The text of a file: as its mark says (UTF-8, UTF-16), else UTF-8, else what spreadsheets on Windows write.
///
/// NUL is removed: no person types it, and PostgreSQL cannot keep it. Every line ends with `\n`.
pub fn decode(bytes: &[u8]) -> String {
    let text = match (Encoding::for_bom(bytes), std::str::from_utf8(bytes)) {
        (Some((encoding, length)), _) => {
            encoding.decode_without_bom_handling(bytes.get(length..).unwrap_or_default()).0
        }
        (None, Ok(text)) => text.into(),
        (None, Err(_)) => WINDOWS_1252.decode_without_bom_handling(bytes).0,
    };
    text.replace('\0', "").replace("\r\n", "\n").replace('\r', "\n")
}

/// Whether it looks like text that people read. A spreadsheet's own format, a picture or a PDF does not.
pub fn is_text(bytes: &[u8]) -> bool {
    const OTHERS: [&[u8]; 6] = [b"PK\x03\x04", b"%PDF", b"\x89PNG", b"\xFF\xD8\xFF", b"\xD0\xCF\x11\xE0", b"\x1F\x8B"];
    if OTHERS.iter().any(|mark| bytes.starts_with(mark)) {
        return false;
    }
    let sample = bytes.get(..64 * 1024).unwrap_or(bytes);
    if Encoding::for_bom(sample).is_some() {
        return true;
    }
    let odd = sample.iter().filter(|&&byte| byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r' | b'\x0C')).count();
    // One that slipped in is forgiven, also in a short file
    odd * 20 <= sample.len() + 40
}
