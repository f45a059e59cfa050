use crewline::domain::{ClientAccess, ClientId, ClientScope, Permissions};

use super::{address, rows, status};
use crate::support::app::{Actor, Backend, TestApp, for_both};
use crate::support::rows as stored;

for_both!(
    the_newest_client_comes_first_and_is_named_first,
    paging_meets_every_client_once_while_others_come_and_go,
    a_search_goes_on_to_its_last_match_however_many_there_are,
    a_search_finds_names_companies_addresses_and_phones_as_people_write_them,
    filters_narrow_the_list_alone_and_together,
    who_holds_two_positions_on_a_record_meets_it_once,
    opting_out_and_in_shows_in_the_list,
    an_empty_list_says_what_comes_next,
);

async fn the_newest_client_comes_first_and_is_named_first(backend: Backend) {
    let app = TestApp::start(backend).await;
    let sally = app.user("Sally Sales", crewline::domain::BuiltInRole::SalesPerson);
    let maria = app.client("Maria", "+13035550101", &[sally]);
    let owner = app.sign_in(app.owner()).await;
    owner.post_form("/clients", &[("company", "Acme Roofing")]).await;
    let acme = app.number_in("clients", "max(id)");
    let list = owner.get("/clients").await;
    assert_eq!(rows(&list), [acme, maria]);
    let texts = list.texts("[aria-label=Clients] ol li");
    assert!(texts[0].starts_with("Acme Roofing") && texts[0].contains("No phone"), "{texts:?}");
    for words in ["Maria Client", "(303) 555-0101", "Lead Received", "Sales Person: Sally Sales"] {
        assert!(texts[1].contains(words), "{words}: {texts:?}");
    }
    assert_eq!(list.attributes("[aria-label=Clients] ol li a", "href").len(), 2, "one link each");
}

async fn paging_meets_every_client_once_while_others_come_and_go(backend: Backend) {
    let app = TestApp::start(backend).await;
    let known: Vec<ClientId> =
        (0..125).map(|number| app.client(&format!("No{number}"), &format!("+1303555{number:04}"), &[])).collect();
    let owner = app.sign_in(app.owner()).await;
    let (mut met, mut next, mut pages) = (Vec::new(), Some("/clients".to_owned()), 0);
    while let Some(path) = next {
        let page = owner.get(&path).await;
        assert_eq!(page.status, 200, "{path}");
        met.extend(rows(&page));
        next = page.attributes("a[rel=next]", "href").pop();
        pages += 1;
        app.client("Meanwhile", &format!("+1720555{pages:04}"), &[]);
        // What was shown already goes: the cursor does not need its row
        owner.post(&format!("/clients/{}/removal", met[met.len() - 1])).await;
    }
    assert_eq!(pages, 3);
    let expected: Vec<ClientId> = known.into_iter().rev().collect();
    assert_eq!(met, expected, "each of them once, newest first");
}

