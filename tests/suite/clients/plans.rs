use std::sync::{Arc, Mutex};

use crewline::store::client_list::{self, Query};
use crewline::store::{DbConnection, Stored};
use diesel::Connection;
use diesel::connection::InstrumentationEvent;

use crate::support::app::{Backend, TestApp};
use crate::support::rows;

#[tokio::test]
async fn every_page_of_the_clients_is_an_index_range() {
    let app = TestApp::start_demo(Backend::Sqlite).await;
    let (me, other) = (app.user_named("Priya Raman"), app.user_named("Carl Jensen"));
    let mut looked_at = 0;
    for held_by in [None, Some(me)] {
        for holder in [None, Some(other)] {
            for lead_status in [None, Some(1)] {
                for opted_out in [false, true] {
                    for before in [None, Some(30)] {
                        let query =
                            Query { held_by, holder, lead_status, opted_out, before, limit: 51, ..Query::default() };
                        let searched = Query { search: "a cl".to_owned(), ..query.clone() };
                        let queries = [query, searched].map(|query| (app.read(|c| asked(c, &query)), query));
                        for (number, sql, query) in queries.iter().flat_map(|(all, query)| {
                            all.iter().enumerate().map(move |(number, sql)| (number, sql, query))
                        }) {
                            let plan = app.read(|c| rows::plan(c, sql));
                            for step in &plan {
                                let is_range = !step.starts_with("SCAN") || step.contains("INDEX");
                                // Newest first without a filter: the table itself, from its end
                                let is_newest = number == 0 && step == "SCAN clients";
                                // Positions and statuses are a handful
                                let is_short = ["SCAN positions", "SCAN lead_statuses"].contains(&step.as_str());
                                assert!(is_range || is_newest || is_short, "{query:?}\n{sql}\n{plan:#?}");
                                assert!(number > 0 || !step.contains("TEMP B-TREE"), "{query:?}\n{sql}\n{plan:#?}");
                            }
                            looked_at += 1;
                        }
                    }
                }
            }
        }
    }
    assert!(looked_at > 64, "{looked_at} queries");
}

/// What the store asks for one page.
fn asked(connection: &mut DbConnection, query: &Query) -> Stored<Vec<String>> {
    let asked = Arc::new(Mutex::new(Vec::new()));
    if let DbConnection::Sqlite(sqlite) = connection {
        let asked = asked.clone();
        sqlite.set_instrumentation(move |event: InstrumentationEvent<'_>| {
            if let InstrumentationEvent::StartQuery { query, .. } = event {
                asked.lock().expect("nobody panicked").push(query.to_string());
            }
        });
    }
    client_list::page(connection, query)?;
    if let DbConnection::Sqlite(sqlite) = connection {
        sqlite.set_instrumentation(|_: InstrumentationEvent<'_>| {});
    }
    let asked = asked.lock().expect("nobody panicked");
    let queries = asked.iter().filter_map(|sql| Some(sql.split(" -- binds").next()?.to_owned()));
    Ok(queries.filter(|sql| !sql.contains("(1=0)")).collect())
}
