use crewline::domain::{BuiltInRole, Permissions, SmsDashboard};

use super::{address, on_tuesday, schedule};
use crate::support::app::{Actor, Backend, for_both};

for_both!(everything_that_waits_is_listed_a_page_at_a_time_the_next_first, one_finds_there_only_what_one_reads,);

const LIST: &str = "/conversations/scheduled";

/// Where the rows lead, in their order.
async fn rows(actor: &Actor, path: &str) -> Vec<String> {
    actor.get(path).await.attributes("[aria-label='Scheduled texts'] ol li.scheduled-row a", "href")
}

async fn everything_that_waits_is_listed_a_page_at_a_time_the_next_first(backend: Backend) {
    let app = on_tuesday(backend).start().await;
    let owner = app.sign_in(app.owner()).await;
    let page = owner.get(LIST).await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains("Nothing waits to be sent"));
    let mut all = Vec::new();
    for number in 0..25 {
        let id = app.text_in(&format!("+130355501{number:02}"), "Hi").await;
        assert_eq!(schedule(&owner, id, &format!("2026-11-25T09:{:02}", 59 - number)).await.status, 303);
        all.push(address(id));
    }
    all.reverse();
    let first = rows(&owner, LIST).await;
    assert_eq!(first, all[..20]);
    let next = owner.get(LIST).await.attributes("a[rel=next]", "href").concat();
    assert_eq!(rows(&owner, &next).await, all[20..]);
    assert!(owner.get(&next).await.attributes("a[rel=next]", "href").is_empty());
    let way = owner.get("/conversations").await.attributes(&format!("a[href='{LIST}']"), "aria-label");
    assert_eq!(way, ["Scheduled texts"]);
}

async fn one_finds_there_only_what_one_reads(backend: Backend) {
    let app = on_tuesday(backend).start().await;
    let sally = app.user("Sally Sales", BuiltInRole::SalesPerson);
    let nora = Permissions { sms_dashboard: SmsDashboard::None, ..BuiltInRole::SalesPerson.permissions() };
    let nora = app.user_with("Nora Nodash", nora);
    let maria = app.client("Maria", "+13035550101", &[sally]);
    let from_record = app.text_in("+13035550101", "Hi").await;
    let assigned = app.text_in("+13035550102", "Hi").await;
    let foreign = app.text_in("+13035550103", "Hi").await;
    app.assign(assigned, sally);
    let (owner, sales) = (app.sign_in(app.owner()).await, app.sign_in(sally).await);
    for (actor, id, at) in [(&sales, from_record, "09:00"), (&owner, assigned, "09:01"), (&owner, foreign, "09:02")] {
        assert_eq!(schedule(actor, id, &format!("2026-11-25T{at}")).await.status, 303);
    }
    let record = format!("/clients/{maria}/sms/{from_record}");
    assert_eq!(rows(&sales, LIST).await, [record, address(assigned)]);
    assert_eq!(rows(&owner, LIST).await, [address(from_record), address(assigned), address(foreign)]);
    app.set_permissions(
        sally,
        Permissions { client_scope: crewline::domain::ClientScope::None, ..BuiltInRole::SalesPerson.permissions() },
    );
    assert_eq!(rows(&sales, LIST).await, [address(assigned)], "what one wrote and no longer reads is not there");
    assert_eq!(app.sign_in(nora).await.get(LIST).await.status, 404, "there is no dashboard");
}
