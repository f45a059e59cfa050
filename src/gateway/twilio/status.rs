use super::form::{BadHook, HookForm};
use crate::domain::DeliveryStatus;
use crate::gateway::DeliveryReport;

/// Reads a status callback: the account it is for (empty if the hook names none) and the report.
pub fn parse_status(raw: &[u8]) -> Result<(String, DeliveryReport), BadHook> {
    let form = HookForm::parse(raw);
    let word = form.required(&["MessageStatus", "SmsStatus"])?;
    let report = DeliveryReport {
        provider_message_id: form.required(&["MessageSid", "SmsMessageSid", "SmsSid"])?.to_owned(),
        status: delivery_status(word).ok_or(BadHook::UnknownStatus)?,
        error_code: form.word(&["ErrorCode"]).filter(|code| *code != "0").map(str::to_owned),
    };
    let account_sid = form.word(&["AccountSid"]).unwrap_or_default().to_owned();
    Ok((account_sid, report))
}

/// Twilio's word for a state in ours; `None` for a word that is newer than this list.
pub(super) fn delivery_status(word: &str) -> Option<DeliveryStatus> {
    Some(match word {
        "accepted" | "scheduled" => DeliveryStatus::Accepted,
        "queued" => DeliveryStatus::Queued,
        "sending" => DeliveryStatus::Sending,
        // Some parts arrived: more than failed, less than delivered.
        "sent" | "partially_delivered" => DeliveryStatus::Sent,
        "delivered" => DeliveryStatus::Delivered,
        "read" => DeliveryStatus::Read,
        "undelivered" => DeliveryStatus::Undelivered,
        "failed" | "canceled" => DeliveryStatus::Failed,
        "receiving" | "received" => DeliveryStatus::Received,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_word_of_twilio_has_one_of_ours() {
        use DeliveryStatus::*;
        for (word, ours) in [
            ("queued", Queued),
            ("accepted", Accepted),
            ("scheduled", Accepted),
            ("sending", Sending),
            ("sent", Sent),
            ("partially_delivered", Sent),
            ("delivered", Delivered),
            ("undelivered", Undelivered),
            ("failed", Failed),
            ("canceled", Failed),
            ("read", Read),
            ("receiving", Received),
            ("received", Received),
        ] {
            let raw = format!("MessageSid=SM1&AccountSid=AC1&MessageStatus={word}");
            let (account, report) = parse_status(raw.as_bytes()).unwrap();
            assert_eq!(account, "AC1");
            assert_eq!(report.provider_message_id, "SM1");
            assert_eq!(report.status, ours, "{word}");
        }
    }

    #[test]
    fn the_error_code_comes_along_unless_there_is_none() {
        let code = |rest: &str| {
            parse_status(format!("MessageSid=SM1&MessageStatus=failed{rest}").as_bytes()).unwrap().1.error_code
        };
        assert_eq!(code("&ErrorCode=30006"), Some("30006".into()));
        assert_eq!(code("&ErrorCode="), None);
        assert_eq!(code("&ErrorCode=0"), None);
        assert_eq!(code(""), None);
    }

    #[test]
    fn older_names_are_understood() {
        let (_, report) = parse_status(b"SmsSid=SM1&SmsStatus=delivered").unwrap();
        assert_eq!(report.provider_message_id, "SM1");
        assert_eq!(report.status, DeliveryStatus::Delivered);
    }

    #[test]
    fn a_word_nobody_knows_is_told_apart_from_a_missing_one() {
        assert_eq!(parse_status(b"MessageSid=SM1&MessageStatus=teleported"), Err(BadHook::UnknownStatus));
        assert_eq!(parse_status(b"MessageSid=SM1"), Err(BadHook::Missing { field: "MessageStatus" }));
        assert_eq!(parse_status(b"MessageStatus=sent"), Err(BadHook::Missing { field: "MessageSid" }));
    }

    proptest! {
        #[test]
        fn whatever_bytes_arrive_reading_them_never_panics(raw in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = parse_status(&raw);
        }
    }
}
