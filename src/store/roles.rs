//! Roles: named sets of permissions.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::{invites, roles, users};
use super::{DbConnection, Stored, Writer};
use crate::domain::{BuiltInRole, ClientAccess, ClientScope, Permissions, RoleId, SmsAccess, SmsDashboard, UserId};

/// The columns that make [`Permissions`], in the order of [`PermissionColumns`].
macro_rules! permission_columns {
    () => {{
        use $crate::store::schema::roles;
        (
            roles::sms_dashboard,
            roles::sms_access,
            roles::client_scope,
            roles::client_access,
            roles::may_assign,
            roles::manage_automations,
            roles::manage_users,
            roles::manage_company,
            roles::see_reports,
            roles::see_audit,
        )
    }};
}
pub(super) use permission_columns;

#[derive(Queryable)]
pub(super) struct PermissionColumns {
    sms_dashboard: SmsDashboard,
    sms_access: SmsAccess,
    client_scope: ClientScope,
    client_access: ClientAccess,
    may_assign: bool,
    manage_automations: bool,
    manage_users: bool,
    manage_company: bool,
    see_reports: bool,
    see_audit: bool,
}

impl From<PermissionColumns> for Permissions {
    fn from(row: PermissionColumns) -> Self {
        Self {
            sms_dashboard: row.sms_dashboard,
            sms_access: row.sms_access,
            client_scope: row.client_scope,
            client_access: row.client_access,
            may_assign: row.may_assign,
            manage_automations: row.manage_automations,
            manage_users: row.manage_users,
            manage_company: row.manage_company,
            see_reports: row.see_reports,
            see_audit: row.see_audit,
        }
    }
}

#[derive(Debug, Clone)]
pub struct Role {
    pub id: RoleId,
    pub name: String,
    pub built_in: Option<BuiltInRole>,
    pub may: Permissions,
}

type Row = (RoleId, String, Option<String>, PermissionColumns);

fn role((id, name, built_in, may): Row) -> Role {
    Role { id, name, built_in: built_in.and_then(|word| word.parse().ok()), may: may.into() }
}

/// The built-in ones first, in the order of their making.
pub fn all(connection: &mut DbConnection) -> Stored<Vec<Role>> {
    let columns = (roles::id, roles::name, roles::built_in, permission_columns!());
    let rows: Vec<Row> = roles::table.order(roles::id).select(columns).load(connection)?;
    Ok(rows.into_iter().map(role).collect())
}

/// In the order of their making, those after this one.
pub fn page(connection: &mut DbConnection, after: RoleId, limit: i64) -> Stored<Vec<Role>> {
    let columns = (roles::id, roles::name, roles::built_in, permission_columns!());
    let page = roles::table.filter(roles::id.gt(after)).order(roles::id).limit(limit);
    let rows: Vec<Row> = page.select(columns).load(connection)?;
    Ok(rows.into_iter().map(role).collect())
}

/// The roles of the staff, one entry a person, of these roles; for counting what is bounded.
pub fn held(connection: &mut DbConnection, among: &[RoleId], limit: i64) -> Stored<Vec<RoleId>> {
    let held = users::table.filter(users::role_id.eq_any(among)).order(users::id).limit(limit);
    Ok(held.select(users::role_id).load(connection)?)
}

/// Who has this role, also who is not active: id, name, whether active; in the order of names.
pub fn holders(connection: &mut DbConnection, id: RoleId) -> Stored<Vec<(UserId, String, bool)>> {
    Ok(users::table
        .filter(users::role_id.eq(id))
        .order((users::name, users::id))
        .select((users::id, users::name, users::active))
        .load(connection)?)
}

/// The e-mail addresses that are invited to this role, the first one first.
pub fn invited(connection: &mut DbConnection, id: RoleId, now: NaiveDateTime) -> Stored<Vec<String>> {
    let invited = invites::table.filter(invites::role_id.eq(id)).filter(invites::expires_at.gt(now));
    Ok(invited.order(invites::id).select(invites::email).load(connection)?)
}

pub fn find(connection: &mut DbConnection, id: RoleId) -> Stored<Option<Role>> {
    let columns = (roles::id, roles::name, roles::built_in, permission_columns!());
    Ok(roles::table.find(id).select(columns).first::<Row>(connection).optional()?.map(role))
}

/// The built-in role, made if this database lacks it.
pub fn built_in(tx: &mut Writer<'_>, role: BuiltInRole) -> Stored<RoleId> {
    let found = roles::table.filter(roles::built_in.eq(role.as_str())).select(roles::id).first(&mut **tx).optional()?;
    match found {
        Some(id) => Ok(id),
        None => insert(tx, role.name(), Some(role), &role.permissions()),
    }
}

pub fn insert(tx: &mut Writer<'_>, name: &str, built_in: Option<BuiltInRole>, may: &Permissions) -> Stored<RoleId> {
    Ok(diesel::insert_into(roles::table)
        .values((
            roles::name.eq(name),
            roles::built_in.eq(built_in.map(BuiltInRole::as_str)),
            roles::sms_dashboard.eq(may.sms_dashboard),
            roles::sms_access.eq(may.sms_access),
            roles::client_scope.eq(may.client_scope),
            roles::client_access.eq(may.client_access),
            roles::may_assign.eq(may.may_assign),
            roles::manage_automations.eq(may.manage_automations),
            roles::manage_users.eq(may.manage_users),
            roles::manage_company.eq(may.manage_company),
            roles::see_reports.eq(may.see_reports),
            roles::see_audit.eq(may.see_audit),
        ))
        .returning(roles::id)
        .get_result(&mut **tx)?)
}

pub fn set_permissions(tx: &mut Writer<'_>, role: RoleId, may: &Permissions) -> Stored<()> {
    diesel::update(roles::table.find(role))
        .set((
            roles::sms_dashboard.eq(may.sms_dashboard),
            roles::sms_access.eq(may.sms_access),
            roles::client_scope.eq(may.client_scope),
            roles::client_access.eq(may.client_access),
            roles::may_assign.eq(may.may_assign),
            roles::manage_automations.eq(may.manage_automations),
            roles::manage_users.eq(may.manage_users),
            roles::manage_company.eq(may.manage_company),
            roles::see_reports.eq(may.see_reports),
            roles::see_audit.eq(may.see_audit),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

pub fn set_name(tx: &mut Writer<'_>, role: RoleId, name: &str) -> Stored<()> {
    diesel::update(roles::table.find(role)).set(roles::name.eq(name)).execute(&mut **tx)?;
    Ok(())
}

/// Everybody who has one role, and every invitation to it, gets the other.
pub fn move_people(tx: &mut Writer<'_>, from: RoleId, to: RoleId) -> Stored<()> {
    diesel::update(users::table.filter(users::role_id.eq(from))).set(users::role_id.eq(to)).execute(&mut **tx)?;
    diesel::update(invites::table.filter(invites::role_id.eq(from))).set(invites::role_id.eq(to)).execute(&mut **tx)?;
    Ok(())
}

/// With the invitations to it, which nobody can accept any more. Users must be gone from it.
pub fn delete(tx: &mut Writer<'_>, role: RoleId) -> Stored<()> {
    diesel::delete(invites::table.filter(invites::role_id.eq(role))).execute(&mut **tx)?;
    diesel::delete(roles::table.find(role)).execute(&mut **tx)?;
    Ok(())
}
