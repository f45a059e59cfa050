//! Users: somebody on staff who can sign in.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::conversations::words;
use super::roles::{PermissionColumns, permission_columns};
use super::schema::{roles, users};
use super::{DbConnection, Stored, Writer};
use crate::domain::{BuiltInRole, ConversationView, Permissions, RoleId, UserId, fold};

#[derive(Debug, Clone)]
pub struct User {
    pub id: UserId,
    pub name: String,
    pub email: String,
    pub active: bool,
    pub view: ConversationView,
    pub role_id: RoleId,
    pub role: String,
    pub may: Permissions,
}

pub struct NewUser<'a> {
    pub name: &'a str,
    pub email: &'a str,
    pub password_hash: &'a str,
    pub role_id: RoleId,
}

pub(super) type Row = (UserId, String, String, bool, ConversationView, RoleId, String, PermissionColumns);

pub(super) fn user((id, name, email, active, view, role_id, role, may): Row) -> User {
    User { id, name, email, active, view, role_id, role, may: may.into() }
}

macro_rules! select_users {
    () => {
        users::table.inner_join(roles::table).select((
            users::id,
            users::name,
            users::email,
            users::active,
            users::conversation_view,
            users::role_id,
            roles::name,
            permission_columns!(),
        ))
    };
}

pub(super) use select_users;

pub fn find(connection: &mut DbConnection, id: UserId) -> Stored<Option<User>> {
    Ok(select_users!().filter(users::id.eq(id)).first::<Row>(connection).optional()?.map(user))
}

/// Everybody, also who is not active, in the order of names.
pub fn all(connection: &mut DbConnection) -> Stored<Vec<User>> {
    let rows: Vec<Row> = select_users!().order((users::name, users::id)).load(connection)?;
    Ok(rows.into_iter().map(user).collect())
}

pub fn any(connection: &mut DbConnection) -> Stored<bool> {
    Ok(diesel::select(diesel::dsl::exists(users::table.select(users::id))).get_result(connection)?)
}

/// Up to two of those who are active and have the built-in role Owner: enough to know the last one.
pub fn active_owners(connection: &mut DbConnection) -> Stored<Vec<UserId>> {
    Ok(users::table
        .inner_join(roles::table)
        .filter(users::active.eq(true).and(roles::built_in.eq(BuiltInRole::Owner.as_str())))
        .order(users::id)
        .limit(2)
        .select(users::id)
        .load(connection)?)
}

/// The hash of somebody's password.
pub fn password_hash(connection: &mut DbConnection, id: UserId) -> Stored<Option<String>> {
    Ok(users::table.find(id).select(users::password_hash).first(connection).optional()?)
}

/// Id, password hash and whether active, for signing in.
pub fn credentials(connection: &mut DbConnection, email: &str) -> Stored<Option<(UserId, String, bool)>> {
    Ok(users::table
        .filter(users::email.eq(account(email)))
        .select((users::id, users::password_hash, users::active))
        .first(connection)
        .optional()?)
}

/// The longest address there can be (RFC 5321, 4.5.3.1.3).
pub const LONGEST_EMAIL: usize = 254;

/// An e-mail address as an account's name: case and spaces do not matter, nor what is too long to be one.
pub fn account(email: &str) -> String {
    fold(email.trim()).chars().take(LONGEST_EMAIL).collect()
}

pub fn insert(tx: &mut Writer<'_>, new: &NewUser<'_>, now: NaiveDateTime) -> Stored<UserId> {
    let (name, email) = (new.name.trim(), account(new.email));
    Ok(diesel::insert_into(users::table)
        .values((
            users::name.eq(name),
            users::search_terms.eq(search_terms(name, &email)),
            users::email.eq(email),
            users::password_hash.eq(new.password_hash),
            users::role_id.eq(new.role_id),
            users::active.eq(true),
            users::conversation_view.eq(ConversationView::All),
            users::created_at.eq(now),
        ))
        .returning(users::id)
        .get_result(&mut **tx)?)
}

pub fn set_view(tx: &mut Writer<'_>, id: UserId, view: ConversationView) -> Stored<()> {
    diesel::update(users::table.find(id)).set(users::conversation_view.eq(view)).execute(&mut **tx)?;
    Ok(())
}

pub fn set_name(tx: &mut Writer<'_>, id: UserId, name: &str) -> Stored<()> {
    let email: String = users::table.find(id).select(users::email).first(&mut **tx)?;
    diesel::update(users::table.find(id))
        .set((users::name.eq(name), users::search_terms.eq(search_terms(name, &email))))
        .execute(&mut **tx)?;
    Ok(())
}

pub fn set_role(tx: &mut Writer<'_>, id: UserId, role: RoleId) -> Stored<()> {
    diesel::update(users::table.find(id)).set(users::role_id.eq(role)).execute(&mut **tx)?;
    Ok(())
}

pub fn set_password(tx: &mut Writer<'_>, id: UserId, password_hash: &str) -> Stored<()> {
    diesel::update(users::table.find(id)).set(users::password_hash.eq(password_hash)).execute(&mut **tx)?;
    Ok(())
}

pub fn set_active(tx: &mut Writer<'_>, id: UserId, active: bool) -> Stored<()> {
    diesel::update(users::table.find(id)).set(users::active.eq(active)).execute(&mut **tx)?;
    Ok(())
}

/// What somebody is found by: the folded words of name and address.
fn search_terms(name: &str, email: &str) -> String {
    words(&format!("{name} {email}")).join(" ")
}
