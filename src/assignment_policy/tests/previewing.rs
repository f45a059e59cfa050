use proptest::prelude::*;

use super::properties::{conversation, permissions, staff};
use super::*;
use crate::assignment_policy::*;
use crate::domain::ConversationId;

fn conversations() -> impl Strategy<Value = Vec<(ConversationId, Conversation)>> {
    prop::collection::vec(conversation(), 0..12).prop_map(|all| (1..).zip(all).collect())
}

/// Before and after: some have other permissions, some were deactivated or let in.
fn change() -> impl Strategy<Value = (Vec<Staff>, Vec<Staff>)> {
    let others = prop::collection::vec((prop::bool::weighted(0.4), permissions(), prop::bool::weighted(0.8)), 8);
    (staff(), others).prop_map(|(before, others)| {
        let changed = |(u, (changes, may, active)): (&Staff, &(bool, Permissions, bool))| {
            if *changes { Staff { may: *may, active: *active, ..*u } } else { *u }
        };
        let after = before.iter().zip(&others).map(changed).collect();
        (before, after)
    })
}

fn told(staff: &[Staff], c: &Conversation) -> Vec<UserId> {
    audience(staff, c).iter().map(|told| told.user).collect()
}

fn of(preview: &Preview, user: UserId) -> [Vec<ConversationId>; 4] {
    let person = preview.people.iter().find(|person| person.user == user);
    person.map_or_else(Default::default, |person| {
        [person.gains.clone(), person.loses.clone(), person.begins.clone(), person.stops.clone()]
    })
}

proptest! {
    #[test]
    fn a_preview_says_for_everybody_what_the_policy_says_before_and_after(
        (before, after) in change(), all in conversations(),
    ) {
        let preview = preview(&before, &after, &all);
        prop_assert_eq!(&preview, &super::super::preview(&before, &after, &all));
        for (now, then) in before.iter().zip(&after) {
            let [gains, loses, begins, stops] = of(&preview, now.id);
            for (id, c) in &all {
                let seen = (sees_on_dashboard(now, c), sees_on_dashboard(then, c));
                prop_assert_eq!((gains.contains(id), loses.contains(id)), (seen == (false, true), seen == (true, false)));
                let hears = (told(&before, c).contains(&now.id), told(&after, c).contains(&now.id));
                prop_assert_eq!((begins.contains(id), stops.contains(id)), (hears == (false, true), hears == (true, false)));
            }
        }
        let silent: Vec<_> = preview.silent.iter().map(|silence| silence.conversation).collect();
        for (id, c) in &all {
            prop_assert_eq!(silent.contains(id), !c.blocked && told(&after, c).is_empty());
        }
        for silence in &preview.silent {
            let (_, c) = all.iter().find(|(id, _)| *id == silence.conversation).unwrap();
            prop_assert_eq!(silence.already, told(&before, c).is_empty());
        }
    }

    #[test]
    fn where_nothing_changes_nobody_is_named(staff in staff(), all in conversations()) {
        let preview = preview(&staff, &staff, &all);
        prop_assert!(preview.people.is_empty());
        prop_assert!(preview.silent.iter().all(|silence| silence.already));
        prop_assert_eq!(preview.unassigned.before, preview.unassigned.after);
    }

    #[test]
    fn the_way_back_gives_what_the_way_there_took((before, after) in change(), all in conversations()) {
        let (there, back) = (preview(&before, &after, &all), preview(&after, &before, &all));
        for u in &before {
            let ([gains, loses, begins, stops], [gained, lost, began, stopped]) = (of(&there, u.id), of(&back, u.id));
            prop_assert_eq!([gains, loses, begins, stops], [lost, gained, stopped, began]);
        }
    }

    #[test]
    fn somebody_who_is_missing_on_one_side_is_as_if_deactivated((before, _) in change(), all in conversations()) {
        let gone: Vec<Staff> = before.iter().map(|u| inactive(*u)).collect();
        prop_assert_eq!(preview(&before, &[], &all), preview(&before, &gone, &all));
        prop_assert_eq!(preview(&[], &before, &all), preview(&gone, &before, &all));
    }

    #[test]
    fn what_holds_for_all_holds_for_each_conversation(staff in staff(), c in conversation()) {
        for u in &staff {
            let reach = reach(u);
            let own = c.assigned.contains(&u.id);
            prop_assert_eq!(sees_on_dashboard(u, &c), match reach.dashboard {
                Extent::Everything => true,
                Extent::Own => own,
                Extent::Nothing => false,
            });
            for client in &c.clients {
                let held = client.holders.contains(&u.id);
                let opens = match reach.clients {
                    Extent::Everything => true,
                    Extent::Own => held,
                    Extent::Nothing => false,
                };
                prop_assert_eq!(may_read_client(u, client), opens);
                prop_assert_eq!(may_edit_client(u, client), opens && reach.edits_clients);
                prop_assert_eq!(may_create_client(u, client), opens && reach.creates_clients);
                prop_assert_eq!(may_delete_client(u, client), opens && reach.deletes_clients);
                let tab = Conversation { clients: vec![client.clone()], ..Conversation::default() };
                prop_assert_eq!(sees_from_client(u, &tab), opens && reach.sms_tab);
            }
            prop_assert_eq!(may_send(u, &c), may_read(u, &c) && reach.writes && !c.opted_out && !c.blocked);
            for v in staff.iter().filter(|v| v.id != u.id) {
                let may = sees_on_dashboard(u, &c) && pickable(v).is_ok() && reach.assigns_others;
                prop_assert_eq!(may_assign(u, &c, v), may);
            }
            prop_assert!(reach.told || !told(&staff, &c).contains(&u.id));
        }
    }

    #[test]
    fn a_conversation_falls_silent_only_where_the_sentences_for_all_say_so(
        (before, after) in change(), all in conversations(),
    ) {
        let preview = preview(&before, &after, &all);
        for silence in preview.silent.iter().filter(|silence| !silence.already) {
            let (_, c) = all.iter().find(|(id, _)| *id == silence.conversation).unwrap();
            let alone = preview.people.iter().filter(|person| c.assigned.contains(&person.user));
            let said = preview.unassigned.falls_silent() || alone.clone().any(|person| person.alone.falls_silent());
            prop_assert!(said, "{c:?}");
        }
    }
}

