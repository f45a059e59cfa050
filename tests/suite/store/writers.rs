use std::thread;

use crewline::domain::UserId;
use crewline::gateway::InboundText;
use crewline::services;
use crewline::store::{StoreError, gateways, users};

use crate::support::app::{Backend, TestApp, for_both};

for_both!(
    twenty_writers_at_once_lose_no_update_and_none_fails,
    twenty_texts_at_once_make_one_conversation_and_each_tells_once,
);

const WRITERS: usize = 20;

async fn twenty_writers_at_once_lose_no_update_and_none_fails(backend: Backend) {
    let app = TestApp::start(backend).await;
    let user = app.owner();
    app.write(|tx| Ok(users::set_name(tx, user, "0")?));
    let failures = at_once(|_| {
        for _ in 0..10 {
            app.db().write(|tx| {
                let counted: u64 = users::find(tx, user)?.and_then(|user| user.name.parse().ok()).unwrap_or_default();
                users::set_name(tx, user, &(counted + 1).to_string())
            })?;
        }
        Ok::<(), StoreError>(())
    });
    assert!(failures.is_empty(), "{failures:?}");
    assert_eq!(name(&app, user), (WRITERS * 10).to_string());
}

fn name(app: &TestApp, user: UserId) -> String {
    app.read(|c| users::find(c, user)).expect("they are here").name
}

async fn twenty_texts_at_once_make_one_conversation_and_each_tells_once(backend: Backend) {
    let app = TestApp::start(backend).await;
    let (to, now) = (app.number(), app.now());
    let gateway = app.read(gateways::numbers)[0].gateway;
    let failures = at_once(|writer| {
        for text in 0..5 {
            let text = InboundText {
                provider_message_id: format!("{writer}/{text}"),
                from: "+13035550101".to_owned(),
                to: to.clone(),
                body: "Hi".to_owned(),
                media: Vec::new(),
            };
            app.db().write(|tx| services::receive_text(tx, gateway, &text, now))?;
        }
        Ok::<(), services::Error>(())
    });
    assert!(failures.is_empty(), "{failures:?}");
    let texts = i64::try_from(WRITERS * 5).expect("few");
    assert_eq!((app.count("conversations"), app.count("messages"), app.count("notifications")), (1, texts, texts));
}

/// What failed, of so many who write at the same moment.
fn at_once<E: Send + std::fmt::Debug>(write: impl Fn(usize) -> Result<(), E> + Sync) -> Vec<E> {
    let start = std::sync::Barrier::new(WRITERS);
    thread::scope(|threads| {
        let (start, write) = (&start, &write);
        let writers = (0..WRITERS).map(|writer| {
            threads.spawn(move || {
                start.wait();
                write(writer)
            })
        });
        let writers: Vec<_> = writers.collect();
        writers.into_iter().filter_map(|writer| writer.join().expect("no panic").err()).collect()
    })
}
