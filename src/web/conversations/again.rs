//! A thread that is shown again, with what was typed and why it was refused.

use actix_web::web::Data;

use super::door::Door;
use super::show;
use super::thread::Wanted;
use crate::assignment_policy::sees_on_dashboard;
use crate::domain::ConversationId;
use crate::services::{self, facts::staff_member};
use crate::store::users::User;
use crate::web::clients::thread as record;
use crate::web::error::Error;
use crate::web::page::Page;
use crate::web::site::Site;
use crate::web::view::clients::RecordThreadPage;
use crate::web::view::conversations::ConversationPage;

/// The page behind the door through which they came.
enum Again {
    Dashboard(Box<ConversationPage>),
    Record(Box<RecordThreadPage>),
}

/// 422 for who may send here; others learn only that they may not.
pub async fn again(
    site: &Data<Site>,
    sender: User,
    id: ConversationId,
    from_client: Option<String>,
    why: String,
    typed: Wanted,
) -> Result<Page, Error> {
    let shared = site.clone();
    let again = site.read(move |c| {
        let known = services::open_for(c, &sender, id)?;
        let wanted = Wanted { error: Some(why.clone()), ..typed };
        match Door::claimed(from_client.as_deref(), &sender, &known) {
            Door::Record(client) => {
                let page = record::page(&shared, c, &sender, client, id, wanted)?;
                Ok(Again::Record(Box::new(page)))
            }
            Door::Dashboard if sees_on_dashboard(&staff_member(&sender), &known.facts) => {
                Ok(Again::Dashboard(Box::new(show::page(&shared, c, &sender, id, wanted)?)))
            }
            Door::Dashboard => Err(Error::Unprocessable(why)),
        }
    });
    Ok(match again.await? {
        Again::Dashboard(page) => Page::unprocessable(*page),
        Again::Record(page) => Page::unprocessable(*page),
    })
}
