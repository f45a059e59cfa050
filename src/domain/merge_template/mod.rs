//! Texts with merge fields: `Hi {{client.first_name|there}}, this is {{company.name}}.`
//!
//! A field stands in two braces, with what is said instead after a bar. Blanks around either do not matter, nor does
//! case. What comes out never holds `{{`: a value that brings braces of its own loses one.
//! Must not know: where values come from.

mod fields;
mod parse;
mod tidy;
mod values;

#[cfg(test)]
mod tests;

pub use fields::{MergeField, MergeFields, merge_name};
pub use parse::MergeError;
pub use values::MergeValues;

/// A text all of whose fields are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergeTemplate {
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Words(String),
    Field {
        name: String,
        /// Said when there is no value. An empty one says that nothing is fine.
        fallback: Option<String>,
    },
}

/// What a template became.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rendered {
    pub text: String,
    /// Fields that have neither value nor fallback, in the order of their first use.
    pub missing: Vec<String>,
}

impl MergeTemplate {
    /// All that is wrong with it is told at once, in the order of the text.
    pub fn parse(text: &str, known: &MergeFields) -> Result<Self, Vec<MergeError>> {
        parse::pieces(text, known).map(|pieces| Self { pieces })
    }

    /// Fills it in. Where a field leaves nothing behind, blanks and punctuation around the gap are tidied:
    ///
    /// - one blank remains of those on both sides, and none at the beginning or end of a line;
    /// - none remains before `, . ; : ! ?` and `)`, and of `,` `;` `:` on the left of such a mark nothing remains;
    /// - an empty pair of parentheses goes, and so does a mark that would begin a line.
    ///
    /// Nothing else is touched: what was written with two blanks keeps them, and a line of its own stays, empty.
    pub fn render(&self, values: &MergeValues) -> Rendered {
        let mut rendered = Rendered::default();
        let mut line = tidy::Text::default();
        for piece in &self.pieces {
            match piece {
                Piece::Words(words) => line.push(words),
                Piece::Field { name, fallback } => match values.get(name).or(fallback.as_deref()) {
                    Some(value) => line.push(value),
                    None => {
                        line.push("");
                        if !rendered.missing.contains(name) {
                            rendered.missing.push(name.clone());
                        }
                    }
                },
            }
        }
        rendered.text = line.finish();
        while rendered.text.contains("{{") {
            rendered.text = rendered.text.replace("{{", "{");
        }
        rendered
    }
}

/// The first field that nobody filled in: a text that holds one must not be sent.
pub fn unfilled_field(text: &str) -> Option<&str> {
    let begins = text.find("{{")?;
    let rest = text.get(begins..)?;
    rest.get(..rest.find("}}")? + 2)
}
