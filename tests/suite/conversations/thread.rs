use chrono::Duration;
use crewline::domain::BuiltInRole;
use crewline::services;

use super::address;
use crate::support::app::{Backend, TestApp, for_both};

for_both!(
    each_text_is_an_article_with_its_direction_and_state,
    older_texts_are_a_link_away_until_the_first,
    opening_a_thread_reads_it_for_this_person_only,
    what_was_not_on_the_page_stays_unread,
    what_happened_stands_between_the_texts,
);

async fn each_text_is_an_article_with_its_direction_and_state(backend: Backend) {
    let app = TestApp::start(backend).await;
    let id = app.text_in("+13035550101", "Is <b>it</b> done?\nHello 😀").await;
    let owner = app.sign_in(app.owner()).await;
    owner.post_form(&format!("{}/messages", address(id)), &[("body", "Yes, today.")]).await;
    let thread = owner.get(&address(id)).await;
    assert_eq!(thread.status, 200);
    assert_eq!(thread.attributes("article[data-message-id]", "data-direction"), ["in", "out"]);
    assert_eq!(thread.attributes("article[data-message-id]", "data-status"), ["received", "waiting"]);
    assert!(thread.texts("article")[0].contains("Is <b>it</b> done? Hello 😀"), "as text, not as markup");
    assert!(thread.texts("article")[1].contains("Olivia Owner"), "who sent it");
    let buttons = thread.texts("form[action$='/messages'] button");
    assert_eq!(buttons.iter().filter(|name| name.starts_with("Send")).collect::<Vec<_>>(), ["Send"]);
    assert_eq!(thread.attributes("form[action$='/messages'] textarea", "aria-label"), ["Message"]);

    app.drain().await;
    let thread = owner.get(&address(id)).await;
    let states = thread.attributes("article", "data-status");
    assert!(["accepted", "queued", "sending", "sent", "delivered"].contains(&states[1].as_str()), "{states:?}");
}

async fn older_texts_are_a_link_away_until_the_first(backend: Backend) {
    let app = TestApp::planned(backend).at("2026-03-01T18:00:00").start().await;
    let mut id = 0;
    for number in 0..120 {
        id = app.text_in("+13035550101", &format!("text {number}")).await;
        app.advance(Duration::minutes(if number % 40 == 0 { 24 * 60 } else { 1 }));
    }
    let owner = app.sign_in(app.owner()).await;
    let (mut met, mut days, mut next) = (Vec::new(), Vec::new(), Some(address(id)));
    let mut pages = 0;
    while let Some(path) = next {
        let page = owner.get(&path).await;
        assert_eq!(page.status, 200, "{path}");
        let mut texts = page.attributes("article", "data-message-id");
        texts.append(&mut met);
        met = texts;
        let mut dividers = page.attributes("li > span > time", "datetime");
        dividers.append(&mut days);
        days = dividers;
        next = page.attributes("a[rel=prev]", "href").pop();
        pages += 1;
    }
    assert!(pages >= 3, "{pages}");
    assert_eq!(met.len(), 120, "each once");
    assert!(met.iter().map(|id| id.parse::<i64>().expect("an id")).is_sorted());
    days.dedup_by_key(|day| day[..10].to_owned());
    assert_eq!(days.len(), 4, "{days:?}");
}

async fn opening_a_thread_reads_it_for_this_person_only(backend: Backend) {
    let app = TestApp::start(backend).await;
    let boss = app.user("Bea Boss", BuiltInRole::BusinessManager);
    let id = app.text_in("+13035550101", "Hi").await;
    let unread = |app: &TestApp, user| app.count(&format!("unreads where user_id = {user}"));
    let unseen = |app: &TestApp, user| app.count(&format!("notifications where user_id = {user} and not seen"));
    assert_eq!((unread(&app, app.owner()), unread(&app, boss)), (1, 1));
    let owner = app.sign_in(app.owner()).await;
    owner.get("/conversations").await;
    assert_eq!(unread(&app, app.owner()), 1, "the list reads nothing");
    owner.get(&address(id)).await;
    assert_eq!((unread(&app, app.owner()), unread(&app, boss)), (0, 1));
    assert_eq!((unseen(&app, app.owner()), unseen(&app, boss)), (0, 1));
    app.text_in("+13035550101", "Hi?").await;
    assert_eq!((unread(&app, app.owner()), unread(&app, boss)), (1, 1));
}

async fn what_was_not_on_the_page_stays_unread(backend: Backend) {
    let app = TestApp::start(backend).await;
    let id = app.text_in("+13035550101", "Hi").await;
    let shown = app.number_in("messages", "max(id)");
    app.text_in("+13035550101", "Are you there?").await;
    let newest = app.number_in("messages", "max(id)");
    let owner = app.owner();
    assert_eq!(app.count("notifications where not seen"), 2);

    // The second text came while the page with the first one was on its way.
    app.write(|tx| services::mark_read(tx, owner, id, shown));
    assert_eq!(app.numbers("select first_message_id as number from unreads"), [newest]);
    assert_eq!(app.count("notifications where not seen"), 1);

    app.sign_in(owner).await.get(&format!("{}?before={newest}", address(id))).await;
    assert_eq!(app.count("unreads"), 1, "older texts show nothing that is new");
    app.sign_in(owner).await.get(&address(id)).await;
    assert_eq!((app.count("unreads"), app.count("notifications where not seen")), (0, 0));
}

async fn what_happened_stands_between_the_texts(backend: Backend) {
    let app = TestApp::start(backend).await;
    let sally = app.user("Sally Sales", BuiltInRole::SalesPerson);
    let id = app.text_in("+13035550101", "Hi").await;
    let owner = app.sign_in(app.owner()).await;
    app.advance(Duration::seconds(1));
    owner.post_form(&format!("{}/assignments", address(id)), &[("user_id", &sally.to_string())]).await;
    app.advance(Duration::seconds(1));
    owner.post_form(&format!("{}/messages", address(id)), &[("body", "Yes")]).await;
    app.advance(Duration::seconds(1));
    owner.post(&format!("{}/assignments/{sally}/removal", address(id))).await;
    let text = owner.get(&address(id)).await.text();
    let places = [
        "Olivia Owner assigned Sally Sales",
        "Olivia Owner replied and is assigned",
        "Olivia Owner removed Sally Sales",
    ]
    .map(|words| text.find(words).unwrap_or_else(|| panic!("{words} in {text}")));
    assert!(places.is_sorted());
    assert_eq!(
        owner.get(&address(id)).await.attributes("[aria-label^='Remove ']", "aria-label"),
        ["Remove Olivia Owner"]
    );
}
