use std::sync::{Arc, Mutex};

use crewline::domain::ConversationFilter;
use crewline::store::conversation_list::{self, Cursor, Query};
use crewline::store::{DbConnection, Stored, scheduled_texts};
use diesel::Connection;
use diesel::connection::InstrumentationEvent;

use crate::support::app::{Backend, TestApp};
use crate::support::rows;

#[tokio::test]
async fn every_page_of_a_list_is_an_index_range() {
    let app = TestApp::start_demo(Backend::Sqlite).await;
    let user = app.user_named("Priya Raman");
    for assigned_only in [false, true] {
        for filter in [None].into_iter().chain(ConversationFilter::ALL.iter().copied().map(Some)) {
            for before in [None, Some(Cursor { at: app.now(), id: 40 })] {
                let query = Query { user, assigned_only, filter, search: String::new(), before, limit: 31 };
                let queries = app.read(|c| asked(c, |c| conversation_list::page(c, &query)));
                assert!(!queries.is_empty());
                // An empty page draws nothing
                let queries = queries.iter().enumerate().filter(|(_, sql)| !sql.contains("(1=0)"));
                for (number, sql) in queries {
                    let plan = app.read(|c| rows::plan(c, sql));
                    assert!(!plan.is_empty(), "{sql}");
                    for step in &plan {
                        assert!(!step.starts_with("SCAN") || step.contains(" INDEX "), "{query:?}\n{sql}\n{plan:#?}");
                        // The first query finds the page; what comes after draws its thirty rows
                        assert!(number > 0 || !step.contains("TEMP B-TREE"), "{query:?}\n{sql}\n{plan:#?}");
                    }
                }
            }
        }
    }
}

#[tokio::test]
async fn every_page_of_what_waits_to_be_sent_is_an_index_range() {
    let app = TestApp::start_demo(Backend::Sqlite).await;
    let user = app.user_named("Priya Raman");
    for of in [None, Some(user)] {
        for after in [None, Some(scheduled_texts::Cursor { at: app.now(), id: 40 })] {
            let queries = app.read(|c| asked(c, |c| scheduled_texts::waiting(c, of, after, 21)));
            assert_eq!(queries.len(), 1);
            let plan = app.read(|c| rows::plan(c, &queries[0]));
            assert!(plan.iter().any(|step| step.contains("scheduled_texts_list_idx")), "{plan:#?}");
            for step in &plan {
                assert!(!step.starts_with("SCAN") && !step.contains("TEMP B-TREE"), "{plan:#?}");
            }
        }
    }
}

/// What the store asks meanwhile, on SQLite.
pub fn asked<T>(
    connection: &mut DbConnection,
    page: impl FnOnce(&mut DbConnection) -> Stored<T>,
) -> Stored<Vec<String>> {
    let asked = Arc::new(Mutex::new(Vec::new()));
    if let DbConnection::Sqlite(sqlite) = connection {
        let asked = asked.clone();
        sqlite.set_instrumentation(move |event: InstrumentationEvent<'_>| {
            if let InstrumentationEvent::StartQuery { query, .. } = event {
                asked.lock().expect("nobody panicked").push(query.to_string());
            }
        });
    }
    page(connection)?;
    if let DbConnection::Sqlite(sqlite) = connection {
        sqlite.set_instrumentation(|_: InstrumentationEvent<'_>| {});
    }
    let asked = asked.lock().expect("nobody panicked");
    Ok(asked.iter().filter_map(|sql| Some(sql.split(" -- binds").next()?.to_owned())).collect())
}
