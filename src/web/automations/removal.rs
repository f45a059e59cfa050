use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

use crate::domain::AutomationId;
use crate::services::automations;
use crate::web::current_user::AutomationEditor;
use crate::web::error::Error;
use crate::web::page::see_other;
use crate::web::site::Site;

/// `POST /automations/{id}/removal`: what waits ends, its log stays.
pub async fn create(site: Data<Site>, me: AutomationEditor, id: Path<AutomationId>) -> Result<HttpResponse, Error> {
    let (by, now, id) = (me.by(), site.now(), *id);
    site.write(move |tx| automations::delete(tx, &by, id, now)).await?;
    Ok(see_other("/automations"))
}
