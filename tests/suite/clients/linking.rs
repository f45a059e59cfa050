use crewline::domain::{BuiltInRole, ClientAccess, ClientId, ClientScope, ConversationId, Permissions, SmsAccess};
use crewline::store::client_phones;

use super::{position, thread};
use crate::support::app::{Actor, Answered, Backend, TestApp, for_both};

for_both!(
    an_unknown_caller_is_linked_and_thread_and_assignments_stay,
    only_who_sees_it_on_the_dashboard_and_may_change_the_record_links_and_unlinks,
    the_search_offers_only_clients_one_may_change,
    unlinking_keeps_the_phone_unless_asked,
    a_phone_that_goes_takes_only_conversations_along_that_one_reads,
    a_short_code_is_linked_without_becoming_a_phone,
    a_phone_typed_into_a_record_opens_no_conversation_that_one_does_not_read,
    every_conversation_that_a_phone_brings_is_written_down,
    an_imported_phone_brings_only_what_the_importer_reads,
);

async fn link(actor: &Actor, id: ConversationId, client: ClientId) -> Answered {
    actor.post_form(&format!("/conversations/{id}/clients"), &[("client_id", &client.to_string())]).await
}

fn phones(app: &TestApp, client: ClientId) -> Vec<String> {
    app.read(|c| client_phones::of_client(c, client)).into_iter().map(|phone| phone.phone).collect()
}

async fn an_unknown_caller_is_linked_and_thread_and_assignments_stay(backend: Backend) {
    let app = TestApp::start(backend).await;
    let sally = app.user("Sally Sales", BuiltInRole::SalesPerson);
    let maria = app.client("Maria", "+13035550199", &[]);
    let id = app.text_in("+13035550101", "It is me").await;
    let other_number = app.text_in_to("+13035559999", "+13035550101", "Me again").await;
    app.assign(id, sally);
    let owner = app.sign_in(app.owner()).await;
    let page = owner.get(&format!("/conversations/{id}")).await;
    let new = page.attributes("aside a[href^='/clients/new']", "href");
    assert_eq!(new, [format!("/clients/new?phone=%2B13035550101&conversation={id}")]);
    assert_eq!(page.texts("aside a[href$='/clients']"), ["Link to client"]);
    assert_eq!(owner.get(&format!("/conversations/{id}/clients")).await.status, 200);

    for _ in 0..2 {
        let linked = link(&owner, id, maria).await;
        assert_eq!((linked.status, linked.location), (303, Some(format!("/conversations/{id}"))));
        assert_eq!(phones(&app, maria), ["+13035550199", "+13035550101"]);
        assert_eq!(app.count("client_activity where kind = 'linked'"), 1, "linking twice is linking once");
        assert_eq!(app.count("audit_log where action = 'conversation.linked'"), 2, "each of the two conversations");
    }
    assert_eq!(app.count("conversation_clients"), 2, "what was texted to another number is theirs too");
    assert_eq!((app.count("messages"), app.count("assignments")), (2, 1));
    let page = owner.get(&format!("/conversations/{id}")).await;
    assert_eq!(page.texts("h2"), ["Maria Client"]);
    assert!(page.texts("[aria-label='Conversations'] li a").iter().all(|row| !row.contains("0101")), "the list too");
    assert_eq!(owner.get(&thread(maria, other_number)).await.status, 200);
    assert!(owner.get("/conversations?q=maria").await.texts("li.row a").len() == 2, "found by the name now");

    // A household: another one beside her
    let bob = app.client("Bob", "+13035550155", &[]);
    assert_eq!(link(&owner, id, bob).await.status, 303);
    assert_eq!(owner.get(&format!("/conversations/{id}")).await.texts("h2"), ["Maria Client, Bob Client"]);
    let page = owner.get(&format!("/conversations/{id}/clients")).await;
    assert_eq!(
        page.attributes("button[aria-label^=Unlink]", "aria-label"),
        ["Unlink Maria Client", "Unlink Bob Client"]
    );
}

