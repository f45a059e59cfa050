//! Roles: named sets of permissions.

use diesel::prelude::*;

use super::schema::roles;
use super::{DbConnection, Stored, Writer};
use crate::domain::{BuiltInRole, ClientAccess, ClientScope, Permissions, RoleId, SmsAccess, SmsDashboard};

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