async fn a_search_goes_on_to_its_last_match_however_many_there_are(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let carl = app.user("Carl Crew", crewline::domain::BuiltInRole::FieldEmployee);
    let oldest = app.client("Zquux", "+13035550101", &[carl]);
    let demo = status(&app, "Demo");
    owner.post_form(&format!("/clients/{oldest}/lead-status"), &[("lead_status_id", &demo)]).await;
    app.text_in("+13035550101", "STOP").await;
    let many = 1_100;
    let others = format!(
        "insert into clients (first_name, last_name, email, address, lead_status_id, notes, created_at, search_terms) \
         with recursive n (i) as (select 1 union all select i + 1 from n where i < {many}) \
         select 'Zquux', 'No' || n.i, '', '', c.lead_status_id, '', c.created_at, 'zquux no' || n.i \
         from n cross join clients c"
    );
    app.write(|tx| Ok(stored::run(tx, &others)?));
    let lead = status(&app, "Lead Received");
    app.write(|tx| Ok(stored::run(tx, &format!("update clients set lead_status_id = {lead} where id <> {oldest}"))?));

    let (mut met, mut next) = (Vec::new(), Some("/clients?q=zquux".to_owned()));
    while let Some(path) = next {
        let page = owner.get(&path).await;
        met.extend(rows(&page));
        next = page.attributes("a[rel=next]", "href").pop();
    }
    assert_eq!(met.len(), many + 1);
    assert!(met.is_sorted_by(|one, next| one > next) && met[many] == oldest, "each once, newest first");
    for filter in [format!("status={demo}"), format!("holder={carl}"), "filter=opted_out".to_owned()] {
        assert_eq!(rows(&owner.get(&format!("/clients?q=zquux&{filter}")).await), [oldest], "{filter}");
    }
    assert!(rows(&owner.get("/clients?q=zquux&filter=mine").await).is_empty());
    let file = owner.get("/clients/export.csv?q=zquux").await;
    assert_eq!(file.body.lines().count(), many + 2, "a line each, and the header");
}

async fn a_search_finds_names_companies_addresses_and_phones_as_people_write_them(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let zoe = app.client("Zoë", "+13035550101", &[]);
    let lukasz = app.client("Łukasz", "+13035550102", &[]);
    let fields = [("company", "24/7 Straße GmbH"), ("email", "Info@Acme-Dach.example"), ("address", "7 Quail Run")];
    owner.post_form(&address(lukasz), &fields).await;
    for (query, found) in [
        ("zoe", vec![zoe]),
        ("ZOË cli", vec![zoe]),
        ("client", vec![lukasz, zoe]),
        ("strasse", vec![lukasz]),
        ("info@acme-dach.example", vec![lukasz]),
        ("quail 7", vec![lukasz]),
        ("(303) 555-0101", vec![zoe]),
        ("5550102", vec![lukasz]),
        ("303555", vec![lukasz, zoe]),
        ("nobody", vec![]),
        ("%", vec![]),
        ("zoe lukasz", vec![]),
    ] {
        assert_eq!(search(&owner, query).await, found, "{query}");
    }
    let page = owner.get("/clients?q=%3Cscript%3E").await;
    assert!(!page.body.contains("<script>"), "what was typed is shown as text");
    // What is not known any more does not find it any more
    owner.post_form(&address(zoe), &[("first_name", "Ann"), ("phone_1", "+17205550199")]).await;
    assert!(search(&owner, "zoe").await.is_empty() && search(&owner, "5550101").await.is_empty());
    assert_eq!(search(&owner, "720 555 0199").await, [zoe]);
}

async fn search(actor: &Actor, query: &str) -> Vec<ClientId> {
    let query = serde_urlencoded::to_string([("q", query)]).expect("a query");
    rows(&actor.get(&format!("/clients?{query}")).await)
}

async fn filters_narrow_the_list_alone_and_together(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner_id = app.owner();
    let carl = app.user("Carl Crew", crewline::domain::BuiltInRole::FieldEmployee);
    let owner = app.sign_in(owner_id).await;
    let mine = app.client("Mine", "+13035550101", &[owner_id]);
    let shared = app.client("Shared", "+13035550102", &[owner_id, carl]);
    let carls = app.client("Carls", "+13035550103", &[carl]);
    let demo = status(&app, "Demo");
    for id in [shared, carls] {
        owner.post_form(&format!("/clients/{id}/lead-status"), &[("lead_status_id", &demo)]).await;
    }
    app.text_in("+13035550102", "STOP").await;
    let ask = async |query: String| rows(&owner.get(&format!("/clients?{query}")).await);
    assert_eq!(ask(String::new()).await, [carls, shared, mine], "that is what is narrowed");
    assert_eq!(ask(format!("status={demo}")).await, [carls, shared]);
    assert_eq!(ask(format!("holder={carl}")).await, [carls, shared]);
    assert_eq!(ask("filter=mine".into()).await, [shared, mine]);
    assert_eq!(ask("filter=opted_out".into()).await, [shared]);
    assert_eq!(ask(format!("filter=mine&holder={carl}")).await, [shared]);
    assert_eq!(ask(format!("filter=mine&status={demo}")).await, [shared]);
    assert_eq!(ask(format!("filter=opted_out&holder={carl}&status={demo}&q=sha")).await, [shared]);
    assert!(ask(format!("filter=opted_out&holder={carl}&q=carls")).await.is_empty());
    assert!(ask("status=99999".into()).await.is_empty());
    // What is not understood is not asked for
    assert_eq!(ask("status=&holder=x&filter=nonsense&before=".into()).await.len(), 3);
    let page = owner.get(&format!("/clients?status={demo}&q=s")).await;
    assert_eq!(page.attributes("select[name=status] option[selected]", "value"), [demo]);
    assert_eq!(page.attributes("input[name=q]", "value"), ["s"]);
}

