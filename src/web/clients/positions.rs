use actix_web::web::{Data, Path};
use actix_web::{Either, HttpResponse};
use serde::Deserialize;

use super::index::label;
use super::record::way_back;
use super::show::refused;
use crate::domain::{ClientId, PositionId, UserId};
use crate::services::{self, Error as Refused};
use crate::store::{DbConnection, Stored, positions, users};
use crate::web::current_user::ClientReader;
use crate::web::error::Error;
use crate::web::forms::Form;
use crate::web::in_turn::InTurn;
use crate::web::page::Page;
use crate::web::said::{Said, see_other_saying};
use crate::web::site::Site;
use crate::web::view::clients::PositionChoice;

#[derive(Debug, Clone, Deserialize)]
pub struct Chosen {
    position_id: PositionId,
    /// Empty for nobody. One that is not sent says nothing.
    user_id: Option<String>,
}

/// `POST /clients/{id}/positions`.
pub async fn update(
    site: Data<Site>,
    InTurn(ClientReader(me), Form(chosen)): InTurn<ClientReader, Form<Chosen>>,
    id: Path<ClientId>,
) -> Result<Either<Page, HttpResponse>, Error> {
    let (id, now, by) = (*id, site.now(), me.by());
    let done = site.try_write(move |tx| {
        let is_there = positions::find(tx, chosen.position_id)?.is_some();
        let change = |before: &services::ClientDetails| {
            let mut details = before.clone();
            if !is_there {
                return Err(Refused::Invalid("The position is not there any more. Choose another one.".into()));
            }
            let holder = chosen.user_id.as_deref();
            let holder = holder.ok_or_else(|| Refused::Invalid("Choose who holds the position, or nobody.".into()))?;
            match holder.trim() {
                "" => details.holders.remove(&chosen.position_id),
                user => {
                    let user = user.parse().map_err(|_| Refused::Invalid("Choose who holds the position.".into()))?;
                    details.holders.insert(chosen.position_id, user)
                }
            };
            Ok(details)
        };
        services::change_client(tx, &by, id, None, change, now)
    });
    match done.await? {
        Ok(()) => Ok(Either::Right(see_other_saying(&way_back(&site, me.user, id).await?, Said::ClientSaved))),
        Err(Refused::Invalid(why)) => Ok(Either::Left(refused(&site, me.user, id, why).await?)),
        Err(other) => Err(other.into()),
    }
}

/// Every position, with those who can hold it: who is active, and who holds it already.
pub fn choices(
    connection: &mut DbConnection,
    holder: impl Fn(PositionId) -> Option<UserId>,
) -> Stored<Vec<PositionChoice>> {
    let people = users::all(connection)?;
    let positions = positions::all(connection)?;
    Ok(positions
        .into_iter()
        .map(|position| {
            let held = holder(position.id);
            let offered = people.iter().filter(|user| user.active || held == Some(user.id));
            PositionChoice {
                id: position.id,
                name: position.name,
                holder: held,
                people: offered.map(|user| (user.id, label(user))).collect(),
            }
        })
        .collect())
}
