//! Rust read just well enough to know code from comments, texts and tests. What is not wanted becomes spaces, so that
//! every line keeps its number.

pub struct Keep {
    pub texts: bool,
    pub tests: bool,
    /// The whole file is a test.
    pub is_test: bool,
}

pub fn blank(text: &str, keep: Keep) -> String {
    if keep.is_test && !keep.tests {
        return spaces(text);
    }
    let code = without_comments(text, false);
    let mut wanted = if keep.texts { without_comments(text, true) } else { code.clone() };
    if !keep.tests {
        for (start, end) in tests_in(&code) {
            let blanked = spaces(&wanted[start..end]);
            wanted.replace_range(start..end, &blanked);
        }
    }
    wanted
}

/// Line and column do not matter to spaces, but bytes do: the result is as long as the text.
fn spaces(text: &str) -> String {
    text.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect()
}

fn without_comments(text: &str, keep_texts: bool) -> String {
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let (length, keep) = piece(rest);
        let (now, later) = rest.split_at(length);
        match keep {
            Piece::Code => result.push_str(now),
            Piece::Text if keep_texts => result.push_str(now),
            Piece::Text | Piece::Comment => result.push_str(&spaces(now)),
        }
        rest = later;
    }
    result
}

enum Piece {
    Code,
    Text,
    Comment,
}

/// The length of the next comment, text or bit of code.
fn piece(rest: &str) -> (usize, Piece) {
    let first = rest.chars().next().map_or(0, char::len_utf8);
    if rest.starts_with("//") {
        return (rest.find('\n').unwrap_or(rest.len()), Piece::Comment);
    }
    if rest.starts_with("/*") {
        return (rest.find("*/").map_or(rest.len(), |end| end + 2), Piece::Comment);
    }
    if let Some(length) = raw_text(rest) {
        return (length, Piece::Text);
    }
    if let Some(after) = rest.strip_prefix('"') {
        return (1 + closing(after, '"'), Piece::Text);
    }
    if let Some(after) = rest.strip_prefix('\'').filter(|after| is_character(after)) {
        return (1 + closing(after, '\''), Piece::Text);
    }
    // A whole word at a time: the r of `for"` begins no raw text
    let word = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
    (word.max(first), Piece::Code)
}

/// `r"…"`, `r#"…"#`, `br#"…"#`.
fn raw_text(rest: &str) -> Option<usize> {
    let after = rest.strip_prefix("br").or_else(|| rest.strip_prefix('r'))?;
    let hashes = after.len() - after.trim_start_matches('#').len();
    let body = after[hashes..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    let length = body.find(&end).map_or(body.len(), |at| at + end.len());
    Some(rest.len() - body.len() + length)
}

/// `'a'` and `'\n'`, unlike the lifetime `'a`.
fn is_character(after_quote: &str) -> bool {
    let mut characters = after_quote.chars();
    characters.next() == Some('\\') || characters.next() == Some('\'')
}

fn closing(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, character) in text.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if character == quote => return at + quote.len_utf8(),
            _ => {}
        }
    }
    text.len()
}

/// Where the items under `#[cfg(test)]` stand.
fn tests_in(code: &str) -> Vec<(usize, usize)> {
    let starts = code.match_indices("#[cfg(test)]").map(|(start, _)| start);
    starts.map(|start| (start, start + item_length(&code[start..]))).collect()
}

/// To the brace that closes the item, or to its semicolon.
fn item_length(item: &str) -> usize {
    let mut depth = 0_usize;
    for (at, character) in item.char_indices() {
        match character {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 && matches!(character, '}' | ';') {
            return at + 1;
        }
    }
    item.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = "let a = \"diesel\"; // diesel\nlet b = 'd'; fn c<'a>(x: &'a str) {}\n\
        let d = r#\"die\"sel\"#; /* die\nsel */ use é;\n#[cfg(test)]\nmod tests { fn t() { } }\nlet last;";

    #[test]
    fn comments_texts_and_tests_become_spaces_and_lines_stay() {
        let code = blank(SAMPLE, Keep { texts: false, tests: false, is_test: false });
        let lines: Vec<_> = code.lines().map(str::trim_end).collect();
        assert_eq!(lines[0], "let a =         ;");
        assert_eq!(lines[1], "let b =    ; fn c<'a>(x: &'a str) {}");
        assert_eq!(lines[2], "let d =             ;");
        assert_eq!(lines[3].trim(), "use é;");
        assert_eq!((lines[4], lines[5], lines[6]), ("", "", "let last;"));
    }

    #[test]
    fn texts_or_tests_stay_when_they_are_wanted() {
        let texts = blank(SAMPLE, Keep { texts: true, tests: false, is_test: false });
        assert!(texts.contains("\"diesel\"") && !texts.contains("// diesel") && !texts.contains("mod tests"));
        let tests = blank(SAMPLE, Keep { texts: false, tests: true, is_test: false });
        assert!(tests.contains("mod tests") && !tests.contains("diesel"));
        let all_tests = blank(SAMPLE, Keep { texts: true, tests: false, is_test: true });
        assert!(all_tests.trim().is_empty());
    }
}
