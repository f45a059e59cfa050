//! Templates where one writes: which there are, and one put into what was written already.

use crate::assignment_policy::may_edit_templates;
use crate::domain::{MergeValues, MessageTemplateId};
use crate::services::facts::staff_member;
use crate::services::{Done, merge, message_templates};
use crate::store::users::User;
use crate::store::{DbConnection, Stored};
use crate::web::view::conversations::{SavedReplies, SavedReply};

/// How much of a template the list shows.
const SHOWN: usize = 90;

pub fn saved_replies(
    connection: &mut DbConnection,
    me: &User,
    address: &str,
    missing: Option<String>,
) -> Stored<SavedReplies> {
    let choices = message_templates::all(connection)?.into_iter().map(|template| SavedReply {
        id: template.id,
        beginning: beginning(&template.body),
        name: template.name,
    });
    Ok(SavedReplies {
        address: address.to_owned(),
        choices: choices.collect(),
        may_edit: may_edit_templates(&staff_member(me)),
        missing,
    })
}

/// What is in the box afterwards.
pub struct Filled {
    pub body: String,
    /// What to look at before sending.
    pub missing: Option<String>,
}

/// Puts a template, filled in, where the cursor was; at the end if nobody says where.
pub fn put_in(
    connection: &mut DbConnection,
    template: MessageTemplateId,
    values: &MergeValues,
    body: &str,
    cursor: Option<&str>,
) -> Done<Filled> {
    let rendered = message_templates::fill(connection, template, values)?;
    let missing = missing(connection, &rendered.missing)?;
    let cursor = cursor.and_then(|units| units.parse().ok());
    Ok(Filled { body: inserted(body, cursor, &rendered.text), missing })
}

/// The line of a template that a list shows.
pub fn beginning(body: &str) -> String {
    let line = body.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or(&line)),
        None => line,
    }
}

/// Which fields were left empty, in a sentence.
pub fn missing(connection: &mut DbConnection, fields: &[String]) -> Stored<Option<String>> {
    if fields.is_empty() {
        return Ok(None);
    }
    let known = merge::fields(connection)?;
    let about = |name: &String| known.iter().find(|field| field.name == *name).map(|field| field.about.clone());
    let names: Vec<String> = fields.iter().filter_map(about).collect();
    Ok(Some(format!(
        "Left empty, because nothing is on record: {}. Read the text before you send it.",
        names.join("; ")
    )))
}

/// The cursor is counted as browsers do: in UTF-16 units, a line end is one.
fn inserted(body: &str, cursor: Option<usize>, text: &str) -> String {
    let body = body.replace("\r\n", "\n");
    let (before, after) = body.split_at(place(&body, cursor));
    let touches = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace());
    let left = if touches(before.chars().next_back()) { " " } else { "" };
    let right = if touches(after.chars().next()) { " " } else { "" };
    format!("{before}{left}{text}{right}{after}")
}

fn place(body: &str, cursor: Option<usize>) -> usize {
    let Some(cursor) = cursor else { return body.len() };
    let mut units = 0;
    for (at, c) in body.char_indices() {
        if units >= cursor {
            return at;
        }
        units += c.len_utf16();
    }
    body.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_goes_where_the_cursor_was() {
        for (body, cursor, text) in [
            ("", None, "Hi"),
            ("See you", None, "See you Hi"),
            ("See you\r\n", None, "See you\nHi"),
            ("See you", Some(0), "Hi See you"),
            ("See you", Some(4), "See Hi you"),
            ("😀 you", Some(2), "😀 Hi you"),
            ("a\r\nb", Some(2), "a\nHi b"),
            ("See you", Some(99), "See you Hi"),
        ] {
            assert_eq!(inserted(body, cursor, "Hi"), text, "{body:?} {cursor:?}");
        }
    }

    #[test]
    fn a_list_shows_one_line_of_a_template() {
        assert_eq!(beginning("Hi,\n\n  we"), "Hi, we");
        assert_eq!(beginning(&"é".repeat(91)), format!("{}…", "é".repeat(90)));
    }
}
