use actix_web::web::{Data, Path};
use actix_web::{Either, HttpResponse};

use super::editor::{Typed, page};
use crate::domain::MessageTemplateId;
use crate::services::message_templates::TemplateChange;
use crate::services::{self, Done, message_templates};
use crate::web::current_user::TemplateEditor;
use crate::web::error::Error;
use crate::web::forms::Form;
use crate::web::in_turn::InTurn;
use crate::web::page::{Page, see_other};
use crate::web::site::Site;

type Answer = Result<Either<Page, HttpResponse>, Error>;

/// `GET /settings/templates/new`.
pub async fn new(site: Data<Site>, me: TemplateEditor) -> Result<Page, Error> {
    let shared = site.clone();
    Ok(Page::ok(site.read(move |c| page(&shared, c, &me, None, Typed::default(), None)).await?))
}

/// `GET /settings/templates/{id}`.
pub async fn show(site: Data<Site>, me: TemplateEditor, id: Path<MessageTemplateId>) -> Result<Page, Error> {
    let (shared, id) = (site.clone(), Some(*id));
    Ok(Page::ok(site.read(move |c| page(&shared, c, &me, id, Typed::default(), None)).await?))
}

/// `POST /settings/templates`.
pub async fn create(site: Data<Site>, InTurn(me, Form(typed)): InTurn<TemplateEditor, Form<Typed>>) -> Answer {
    let (by, now, new) = (me.by(), site.now(), change(&typed));
    let done = site.try_write(move |tx| message_templates::add(tx, &by, &new, now).map(drop)).await?;
    settle(&site, me, done, None, typed).await
}

/// `POST /settings/templates/{id}`.
pub async fn update(
    site: Data<Site>,
    InTurn(me, Form(typed)): InTurn<TemplateEditor, Form<Typed>>,
    id: Path<MessageTemplateId>,
) -> Answer {
    let (by, now, id, changed) = (me.by(), site.now(), *id, change(&typed));
    let done = site.try_write(move |tx| message_templates::update(tx, &by, id, &changed, now)).await?;
    settle(&site, me, done, Some(id), typed).await
}

/// `POST /settings/templates/{id}/removal`.
pub async fn remove(site: Data<Site>, me: TemplateEditor, id: Path<MessageTemplateId>) -> Result<HttpResponse, Error> {
    let (by, now, id) = (me.by(), site.now(), *id);
    site.write(move |tx| message_templates::remove(tx, &by, id, now)).await?;
    Ok(see_other("/settings/templates"))
}

fn change(typed: &Typed) -> TemplateChange {
    TemplateChange { name: typed.name.clone(), body: typed.body.clone() }
}

async fn settle(
    site: &Data<Site>,
    me: TemplateEditor,
    done: Done<()>,
    id: Option<MessageTemplateId>,
    typed: Typed,
) -> Answer {
    match done {
        Ok(()) => Ok(Either::Right(see_other("/settings/templates"))),
        Err(services::Error::Invalid(why)) => {
            let shared = site.clone();
            let again = site.read(move |c| page(&shared, c, &me, id, typed, Some(why))).await?;
            Ok(Either::Left(Page::unprocessable(again)))
        }
        Err(other) => Err(other.into()),
    }
}
