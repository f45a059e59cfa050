use std::collections::BTreeMap;

/// What the fields stand for in one text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MergeValues {
    by_field: BTreeMap<String, String>,
}

impl MergeValues {
    /// Lines become parts of one, blanks are single. A blank value is none.
    pub fn set(&mut self, field: &str, value: &str) {
        let lines = value.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
        let value = lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join(", ");
        if value.is_empty() {
            self.by_field.remove(field);
        } else {
            self.by_field.insert(field.to_owned(), value);
        }
    }

    /// A person's name and first name, as the fields `WHO.name` and `WHO.first_name`.
    pub fn set_person(&mut self, who: &str, name: &str) {
        self.set(&format!("{who}.name"), name);
        self.set(&format!("{who}.first_name"), name.split_whitespace().next().unwrap_or_default());
    }

    /// Forgets what is not for the eyes of who writes.
    pub fn retain(&mut self, keep: impl Fn(&str) -> bool) {
        self.by_field.retain(|field, _| keep(field));
    }

    pub fn get(&self, field: &str) -> Option<&str> {
        self.by_field.get(field).map(String::as_str)
    }
}
