//! A thread that is shown again with what was written in it, behind the door through which they came.

use super::door::Door;
use super::show;
use super::thread::Wanted;
use crate::assignment_policy::sees_on_dashboard;
use crate::services::facts::{Known, staff_member};
use crate::store::DbConnection;
use crate::store::users::User;
use crate::web::clients::thread as record;
use crate::web::error::Error;
use crate::web::page::Page;
use crate::web::site::Site;
use crate::web::view::clients::RecordThreadPage;
use crate::web::view::conversations::ConversationPage;

pub enum Again {
    Dashboard(Box<ConversationPage>),
    Record(Box<RecordThreadPage>),
}

impl Again {
    pub fn draw(
        site: &Site,
        connection: &mut DbConnection,
        me: &User,
        known: &Known,
        door: Door,
        wanted: Wanted,
    ) -> Result<Self, Error> {
        let id = known.row.id;
        match door {
            Door::Record(client) => Ok(Self::Record(Box::new(record::page(site, connection, me, client, id, wanted)?))),
            Door::Dashboard if sees_on_dashboard(&staff_member(me), &known.facts) => {
                Ok(Self::Dashboard(Box::new(show::page(site, connection, me, id, wanted)?)))
            }
            // There is no page to show it on
            Door::Dashboard => Err(Error::Unprocessable(
                wanted.error.unwrap_or_else(|| "Open the conversation from the client record.".to_owned()),
            )),
        }
    }

    /// 422 if something was wrong with it.
    pub fn answer(self) -> Page {
        let refused = match &self {
            Self::Dashboard(page) => page.thread.composer.error.is_some(),
            Self::Record(page) => page.thread.composer.error.is_some(),
        };
        match self {
            Self::Dashboard(page) if refused => Page::unprocessable(*page),
            Self::Dashboard(page) => Page::ok(*page),
            Self::Record(page) if refused => Page::unprocessable(*page),
            Self::Record(page) => Page::ok(*page),
        }
    }
}
