use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use serde::Deserialize;

use crate::domain::AutomationId;
use crate::services::automations;
use crate::web::current_user::AutomationEditor;
use crate::web::error::Error;
use crate::web::forms::MaybeForm;
use crate::web::in_turn::InTurn;
use crate::web::page::see_other;
use crate::web::site::Site;

/// From where somebody turned it on or off: the list, or its own page.
#[derive(Debug, Default, Deserialize)]
pub struct Turned {
    #[serde(default)]
    from: String,
}

type Asking = InTurn<AutomationEditor, MaybeForm<Turned>>;

/// `POST /automations/{id}/activation`: it is on from now on.
pub async fn create(
    site: Data<Site>,
    InTurn(me, MaybeForm(turned)): Asking,
    id: Path<AutomationId>,
) -> Result<HttpResponse, Error> {
    let (by, now, id) = (me.by(), site.now(), *id);
    site.write(move |tx| automations::turn_on(tx, &by, id, now)).await?;
    Ok(see_other(&turned.way_back(id)))
}

/// `POST /automations/{id}/activation/removal`: it is off, and what waits is held.
pub async fn remove(
    site: Data<Site>,
    InTurn(me, MaybeForm(turned)): Asking,
    id: Path<AutomationId>,
) -> Result<HttpResponse, Error> {
    let (by, now, id) = (me.by(), site.now(), *id);
    site.write(move |tx| automations::turn_off(tx, &by, id, now)).await?;
    Ok(see_other(&turned.way_back(id)))
}

impl Turned {
    fn way_back(&self, id: AutomationId) -> String {
        if self.from == "editor" { format!("/automations/{id}") } else { "/automations".to_owned() }
    }
}
