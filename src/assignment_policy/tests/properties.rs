use proptest::{prelude::*, sample::select};

use super::*;
use crate::assignment_policy::*;

/// Few ids, so that assignees, holders and staff meet; some assignees are no staff at all.
fn ids() -> impl Strategy<Value = Vec<UserId>> {
    prop::collection::vec(0..9_i64, 0..6)
}

prop_compose! {
    pub(super) fn permissions()(
        sms_dashboard in select(SmsDashboard::ALL),
        sms_access in select(SmsAccess::ALL),
        client_scope in select(ClientScope::ALL),
        client_access in select(ClientAccess::ALL),
        may_assign: bool,
    ) -> Permissions {
        Permissions { sms_dashboard, sms_access, client_scope, client_access, may_assign, ..Permissions::NOTHING }
    }
}

prop_compose! {
    /// Users 0 to n, most of them active.
    pub(super) fn staff()(users in prop::collection::vec((prop::bool::weighted(0.8), permissions()), 0..8)) -> Vec<Staff> {
        (0..).zip(users).map(|(id, (active, may))| Staff { id, active, may }).collect()
    }
}

prop_compose! {
    pub(super) fn conversation()(
        assigned in ids(),
        holders in prop::collection::vec(ids(), 0..3),
        opted_out in prop::bool::weighted(0.2),
        blocked in prop::bool::weighted(0.1),
    ) -> Conversation {
        let clients = (0..).zip(holders).map(|(id, holders)| ClientRecord { id, holders }).collect();
        Conversation { assigned, clients, opted_out, blocked }
    }
}

fn told(staff: &[Staff], c: &Conversation) -> Vec<UserId> {
    audience(staff, c).iter().map(|told| told.user).collect()
}

proptest! {
    #[test]
    fn every_question_has_an_answer_and_always_the_same(staff in staff(), c in conversation()) {
        prop_assert_eq!(audience(&staff, &c), audience(&staff, &c));
        for u in &staff {
            let answers = |v: &Staff| (
                may_read(u, &c), may_send(u, &c), may_assign(u, &c, v), may_remove(u, &c, v.id),
                pickable(v), c.clients.iter().filter(|k| may_read_client(u, k)).count(),
            );
            for v in &staff {
                prop_assert_eq!(answers(v), answers(v));
            }
        }
    }

    #[test]
    fn the_order_of_users_assignees_and_clients_is_irrelevant(
        (staff, shuffled) in staff().prop_flat_map(|s| (Just(s.clone()), Just(s).prop_shuffle())),
        (c, assigned) in conversation().prop_flat_map(|c| (Just(c.clone()), Just(c.assigned).prop_shuffle())),
    ) {
        let mut turned = Conversation { assigned, ..c.clone() };
        turned.clients.reverse();
        prop_assert_eq!(audience(&staff, &c), audience(&shuffled, &turned));
        for u in &staff {
            prop_assert_eq!(may_read(u, &c), may_read(u, &turned));
            prop_assert_eq!(may_send(u, &c), may_send(u, &turned));
        }
    }

    #[test]
    fn duplicates_are_harmless(staff in staff(), c in conversation()) {
        let twice = Conversation {
            assigned: c.assigned.repeat(2),
            clients: [&c.clients[..], &c.clients[..]].concat(),
            ..c.clone()
        };
        prop_assert_eq!(audience(&staff.repeat(2), &twice), audience(&staff, &c));
    }

    #[test]
    fn the_audience_is_sorted_and_nobody_is_in_it_twice(staff in staff(), c in conversation()) {
        prop_assert!(told(&staff.repeat(2), &c).is_sorted_by(|a, b| a < b));
    }

    #[test]
    fn nobody_inactive_or_without_access_is_ever_told(staff in staff(), c in conversation()) {
        let told = told(&staff, &c);
        for u in &staff {
            if !u.active || u.may.sms_dashboard == SmsDashboard::None {
                prop_assert!(!can_be_told(u) && !told.contains(&u.id), "{u:?}");
            }
        }
    }

    #[test]
    fn whoever_is_told_sees_the_conversation_on_their_dashboard(staff in staff(), c in conversation()) {
        let told = told(&staff, &c);
        for u in staff.iter().filter(|u| told.contains(&u.id)) {
            prop_assert!(sees_on_dashboard(u, &c), "{u:?}");
        }
    }

    #[test]
    fn whenever_somebody_can_be_told_who_has_all_or_is_assigned_somebody_is_told(
        staff in staff(), c in conversation(),
    ) {
        let somebody = staff.iter().any(|u| {
            can_be_told(u) && (u.may.sms_dashboard == SmsDashboard::All || c.assigned.contains(&u.id))
        });
        prop_assert_eq!(!audience(&staff, &c).is_empty(), somebody && !c.blocked);
    }

    #[test]
    fn an_assigned_user_who_can_be_told_is_always_told(staff in staff(), c in conversation()) {
        let told = told(&staff, &c);
        for u in staff.iter().filter(|u| can_be_told(u) && c.assigned.contains(&u.id)) {
            prop_assert_eq!(told.contains(&u.id), !c.blocked);
        }
    }

    #[test]
    fn adding_an_assignee_who_cannot_be_told_changes_nobodys_bell(staff in staff(), c in conversation()) {
        let before = told(&staff, &c);
        for v in staff.iter().filter(|v| !can_be_told(v)) {
            let mut assigned = c.assigned.clone();
            assigned.push(v.id);
            prop_assert_eq!(&told(&staff, &Conversation { assigned, ..c.clone() }), &before);
        }
    }

    #[test]
    fn a_blocked_phone_tells_nobody(staff in staff(), c in conversation()) {
        let blocked = Conversation { blocked: true, ..c };
        prop_assert!(audience(&staff, &blocked).is_empty());
        prop_assert!(staff.iter().all(|u| !may_send(u, &blocked)));
    }

    #[test]
    fn nobody_acts_on_what_they_do_not_see_except_leaving_it(staff in staff(), c in conversation()) {
        for u in &staff {
            prop_assert!(!may_send(u, &c) || may_read(u, &c));
            prop_assert!(!may_block(u, &c) || sees_on_dashboard(u, &c));
            for k in &c.clients {
                prop_assert!(!may_link_client(u, &c, k) || sees_on_dashboard(u, &c) && may_read_client(u, k));
            }
            for v in &staff {
                prop_assert!(!may_assign(u, &c, v) || sees_on_dashboard(u, &c));
                prop_assert!(!may_remove(u, &c, v.id) || u.id == v.id || sees_on_dashboard(u, &c));
            }
        }
    }

    #[test]
    fn whoever_may_be_assigned_sees_the_conversation_then(staff in staff(), c in conversation()) {
        for v in staff.iter().filter(|v| pickable(v).is_ok()) {
            let mut c = c.clone();
            c.assigned.push(v.id);
            prop_assert!(sees_on_dashboard(v, &c));
        }
    }

    #[test]
    fn more_access_never_shows_or_allows_less(u in permissions(), c in conversation(), id in 0..9_i64) {
        let here = Staff { id, active: true, may: u };
        let higher = with(here, |m| {
            m.sms_access = SmsAccess::Delete;
            m.client_access = ClientAccess::Delete;
            m.client_scope = ClientScope::All;
        });
        prop_assert!(!may_read(&here, &c) || may_read(&higher, &c));
        prop_assert!(!may_send(&here, &c) || may_send(&higher, &c));
    }
}
