use askama::Template;

use super::Face;

/// Which entry of the main menu a page belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    Conversations,
    Clients,
    Automations,
    Notifications,
    Settings,
    Simulator,
}

impl Section {
    const fn word(self) -> &'static str {
        match self {
            Self::Conversations => "conversations",
            Self::Clients => "clients",
            Self::Automations => "automations",
            Self::Notifications => "notifications",
            Self::Settings => "settings",
            Self::Simulator => "simulator",
        }
    }
}

/// What surrounds every page of somebody who is signed in.
#[derive(Debug, Clone)]
pub struct Shell {
    pub company_name: String,
    pub user: Face,
    pub role_name: String,
    pub section: Section,
    /// False for *No access*: the entry is then absent.
    pub shows_conversations: bool,
    /// They may open client records, all or some.
    pub shows_clients: bool,
    /// They manage automations.
    pub shows_automations: bool,
    /// Only with the simulator gateway and *Manage company settings*.
    pub shows_simulator: bool,
    /// Which pages of the settings are there for them.
    pub settings: SettingsMenu,
    pub bell: Bell,
    /// Version of the static files, for `?v=`.
    pub assets: String,
}

impl Shell {
    /// For `aria-current` in the menu; `section` is a word of `Section::word`.
    pub fn is_in(&self, section: &str) -> bool {
        self.section.word() == section
    }
}

/// The pages of the settings that not everybody has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SettingsMenu {
    /// Users, roles.
    pub people: bool,
    /// Company, positions, lead statuses.
    pub company: bool,
    /// Saved replies.
    pub templates: bool,
    pub audit: bool,
}

/// What surrounds the pages of somebody who is not signed in.
#[derive(Debug, Clone)]
pub struct Bare {
    /// "Crewline" before the company exists.
    pub company_name: String,
    pub assets: String,
}

/// The unread count beside *Notifications*. Answers `GET /notifications/count`.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "notifications/_bell.html")]
pub struct Bell {
    /// "3", "99+"; none when everything is read.
    pub count: Option<String>,
}

impl Bell {
    /// From a count that stopped at 100.
    pub fn of(unread: i64) -> Self {
        Self {
            count: match unread {
                ..=0 => None,
                1..=99 => Some(unread.to_string()),
                _ => Some("99+".to_owned()),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Bell;

    #[test]
    fn the_bell_is_silent_at_nothing_and_stops_counting_at_a_hundred() {
        assert_eq!(Bell::of(0).count, None);
        assert_eq!(Bell::of(99).count.as_deref(), Some("99"));
        assert_eq!(Bell::of(100).count.as_deref(), Some("99+"));
    }
}
