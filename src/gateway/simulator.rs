use super::{Accepted, InboundText, OutboundText, SendError, SmsGateway};
use crate::domain::{DeliveryStatus, GatewayKind};
use async_trait::async_trait;
use chrono::NaiveDateTime;

/// Gateway for trying things out: the receiver is the phone on the screen, so every text arrives at once
/// and nothing leaves the machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct SimulatorGateway;

impl SimulatorGateway {
    /// A provider id for a text typed on the phone on the screen, unique like those of texts that leave.
    pub fn new_message_id() -> String {
        format!("sim-{:032x}", rand::random::<u128>())
    }
}

#[async_trait]
impl SmsGateway for SimulatorGateway {
    fn kind(&self) -> GatewayKind {
        GatewayKind::Simulator
    }

    async fn send(&self, _text: &OutboundText) -> Result<Accepted, SendError> {
        Ok(Accepted { provider_message_id: Self::new_message_id(), status: DeliveryStatus::Delivered })
    }

    /// The phone on the screen reads our own database, so a text that is stored has arrived.
    async fn find_sent(&self, _text: &OutboundText, _since: NaiveDateTime) -> Result<Option<Accepted>, SendError> {
        Ok(Some(Accepted { provider_message_id: Self::new_message_id(), status: DeliveryStatus::Delivered }))
    }

    async fn received_since(&self, _our_number: &str, _since: NaiveDateTime) -> Result<Vec<InboundText>, SendError> {
        Ok(Vec::new())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hello() -> OutboundText {
        OutboundText { from: "+15550100".into(), to: "+15550101".into(), body: "hello".into(), status_callback: None }
    }

    #[tokio::test]
    async fn the_phone_on_the_screen_receives_at_once() {
        let sent = SimulatorGateway.send(&hello()).await.unwrap();
        assert_eq!(sent.status, DeliveryStatus::Delivered);
    }

    #[tokio::test]
    async fn the_same_text_twice_is_two_messages() {
        let first = SimulatorGateway.send(&hello()).await.unwrap();
        let second = SimulatorGateway.send(&hello()).await.unwrap();
        assert_ne!(first.provider_message_id, second.provider_message_id);
    }

    #[tokio::test]
    async fn nothing_is_ever_left_to_reconcile_or_to_catch_up() {
        let since = NaiveDateTime::default();
        let found = SimulatorGateway.find_sent(&hello(), since).await.unwrap();
        assert_eq!(found.map(|text| text.status), Some(DeliveryStatus::Delivered));
        assert_eq!(SimulatorGateway.received_since("+15550100", since).await, Ok(Vec::new()));
    }
}
