//! Texts that came in while nobody listened: gateways retry little, so they are asked.

use chrono::Duration;

use super::Worker;
use crate::domain::GatewayKind;
use crate::gateway::SmsGateway;
use crate::services::{self, Received};
use crate::store::gateways;

/// Asked for a little more than we missed; what is known already is stored once only.
const OVERLAP: Duration = Duration::minutes(10);
/// Never asked for more than this.
const FURTHEST: Duration = Duration::days(2);

impl Worker {
    /// Fetches what the gateways received since they were last asked, and answers how many were new.
    pub async fn catch_up(&self) -> Result<usize, services::Error> {
        let mut new = 0;
        for gateway in self.gateways.iter().filter(|gateway| gateway.kind() != GatewayKind::Simulator) {
            new += self.catch_up_with(gateway.as_ref()).await?;
        }
        Ok(new)
    }

    async fn catch_up_with(&self, gateway: &dyn SmsGateway) -> Result<usize, services::Error> {
        let (kind, now) = (gateway.kind(), (self.clock)());
        let numbers = self.read(gateways::numbers).await?;
        let mut new = 0;
        for number in numbers.into_iter().filter(|number| number.gateway == kind) {
            let since = (number.caught_up_until - OVERLAP).max(now - FURTHEST);
            let texts = match gateway.received_since(&number.phone, since).await {
                Ok(texts) => texts,
                Err(error) => {
                    tracing::warn!(%kind, %error, "missed texts could not be asked for; trying again later");
                    continue;
                }
            };
            for text in texts {
                let received = self.write(move |tx| services::receive_text(tx, kind, &text, now)).await?;
                new += usize::from(received != Received::Repeated);
            }
            // Only now: whatever stopped us before is asked for again.
            self.write(move |tx| gateways::set_caught_up(tx, number.id, now)).await?;
        }
        Ok(new)
    }
}
