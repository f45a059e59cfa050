use super::text_enum;

text_enum! {
    /// How far a text has come.
    pub enum DeliveryStatus {
        /// Inbound; nothing comes after it.
        Received = "received",
        /// Stored, and not yet given to the gateway.
        Waiting = "waiting",
        /// The request left and no answer came back: it may or may not have been sent.
        Unknown = "unknown",
        Accepted = "accepted",
        Queued = "queued",
        Sending = "sending",
        Sent = "sent",
        Failed = "failed",
        Undelivered = "undelivered",
        /// Never left us: the phone has opted out.
        Blocked = "blocked",
        Delivered = "delivered",
        Read = "read",
    }
}

impl DeliveryStatus {
    /// Reports arrive twice and out of order, so a status only moves forward by rank.
    ///
    /// *Delivered* outranks *failed*: gateways do correct themselves that way round.
    pub fn may_become(self, next: Self) -> bool {
        match (self.rank(), next.rank()) {
            (Some(now), Some(then)) => then > now,
            _ => false,
        }
    }

    /// Inbound texts have no rank: they are delivered by being here.
    const fn rank(self) -> Option<u8> {
        Some(match self {
            Self::Received => return None,
            Self::Waiting => 0,
            Self::Unknown => 1,
            Self::Accepted => 2,
            Self::Queued => 3,
            Self::Sending => 4,
            Self::Sent => 5,
            Self::Failed | Self::Undelivered | Self::Blocked => 6,
            Self::Delivered => 7,
            Self::Read => 8,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::DeliveryStatus::{self, *};

    const FORWARD: [&[DeliveryStatus]; 9] = [
        &[Waiting],
        &[Unknown],
        &[Accepted],
        &[Queued],
        &[Sending],
        &[Sent],
        &[Failed, Undelivered, Blocked],
        &[Delivered],
        &[Read],
    ];

    #[test]
    fn a_status_moves_forward_by_rank_and_never_back_or_sideways() {
        for (i, here) in FORWARD.iter().enumerate() {
            for (j, there) in FORWARD.iter().enumerate() {
                for now in *here {
                    for next in *there {
                        assert_eq!(now.may_become(*next), j > i, "{now} to {next}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_received_text_stays_received() {
        for &other in DeliveryStatus::ALL {
            assert!(!Received.may_become(other), "received to {other}");
            assert!(!other.may_become(Received), "{other} to received");
        }
    }
}
