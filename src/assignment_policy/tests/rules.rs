use super::*;
use crate::assignment_policy::*;
use crate::domain::NotificationReason::{Assigned, NoAssigneeToTell, NobodyAssigned};

const ME: UserId = 1;
const OTHER: UserId = 2;

fn told(staff: &[Staff], c: &Conversation) -> Vec<UserId> {
    audience(staff, c).iter().map(|told| told.user).collect()
}

#[test]
fn rule_1_all_sees_every_conversation() {
    for assigned in [&[][..], &[ME], &[OTHER], &[ME, OTHER]] {
        assert!(sees_on_dashboard(&all(ME), &assigned_to(assigned)));
    }
}

#[test]
fn rule_2_only_assigned_sees_on_the_dashboard_what_is_assigned_to_them() {
    for (assigned, sees) in [(&[][..], false), (&[ME], true), (&[OTHER], false), (&[OTHER, ME], true)] {
        let c = assigned_to(assigned);
        assert_eq!(sees_on_dashboard(&only_assigned(ME), &c), sees);
        assert_eq!(may_read(&only_assigned(ME), &c), sees);
    }
}

#[test]
fn rule_2_others_are_read_and_answered_from_a_record_that_they_can_open() {
    let me = only_assigned(ME);
    // (who, who holds the record, may read, may send)
    for (u, holders, read, send) in [
        (me, &[ME][..], true, true),
        (me, &[OTHER], false, false),
        (with(me, |m| m.sms_access = SmsAccess::Read), &[ME], true, false),
        (with(me, |m| m.sms_access = SmsAccess::None), &[ME], false, false),
        (with(me, |m| m.sms_access = SmsAccess::Delete), &[ME], true, true),
        (with(me, |m| m.client_access = ClientAccess::None), &[ME], false, false),
        (with(me, |m| m.client_access = ClientAccess::Delete), &[ME], true, true),
        (with(me, |m| m.client_scope = ClientScope::All), &[OTHER], true, true),
        (with(me, |m| m.client_scope = ClientScope::None), &[ME], false, false),
        (inactive(me), &[ME], false, false),
        (no_access(ME), &[ME], true, true),
    ] {
        let c = of_client_held_by(holders);
        assert!(!sees_on_dashboard(&u, &c), "{u:?} has only the other door");
        assert_eq!(sees_from_client(&u, &c), read, "{u:?}");
        assert_eq!((may_read(&u, &c), may_send(&u, &c)), (read, send), "{u:?}");
        assert!(told(&[u], &c).is_empty(), "{u:?} is not told of it");
    }
}

#[test]
fn rule_3_no_access_shows_nothing_and_never_notifies() {
    for assigned in [&[][..], &[ME], &[OTHER], &[ME, OTHER]] {
        let c = assigned_to(assigned);
        assert!(!sees_on_dashboard(&no_access(ME), &c));
        assert!(!may_read(&no_access(ME), &c));
        assert!(!told(&[no_access(ME), all(OTHER)], &c).contains(&ME));
    }
}

#[test]
fn rule_4_the_assigned_are_told_and_the_others_only_while_nobody_is_assigned_to_get_it() {
    let (anna, ben) = (all(1), all(2));
    let (carl, dana) = (only_assigned(3), only_assigned(4));
    let (eve, gone) = (no_access(5), inactive(all(6)));
    let staff = [anna, ben, carl, dana, eve, gone];
    for (assigned, expected) in [
        (&[][..], &[1, 2][..]),
        (&[1], &[1]),
        (&[3], &[3]),
        (&[1, 3], &[1, 3]),
        (&[4, 3], &[3, 4]),
        (&[3, 5], &[3]),
        // Assignees who cannot be told do not silence the others.
        (&[5], &[1, 2]),
        (&[6], &[1, 2]),
        (&[5, 6], &[1, 2]),
        (&[99], &[1, 2]),
    ] {
        let c = assigned_to(assigned);
        assert_eq!(told(&staff, &c), expected, "assigned: {assigned:?}");
    }
    assert!(told(&[carl, eve, gone], &assigned_to(&[5])).is_empty());
}

#[test]
fn rule_5_assigning_others_needs_sight_and_permission_and_oneself_only_sight() {
    let may_not = |u| with(u, |m| m.may_assign = false);
    // (who, assigned now, self, a colleague)
    for (u, assigned, oneself, colleague) in [
        (all(ME), &[][..], true, true),
        (may_not(all(ME)), &[], true, false),
        (only_assigned(ME), &[ME], true, true),
        (only_assigned(ME), &[], false, false),
        (may_not(only_assigned(ME)), &[ME], true, false),
        (no_access(ME), &[ME], false, false),
        (inactive(all(ME)), &[ME], false, false),
    ] {
        let c = assigned_to(assigned);
        assert_eq!(may_assign(&u, &c, &u), oneself, "{u:?} themselves");
        let other = only_assigned(OTHER);
        assert_eq!(may_assign(&u, &c, &other), colleague, "{u:?} a colleague");
    }
}