async fn only_who_sees_it_on_the_dashboard_and_may_change_the_record_links_and_unlinks(backend: Backend) {
    let app = TestApp::start(backend).await;
    let (sally, carl) =
        (app.user("Sally Sales", BuiltInRole::SalesPerson), app.user("Carl Crew", BuiltInRole::FieldEmployee));
    let held = app.client("Maria", "+13035550199", &[sally, carl]);
    let other = app.client("Olga", "+13035550198", &[]);
    let id = app.text_in("+13035550101", "Hi").await;
    let of_held = app.text_in("+13035550199", "Hi").await;
    let (sales, field) = (app.sign_in(sally).await, app.sign_in(carl).await);
    let page = format!("/conversations/{id}/clients");
    for actor in [&sales, &field] {
        assert_eq!(actor.get(&page).await.status, 404);
        assert_eq!(link(actor, id, held).await.status, 404, "they do not see the conversation");
    }
    assert_eq!(link(&sales, of_held, held).await.status, 403, "a record is not the dashboard");
    let unlink = format!("/conversations/{of_held}/clients/{held}/removal");
    assert_eq!(sales.post(&unlink).await.status, 403);

    app.assign(id, sally);
    for nobody in [other, 99_999, 0, -1] {
        assert_eq!(link(&sales, id, nobody).await.status, 404, "{nobody} is no record of theirs");
        assert_eq!(sales.post(&format!("{page}/{nobody}/removal")).await.status, 404, "{nobody}");
    }
    let none: [(&str, &str); 0] = [];
    assert_eq!(sales.post_form(&page, &none).await.status, 422);
    assert_eq!(app.count(&format!("conversation_clients where conversation_id = {id}")), 0);
    assert_eq!(sales.get(&page).await.status, 200);
    assert_eq!(link(&sales, id, held).await.status, 303);
    assert_eq!(sales.post(&format!("{page}/{held}/removal")).await.status, 303);

    let mut reads = BuiltInRole::SalesPerson.permissions();
    reads.client_access = crewline::domain::ClientAccess::Read;
    app.set_permissions(sally, reads);
    assert_eq!(link(&sales, id, held).await.status, 403, "reads the record, may not change it");
    assert_eq!(sales.get(&page).await.status, 403);
    let thread = sales.get(&format!("/conversations/{id}")).await;
    assert!(thread.texts("a").iter().all(|name| !["New client", "Link to client"].contains(&name.as_str())));
}

async fn the_search_offers_only_clients_one_may_change(backend: Backend) {
    let app = TestApp::start(backend).await;
    let sally = app.user("Sally Sales", BuiltInRole::SalesPerson);
    let held = app.client("Maria", "+13035550199", &[sally]);
    let other = app.client("Mariano", "+13035550198", &[]);
    let id = app.text_in("+13035550101", "Hi").await;
    app.assign(id, sally);
    let (owner, sales) = (app.sign_in(app.owner()).await, app.sign_in(sally).await);
    let found = async |actor: &Actor, q: &str| {
        let page = actor.get(&format!("/conversations/{id}/clients?q={q}")).await;
        assert_eq!(page.status, 200, "{q}");
        page.attributes("button[name=client_id]", "value")
    };
    assert_eq!(found(&owner, "mari").await, [other.to_string(), held.to_string()]);
    assert_eq!(found(&sales, "mari").await, [held.to_string()]);
    assert_eq!(found(&sales, "0199").await, [held.to_string()], "by phone");
    assert_eq!(found(&owner, "%28303%29+555-0198").await, [other.to_string()], "as people write it");
    for nothing in ["zzz", "%27%29%3B--", "+", ""] {
        assert!(found(&owner, nothing).await.is_empty(), "{nothing}");
    }
    link(&owner, id, held).await;
    assert_eq!(found(&owner, "mari").await, [other.to_string()], "who is linked is not offered");

    for number in 0..45 {
        app.client(&format!("Zed{number}"), &format!("+13035551{number:03}"), &[]);
    }
    let (mut met, mut next) = (Vec::new(), Some(format!("/conversations/{id}/clients?q=zed")));
    while let Some(path) = next {
        let page = owner.get(&path).await;
        met.extend(page.attributes("button[name=client_id]", "value"));
        next = page.attributes("a[rel=next]", "href").pop();
    }
    let met_once = met.iter().collect::<std::collections::HashSet<_>>();
    assert_eq!((met.len(), met_once.len()), (45, 45));

    // A phone that a record has already is offered before anybody searches
    let twin = app.client("Twin", "+13035550101", &[]);
    assert_eq!(found(&owner, "").await, [twin.to_string()]);
}

