use std::{fmt::Write, fs, path::Path};

use super::*;
use crate::assignment_policy::*;
use crate::domain::BuiltInRole;

const ME: UserId = 1;
const COLLEAGUE: UserId = 2;

#[test]
fn the_permission_matrix_is_as_reviewed() {
    let mut table = row("", BuiltInRole::ALL.iter().map(|role| role.name().into()));
    table += &row("PERMISSION", BuiltInRole::ALL.iter().map(|_| String::new()));
    for (name, of) in permissions() {
        table += &row(name, by_role(|u| of(&u.may)));
    }
    table += &row("\nACTION", BuiltInRole::ALL.iter().map(|_| String::new()));
    for (name, may) in actions() {
        table += &row(name, by_role(|u| mark(may(u))));
    }
    matches_golden("permission_matrix.txt", &table);
}

#[test]
fn the_audience_truth_table_is_as_reviewed() {
    let mut table = String::from(
        "A user whose role permits sending (SMS access Create) and who opens no client record.\n\n\
         dashboard  assigned  others assigned       active │ sees  may send  told, and why\n\
         ─────────  ────────  ────────────────────  ────── │ ────  ────────  ───────────────────\n",
    );
    for &dashboard in SmsDashboard::ALL {
        for assigned in [true, false] {
            for (others, colleague) in others_assigned() {
                for active in [true, false] {
                    let me = Staff { active, ..user(ME, dashboard) };
                    let c = Conversation {
                        assigned: [assigned.then_some(ME), colleague.map(|v| v.id)].into_iter().flatten().collect(),
                        ..Conversation::default()
                    };
                    let staff: Vec<Staff> = [Some(me), colleague].into_iter().flatten().collect();
                    writeln!(
                        table,
                        "{:<9}  {:<8}  {others:<20}  {:<6} │ {:<4}  {:<8}  {}",
                        dashboard.as_str(),
                        mark(assigned),
                        mark(active),
                        mark(may_read(&me, &c)),
                        mark(may_send(&me, &c)),
                        why_told(&staff, &c),
                    )
                    .unwrap();
                }
            }
        }
    }
    matches_golden("audience_truth_table.txt", &table);
}

fn why_told(staff: &[Staff], c: &Conversation) -> String {
    let told = audience(staff, c).into_iter().find(|told| told.user == ME);
    told.map_or_else(|| mark(false), |told| told.reason.to_string())
}

