use actix_web::web::Data;

use super::editor::{Typed, page};
use crate::domain::{ClientId, Encoding, MergeTemplate, Segments, SmsText, segments};
use crate::services::merge;
use crate::store::users::User;
use crate::store::{DbConnection, Stored};
use crate::web::current_user::TemplateEditor;
use crate::web::error::Error;
use crate::web::forms::Form;
use crate::web::in_turn::InTurn;
use crate::web::page::Page;
use crate::web::saved_replies::missing;
use crate::web::site::Site;
use crate::web::view::settings::Preview;

/// `POST /settings/templates/preview`: how it comes out, asked for while one types; without scripts the whole editor.
pub async fn create(
    site: Data<Site>,
    InTurn(me, Form(typed)): InTurn<TemplateEditor, Form<Typed>>,
) -> Result<Page, Error> {
    let shared = site.clone();
    let id = typed.id.as_deref().and_then(|id| id.parse().ok());
    let page = site.read(move |c| page(&shared, c, &me, id, typed, None)).await?;
    Ok(if page.preview.wrong.is_empty() { Page::ok(page) } else { Page::unprocessable(page) })
}

/// For this client, sent by who looks at it.
pub fn preview(connection: &mut DbConnection, me: &User, client: Option<ClientId>, body: &str) -> Stored<Preview> {
    let body = body.replace("\r\n", "\n");
    let parsed = match MergeTemplate::parse(&body, &merge::fields(connection)?) {
        Ok(parsed) => parsed,
        Err(errors) => {
            return Ok(Preview { wrong: errors.iter().map(ToString::to_string).collect(), ..Preview::default() });
        }
    };
    let values = match client {
        Some(client) => merge::values_of_client(connection, client, Some(me))?,
        None => merge::values_of_nobody(connection, Some(me))?,
    };
    let rendered = parsed.render(&values);
    let characters = rendered.text.chars().count();
    Ok(Preview {
        size: size(&segments(&rendered.text)),
        missing: missing(connection, &rendered.missing)?,
        wrong: (characters > SmsText::MAX_CHARACTERS)
            .then(|| format!("It comes out with {characters} characters; {} is the most.", SmsText::MAX_CHARACTERS))
            .into_iter()
            .collect(),
        text: rendered.text,
    })
}

/// "2 parts, 12 characters left in the last".
pub fn size(counted: &Segments) -> String {
    let left = counted.left_in_part;
    let parts = match counted.count {
        0 => return String::new(),
        1 => format!("1 part, {left} characters left"),
        count => format!("{count} parts, {left} characters left in the last"),
    };
    match counted.encoding {
        Encoding::Gsm7 => parts,
        Encoding::Ucs2 => format!("{parts}. Parts are short because of a character outside the basic alphabet"),
    }
}
