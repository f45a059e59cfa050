use super::{MergeFields, Piece};

/// What is wrong with a template, in words for who writes it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MergeError {
    #[error("“{field}” is not a field. {}", advice(.nearest.as_deref()))]
    Unknown { field: String, nearest: Option<String> },
    #[error("The field that begins with “{begins}” is not closed. Put }}}} after its name.")]
    Unclosed { begins: String },
    #[error("{{{{ }}}} names no field. Write one between the braces, like {{{{client.first_name}}}}.")]
    Empty,
}

fn advice(nearest: Option<&str>) -> String {
    match nearest {
        Some(nearest) => format!("Did you mean {{{{{nearest}}}}}?"),
        None => "Choose one from the list of fields.".to_owned(),
    }
}

/// So much of what was written is repeated in an error.
const SHOWN: usize = 40;

pub(super) fn pieces(text: &str, known: &MergeFields) -> Result<Vec<Piece>, Vec<MergeError>> {
    let (mut pieces, mut errors) = (Vec::new(), Vec::new());
    let mut rest = text;
    while let Some((words, after)) = rest.split_once("{{") {
        if !words.is_empty() {
            pieces.push(Piece::Words(words.to_owned()));
        }
        match after.split_once("}}") {
            Some((inside, after)) if !inside.contains("{{") => {
                match field(inside, known) {
                    Ok(piece) => pieces.push(piece),
                    Err(error) => errors.push(error),
                }
                rest = after;
            }
            _ => {
                let until_next = after.split("{{").next().unwrap_or(after);
                errors.push(MergeError::Unclosed { begins: format!("{{{{{}", shortened(until_next)) });
                rest = after;
            }
        }
    }
    if !rest.is_empty() {
        pieces.push(Piece::Words(rest.to_owned()));
    }
    if errors.is_empty() { Ok(pieces) } else { Err(errors) }
}

fn field(inside: &str, known: &MergeFields) -> Result<Piece, MergeError> {
    let (name, fallback) = match inside.split_once('|') {
        Some((name, fallback)) => (name, Some(fallback.trim().to_owned())),
        None => (inside, None),
    };
    let name = name.trim().to_lowercase();
    if name.is_empty() {
        Err(MergeError::Empty)
    } else if known.knows(&name) {
        Ok(Piece::Field { name, fallback })
    } else {
        let nearest = known.nearest(&name).map(str::to_owned);
        Err(MergeError::Unknown { field: shortened(&name), nearest })
    }
}

/// The beginning of its first line.
fn shortened(text: &str) -> String {
    let line = text.trim().lines().next().unwrap_or_default();
    match line.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or(line)),
        None => line.to_owned(),
    }
}
