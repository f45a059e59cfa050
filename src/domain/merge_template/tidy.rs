/// A text that grows piece by piece. A piece that is empty leaves a gap, which the next one closes.
#[derive(Default)]
pub(super) struct Text {
    text: String,
    gap: bool,
}

impl Text {
    pub fn push(&mut self, piece: &str) {
        let piece = if self.gap { self.close_gap(piece) } else { piece };
        self.gap = piece.is_empty();
        self.text.push_str(piece);
    }

    pub fn finish(mut self) -> String {
        if self.gap {
            self.trim();
        }
        self.text
    }

    /// What of the piece comes after the gap.
    fn close_gap<'a>(&mut self, piece: &'a str) -> &'a str {
        let after = piece.trim_start_matches(blank);
        if self.at_line_start() {
            return after.trim_start_matches(|c| mark(c) || blank(c));
        }
        match after.chars().next() {
            // Whether a blank is needed shows with what follows
            None => {
                if !piece.is_empty() && !self.text.ends_with(blank) {
                    self.text.push(' ');
                }
                ""
            }
            Some('\n') => {
                self.trim();
                after
            }
            Some(')') if self.text.trim_end_matches(blank).ends_with('(') => {
                self.trim();
                self.text.pop();
                // The pair is a gap itself
                self.close_gap(after.strip_prefix(')').unwrap_or_default())
            }
            Some(first) if mark(first) || first == ')' => {
                self.trim();
                if self.text.ends_with([',', ';', ':']) {
                    self.text.pop();
                }
                after
            }
            Some(_) if self.text.ends_with(blank) => after,
            Some(_) => piece,
        }
    }

    fn trim(&mut self) {
        self.text.truncate(self.text.trim_end_matches(blank).len());
    }

    fn at_line_start(&self) -> bool {
        self.text.is_empty() || self.text.ends_with('\n')
    }
}

/// Line ends stay.
fn blank(c: char) -> bool {
    c == ' ' || c == '\t'
}

fn mark(c: char) -> bool {
    matches!(c, ',' | '.' | ';' | ':' | '!' | '?')
}
