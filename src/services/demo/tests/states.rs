use super::{list, loaded, threads, user};
use crate::domain::{ConversationFilter, DeliveryStatus, SmsText, TimelineKind};
use crate::store::{conversations, opt_outs};

#[test]
fn every_state_that_a_page_can_show_is_there() {
    let (_folder, db) = loaded();
    let threads = threads(&db);
    let texts: Vec<_> = threads.values().flat_map(|page| &page.messages).collect();
    for status in DeliveryStatus::ALL {
        assert!(texts.iter().any(|text| text.status == *status), "{status}");
    }
    assert!(texts.iter().any(|text| text.status == DeliveryStatus::Failed && text.error_code.is_some()));
    for kind in TimelineKind::ALL {
        assert!(threads.values().flat_map(|page| &page.timeline).any(|entry| entry.kind == *kind), "{kind}");
    }
    assert!(texts.iter().any(|text| text.body.chars().count() == 1_600));
    assert!(texts.iter().any(|text| text.body.is_empty() && text.media.len() == 2));
    assert_eq!(texts.iter().filter(|text| text.flagged).count(), 1);
    for text in texts {
        assert!(!text.body.contains(['{', '}']), "a blank was left: {}", text.body);
        assert!(!text.media.is_empty() || SmsText::parse(&text.body).is_ok(), "{}", text.body);
    }
    let owner = user(&db, "owner");
    for filter in ConversationFilter::ALL {
        assert!(!list(&db, owner, Some(*filter)).is_empty(), "{filter}");
    }
    let rows = list(&db, owner, None);
    assert!(rows.iter().any(|row| row.assignees.len() >= 5));
    assert!(rows.iter().any(|row| matches!(&*row.assignees, [one] if one.name == "Carl Jensen")));
    assert!(rows.iter().any(|row| row.clients.len() == 2), "a household");
    assert!(rows.iter().any(|row| row.clients.is_empty() && !row.phone.starts_with('+')), "a short code");
    assert!(rows.iter().any(|row| db.read(|c| opt_outs::exists(c, &row.phone)).unwrap()));
    assert!(rows.iter().any(|row| { db.read(|c| conversations::find(c, row.id)).unwrap().unwrap().blocked }));
    assert!(!list(&db, user(&db, "sales"), Some(ConversationFilter::Unread)).is_empty());
}