async fn who_holds_two_positions_on_a_record_meets_it_once(backend: Backend) {
    let app = TestApp::start(backend).await;
    let may =
        Permissions { client_scope: ClientScope::Assigned, client_access: ClientAccess::Read, ..Permissions::NOTHING };
    let me = app.user_with("Toni Twice", may);
    let id = app.client("Maria", "+13035550101", &[me, me, me]);
    assert_eq!(app.count(&format!("client_positions where client_id = {id}")), 3);
    let actor = app.sign_in(me).await;
    let list = actor.get("/clients").await;
    assert_eq!(rows(&list), [id]);
    assert_eq!(list.texts("[aria-label=Clients] ol li .faces .face").len(), 1, "and has one face");
    assert_eq!(rows(&actor.get("/clients?q=maria").await), [id]);
}

async fn opting_out_and_in_shows_in_the_list(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let (ann, bob) = (app.client("Ann", "+13035550101", &[]), app.client("Bob", "+13035550101", &[]));
    let other = app.client("Carl", "+13035550102", &[]);
    let out = async || rows(&owner.get("/clients?filter=opted_out").await);
    assert!(out().await.is_empty());
    app.text_in("+13035550101", "STOP").await;
    assert_eq!(out().await, [bob, ann], "the whole household");
    let list = owner.get("/clients").await.texts("[aria-label=Clients] ol li");
    assert_eq!(list.iter().map(|row| row.contains("Opted out")).collect::<Vec<_>>(), [false, true, true]);
    // A phone that comes brings it along, one that goes takes it away
    owner.post_form(&address(other), &[("phone_2", "+13035550101"), ("phone_kind_2", "home")]).await;
    owner.post_form(&address(ann), &[("phone_1", "+13035550109")]).await;
    assert_eq!(out().await, [other, bob]);
    app.text_in("+13035550101", "START").await;
    assert!(out().await.is_empty());
}

async fn an_empty_list_says_what_comes_next(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    for (query, words) in [
        ("", "Enter the first one"),
        ("?q=zed", "Nobody found"),
        ("?filter=mine", "when you hold a position"),
        ("?filter=opted_out", "Nobody has opted out"),
    ] {
        let page = owner.get(&format!("/clients{query}")).await;
        assert!(page.text().contains(words), "{query}: {}", page.text());
    }
    let page = owner.get("/clients").await;
    let links = page.attributes("main a", "href");
    for offered in ["/clients/new", "/clients/imports", "/clients/export.csv"] {
        assert!(links.iter().any(|link| link == offered), "{offered}: {links:?}");
    }
    let sally = app.sign_in(app.user("Sally Sales", crewline::domain::BuiltInRole::SalesPerson)).await;
    let links = sally.get("/clients").await.attributes("main a", "href");
    assert!(!links.iter().any(|link| ["/clients/new", "/clients/imports"].contains(&link.as_str())), "{links:?}");
}
