use super::DeliveryStatus;

/// Why a text did not arrive, and what to do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FailedText {
    /// What happened.
    pub what: &'static str,
    /// What to do next.
    pub next: &'static str,
    /// The same words may be sent again, and it can help.
    pub may_retry: bool,
}

/// Our own codes, beside those of gateways.
pub mod code {
    /// The company's plan had no SMS.
    pub const PLAN: &str = "plan";
    /// The phone was blocked while the text waited.
    pub const PHONE_BLOCKED: &str = "phone";
    /// The gateway knows of an opt-out that we missed.
    pub const OPTED_OUT: &str = "21610";
    /// The run of the automation that sent it was stopped while the text waited.
    pub const RUN_STOPPED: &str = "automation";
    /// The gateway took no text for so long that this one would have come late.
    pub const TOO_LATE: &str = "late";
}

/// None for a text that has not failed. Of an *unknown* one nobody can say whether it did: it is never sent again.
pub fn failed_text(status: DeliveryStatus, code: Option<&str>) -> Option<FailedText> {
    let (otherwise, may_retry) = match status {
        DeliveryStatus::Failed => ("This text could not be sent.", true),
        DeliveryStatus::Undelivered => ("This text did not arrive.", true),
        DeliveryStatus::Blocked => return Some(blocked(code)),
        DeliveryStatus::Unknown => return Some(UNKNOWN),
        _ => return None,
    };
    let known = code.and_then(known);
    Some(known.unwrap_or(FailedText { what: otherwise, next: "Try again, or call.", may_retry }))
}

const UNKNOWN: FailedText = FailedText {
    what: "Nobody can say yet whether this text arrived.",
    next: "Ask them before you write it again.",
    may_retry: false,
};

/// It never left us. Once what held it back is over, it may be sent after all.
fn blocked(code: Option<&str>) -> FailedText {
    let (what, next) = match code {
        Some(code::PLAN) => ("This text was not sent.", "SMS was not in the company's plan then."),
        Some(code::PHONE_BLOCKED) => ("This phone was blocked, so the text was not sent.", ""),
        Some(code::RUN_STOPPED) => ("The automation was stopped, so the text was not sent.", ""),
        _ => ("This text was not sent.", "They opted out. Call, or wait until they text START."),
    };
    FailedText { what, next, may_retry: true }
}

/// What a gateway's code means. Source: Twilio's error dictionary.
pub fn known(code: &str) -> Option<FailedText> {
    let (may_retry, what, next) = match code {
        code::TOO_LATE => (true, "The gateway took no texts for four hours, so this one was not sent.", "Try again."),
        "21201" | "21211" | "21217" | "21401" | "21421" | "21604" => {
            (false, "This is not a valid phone number.", "Correct it, then send again.")
        }
        "21614" | "21635" => (false, "This phone cannot receive texts.", "Call, or ask for a mobile number."),
        "21408" => (
            false,
            "Texts to this country are switched off at the gateway.",
            "Call, or ask an Owner to allow the country there.",
        ),
        "21603" | "21606" | "21659" | "21660" => (
            false,
            "The gateway does not let us text from this number.",
            "Choose another number of ours, or ask an Owner to check Settings → Numbers & gateways.",
        ),
        "21612" => {
            (false, "The gateway has no route from our number to this phone.", "Try another number of ours, or call.")
        }
        "21617" => (false, "This text is too long.", "Shorten it to 1,600 characters, then send again."),
        "21602" | "21619" => (false, "This text is empty.", "Write something, then send again."),
        "21608" => (
            true,
            "The gateway account is on trial and only texts phones verified there.",
            "Ask an Owner to verify this phone or to upgrade the account, then try again.",
        ),
        code::OPTED_OUT => {
            (false, "This phone has opted out of texts.", "Call instead, or wait until they text START.")
        }
        "21611" | "30001" => (true, "Too many texts are waiting at the gateway.", "Try again in a few minutes."),
        "30002" => (true, "The gateway account is suspended.", "Ask an Owner to look into it there, then try again."),
        "30003" => (true, "The phone is switched off or out of reach.", "Try again later, or call."),
        "30004" => (false, "This phone or its carrier blocks our texts.", "Call instead."),
        "30005" => {
            (false, "This number seems not to be in use.", "Check it with the client, correct it, then send again.")
        }
        "30006" => (false, "This is a landline, which cannot receive texts.", "Call instead."),
        "30007" => (
            false,
            "The carrier filtered this text as spam.",
            "Do not repeat it: reword it, without short links or capitals, and say who you are.",
        ),
        "30008" => (true, "The carrier did not deliver this text and does not say why.", "Try again, or call."),
        "30032" => (
            true,
            "Our toll-free number is not verified yet, so carriers block its texts.",
            "Choose another number of ours, or ask an Owner to verify it at the gateway, then try again.",
        ),
        "30034" => (
            true,
            "Our number is not registered for business texts (10DLC), so carriers block it.",
            "Choose another number of ours, or ask an Owner to register it at the gateway, then try again.",
        ),
        _ => return None,
    };
    Some(FailedText { what, next, may_retry })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::DeliveryStatus::*;

    #[test]
    fn every_documented_error_says_what_to_do_next_and_whether_the_same_text_may_go_again() {
        for (code, next, may_retry) in [
            ("21211", "Correct it", false),
            ("21614", "Call", false),
            ("21408", "Call", false),
            ("21606", "another number", false),
            ("21659", "another number", false),
            ("21612", "call", false),
            ("21617", "Shorten", false),
            ("21608", "Owner", true),
            ("21610", "Call", false),
            ("30001", "Try again", true),
            ("30002", "Owner", true),
            ("30003", "call", true),
            ("30004", "Call", false),
            ("30005", "correct it", false),
            ("30006", "Call", false),
            ("30007", "reword", false),
            ("30008", "Try again", true),
            ("30032", "verify", true),
            ("30034", "register", true),
            (code::TOO_LATE, "Try again", true),
        ] {
            for status in [Failed, Undelivered] {
                let failed = failed_text(status, Some(code)).unwrap();
                assert!(failed.next.contains(next), "{code}: {}", failed.next);
                assert!(!failed.what.is_empty() && failed.may_retry == may_retry, "{code}");
            }
        }
    }

    #[test]
    fn what_nobody_knows_may_be_tried_again() {
        for code in [None, Some("1"), Some("")] {
            let failed = failed_text(Failed, code).unwrap();
            assert_eq!((failed.next, failed.may_retry), ("Try again, or call.", true));
        }
        assert_eq!(known("1"), None);
    }

    #[test]
    fn what_was_held_back_says_by_what() {
        for (code, words) in [
            (None, "They opted out. Call"),
            (Some("21610"), "They opted out. Call"),
            (Some(code::PLAN), "plan"),
            (Some(code::PHONE_BLOCKED), "blocked"),
        ] {
            let held = failed_text(Blocked, code).unwrap();
            assert!(format!("{} {}", held.what, held.next).contains(words), "{code:?}");
            assert!(held.may_retry, "once that is over");
        }
    }

    #[test]
    fn a_text_whose_fate_is_unknown_is_never_sent_again_and_one_on_its_way_has_not_failed() {
        assert!(!failed_text(Unknown, Some("30008")).unwrap().may_retry);
        for status in [Received, Waiting, Accepted, Queued, Sending, Sent, Delivered, Read] {
            assert_eq!(failed_text(status, Some("30003")), None, "{status}");
        }
    }
}