#[test]
fn narrowing_the_only_one_who_sees_all_leaves_unassigned_conversations_to_nobody() {
    let (before, after) = (vec![all(1), only_assigned(2)], vec![only_assigned(1), only_assigned(2)]);
    let all = [(10, assigned_to(&[])), (11, assigned_to(&[2])), (12, assigned_to(&[1]))];
    let foreseen = preview(&before, &after, &all);
    assert_eq!(of(&foreseen, 1), [vec![], vec![10, 11], vec![], vec![10]]);
    assert!(of(&foreseen, 2).iter().all(Vec::is_empty));
    assert_eq!(foreseen.silent, [Silence { conversation: 10, already: false }]);
    assert!(foreseen.unassigned.falls_silent());
}

#[test]
fn whoever_sees_all_is_told_in_place_of_an_assignee_who_loses_access() {
    let (before, after) = (vec![all(1), only_assigned(2)], vec![all(1), no_access(2)]);
    let all = [(11, assigned_to(&[2]))];
    let foreseen = preview(&before, &after, &all);
    assert_eq!(of(&foreseen, 1), [vec![], vec![], vec![11], vec![]]);
    assert_eq!(of(&foreseen, 2), [vec![], vec![11], vec![], vec![11]]);
    assert!(foreseen.silent.is_empty());
    let two = foreseen.people.iter().find(|person| person.user == 2).unwrap();
    assert_eq!(two.alone, Heard { before: vec![2], after: vec![1] });
}

#[test]
fn whoever_takes_over_sees_and_hears_what_was_assigned_to_the_one_who_goes() {
    let before = vec![only_assigned(1), only_assigned(2), all(3)];
    let after = vec![Staff { active: false, ..only_assigned(1) }, only_assigned(2), all(3)];
    let all = [(11, assigned_to(&[1])), (12, assigned_to(&[1, 2])), (13, assigned_to(&[]))];
    let left = preview(&before, &after, &all);
    assert_eq!(of(&left, 3), [vec![], vec![], vec![11], vec![]]);
    let handed_over = preview_handing_over(&before, &after, &all, Some(HandedOver { from: 1, to: 2 }));
    assert_eq!(of(&handed_over, 1), [vec![], vec![11, 12], vec![], vec![11, 12]]);
    assert_eq!(of(&handed_over, 2), [vec![11], vec![], vec![11], vec![]]);
    assert!(of(&handed_over, 3).iter().all(Vec::is_empty));
    let one = handed_over.people.iter().find(|person| person.user == 1).unwrap();
    assert_eq!(one.alone, Heard { before: vec![1], after: vec![2] });
}
