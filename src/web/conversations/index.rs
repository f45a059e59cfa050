use actix_web::web::Data;

use super::list::{Asked, list};
use crate::store::users;
use crate::web::current_user::DashboardUser;
use crate::web::error::Error;
use crate::web::page::Page;
use crate::web::query::Query;
use crate::web::site::Site;
use crate::web::view::Section;
use crate::web::view::conversations::ConversationsPage;

pub async fn index(site: Data<Site>, me: DashboardUser, asked: Query<Asked>) -> Result<Page, Error> {
    if let Some(view) = asked.chosen_view(&me) {
        let id = me.id;
        site.write(move |tx| Ok(users::set_view(tx, id, view)?)).await?;
    }
    let shared = site.clone();
    let page = site
        .read(move |c| {
            let now = shared.now();
            Ok(ConversationsPage {
                shell: shared.shell(c, &me, Section::Conversations)?,
                list: list(c, &me, &asked, None, now)?,
            })
        })
        .await?;
    Ok(Page::ok(page))
}
