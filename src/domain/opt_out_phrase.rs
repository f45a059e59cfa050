use super::keyword::plain;

/// Sequences of words by which people ask in a sentence not to be texted.
const PHRASES: &[&str] = &[
    "unsubscribe",
    "opt out",
    "optout",
    "opt me out",
    "stop texting",
    "stop messaging",
    "stop sending",
    "stop contacting",
    "stop writing",
    "stop bothering",
    "stop spamming",
    "stop these texts",
    "stop these messages",
    "stop the texts",
    "stop the messages",
    "stop all texts",
    "stop all messages",
    "quit texting",
    "quit messaging",
    "quit sending",
    "quit contacting",
    "dont text",
    "do not text",
    "dont message",
    "do not message",
    "dont contact",
    "do not contact",
    "dont send me any",
    "do not send me any",
    "no more texts",
    "no more messages",
    "remove me",
    "remove my number",
    "remove this number",
    "delete my number",
    "lose my number",
    "take me off",
    "take my number off",
    "leave me alone",
];

/// Whole messages that are nearly a keyword.
const MESSAGES: &[&str] = &[
    "please stop",
    "stop please",
    "pls stop",
    "stop pls",
    "stop it",
    "just stop",
    "stop now",
    "stop stop",
    "stop stop stop",
    "please cancel",
    "please end",
    "please quit",
];

/// Whether a sentence, such as "please stop texting me", seems to ask for an opt-out.
///
/// A person confirms: a guess must neither lock the composer nor be lost. Exact keywords are
/// [`Keyword`](super::Keyword)'s business and need no confirmation.
pub fn looks_like_opt_out(body: &str) -> bool {
    let body = plain(body);
    if super::Keyword::of(&body, false).is_some() {
        return false;
    }
    let padded = format!(" {body} ");
    MESSAGES.contains(&body.as_str()) || PHRASES.iter().any(|phrase| padded.contains(&format!(" {phrase} ")))
}

#[cfg(test)]
mod tests {
    use super::looks_like_opt_out;

    #[test]
    fn sentences_that_ask_for_an_opt_out_are_flagged() {
        for body in [
            "please stop texting me",
            "STOP TEXTING ME!!!",
            "Please stop.",
            "Don’t text me again",
            "don't contact this number",
            "Take me off your list",
            "I want to opt out",
            "I want to opt-out of this",
            "unsubscribe me",
            "Wrong person, remove my number please",
        ] {
            assert!(looks_like_opt_out(body), "{body}");
        }
    }

    #[test]
    fn ordinary_sentences_are_not() {
        for body in [
            "Can you stop by at 5?",
            "please stop by tomorrow",
            "The rain won't stop",
            "When does the work end?",
            "I have to cancel Tuesday, sorry",
            "Can you text me the stop and end times?",
            "",
            "👍",
        ] {
            assert!(!looks_like_opt_out(body), "{body}");
        }
    }

    #[test]
    fn an_exact_keyword_is_no_guess() {
        for body in ["STOP", "unsubscribe", "opt out", "Opt-out."] {
            assert!(!looks_like_opt_out(body), "{body}");
        }
    }
}
