use super::*;

mod finding;
mod sending;

const MESSAGES: &str = "/2010-04-01/Accounts/AC1/Messages.json";

fn gateway_at(base_url: &str) -> TwilioGateway {
    let account = TwilioAccount::new("AC1", "secret", base_url).unwrap();
    let short = Duration::from_millis(300);
    TwilioGateway::with_time_outs(account, short, short).unwrap()
}

fn hello() -> OutboundText {
    OutboundText {
        from: "+15550100".into(),
        to: "+15550101".into(),
        body: "Hello & good day".into(),
        status_callback: None,
    }
}
