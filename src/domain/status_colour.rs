use super::text_enum;

text_enum! {
    /// What a lead status is drawn in, light and dark. Green is not among them: that is the assign plus alone.
    pub enum StatusColour {
        Blue = "blue",
        Teal = "teal",
        Indigo = "indigo",
        Violet = "violet",
        Pink = "pink",
        Red = "red",
        Amber = "amber",
        Slate = "slate",
        Grey = "grey",
    }
}

impl StatusColour {
    /// As people choose it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Blue => "Blue",
            Self::Teal => "Teal",
            Self::Indigo => "Indigo",
            Self::Violet => "Violet",
            Self::Pink => "Pink",
            Self::Red => "Red",
            Self::Amber => "Amber",
            Self::Slate => "Slate",
            Self::Grey => "Grey",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::StatusColour;

    #[test]
    fn the_style_sheet_knows_every_colour() {
        let css = include_str!("../../static/css/status.css");
        for colour in StatusColour::ALL {
            assert!(css.contains(&format!(".status-{colour} {{")), "{colour}");
        }
    }
}
