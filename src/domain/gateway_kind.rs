use super::text_enum;

text_enum! {
    /// Who carries the texts of a number.
    pub enum GatewayKind {
        /// A phone on the screen; no text leaves the house.
        Simulator = "simulator",
        Twilio = "twilio",
    }
}

impl GatewayKind {
    /// As people read it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Simulator => "Phone simulator",
            Self::Twilio => "Twilio",
        }
    }
}
