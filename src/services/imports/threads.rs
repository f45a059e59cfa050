use std::collections::{BTreeMap, BTreeSet};

use crate::assignment_policy::{Extent, may_bring_conversation, reach};
use crate::domain::{ClientActivityKind, ClientId, ConversationId, OutsideAddress, UserId};
use crate::services::client_details::ClientDetails;
use crate::services::facts::{self, staff_member};
use crate::store::client_activity::Line;
use crate::store::{DbConnection, Stored, Writer, client_intake, conversations, users};

/// The conversations that phones of a file bring to records: those that whoever imports it reads.
pub struct Threads(BTreeMap<String, Vec<ConversationId>>);

impl Threads {
    pub fn with_phones(connection: &mut DbConnection, phones: &[String], importer: UserId) -> Stored<Self> {
        let mut threads: BTreeMap<String, Vec<ConversationId>> = BTreeMap::new();
        let Some(person) = users::find(connection, importer)?.map(|user| staff_member(&user)) else {
            return Ok(Self(threads));
        };
        // Mostly they see all conversations: none is looked at then
        let sees_all = reach(&person).dashboard == Extent::Everything;
        for (phone, id) in client_intake::conversations_with(connection, phones)? {
            let known = if sees_all { None } else { facts::conversation(connection, id)? };
            if sees_all || known.is_some_and(|known| may_bring_conversation(&person, &known.facts)) {
                threads.entry(phone).or_default().push(id);
            }
        }
        Ok(Self(threads))
    }

    /// Those with the phones that came show this client from now on. Answers which, and a line of history for each
    /// phone.
    pub fn link(
        &self,
        tx: &mut Writer<'_>,
        id: ClientId,
        from: &ClientDetails,
        to: &ClientDetails,
        lines: &mut Vec<Line>,
    ) -> Stored<Vec<ConversationId>> {
        let before: BTreeSet<&str> = from.phones.iter().map(|phone| phone.phone.as_str()).collect();
        let mut linked = Vec::new();
        for phone in to.phones.iter().filter(|phone| !before.contains(phone.phone.as_str())) {
            let had = linked.len();
            for conversation in self.0.get(&phone.phone).into_iter().flatten() {
                if conversations::link(tx, *conversation, id)? {
                    linked.push(*conversation);
                }
            }
            if linked.len() > had {
                let detail = OutsideAddress::from_gateway(&phone.phone).display();
                lines.push(Line { client: id, kind: ClientActivityKind::Linked, detail });
            }
        }
        Ok(linked)
    }
}