fn others_assigned() -> [(&'static str, Option<Staff>); 4] {
    [
        ("nobody", None),
        ("one who can be told", Some(only_assigned(COLLEAGUE))),
        ("one without access", Some(no_access(COLLEAGUE))),
        ("one deactivated", Some(inactive(all(COLLEAGUE)))),
    ]
}

type PermissionRow = (&'static str, fn(&Permissions) -> String);

fn permissions() -> [PermissionRow; 10] {
    [
        ("SMS Conversations dashboard", |m| m.sms_dashboard.to_string()),
        ("SMS Message Access Control", |m| m.sms_access.to_string()),
        ("Client Scope", |m| m.client_scope.to_string()),
        ("Client Access Control", |m| m.client_access.to_string()),
        ("May assign conversations", |m| mark(m.may_assign)),
        ("Manage automations", |m| mark(m.manage_automations)),
        ("Manage users and roles", |m| mark(m.manage_users)),
        ("Manage company settings", |m| mark(m.manage_company)),
        ("See reports", |m| mark(m.see_reports)),
        ("See audit log", |m| mark(m.see_audit)),
    ]
}

type ActionRow = (&'static str, fn(&Staff) -> bool);

fn actions() -> Vec<ActionRow> {
    vec![
        ("sees: assigned to them", |u| sees_on_dashboard(u, &assigned_to(&[ME]))),
        ("sees: assigned to nobody", |u| sees_on_dashboard(u, &assigned_to(&[]))),
        ("sees: assigned to a colleague", |u| sees_on_dashboard(u, &assigned_to(&[COLLEAGUE]))),
        ("opens: client they hold a position on", |u| may_read_client(u, &held_by(&[ME]))),
        ("opens: another client", |u| may_read_client(u, &held_by(&[COLLEAGUE]))),
        ("edits: client they hold a position on", |u| may_edit_client(u, &held_by(&[ME]))),
        ("edits: another client", |u| may_edit_client(u, &held_by(&[COLLEAGUE]))),
        ("creates: client they take a position on", |u| may_create_client(u, &held_by(&[ME]))),
        ("creates: another client", |u| may_create_client(u, &held_by(&[]))),
        ("imports: clients from a file", may_import_clients),
        ("deletes: client they hold a position on", |u| may_delete_client(u, &held_by(&[ME]))),
        ("deletes: another client", |u| may_delete_client(u, &held_by(&[COLLEAGUE]))),
        ("administers: an Owner", |u| may_administer(u, &BuiltInRole::Owner.permissions())),
        ("administers: a Business Manager", |u| may_administer(u, &BuiltInRole::BusinessManager.permissions())),
        ("administers: a Sales Person", |u| may_administer(u, &BuiltInRole::SalesPerson.permissions())),
        ("writes: templates for everybody", may_edit_templates),
        ("manages: automations", may_manage_automations),
        ("reads: from a client they hold", |u| sees_from_client(u, &of_client_held_by(&[ME]))),
        ("reads: from another client", |u| sees_from_client(u, &of_client_held_by(&[COLLEAGUE]))),
        ("sends: assigned to them", |u| may_send(u, &assigned_to(&[ME]))),
        ("sends: assigned to nobody", |u| may_send(u, &assigned_to(&[]))),
        ("sends: from a client they hold", |u| may_send(u, &of_client_held_by(&[ME]))),
        ("sends: from another client", |u| may_send(u, &of_client_held_by(&[COLLEAGUE]))),
        ("sends: the phone has opted out", |u| may_send(u, &Conversation { opted_out: true, ..assigned_to(&[ME]) })),
        ("sends: the phone is blocked", |u| may_send(u, &Conversation { blocked: true, ..assigned_to(&[ME]) })),
        ("consent: assigned to them", |u| may_note_consent(u, &assigned_to(&[ME]))),
        ("consent: assigned to nobody", |u| may_note_consent(u, &assigned_to(&[]))),
        ("consent: from a client they hold", |u| may_note_consent(u, &of_client_held_by(&[ME]))),
        ("blocks: assigned to them", |u| may_block(u, &assigned_to(&[ME]))),
        ("blocks: assigned to nobody", |u| may_block(u, &assigned_to(&[]))),
        ("blocks: from a client they hold", |u| may_block(u, &of_client_held_by(&[ME]))),
        ("links: client they hold a position on", |u| may_link_client(u, &assigned_to(&[ME]), &held_by(&[ME]))),
        ("links: another client", |u| may_link_client(u, &assigned_to(&[ME]), &held_by(&[COLLEAGUE]))),
        ("brings to a record: assigned to them", |u| may_bring_conversation(u, &assigned_to(&[ME]))),
        ("brings to a record: assigned to nobody", |u| may_bring_conversation(u, &assigned_to(&[]))),
        ("brings: of a client they hold", |u| may_bring_conversation(u, &of_client_held_by(&[ME]))),
        ("assigns: themselves, nobody is", |u| may_assign(u, &assigned_to(&[]), u)),
        ("assigns: a colleague, nobody is", |u| may_assign(u, &assigned_to(&[]), &all(COLLEAGUE))),
        ("assigns: a colleague beside themselves", |u| may_assign(u, &assigned_to(&[ME]), &all(COLLEAGUE))),
        ("removes: themselves", |u| may_remove(u, &assigned_to(&[ME]), ME)),
        ("removes: a colleague beside themselves", |u| may_remove(u, &assigned_to(&[ME, COLLEAGUE]), COLLEAGUE)),
        ("is told: assigned", |u| hears(u, &[ME])),
        ("is told: nobody is assigned", |u| hears(u, &[])),
        ("is told: a colleague is assigned", |u| hears(u, &[COLLEAGUE])),
    ]
}

fn hears(u: &Staff, assigned: &[UserId]) -> bool {
    audience(&[*u, all(COLLEAGUE)], &assigned_to(assigned)).iter().any(|told| told.user == u.id)
}

fn by_role(cell: impl Fn(&Staff) -> String) -> impl Iterator<Item = String> {
    BuiltInRole::ALL.iter().map(move |role| cell(&Staff { id: ME, active: true, may: role.permissions() }))
}

fn row(name: &str, cells: impl Iterator<Item = String>) -> String {
    let cells: String = cells.map(|cell| format!("{cell:<18}")).collect();
    format!("{name:<40}{cells}").trim_end().to_owned() + "\n"
}

pub(super) fn mark(yes: bool) -> String {
    if yes { "✔" } else { "✘" }.to_owned()
}

/// Compares with the file in `golden/`, or writes it with `UPDATE_GOLDEN=1`.
pub(super) fn matches_golden(name: &str, actual: &str) {
    let file = Path::new(file!()).with_file_name("../golden").join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some_and(|value| value == "1") {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        return fs::write(&file, actual).unwrap();
    }
    let golden = fs::read_to_string(&file).unwrap_or_default();
    let first_change = golden.lines().zip(actual.lines()).find(|(then, now)| then != now);
    assert!(
        golden == actual,
        "golden/{name} no longer says what the policy does.\n\
         First line that changed (reviewed, now): {first_change:#?}\n\
         If the change is meant: UPDATE_GOLDEN=1 cargo test as_reviewed, and read the diff before you commit."
    );
}
