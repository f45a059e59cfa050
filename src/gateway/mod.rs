//! How texts leave and reach us: one trait, and a folder or file for each kind of gateway.
//!
//! A gateway speaks with somebody else's server and reports honestly what became of a text, above all
//! when it does not know. It must not know the database, who may see what, or what a screen looks like:
//! callers decide what a report means.

mod simulator;
mod texts;
pub mod twilio;

pub use simulator::SimulatorGateway;
pub use texts::{Accepted, DeliveryReport, InboundText, MediaReference, OutboundText, SendError};

use crate::domain::GatewayKind;
use async_trait::async_trait;
use chrono::NaiveDateTime;

/// Somebody who carries our texts.
#[async_trait]
pub trait SmsGateway: Send + Sync {
    fn kind(&self) -> GatewayKind;

    /// Hands over one text, once. After [`SendError::Unknown`] it must not be handed over again
    /// (`docs/decisions/0003`); ask [`SmsGateway::find_sent`] instead.
    async fn send(&self, text: &OutboundText) -> Result<Accepted, SendError>;

    /// Asks whether a text whose fate is unknown did arrive there. `since` (UTC) is when the attempt began.
    ///
    /// Of several equal texts the one closest to `since` is meant. `None` means "not there now": a text may
    /// still turn up minutes later.
    async fn find_sent(&self, text: &OutboundText, since: NaiveDateTime) -> Result<Option<Accepted>, SendError>;

    /// Texts that came in at one of our numbers since then (UTC), oldest first: the catch-up after downtime.
    /// Most of them are known already; their provider ids tell.
    async fn received_since(&self, our_number: &str, since: NaiveDateTime) -> Result<Vec<InboundText>, SendError>;
}
