use crate::domain::fold;

/// How a phone is told that it may opt out.
const OPT_OUT_LINE: &str = "Reply STOP to opt out.";

/// The first automated text to a phone says who writes and how to opt out. What the text says already is not said again.
pub fn introduced(text: &str, company: &str) -> String {
    let (said, name) = (fold(text), fold(company.trim()));
    let mut whole = String::new();
    if !name.is_empty() && !said.contains(&name) {
        whole.push_str(company.trim());
        whole.push_str(": ");
    }
    whole.push_str(text);
    if !names_the_way_out(&said) {
        whole.push('\n');
        whole.push_str(OPT_OUT_LINE);
    }
    whole
}

fn names_the_way_out(folded: &str) -> bool {
    ["reply stop", "text stop", "send stop"].iter().any(|way| folded.contains(way))
}

#[cfg(test)]
mod tests {
    use super::introduced;

    #[test]
    fn a_first_text_names_the_company_and_the_way_out_once() {
        for (text, whole) in [
            ("See you at 9.", "Summit Ridge Roofing: See you at 9.\nReply STOP to opt out."),
            ("SUMMIT RIDGE ROOFING here.", "SUMMIT RIDGE ROOFING here.\nReply STOP to opt out."),
            ("Hi. Text STOP to end.", "Summit Ridge Roofing: Hi. Text STOP to end."),
            ("Summit Ridge Roofing: hi. Reply Stop to opt out.", "Summit Ridge Roofing: hi. Reply Stop to opt out."),
            ("We stop by at 9.", "Summit Ridge Roofing: We stop by at 9.\nReply STOP to opt out."),
        ] {
            assert_eq!(introduced(text, "Summit Ridge Roofing"), whole);
        }
        assert_eq!(introduced("Hi", "  "), "Hi\nReply STOP to opt out.");
    }
}
