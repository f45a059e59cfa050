use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

use crate::domain::ClientId;
use crate::services;
use crate::web::current_user::ClientReader;
use crate::web::error::Error;
use crate::web::said::{Said, see_other_saying};
use crate::web::site::Site;

/// `POST /clients/{id}/removal`.
pub async fn create(site: Data<Site>, me: ClientReader, id: Path<ClientId>) -> Result<HttpResponse, Error> {
    let (id, now, by) = (*id, site.now(), me.by());
    site.write(move |tx| services::delete_client(tx, &by, id, now)).await?;
    Ok(see_other_saying("/clients", Said::ClientDeleted))
}
