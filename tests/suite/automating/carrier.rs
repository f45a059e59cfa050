//! A gateway that answers as a test wants it to.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use chrono::NaiveDateTime;
use crewline::domain::{DeliveryStatus, GatewayKind};
use crewline::gateway::{Accepted, InboundText, OutboundText, SendError, SimulatorGateway, SmsGateway};

#[derive(Default)]
pub struct Carrier {
    answers: Mutex<VecDeque<SendError>>,
    knows: Mutex<bool>,
}

impl Carrier {
    /// To the first texts it answers this, from then on it takes what comes.
    pub fn answering(errors: impl IntoIterator<Item = SendError>) -> Arc<Carrier> {
        Arc::new(Carrier { answers: Mutex::new(errors.into_iter().collect()), knows: Mutex::new(false) })
    }

    /// Asked for a text, it has it from now on.
    pub fn finds(&self) {
        *self.knows.lock().expect("no panic") = true;
    }
}

pub fn refused() -> SendError {
    SendError::Refused { code: Some("21211".to_owned()), words: "No such phone.".to_owned() }
}

pub fn opted_out() -> SendError {
    SendError::OptedOut { code: Some("21610".to_owned()) }
}

pub fn unknown() -> SendError {
    SendError::Unknown { words: "It did not answer in time.".to_owned() }
}

pub fn down() -> SendError {
    SendError::Retry { after: None, words: "It is down.".to_owned() }
}

fn taken() -> Accepted {
    Accepted { provider_message_id: SimulatorGateway::new_message_id(), status: DeliveryStatus::Sent }
}

#[async_trait]
impl SmsGateway for Carrier {
    fn kind(&self) -> GatewayKind {
        GatewayKind::Simulator
    }

    async fn send(&self, _: &OutboundText) -> Result<Accepted, SendError> {
        self.answers.lock().expect("no panic").pop_front().map_or_else(|| Ok(taken()), Err)
    }

    async fn find_sent(&self, _: &OutboundText, _: NaiveDateTime) -> Result<Option<Accepted>, SendError> {
        Ok(self.knows.lock().expect("no panic").then(taken))
    }

    async fn received_since(&self, _: &str, _: NaiveDateTime) -> Result<Vec<InboundText>, SendError> {
        Ok(Vec::new())
    }
}
