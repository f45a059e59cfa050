//! Clients of a test's app, what they text, and who is responsible for it.

use std::sync::atomic::{AtomicI64, Ordering};

use crewline::domain::{AssignmentReason, ClientId, ConversationId, GatewayKind, PhoneKind, UserId};
use crewline::gateway::InboundText;
use crewline::services::{self, Received};
use crewline::store::assignments::{self, NewAssignment};
use crewline::store::client_phones::{self, ClientPhone};
use crewline::store::clients::{self, Fields};
use crewline::store::{client_positions, gateways};

use super::app::TestApp;

impl TestApp {
    /// Our first number, E.164.
    pub fn number(&self) -> String {
        self.first_number().1
    }

    /// A client texts us; their text is stored and those who should know are told.
    pub async fn text_in(&self, from: &str, body: &str) -> ConversationId {
        static TEXTS: AtomicI64 = AtomicI64::new(0);
        let id = format!("TEST{}", TEXTS.fetch_add(1, Ordering::Relaxed));
        let (gateway, to) = self.first_number();
        let text = InboundText {
            provider_message_id: id,
            from: from.to_owned(),
            to,
            body: body.to_owned(),
            media: Vec::new(),
        };
        let now = self.now();
        match self.write(|tx| services::receive_text(tx, gateway, &text, now)) {
            Received::Stored { conversation, .. } => conversation,
            Received::Repeated => panic!("this text is new"),
        }
    }

    /// Makes somebody responsible, whoever they are: nobody did it, nobody had to be allowed to, nobody is told.
    pub fn assign(&self, conversation: ConversationId, user: UserId) {
        let now = self.now();
        let new =
            NewAssignment { conversation_id: conversation, user_id: user, reason: AssignmentReason::Picked, by: None };
        self.write(|tx| Ok(assignments::insert(tx, &new, now)?));
    }

    /// A client record with this phone, held by these people.
    pub fn client(&self, first_name: &str, phone: &str, holders: &[UserId]) -> ClientId {
        let now = self.now();
        let status = self.number_in("lead_statuses", "min(id)");
        let positions = self.numbers("select id as number from positions order by id");
        assert!(holders.len() <= positions.len(), "one person a position");
        let new = Fields {
            first_name: first_name.to_owned(),
            last_name: "Client".to_owned(),
            lead_status_id: status,
            ..Fields::default()
        };
        let phone = ClientPhone { kind: PhoneKind::Mobile, phone: phone.to_owned(), texting: true };
        self.write(|tx| {
            let id = clients::insert(tx, &new, now)?;
            client_phones::replace(tx, id, std::slice::from_ref(&phone))?;
            for (user, position) in holders.iter().zip(&positions) {
                client_positions::hold(tx, id, *position, *user)?;
            }
            Ok(id)
        })
    }

    fn first_number(&self) -> (GatewayKind, String) {
        let numbers = self.read(gateways::numbers);
        let first = numbers.first().expect("we have a number");
        (first.gateway, first.phone.clone())
    }
}
