//! What this person may do about whose conversation it is.

use url::form_urlencoded::Serializer;

use crate::assignment_policy::{ClientRecord, may_create_client, may_link_client};
use crate::domain::OutsideAddress;
use crate::services::facts::{Known, staff_member};
use crate::store::users::User;
use crate::web::view::conversations::Linking;

pub fn linking(me: &User, known: &Known) -> Linking {
    let person = staff_member(me);
    // At best it is a record on which they hold a position themselves
    let theirs = ClientRecord { id: 0, holders: vec![me.id] };
    Linking {
        new_client: may_create_client(&person, &theirs).then(|| new_client(known)),
        may_link: may_link_client(&person, &known.facts, &theirs),
    }
}

fn new_client(known: &Known) -> String {
    let mut query = Serializer::new(String::new());
    if let OutsideAddress::Phone(phone) = OutsideAddress::from_gateway(&known.row.phone) {
        query.append_pair("phone", phone.as_str());
    }
    query.append_pair("conversation", &known.row.id.to_string());
    format!("/clients/new?{}", query.finish())
}
