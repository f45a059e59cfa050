use super::text_enum;

text_enum! {
    /// Who carries the texts of a number.
    pub enum GatewayKind {
        /// A phone on the screen; no text leaves the house.
        Simulator = "simulator",
        Twilio = "twilio",
    }
}
