use chrono::Duration;
use crewline::domain::{BuiltInRole, ConversationId};

use super::{address, rows};
use crate::support::app::{Actor, Answered, Backend, TestApp, for_both};

for_both!(
    the_newest_conversation_comes_first_and_is_named_by_client_or_phone,
    paging_meets_every_conversation_once_while_texts_arrive,
    the_toggle_shows_all_or_mine_and_is_remembered,
    only_assigned_conversations_are_there_whatever_the_address_asks_for,
    the_filters_narrow_the_list,
    a_row_says_that_nobody_who_is_assigned_can_be_told,
    a_search_finds_names_and_phones_as_people_write_them,
);

async fn the_newest_conversation_comes_first_and_is_named_by_client_or_phone(backend: Backend) {
    let app = TestApp::start(backend).await;
    app.client("Maria", "+13035550101", &[]);
    let maria = app.text_in("+13035550101", "Is the roof\ndone?").await;
    app.advance(Duration::minutes(1));
    let stranger = app.text_in("+13035550102", "Wrong number").await;
    let owner = app.sign_in(app.owner()).await;
    let list = owner.get("/conversations").await;
    assert_eq!(rows(&list), [stranger, maria]);
    let texts = list.texts("li a[href^='/conversations/']");
    let texts: Vec<&String> = texts.iter().filter(|text| text.contains("unread")).collect();
    assert!(texts[0].starts_with("(303) 555-0102"), "{texts:?}");
    assert!(texts[1].starts_with("Maria Client"), "{texts:?}");
    assert!(texts[1].contains("Is the roof done?"), "{texts:?}");

    app.advance(Duration::minutes(1));
    app.text_in("+13035550101", "Hello?").await;
    assert_eq!(rows(&owner.get("/conversations").await), [maria, stranger]);
}

async fn paging_meets_every_conversation_once_while_texts_arrive(backend: Backend) {
    let app = TestApp::start(backend).await;
    let mut known = Vec::new();
    for number in 0..95 {
        known.push(app.text_in(&format!("+130355501{number:02}"), "Hi").await);
        // Many share their second: the cursor has to tell them apart
        if number % 7 == 0 {
            app.advance(Duration::seconds(1));
        }
    }
    let owner = app.sign_in(app.owner()).await;
    let mut met: Vec<ConversationId> = Vec::new();
    let mut next = Some("/conversations".to_owned());
    while let Some(path) = next {
        let page = owner.get(&path).await;
        assert_eq!(page.status, 200, "{path}");
        met.extend(rows(&page));
        next = page.attributes("a[rel=next]", "href").pop();
        app.advance(Duration::seconds(1));
        app.text_in(&format!("+1720555{:04}", met.len()), "New meanwhile").await;
    }
    known.reverse();
    met.retain(|id| known.contains(id));
    let mut expected = known.clone();
    expected.sort_by_key(|id| std::cmp::Reverse(position(&app, *id)));
    assert_eq!(met, expected, "each of them once, newest first");
}

fn position(app: &TestApp, id: ConversationId) -> (chrono::NaiveDateTime, ConversationId) {
    let row = app.read(|c| crewline::store::conversations::find(c, id)).expect("it is stored");
    (row.last_message_at, id)
}

async fn the_toggle_shows_all_or_mine_and_is_remembered(backend: Backend) {
    let app = TestApp::start(backend).await;
    let mine = app.text_in("+13035550101", "Hi").await;
    let other = app.text_in("+13035550102", "Hi").await;
    app.assign(mine, app.owner());
    let owner = app.sign_in(app.owner()).await;
    let list = owner.get("/conversations").await;
    assert_eq!(rows(&list), [other, mine]);
    assert_eq!(chosen(&list), ["All"], "that is how it begins");
    let list = owner.get("/conversations?view=assigned").await;
    assert_eq!((rows(&list), chosen(&list)), (vec![mine], vec!["Assigned".to_owned()]));
    assert_eq!(rows(&owner.get("/conversations").await), [mine], "remembered");
    assert_eq!(rows(&app.sign_in(app.owner()).await.get("/conversations").await), [mine], "for the person");
    assert_eq!(rows(&owner.get("/conversations?view=nonsense").await), [mine]);
    assert_eq!(rows(&owner.get("/conversations?view=all").await), [other, mine]);
    // Another tab, still on Assigned, refreshes itself and scrolls: that chooses nothing.
    assert_eq!(rows(&owner.get("/conversations?view=assigned&rows=30").await), [mine]);
    assert_eq!(rows(&owner.get("/conversations").await), [other, mine], "as it was chosen last");
}