async fn unlinking_keeps_the_phone_unless_asked(backend: Backend) {
    let app = TestApp::start(backend).await;
    let maria = app.client("Maria", "+13035550199", &[]);
    let id = app.text_in("+13035550101", "Hi").await;
    let second = app.text_in_to("+13035559999", "+13035550101", "Hi").await;
    let owner = app.sign_in(app.owner()).await;
    link(&owner, id, maria).await;
    let links = || app.count("conversation_clients");
    assert_eq!((links(), phones(&app, maria).len()), (2, 2));

    let removal = format!("/conversations/{id}/clients/{maria}/removal");
    for _ in 0..2 {
        let unlinked = owner.post(&removal).await;
        assert_eq!((unlinked.status, unlinked.location), (303, Some(format!("/conversations/{id}"))));
        assert_eq!((links(), phones(&app, maria).len()), (1, 2), "only this conversation, and the phone stays");
    }
    assert_eq!(owner.get(&format!("/conversations/{id}")).await.texts("h2"), ["(303) 555-0101"]);
    assert_eq!(owner.get(&thread(maria, id)).await.status, 404);
    assert_eq!(app.count("client_activity where kind = 'unlinked'"), 1);

    link(&owner, id, maria).await;
    assert_eq!((links(), phones(&app, maria).len()), (2, 2));
    let gone = owner.post_form(&removal, &[("phone", "remove")]).await;
    assert_eq!(gone.status, 303);
    assert_eq!((links(), phones(&app, maria)), (0, vec!["+13035550199".to_owned()]));
    assert_eq!(owner.get(&thread(maria, second)).await.status, 404);
    assert_eq!(app.count("audit_log where action = 'conversation.unlinked'"), 2);
    assert_eq!(app.count("messages"), 2, "the texts stay");

    // The last phone of a record goes like any other
    let bob = app.client("Bob", "+13035550101", &[]);
    link(&owner, id, bob).await;
    owner.post_form(&format!("/conversations/{id}/clients/{bob}/removal"), &[("phone", "remove")]).await;
    assert!(phones(&app, bob).is_empty());
}

async fn a_phone_that_goes_takes_only_conversations_along_that_one_reads(backend: Backend) {
    let app = TestApp::start(backend).await;
    let may = Permissions { sms_access: SmsAccess::None, ..BuiltInRole::SalesPerson.permissions() };
    let sally = app.user_with("Sally Sales", may);
    let maria = app.client("Maria", "+13035550101", &[sally]);
    let own = app.text_in("+13035550101", "For Sally").await;
    let secret = app.text_in_to("+13035559999", "+13035550101", "Not for Sally").await;
    app.assign(own, sally);
    let sales = app.sign_in(sally).await;
    assert_eq!(sales.get(&format!("/conversations/{secret}")).await.status, 404, "she does not read it");
    let links = |id| app.count(&format!("conversation_clients where conversation_id = {id}"));
    assert_eq!((links(own), links(secret)), (1, 1));

    let removal = format!("/conversations/{own}/clients/{maria}/removal");
    assert_eq!(sales.post_form(&removal, &[("phone", "remove")]).await.status, 303);
    assert!(phones(&app, maria).is_empty());
    assert_eq!((links(own), links(secret)), (0, 1), "what she does not read stays as it is");
    let owner = app.sign_in(app.owner()).await;
    let record = owner.get(&format!("/clients/{maria}")).await;
    assert!(record.texts("[aria-labelledby=conversations-title] .tag").contains(&"Former phone".to_owned()));
    assert_eq!(owner.get(&thread(maria, secret)).await.status, 200);
    assert_eq!(app.count("audit_log where action = 'conversation.unlinked'"), 1);
}

