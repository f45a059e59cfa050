use super::{list, loaded, threads, user};
use crate::domain::{
    ConsentKind, ConsentSource, ConversationFilter, DeliveryStatus, FlagAnswer, Keyword, SmsText, TimelineKind,
};
use crate::store::{consents, conversations, opt_outs};

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
    let flags: Vec<_> = texts.iter().filter(|text| text.flagged).map(|text| &text.answered).collect();
    assert!(flags.iter().any(|answered| answered.is_none()));
    for answer in FlagAnswer::ALL {
        assert!(flags.iter().copied().flatten().any(|answered| answered.answer == *answer), "{answer}");
    }
    assert!(texts.iter().any(|text| text.retried_as.is_some()) && texts.iter().any(|text| text.retry_of.is_some()));
    assert!(texts.iter().any(|text| Keyword::of(&text.body, false) == Some(Keyword::Help)));
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
    let consents: Vec<_> =
        rows.iter().flat_map(|row| db.read(|c| consents::page(c, &row.phone, None, 500)).unwrap()).collect();
    for kind in ConsentKind::ALL {
        assert!(consents.iter().any(|line| line.kind == *kind), "{kind}");
    }
    for source in [ConsentSource::Text, ConsentSource::Staff] {
        assert!(consents.iter().any(|line| line.source == source), "{source}");
    }
    assert!(rows.iter().any(|row| { db.read(|c| conversations::find(c, row.id)).unwrap().unwrap().blocked }));
    assert!(!list(&db, user(&db, "sales"), Some(ConversationFilter::Unread)).is_empty());
}
