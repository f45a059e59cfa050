//! Every address of the site, asked by everybody: signed out, by somebody whose role permits nothing, by a Sales Person
//! for what is not theirs, and by the Owner, for whom it has to work. A new address is in the table or this fails.

mod found;
mod subject;

use std::fmt::Write as _;
use std::path::Path;

use crewline::domain::{BuiltInRole, Permissions, UserId};
use reqwest::Method;

use crate::support::app::{Backend, TestApp, for_both};
use found::{Route, routes};
use subject::Subject;

for_both!(every_address_answers_everybody_as_reviewed);

/// Names that pages ask for, each twice, once with nonsense.
const ODD: &str = "q=a&q=b&before=2&before=x&after=1&after=x&rows=5&rows=x&view=all&view=x&filter=x&filter=&new=1&new=x\
                   &since=1&since=x&from=x&from=&to=x&to=&conversation=1&conversation=x&next=%2F&next=x\
                   &outcome=bad&outcome=x&action=a&action=b&done=1&done=2&move_to=x&move_to=&status=1&status=x&%00&=&&";

async fn every_address_answers_everybody_as_reviewed(backend: Backend) {
    let app = TestApp::start(backend).await;
    let nobody = app.user_with("Nora Nothing", Permissions::NOTHING);
    let sales = app.user("Sam Sales", BuiltInRole::SalesPerson);
    let owner = app.owner();
    let mut table = line("", "", ["signed out", "no permission", "another's", "owner"]);
    for route in routes() {
        let mut cells = Vec::new();
        for asker in [None, Some(nobody), Some(sales), Some(owner)] {
            // Of its own for each question: the one before may have changed it
            let subject = Subject::new(&app, &route.path).await;
            cells.push(ask(&app, asker, &route, &subject).await.to_string());
        }
        let cells: [String; 4] = cells.try_into().expect("four of them");
        table += &line(route.method.as_str(), &route.path, cells.each_ref().map(String::as_str));
    }
    is_as_reviewed(&table);
}

#[tokio::test]
async fn no_address_is_refused_because_a_name_stands_in_its_query_twice() {
    let app = TestApp::start(Backend::Sqlite).await;
    let mut count = 0;
    for route in routes().into_iter().filter(|route| route.method == Method::GET) {
        let subject = Subject::new(&app, &route.path).await;
        let plain = ask(&app, Some(app.owner()), &route, &subject).await;
        let odd = Route { path: format!("{}?{ODD}", route.path), ..route };
        assert_eq!(ask(&app, Some(app.owner()), &odd, &subject).await, plain, "{}", odd.path);
        count += 1;
    }
    assert!(count > 30, "{count}");
}

async fn ask(app: &TestApp, asker: Option<UserId>, route: &Route, subject: &Subject) -> u16 {
    let actor = match asker {
        Some(user) => app.sign_in(user).await,
        None => app.visitor(),
    };
    let path = subject.fill(&route.path);
    let request = actor.request(route.method.clone(), &path);
    let request = match subject.body(&route.path) {
        _ if route.method == Method::GET => request,
        subject::Body::Form(fields) => request.form(&fields),
        subject::Body::Json(json) => request.json(&json),
        subject::Body::File(file) => {
            request.header("content-type", "multipart/form-data; boundary=crew").body(file.replace('\n', "\r\n"))
        }
    };
    // The stream of events never ends, so bodies are not read
    request.send().await.expect("the app answers").status().as_u16()
}

fn line(method: &str, path: &str, cells: [&str; 4]) -> String {
    let mut line = format!("{method:<5}{path:<56}");
    for cell in cells {
        let _ = write!(line, "{cell:<15}");
    }
    line.trim_end().to_owned() + "\n"
}

fn is_as_reviewed(table: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/routes/golden.txt");
    if std::env::var_os("UPDATE_GOLDEN").is_some_and(|value| value == "1") {
        return std::fs::write(file, table).expect("it can be written");
    }
    let golden = std::fs::read_to_string(file).unwrap_or_default();
    let new: Vec<&str> = table.lines().filter(|now| !golden.lines().any(|then| then == *now)).collect();
    let gone: Vec<&str> = golden.lines().filter(|then| !table.lines().any(|now| now == *then)).collect();
    assert!(
        golden == table,
        "tests/suite/routes/golden.txt no longer says how the addresses answer.\nNow:\n{}\nReviewed:\n{}\n\
         If the change is meant: UPDATE_GOLDEN=1 tests/run --fast every_address, and read the diff before you commit.",
        new.join("\n"),
        gone.join("\n"),
    );
}