async fn a_short_code_is_linked_without_becoming_a_phone(backend: Backend) {
    let app = TestApp::start(backend).await;
    let maria = app.client("Maria", "+13035550199", &[]);
    let id = app.text_in("72345", "Your code is 4711").await;
    let owner = app.sign_in(app.owner()).await;
    let page = owner.get(&format!("/conversations/{id}")).await;
    assert_eq!(page.attributes("aside a[href^='/clients/new']", "href"), [format!("/clients/new?conversation={id}")]);
    assert_eq!(link(&owner, id, maria).await.status, 303);
    assert_eq!(phones(&app, maria), ["+13035550199"]);
    assert_eq!(owner.get(&thread(maria, id)).await.status, 200);
    assert!(!owner.get(&super::tab(maria)).await.text().contains("Former phone"));
}

/// A link of this conversation, in the audit log.
fn audited(app: &TestApp, id: ConversationId, client: ClientId) -> i64 {
    let what = format!("subject = 'conversation {id}' and detail = 'client {client}'");
    app.count(&format!("audit_log where action = 'conversation.linked' and {what}"))
}

async fn a_phone_typed_into_a_record_opens_no_conversation_that_one_does_not_read(backend: Backend) {
    let app = TestApp::start(backend).await;
    let sally = app.user("Sally Sales", BuiltInRole::SalesPerson);
    let mut enters = BuiltInRole::SalesPerson.permissions();
    enters.client_access = ClientAccess::Create;
    app.set_permissions(sally, enters);
    let held = app.client("Maria", "+13035550199", &[sally]);
    let secret = app.text_in("+13035550101", "The secret").await;
    let own = app.text_in("+13035550102", "For Sally").await;
    let other_number = app.text_in_to("+13035559999", "+13035550102", "Not for Sally").await;
    app.assign(own, sally);
    let sales = app.sign_in(sally).await;
    assert_eq!(sales.get(&format!("/conversations/{secret}")).await.status, 404, "she does not read it");

    let phones = [("phone_2", "+13035550101"), ("phone_3", "+13035550102")];
    assert_eq!(sales.post_form(&format!("/clients/{held}"), &phones).await.status, 303);
    assert_eq!(app.count(&format!("client_phones where client_id = {held}")), 3, "the phones are kept");
    let position = position(&app, 0).to_string();
    let field = format!("position_{position}");
    let new = [("first_name", "New"), ("phone_1", "+13035550101"), (&field, &sally.to_string())];
    assert_eq!(sales.post_form("/clients", &new).await.status, 303);
    let entered = app.number_in("clients where first_name = 'New'", "id");
    for client in [held, entered] {
        assert_eq!(sales.get(&thread(client, secret)).await.status, 404);
        assert!(!sales.get(&super::tab(client)).await.text().contains("The secret"));
    }
    assert_eq!(sales.get(&format!("/conversations/{secret}")).await.status, 404);
    assert_eq!(sales.get(&thread(held, own)).await.status, 200, "what she reads comes along");
    assert_eq!(sales.get(&thread(held, other_number)).await.status, 404);
    assert_eq!(app.count("conversation_clients"), 1);
    assert_eq!(audited(&app, own, held), 1);

    // From the thread it is the same: what was texted to the other number stays where it is
    assert_eq!(link(&sales, own, entered).await.status, 303);
    assert_eq!(app.count(&format!("conversation_clients where conversation_id = {other_number}")), 0);

    // Nor does a text from the record open it
    let texted = sales.post_form(&super::tab(held), &[("phone", "+13035550101"), ("body", "Hi")]).await;
    assert_eq!(texted.status, 403);
    let why = "There is a conversation with this phone that is not on this record. Somebody who sees it can link it.";
    assert_eq!(texted.texts("[role=alert]"), [why]);
    assert_eq!(texted.texts("textarea"), ["Hi"], "what was typed is kept");
    assert_eq!(app.count("messages where direction = 'out'"), 0);
    assert_eq!(app.count(&format!("assignments where conversation_id = {secret}")), 0);

    // A conversation that begins later is of whoever has the phone
    let owner = app.sign_in(app.owner()).await;
    assert_eq!(owner.get(&format!("/conversations/{secret}/clients")).await.status, 200);
    let third = app.text_in_to("+13035559999", "+13035550101", "A new one").await;
    assert_eq!(sales.get(&thread(held, third)).await.status, 200);
}

