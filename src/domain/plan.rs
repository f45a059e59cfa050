use super::text_enum;

text_enum! {
    /// What the company has booked; each plan includes those before it.
    pub enum Plan {
        Starter = "starter",
        Growth = "growth",
        Pro = "pro",
    }
}

impl Plan {
    /// Texting starts with Growth.
    pub fn has_sms(self) -> bool {
        self >= Self::Growth
    }

    /// As people read it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Starter => "Starter",
            Self::Growth => "Growth",
            Self::Pro => "Pro",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Plan;

    #[test]
    fn sms_exists_from_the_growth_plan_on() {
        assert!(!Plan::Starter.has_sms());
        assert!(Plan::Growth.has_sms() && Plan::Pro.has_sms());
    }
}
