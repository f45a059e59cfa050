use super::{loaded, user};
use crate::domain::ClientActivityKind;
use crate::store::{client_activity, client_list, client_phones, clients};

#[test]
fn records_show_every_state_that_a_page_of_clients_can() {
    let (_folder, db) = loaded();
    let rows = db.read(|c| client_list::page(c, &client_list::Query { limit: 100, ..Default::default() })).unwrap();
    assert_eq!(rows.len(), 40);
    assert!(rows.iter().any(|row| row.opted_out) && rows.iter().any(|row| row.positions.is_empty()));
    assert!(rows.iter().any(|row| row.positions.len() == 3) && rows.iter().any(|row| !row.company.is_empty()));
    let (mut appointments, mut sources, mut several) = (0, 0, 0);
    for row in &rows {
        let client = db.read(|c| clients::find(c, row.id)).unwrap().unwrap();
        appointments += usize::from(client.fields.appointment_at.is_some());
        sources += usize::from(!client.fields.lead_source.is_empty());
        several += usize::from(db.read(|c| client_phones::of_client(c, row.id)).unwrap().len() > 1);
        let lines = db.read(|c| client_activity::page(c, row.id, None, 100)).unwrap();
        assert_eq!(lines.last().map(|line| line.kind), Some(ClientActivityKind::Created), "{}", row.name);
        assert!(lines.is_sorted_by(|newer, older| newer.at > older.at), "{}", row.name);
        let last = lines.iter().find(|line| line.kind == ClientActivityKind::LeadStatus);
        let now = last.map_or("Lead Received", |line| line.detail.rsplit(" → ").next().unwrap());
        assert_eq!(now, row.lead_status, "the history of {} ends where they are", row.name);
    }
    assert!(appointments > 10 && sources > 20 && several > 2, "{appointments} {sources} {several}");
    let held = client_list::Query { held_by: Some(user(&db, "sales")), limit: 100, ..Default::default() };
    assert!((5..30).contains(&db.read(|c| client_list::page(c, &held)).unwrap().len()));
}
