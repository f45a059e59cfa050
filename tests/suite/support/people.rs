//! The staff of a test's app.

use crewline::domain::{BuiltInRole, Permissions, Plan, RoleId, UserId};
use crewline::services::{self, By, Change, CompanyChange, NewPerson};
use crewline::store::roles;
use crewline::store::users::{self, NewUser};

use super::app::TestApp;
use super::company::{OWNER, password_hash};

impl TestApp {
    /// The Owner who is there from the start.
    pub fn owner(&self) -> UserId {
        self.user_named(OWNER)
    }

    /// The id of somebody who is there.
    pub fn user_named(&self, name: &str) -> UserId {
        let everybody = self.read(users::all);
        everybody.iter().find(|user| user.name == name).unwrap_or_else(|| panic!("there is no {name}")).id
    }

    /// Somebody new, with a built-in role.
    pub fn user(&self, name: &str, role: BuiltInRole) -> UserId {
        let (email, now) = (email_of(name), self.now());
        let new = NewPerson { name, email: &email, password_hash: password_hash(), role };
        self.write(|tx| services::add_user(tx, &new, now))
    }

    /// Somebody new, in a role of their own with exactly these permissions.
    pub fn user_with(&self, name: &str, may: Permissions) -> UserId {
        self.user_in(name, self.role(&format!("Role of {name}"), may))
    }

    /// Somebody new, with this role.
    pub fn user_in(&self, name: &str, role_id: RoleId) -> UserId {
        let (email, now) = (email_of(name), self.now());
        let new = NewUser { name, email: &email, password_hash: password_hash(), role_id };
        self.write(|tx| Ok(users::insert(tx, &new, now)?))
    }

    /// A role that nobody has yet.
    pub fn role(&self, name: &str, may: Permissions) -> RoleId {
        self.write(|tx| Ok(roles::insert(tx, name, None, &may)?))
    }

    /// The id of a role that is there.
    pub fn role_named(&self, name: &str) -> RoleId {
        let roles = self.read(roles::all);
        roles.iter().find(|role| role.name == name).unwrap_or_else(|| panic!("there is no role {name}")).id
    }

    /// Gives the role of this user other permissions.
    pub fn set_permissions(&self, user: UserId, may: Permissions) {
        self.write(|tx| {
            let found = users::find(tx, user)?.expect("they are here");
            Ok(roles::set_permissions(tx, found.role_id, &may)?)
        });
    }

    pub fn set_active(&self, user: UserId, active: bool) {
        let everybody = self.read(users::all);
        let admin = everybody.into_iter().find(|one| one.active && one.may.see_audit && one.id != user);
        let by = By { user: admin.expect("an Owner is here"), address: String::new() };
        let (now, change) = (self.now(), Change { active: Some(active), ..Change::default() });
        self.write(|tx| services::change_user(tx, &by, user, &change, now));
    }

    /// The Owner chooses another plan.
    pub fn set_plan(&self, plan: Plan) {
        let (owner, now) = (self.owner(), self.now());
        let change = CompanyChange { plan: Some(plan), ..CompanyChange::default() };
        self.write(|tx| {
            let user = users::find(tx, owner)?.expect("they are here");
            services::update_company(tx, &By { user, address: String::new() }, &change, now)
        });
    }

    /// What this user signs in with.
    pub fn email(&self, user: UserId) -> String {
        self.read(|c| users::find(c, user)).expect("they are here").email
    }
}

/// "Michael Scott" signs in as michael.scott@crew.example.
fn email_of(name: &str) -> String {
    format!("{}@crew.example", name.to_lowercase().replace(' ', "."))
}
