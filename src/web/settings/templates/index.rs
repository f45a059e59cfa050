use actix_web::web::Data;

use crate::services::message_templates;
use crate::web::current_user::TemplateEditor;
use crate::web::error::Error;
use crate::web::page::Page;
use crate::web::saved_replies::beginning;
use crate::web::site::{Site, time_label, zone};
use crate::web::view::Section;
use crate::web::view::settings::{TemplateRow, TemplatesPage};

/// `GET /settings/templates`.
pub async fn index(site: Data<Site>, me: TemplateEditor) -> Result<Page, Error> {
    let shared = site.clone();
    let page = site.read(move |c| {
        let (now, zone) = (shared.now(), zone(c)?);
        let rows = message_templates::all(c)?.into_iter().map(|template| TemplateRow {
            id: template.id,
            beginning: beginning(&template.body),
            name: template.name,
            changed: time_label(now, template.updated_at, zone),
            changed_by: template.updated_by,
        });
        Ok(TemplatesPage { shell: shared.shell(c, &me, Section::Settings)?, rows: rows.collect() })
    });
    Ok(Page::ok(page.await?))
}
