use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};

use super::record::{head, visible};
use crate::domain::ClientId;
use crate::web::current_user::ClientReader;
use crate::web::error::Error;
use crate::web::page::Page;
use crate::web::site::Site;
use crate::web::view::Section;
use crate::web::view::clients::{RecordPage, RecordTab};

/// `GET /clients/{id}`.
pub async fn show(site: Data<Site>, me: ClientReader, id: Path<ClientId>) -> Result<Page, Error> {
    let (shared, id) = (site.clone(), *id);
    let page = site.read(move |c| {
        let client = visible(c, &me, id)?;
        Ok(RecordPage {
            shell: shared.shell(c, &me, Section::Clients)?,
            head: head(&me, &client, RecordTab::Record),
            notes: client.fields.notes,
        })
    });
    Ok(Page::whole(StatusCode::OK, page.await?))
}
