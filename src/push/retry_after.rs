use chrono::{DateTime, Duration, NaiveDateTime};

/// The longest wait we believe: a push service that asks for more is asked again after a day.
const LONGEST_WAIT_SECONDS: i64 = 24 * 60 * 60;

/// How long a Retry-After header asks us to wait: seconds, or a date (RFC 9110 §10.2.3, with the
/// two older forms of §5.6.7). A date that has passed is no wait; what is neither is ignored.
pub(super) fn retry_after(header: &str, now: NaiveDateTime) -> Option<Duration> {
    let header = header.trim();
    let seconds = if !header.is_empty() && header.bytes().all(|byte| byte.is_ascii_digit()) {
        header.parse().unwrap_or(LONGEST_WAIT_SECONDS)
    } else {
        (date(header)? - now).num_seconds()
    };
    Duration::try_seconds(seconds.clamp(0, LONGEST_WAIT_SECONDS))
}

fn date(header: &str) -> Option<NaiveDateTime> {
    DateTime::parse_from_rfc2822(header)
        .map(|date| date.naive_utc())
        .or_else(|_| NaiveDateTime::parse_from_str(header, "%A, %d-%b-%y %H:%M:%S GMT"))
        .or_else(|_| NaiveDateTime::parse_from_str(header, "%a %b %e %H:%M:%S %Y"))
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn that_morning() -> NaiveDateTime {
        NaiveDateTime::parse_from_str("1994-11-06 08:49:00", "%Y-%m-%d %H:%M:%S").expect("time")
    }

    #[test]
    fn seconds_and_all_three_forms_of_a_date_are_understood() {
        for (header, seconds) in [
            ("0", Some(0)),
            ("120", Some(120)),
            (" 7 ", Some(7)),
            ("99999999999999999999999", Some(86_400)),
            ("Sun, 06 Nov 1994 08:49:37 GMT", Some(37)),
            ("Sunday, 06-Nov-94 08:49:37 GMT", Some(37)),
            ("Sun Nov  6 08:49:37 1994", Some(37)),
            ("Sun, 06 Nov 1994 08:00:00 GMT", Some(0)),
            ("Fri, 06 Nov 2094 08:00:00 GMT", None),
            ("Sat, 06 Nov 2094 08:00:00 GMT", Some(86_400)),
            ("-5", None),
            ("soon", None),
            ("", None),
        ] {
            let waited = retry_after(header, that_morning()).map(|wait| wait.num_seconds());
            assert_eq!(waited, seconds, "{header}");
        }
    }

    proptest! {
        #[test]
        fn any_header_gets_an_answer_of_a_day_at_most(header in ".{0,60}") {
            if let Some(wait) = retry_after(&header, that_morning()) {
                prop_assert!(wait >= Duration::zero() && wait <= Duration::days(1));
            }
        }
    }
}
