use super::text_enum;

text_enum! {
    /// A line of a phone's consent record.
    pub enum ConsentKind {
        /// From now on nothing is sent to it.
        OptedOut = "opted_out",
        OptedIn = "opted_in",
        /// A person notes that the client agreed, on the phone or on paper.
        ConsentGiven = "consent_given",
        /// A person confirms that the client asked in words of their own for no more texts. Nothing is sent from now on.
        ConsentWithdrawn = "consent_withdrawn",
    }
}

text_enum! {
    /// How we know.
    pub enum ConsentSource {
        /// The client texted STOP or START.
        Text = "text",
        /// The gateway refused a text to who had told it STOP.
        Gateway = "gateway",
        /// One of us.
        Staff = "staff",
        /// It came with a file of clients.
        Import = "import",
    }
}

impl ConsentSource {
    /// The client said it themselves, so only they take it back.
    pub const fn is_the_clients_own(self) -> bool {
        matches!(self, Self::Text | Self::Gateway)
    }
}

text_enum! {
    /// What a person answers to a text that reads like a wish to stop.
    pub enum FlagAnswer {
        OptOut = "opt_out",
        KeepTexting = "keep_texting",
    }
}
