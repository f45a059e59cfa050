use actix_web::web::{Data, Path};
use actix_web::{Either, HttpResponse};
use serde::Deserialize;

use super::editor::{Shown, page};
use super::typed::{LIMIT, Typed};
use super::{drafting, reading};
use crate::domain::AutomationId;
use crate::services::{self, automations};
use crate::store::automations as store;
use crate::web::current_user::AutomationEditor;
use crate::web::error::Error;
use crate::web::forms::Form;
use crate::web::in_turn::InTurn;
use crate::web::page::{Page, see_other};
use crate::web::query::Query;
use crate::web::site::Site;

type Answer = Result<Either<Page, HttpResponse>, Error>;
type Filled = InTurn<AutomationEditor, Form<Typed, LIMIT>>;

#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// What a button does to the form instead of saving it.
    #[serde(rename = "do")]
    doing: Option<String>,
}

/// `GET /automations/new`.
pub async fn new(site: Data<Site>, me: AutomationEditor) -> Result<Page, Error> {
    let shared = site.clone();
    let page = site.read(move |c| page(&shared, c, &me, None, &Typed::default(), Shown::Opened));
    Ok(Page::ok(page.await?))
}

/// `GET /automations/{id}`.
pub async fn show(site: Data<Site>, me: AutomationEditor, id: Path<AutomationId>) -> Result<Page, Error> {
    let (shared, id) = (site.clone(), Some(*id));
    let page = site.read(move |c| page(&shared, c, &me, id, &Typed::default(), Shown::Opened));
    Ok(Page::ok(page.await?))
}

/// `POST /automations/new`.
pub async fn create(site: Data<Site>, InTurn(me, Form(typed)): Filled, asked: Query<Asked>) -> Answer {
    if let Some(doing) = asked.into_inner().doing {
        return changed(&site, me, None, typed, doing).await;
    }
    let (by, now) = (me.by(), site.now());
    let wanted = reading::definition(&drafting::filled_in(drafting::fresh(), &typed));
    let done = match wanted {
        Ok(wanted) => site.try_write(move |tx| automations::create(tx, &by, &wanted, now)).await?,
        Err(_) => Err(services::Error::Invalid(String::new())),
    };
    match done {
        Ok(id) => Ok(Either::Right(see_other(&format!("/automations/{id}")))),
        Err(services::Error::Invalid(why)) => refused(&site, me, None, typed, why).await,
        Err(other) => Err(other.into()),
    }
}

/// `POST /automations/{id}`.
pub async fn update(
    site: Data<Site>,
    InTurn(me, Form(typed)): Filled,
    id: Path<AutomationId>,
    asked: Query<Asked>,
) -> Answer {
    let id = *id;
    if let Some(doing) = asked.into_inner().doing {
        return changed(&site, me, Some(id), typed, doing).await;
    }
    let (by, now, filled) = (me.by(), site.now(), typed.clone());
    let done = site.try_write(move |tx| {
        let stored = store::find(tx, id)?.filter(|one| !one.archived).ok_or(services::Error::NotFound)?;
        let draft = drafting::filled_in(drafting::stored(&stored), &filled);
        let wanted = reading::definition(&draft).map_err(|_| services::Error::Invalid(String::new()))?;
        automations::update(tx, &by, id, &wanted, draft.version, now)
    });
    match done.await? {
        Ok(()) => Ok(Either::Right(see_other(&format!("/automations/{id}")))),
        Err(services::Error::Invalid(why)) => refused(&site, me, Some(id), typed, why).await,
        Err(other) => Err(other.into()),
    }
}

/// The form again, with what a button did to it.
async fn changed(
    site: &Data<Site>,
    me: AutomationEditor,
    id: Option<AutomationId>,
    typed: Typed,
    doing: String,
) -> Answer {
    let shared = site.clone();
    let page = site.read(move |c| page(&shared, c, &me, id, &typed, Shown::Done(&doing)));
    Ok(Either::Left(Page::ok(page.await?)))
}

/// The form again, with all that is wrong with it.
async fn refused(
    site: &Data<Site>,
    me: AutomationEditor,
    id: Option<AutomationId>,
    typed: Typed,
    why: String,
) -> Answer {
    let shared = site.clone();
    let page = site.read(move |c| page(&shared, c, &me, id, &typed, Shown::Refused(why)));
    Ok(Either::Left(Page::unprocessable(page.await?)))
}