async fn every_conversation_that_a_phone_brings_is_written_down(backend: Backend) {
    let app = TestApp::start(backend).await;
    let maria = app.client("Maria", "+13035550199", &[]);
    let (first, second) = (app.text_in("+13035550101", "Hi").await, app.text_in("+13035550102", "Hi").await);
    let owner = app.sign_in(app.owner()).await;
    let linked = async |client: ClientId| {
        let lines = super::activity(&owner.get(&super::address(client)).await);
        lines.into_iter().filter(|line| line.contains(" linked a conversation")).collect::<Vec<_>>()
    };
    owner.post_form(&super::address(maria), &[("phone_2", "+13035550101")]).await;
    assert_eq!(linked(maria).await, ["Olivia Owner linked a conversation (303) 555-0101"]);
    assert_eq!(audited(&app, first, maria), 1);
    owner.post_form("/clients", &[("first_name", "Bob"), ("phone_1", "+13035550102")]).await;
    let bob = app.number_in("clients where first_name = 'Bob'", "id");
    assert_eq!(linked(bob).await, ["Olivia Owner linked a conversation (303) 555-0102"]);
    assert_eq!(audited(&app, second, bob), 1);

    // Unlinked by hand; a text from the record brings it back, and says so
    assert_eq!(owner.post(&format!("/conversations/{second}/clients/{bob}/removal")).await.status, 303);
    assert_eq!(owner.get(&thread(bob, second)).await.status, 404);
    let texted = owner.post_form(&super::tab(bob), &[("phone", "+13035550102"), ("body", "Hi")]).await;
    assert_eq!((texted.status, texted.location), (303, Some(thread(bob, second))));
    assert_eq!(linked(bob).await.len(), 2);
    assert_eq!(audited(&app, second, bob), 2);
}

async fn an_imported_phone_brings_only_what_the_importer_reads(backend: Backend) {
    let app = TestApp::start(backend).await;
    let sally = app.user("Sally Sales", BuiltInRole::SalesPerson);
    let mut imports = BuiltInRole::SalesPerson.permissions();
    (imports.client_access, imports.client_scope) = (ClientAccess::Create, ClientScope::All);
    app.set_permissions(sally, imports);
    app.client("Maria", "+13035550199", &[]);
    let secret = app.text_in("+13035550101", "The secret").await;
    let own = app.text_in("+13035550102", "For Sally").await;
    let of_update = app.text_in("+13035550103", "The other secret").await;
    app.assign(own, sally);
    let sales = app.sign_in(sally).await;
    assert_eq!(sales.get(&format!("/conversations/{secret}")).await.status, 404, "she does not read it");
    let text = "Name,Phone,Home phone\nAnn Able,3035550101,\nBo Bold,3035550102,\nMaria Client,3035550199,3035550103\n";
    crate::imports::imported(&app, &sales, text, &[("duplicates", "update")]).await;
    assert_eq!((app.count("clients"), app.count("client_phones")), (3, 4));
    let links = |id: ConversationId| app.count(&format!("conversation_clients where conversation_id = {id}"));
    assert_eq!((links(secret), links(own), links(of_update)), (0, 1, 0));
    for conversation in [secret, of_update] {
        assert_eq!(sales.get(&format!("/conversations/{conversation}")).await.status, 404);
    }
    assert_eq!(app.count("client_activity where kind = 'linked' and detail = '(303) 555-0102'"), 1);
}