fn chosen(list: &Answered) -> Vec<String> {
    list.texts("[role=group] a[aria-current]")
}

async fn only_assigned_conversations_are_there_whatever_the_address_asks_for(backend: Backend) {
    let app = TestApp::start(backend).await;
    let sally = app.user("Sally Sales", BuiltInRole::SalesPerson);
    let carl = app.user("Carl Crew", BuiltInRole::FieldEmployee);
    let mine = app.text_in("+13035550101", "Hi").await;
    let hidden = app.text_in("+13035550102", "A secret").await;
    app.assign(mine, sally);
    app.assign(mine, carl);
    let sales = app.sign_in(sally).await;
    for query in ["", "?view=all", "?view=assigned", "?q=303", "?filter=open&view=all", "?rows=200&view=all"] {
        let list = sales.get(&format!("/conversations{query}")).await;
        assert_eq!((list.status, rows(&list)), (200, vec![mine]), "{query}");
        assert!(!list.body.contains("A secret"), "{query}");
        assert!(list.texts("[role=group] a").is_empty(), "no toggle");
        assert!(!filters(&list).contains(&"Unassigned".to_owned()), "it could never list anything");
    }
    let unassigned = sales.get("/conversations?filter=unassigned").await;
    assert_eq!((unassigned.status, rows(&unassigned)), (200, vec![]));
    assert!(unassigned.text().contains("none of them is unassigned"), "{}", unassigned.text());
    assert!(filters(&unassigned).contains(&"Unassigned".to_owned()), "it can be taken off");
    assert!(filters(&app.sign_in(app.owner()).await.get("/conversations").await).contains(&"Unassigned".to_owned()));
    assert_eq!(sales.get(&address(hidden)).await.status, 404);

    let field = app.sign_in(carl).await;
    assert_eq!(field.get("/conversations").await.status, 404, "no access, though assigned");
    assert_eq!(field.get(&address(mine)).await.status, 404);
    let elsewhere = field.get("/notifications").await;
    assert_eq!(elsewhere.status, 200);
    for page in ["/notifications", "/settings/devices"] {
        let why = "your role has no access to conversations";
        assert!(field.get(page).await.text().contains(why), "{page}");
        assert!(!sales.get(page).await.text().contains(why), "{page}");
    }
    assert!(!elsewhere.texts("nav a").iter().any(|entry| entry.starts_with("SMS")), "no menu entry");
}

async fn the_filters_narrow_the_list(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner_id = app.owner();
    let mut ids = Vec::new();
    for number in 0..4 {
        ids.push(app.text_in(&format!("+130355501{number:02}"), "Hi").await);
        app.advance(Duration::seconds(1));
    }
    let [read, assigned, closed, calls] = ids[..] else { panic!("four of them") };
    let owner = app.sign_in(owner_id).await;
    app.assign(assigned, owner_id);
    owner.get(&address(read)).await;
    owner.post(&format!("{}/closure", address(closed))).await;
    app.text_in("+13035550103", "please stop texting me").await;

    let ask = async |query: &str| rows(&owner.get(&format!("/conversations?{query}")).await);
    assert_eq!(ask("view=all").await, [calls, closed, assigned, read]);
    assert_eq!(ask("filter=unassigned").await, [calls, closed, read]);
    assert_eq!(ask("filter=unread").await, [calls, closed, assigned]);
    assert_eq!(ask("filter=attention").await, [calls]);
    assert_eq!(ask("filter=open").await, [calls, assigned, read]);
    assert_eq!(ask("filter=closed").await, [closed]);
    assert_eq!(ask("view=assigned&filter=unread").await, [assigned]);
    assert!(ask("view=assigned&filter=unassigned").await.is_empty());
    assert_eq!(ask("view=all&filter=nonsense").await.len(), 4);
    let hint = "Answering, closing or blocking it takes it out.";
    assert!(owner.get("/conversations?filter=attention").await.text().contains(hint));
    let plain = owner.get("/conversations?filter=unread").await;
    assert!(!plain.text().contains(hint));
    let titles = plain.attributes("ul[aria-label=Filters] a", "title");
    assert!(titles.iter().any(|title| title.ends_with(hint)), "told before it is chosen, too: {titles:?}");
}