#[test]
fn rule_5_sight_from_a_client_record_is_not_enough_to_assign() {
    let (me, c) = (only_assigned(ME), of_client_held_by(&[ME]));
    assert!(may_read(&me, &c));
    assert!(!may_assign(&me, &c, &me));
    assert!(!may_remove(&me, &c, OTHER));
}

#[test]
fn rule_6_sending_needs_sight_create_and_a_phone_that_has_not_opted_out() {
    let mine = assigned_to(&[ME]);
    for (access, sends) in
        [(SmsAccess::None, false), (SmsAccess::Read, false), (SmsAccess::Create, true), (SmsAccess::Delete, true)]
    {
        let u = with(only_assigned(ME), |m| m.sms_access = access);
        // Access None takes the composer away, not the sight.
        assert!(may_read(&u, &mine));
        assert_eq!(may_send(&u, &mine), sends, "{access}");
        assert!(!may_send(&u, &assigned_to(&[OTHER])), "{access}, unseen");
        let opted_out = Conversation { opted_out: true, ..mine.clone() };
        assert!(!may_send(&u, &opted_out), "{access}, opted out");
    }
}

#[test]
fn rule_7_removing_others_needs_sight_and_permission_and_oneself_nothing() {
    let may_not = |u| with(u, |m| m.may_assign = false);
    for (u, assigned, oneself, colleague) in [
        (all(ME), &[OTHER][..], true, true),
        (may_not(all(ME)), &[ME, OTHER], true, false),
        (only_assigned(ME), &[ME, OTHER], true, true),
        (only_assigned(ME), &[OTHER], true, false),
        (no_access(ME), &[ME, OTHER], true, false),
    ] {
        let c = assigned_to(assigned);
        assert_eq!(may_remove(&u, &c, ME), oneself, "{u:?} themselves");
        assert_eq!(may_remove(&u, &c, OTHER), colleague, "{u:?} a colleague");
    }
}

#[test]
fn rule_8_the_picker_offers_whom_a_text_would_reach_and_says_why_not_the_others() {
    for (v, expected) in [
        (all(OTHER), Ok(())),
        (only_assigned(OTHER), Ok(())),
        (no_access(OTHER), Err(WhyNotPickable::NoAccess)),
        (inactive(all(OTHER)), Err(WhyNotPickable::Inactive)),
        (inactive(no_access(OTHER)), Err(WhyNotPickable::Inactive)),
    ] {
        assert_eq!(pickable(&v), expected);
        let offered = may_assign(&all(ME), &assigned_to(&[]), &v);
        assert_eq!(offered, expected.is_ok());
    }
}

#[test]
fn rule_9_a_changed_role_or_a_deactivation_takes_effect_at_once() {
    let (mine, boss) = (assigned_to(&[ME]), all(OTHER));
    let before = only_assigned(ME);
    assert_eq!(told(&[before, boss], &mine), [ME]);
    for after in [inactive(before), no_access(ME)] {
        assert!(!can_be_told(&after) && !may_read(&after, &mine));
        assert_eq!(told(&[after, boss], &mine), [OTHER]);
    }
}

#[test]
fn rule_10_everybody_told_has_one_reason() {
    let staff = [all(3), all(1), only_assigned(2), all(1), no_access(4), inactive(all(5))];
    for (assigned, reason, users) in [
        (&[][..], NobodyAssigned, &[1, 3][..]),
        (&[2, 1, 2], Assigned, &[1, 2]),
        (&[2, 4, 5], Assigned, &[2]),
        (&[4], NoAssigneeToTell, &[1, 3]),
        (&[4, 5], NoAssigneeToTell, &[1, 3]),
    ] {
        let expected: Vec<Told> = users.iter().map(|&user| Told { user, reason }).collect();
        assert_eq!(audience(&staff, &assigned_to(assigned)), expected);
    }
}

#[test]
fn rule_11_a_blocked_phone_tells_nobody_and_stays_in_sight() {
    for assigned in [&[][..], &[ME]] {
        let open = assigned_to(assigned);
        assert_eq!(told(&[all(ME)], &open), [ME]);
        let blocked = Conversation { blocked: true, ..open };
        assert!(told(&[all(ME)], &blocked).is_empty());
        assert!(may_read(&all(ME), &blocked));
        assert!(!may_send(&all(ME), &blocked), "until it is unblocked");
    }
}

