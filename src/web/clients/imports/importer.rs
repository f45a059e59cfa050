use std::future::Future;
use std::ops::Deref;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};

use crate::assignment_policy::may_import_clients;
use crate::domain::ImportId;
use crate::services::facts::staff_member;
use crate::services::imports::MAY_NOT_IMPORT;
use crate::store::DbConnection;
use crate::store::imports::{self, Import};
use crate::web::current_user::{ClientReader, CurrentUser};
use crate::web::error::Error;

/// Somebody who may import clients. Who only sees some gets a sentence, to everybody else there is nothing here.
pub struct Importer(CurrentUser);

impl Deref for Importer {
    type Target = CurrentUser;
    fn deref(&self) -> &CurrentUser {
        &self.0
    }
}

impl FromRequest for Importer {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let reader = ClientReader::from_request(request, payload);
        Box::pin(async move {
            let ClientReader(me) = reader.await?;
            if may_import_clients(&staff_member(&me)) {
                Ok(Self(me))
            } else {
                Err(Error::Forbidden(MAY_NOT_IMPORT.to_owned()))
            }
        })
    }
}

/// The import of this address, if there is one.
pub fn found(connection: &mut DbConnection, id: ImportId) -> Result<Import, Error> {
    imports::find(connection, id)?.ok_or(Error::NotFound)
}