fn filters(list: &Answered) -> Vec<String> {
    list.texts("ul[aria-label=Filters] a")
}

async fn a_row_says_that_nobody_who_is_assigned_can_be_told(backend: Backend) {
    let app = TestApp::start(backend).await;
    let (carl, gail, sally) = (
        app.user("Carl Field", BuiltInRole::FieldEmployee),
        app.user("Gail Gone", BuiltInRole::SalesPerson),
        app.user("Sally Sales", BuiltInRole::SalesPerson),
    );
    let mut ids = Vec::new();
    for (number, assigned) in [vec![], vec![carl], vec![carl, gail], vec![carl, sally], vec![gail]].iter().enumerate() {
        let id = app.text_in(&format!("+130355501{number:02}"), "Hi").await;
        assigned.iter().for_each(|user| app.assign(id, *user));
        ids.push(id);
    }
    app.set_active(gail, false);
    let blocked = ids[4];
    app.write(|tx| Ok(crewline::store::conversations::set_blocked(tx, blocked, true)?));
    let owner = app.sign_in(app.owner()).await;
    let list = owner.get("/conversations?view=all").await;
    let words = "Nobody who is assigned can be told";
    let says = |id: &ConversationId| list.texts(&format!("li a[href='{}']", address(*id)))[0].contains(words);
    let said: Vec<bool> = ids.iter().map(says).collect();
    assert_eq!(said, [false, true, true, false, false], "a blocked phone is meant to tell nobody");
    app.set_permissions(carl, BuiltInRole::SalesPerson.permissions());
    assert!(!owner.get("/conversations?view=all").await.text().contains(words), "evaluated live");
}

async fn a_search_finds_names_and_phones_as_people_write_them(backend: Backend) {
    let app = TestApp::start(backend).await;
    app.client("Zoë", "+13035550101", &[]);
    app.client("Łukasz", "+13035550102", &[]);
    let zoe = app.text_in("+13035550101", "Hi").await;
    let lukasz = app.text_in("+13035550102", "Hi").await;
    app.client("24/7 Acme.com", "+13035550103", &[]);
    let acme = app.text_in("+13035550103", "Hi").await;
    let code = app.text_in("72404", "Your code is 123").await;
    let owner = app.sign_in(app.owner()).await;
    for (query, found) in [
        ("zoe", vec![zoe]),
        ("ZOË cli", vec![zoe]),
        ("client", vec![acme, lukasz, zoe]),
        ("24/7 Acme.com", vec![acme]),
        ("com", vec![acme]),
        ("(303) 555-0101", vec![zoe]),
        ("5550102", vec![lukasz]),
        ("72404", vec![code]),
        ("nobody", vec![]),
        ("%", vec![]),
    ] {
        assert_eq!(search(&owner, query).await, found, "{query}");
    }
    let page = owner.get("/conversations?q=%3Cscript%3E").await;
    assert!(!page.body.contains("<script>"), "what was typed is shown as text");
}

async fn search(owner: &Actor, query: &str) -> Vec<ConversationId> {
    let query = serde_urlencoded::to_string([("view", "all"), ("q", query)]).expect("a query");
    rows(&owner.get(&format!("/conversations?{query}")).await)
}