#[test]
fn rule_11_blocking_is_for_who_sees_it_on_the_dashboard_and_may_write() {
    let mine = Conversation { assigned: vec![ME], ..of_client_held_by(&[ME]) };
    let others = of_client_held_by(&[ME]);
    let reads = |u| with(u, |m| m.sms_access = SmsAccess::Read);
    // (who, what is assigned to them, what they see from a record only)
    for (u, own, other) in [
        (all(ME), true, true),
        (only_assigned(ME), true, false),
        (no_access(ME), false, false),
        (reads(all(ME)), false, false),
        (inactive(all(ME)), false, false),
    ] {
        assert_eq!((may_block(&u, &mine), may_block(&u, &others)), (own, other), "{u:?}");
    }
}

#[test]
fn rule_11_a_phone_that_opted_out_is_still_heard() {
    let c = Conversation { opted_out: true, ..assigned_to(&[ME]) };
    assert_eq!(told(&[only_assigned(ME)], &c), [ME]);
}

#[test]
fn rule_13_an_unknown_caller_is_seen_on_dashboards_only() {
    let c = assigned_to(&[]);
    let reads_all_records = with(only_assigned(ME), |m| m.client_scope = ClientScope::All);
    assert!(!may_read(&reads_all_records, &c));
    assert!(may_read(&all(ME), &c));
}

#[test]
fn rule_13_linking_needs_sight_on_the_dashboard_and_a_record_that_one_may_change() {
    let edits = |u| with(u, |m| m.client_access = ClientAccess::Edit);
    let (mine, unseen) = (assigned_to(&[ME]), of_client_held_by(&[ME]));
    for (u, held, unheld) in [
        (edits(only_assigned(ME)), true, false),
        (with(edits(all(ME)), |m| m.client_scope = ClientScope::All), true, true),
        (only_assigned(ME), false, false),
        (edits(no_access(ME)), false, false),
        (inactive(edits(all(ME))), false, false),
    ] {
        let may = |holders: &[UserId]| may_link_client(&u, &mine, &held_by(holders));
        assert_eq!((may(&[ME]), may(&[OTHER])), (held, unheld), "{u:?}");
    }
    assert!(!may_link_client(&edits(only_assigned(ME)), &unseen, &held_by(&[ME])), "a record is not the dashboard");
}

#[test]
fn rule_13_a_phone_that_is_typed_in_brings_only_what_one_reads_already() {
    for (u, own, nobodys, of_mine, of_others) in [
        (only_assigned(ME), true, false, true, false),
        (with(only_assigned(ME), |m| m.client_scope = ClientScope::None), true, false, false, false),
        (with(all(ME), |m| m.client_scope = ClientScope::All), true, true, true, true),
        (no_access(ME), false, false, true, false),
        (inactive(all(ME)), false, false, false, false),
    ] {
        let may = |c: &Conversation| may_bring_conversation(&u, c);
        assert_eq!((may(&assigned_to(&[ME])), may(&assigned_to(&[]))), (own, nobodys), "{u:?}");
        let records = (may(&of_client_held_by(&[ME])), may(&of_client_held_by(&[OTHER])));
        assert_eq!(records, (of_mine, of_others), "{u:?}");
    }
}

#[test]
fn whoever_may_enter_any_client_may_import_and_nobody_else() {
    for &client_scope in ClientScope::ALL {
        for &client_access in ClientAccess::ALL {
            let u = with(no_access(ME), |m| (m.client_scope, m.client_access) = (client_scope, client_access));
            let anybody = may_create_client(&u, &ClientRecord::default());
            assert_eq!(may_import_clients(&u), anybody, "{client_scope} {client_access}");
            assert!(!may_import_clients(&inactive(u)));
        }
    }
    assert!(may_import_clients(&with(no_access(ME), |m| {
        (m.client_scope, m.client_access) = (ClientScope::All, ClientAccess::Create);
    })));
}

#[test]
fn automations_are_managed_by_who_has_that_permission_and_is_active() {
    for manages in [true, false] {
        let u = with(no_access(ME), |m| m.manage_automations = manages);
        assert_eq!(may_manage_automations(&u), manages);
        assert!(!may_manage_automations(&inactive(u)));
    }
}

#[test]
fn rule_13_a_household_number_is_read_from_any_record_that_one_may_open() {
    let household =
        |holders: [&[UserId]; 2]| Conversation { clients: holders.map(held_by).to_vec(), ..Conversation::default() };
    for (holders, reads) in
        [([&[ME][..], &[OTHER][..]], true), ([&[OTHER], &[ME]], true), ([&[ME], &[ME]], true), ([&[OTHER], &[]], false)]
    {
        let c = household(holders);
        assert_eq!(sees_from_client(&only_assigned(ME), &c), reads);
    }
}

#[test]
fn the_last_active_owner_is_known_by_being_the_only_one() {
    assert!(is_last_owner(&[ME], ME));
    for owners in [&[][..], &[OTHER], &[ME, OTHER], &[OTHER, ME]] {
        assert!(!is_last_owner(owners, ME), "{owners:?}");
    }
}
