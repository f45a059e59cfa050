use super::{loaded, threads, user};
use crate::assignment_policy::{Told, audience};
use crate::domain::{Direction, NotificationKind};
use crate::services::facts;
use crate::store::notifications::Notification;
use crate::store::{Db, notifications, users};

#[test]
fn inbound_notifications_tell_of_texts_that_came_in_and_the_last_ones_follow_the_policy() {
    let (_folder, db) = loaded();
    let (threads, told) = (threads(&db), told(&db));
    let inbound: Vec<_> = told.iter().filter(|told| told.kind == NotificationKind::Inbound).collect();
    for notification in &inbound {
        let texts = &threads[&notification.conversation_id].messages;
        let text = texts.iter().find(|text| Some(text.id) == notification.message_id).unwrap();
        assert_eq!((text.direction, text.at), (Direction::In, notification.created_at));
    }
    let staff = db.read(facts::staff).unwrap();
    for (id, page) in &threads {
        let Some(newest) = page.messages.last().filter(|text| text.direction == Direction::In) else {
            continue;
        };
        if page.timeline.last().is_some_and(|entry| entry.at > newest.at) {
            continue;
        }
        let known = db.read(|c| facts::conversation(c, *id)).unwrap().unwrap();
        let expected = audience(&staff, &known.facts);
        let mut actual: Vec<_> = inbound
            .iter()
            .filter(|told| told.message_id == Some(newest.id))
            .map(|told| Told { user: told.user_id, reason: told.reason })
            .collect();
        actual.sort_unstable();
        assert_eq!(actual, expected);
    }
    let field = user(&db, "field");
    assert!(inbound.iter().all(|told| told.user_id != field), "who has no access is never told");
    for kind in NotificationKind::ALL.iter().copied() {
        for seen in [true, false] {
            let known = told.iter().any(|told| told.kind == kind && told.seen == seen);
            // In the demo no text for later was held back
            let absent = kind == NotificationKind::Skipped || (kind == NotificationKind::Removed && seen);
            assert!(known || absent, "{kind}, seen: {seen}");
        }
    }
}

fn told(db: &Db) -> Vec<Notification> {
    let everybody = db.read(users::all).unwrap();
    everybody.iter().flat_map(|user| db.read(|c| notifications::page(c, user.id, None, 5_000)).unwrap()).collect()
}
