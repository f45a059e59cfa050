use std::fmt::Write;

use proptest::prelude::*;

use super::golden::{mark, matches_golden};
use super::properties::permissions;
use super::*;
use crate::assignment_policy::{Contradiction, contradictions, reach};
use crate::domain::BuiltInRole;

/// Nothing in it contradicts itself.
const QUIET: Permissions = Permissions {
    sms_dashboard: SmsDashboard::All,
    sms_access: SmsAccess::Create,
    client_scope: ClientScope::All,
    client_access: ClientAccess::Edit,
    ..Permissions::NOTHING
};

#[test]
fn the_contradictions_are_as_reviewed() {
    let mut table = String::from("dashboard  SMS access  opens clients │ warned of\n");
    for &sms_dashboard in SmsDashboard::ALL {
        for &sms_access in SmsAccess::ALL {
            for opens in [true, false] {
                let (client_scope, client_access) = if opens {
                    (ClientScope::Assigned, ClientAccess::Read)
                } else {
                    (ClientScope::None, ClientAccess::None)
                };
                let may =
                    Permissions { sms_dashboard, sms_access, client_scope, client_access, ..Permissions::NOTHING };
                let cells = format!("{sms_dashboard:<9}  {sms_access:<10}  {:<13}", mark(opens));
                line(&mut table, &cells, &may);
            }
        }
    }
    table.push_str("\nclient scope  client access │ warned of\n");
    for &client_scope in ClientScope::ALL {
        for &client_access in ClientAccess::ALL {
            let cells = format!("{client_scope:<12}  {client_access:<13}");
            line(&mut table, &cells, &Permissions { client_scope, client_access, ..QUIET });
        }
    }
    table.push_str("\nalso                dashboard  SMS access │ warned of\n");
    type More = fn(&mut Permissions);
    let also: [(&str, More); 3] = [
        ("may assign", |may| may.may_assign = true),
        ("manages automations", |may| may.manage_automations = true),
        ("manages users", |may| may.manage_users = true),
    ];
    for (name, change) in also {
        for &sms_dashboard in SmsDashboard::ALL {
            for &sms_access in SmsAccess::ALL {
                let mut may = Permissions { sms_dashboard, sms_access, ..QUIET };
                change(&mut may);
                line(&mut table, &format!("{name:<19}  {sms_dashboard:<9}  {sms_access:<10}"), &may);
            }
        }
    }
    matches_golden("contradictions.txt", &table);
}

fn line(table: &mut String, cells: &str, may: &Permissions) {
    let warned: Vec<String> = contradictions(may).iter().map(|one| format!("{one:?}")).collect();
    writeln!(table, "{}", format!("{cells} │ {}", warned.join(", ")).trim_end()).unwrap();
}

#[test]
fn no_built_in_role_contradicts_itself() {
    for role in BuiltInRole::ALL {
        assert_eq!(contradictions(&role.permissions()), [], "{role}");
    }
}

#[test]
fn each_contradiction_is_told_in_a_sentence_of_its_own() {
    let all = [
        Contradiction::SeesWithoutAccess,
        Contradiction::WritesUnheard,
        Contradiction::AccessWithoutDoor,
        Contradiction::AssignsUnseen,
        Contradiction::ScopeWithoutAccess,
        Contradiction::AccessWithoutScope,
        Contradiction::AutomatesUnsent,
        Contradiction::ManagesUnseen,
    ];
    let mut sentences: Vec<String> = all.iter().map(ToString::to_string).collect();
    assert!(sentences.iter().all(|sentence| sentence.ends_with('.') && !sentence.contains("  ")), "{sentences:#?}");
    sentences.sort();
    sentences.dedup();
    assert_eq!(sentences.len(), all.len());
}

proptest! {
    #[test]
    fn who_is_warned_of_unheard_writing_may_write_and_is_never_told(may in permissions()) {
        let reach = reach(&Staff { id: 1, active: true, may });
        prop_assert_eq!(contradictions(&may).contains(&Contradiction::WritesUnheard), reach.writes && !reach.told);
    }
}
