use crate::domain::BuiltInRole;

/// Somebody on the demo company's staff.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DemoUser {
    pub name: &'static str,
    pub email: &'static str,
    pub role: BuiltInRole,
}

/// One user of each role, and a second in sales.
pub const USERS: [DemoUser; 6] = [
    DemoUser { name: "Dana Whitaker", email: "owner@summitridge.example", role: BuiltInRole::Owner },
    DemoUser { name: "Alice Moreno", email: "manager@summitridge.example", role: BuiltInRole::BusinessManager },
    DemoUser { name: "Bob Lindqvist", email: "projects@summitridge.example", role: BuiltInRole::ProjectManager },
    DemoUser { name: "Priya Raman", email: "sales@summitridge.example", role: BuiltInRole::SalesPerson },
    DemoUser { name: "Michael Scott", email: "sales2@summitridge.example", role: BuiltInRole::SalesPerson },
    DemoUser { name: "Carl Jensen", email: "field@summitridge.example", role: BuiltInRole::FieldEmployee },
];

/// A user as scripts name them: by the e-mail address before the `@`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Person(usize);

impl Person {
    pub(super) fn named(word: &str) -> Option<Self> {
        USERS.iter().position(|user| user.email.split('@').next() == Some(word)).map(Self)
    }

    pub(super) fn index(self) -> usize {
        self.0
    }

    pub(super) fn name(self) -> &'static str {
        USERS.get(self.0).map(|user| user.name).unwrap_or_default()
    }

    pub(super) fn first_name(self) -> &'static str {
        USERS.get(self.0).and_then(|user| user.name.split(' ').next()).unwrap_or_default()
    }
}
