use std::time::Instant;

use super::{everything, tiles, uploaded};
use crate::support::app::{Backend, TestApp, for_both};

for_both!(a_large_file_with_bad_rows_comes_in_and_goes_again);

/// `CREWLINE_SOAK=1`: as many rows as the issue names; else enough to see steps follow steps.
fn rows_of_this_run() -> usize {
    if std::env::var_os("CREWLINE_SOAK").is_some() { 20_000 } else { 2_000 }
}

async fn a_large_file_with_bad_rows_comes_in_and_goes_again(backend: Backend) {
    let app = TestApp::planned(backend).working().start().await;
    let owner = app.sign_in(app.owner()).await;
    let count = rows_of_this_run();
    let line = |n: usize| {
        let phone = if n % 20 == 7 { "12".to_owned() } else { format!("303{:07}", 2_000_000 + n) };
        format!("Fern{n},Field{n},{phone},fern{n}@f.example,{n} Main St,Denver,Customer,Olivia Owner,\"Note, {n}\"\n")
    };
    let header = "First,Last,Cell,Email,Street,City,Status,Sales person,Notes\n";
    let text: String = std::iter::once(header.to_owned()).chain((0..count).map(line)).collect();
    let before = everything(&app);

    let began = Instant::now();
    let place = uploaded(&owner, &text).await;
    eprintln!("{backend:?}: {count} rows uploaded after {:?}", began.elapsed());
    assert_eq!(owner.post_form(&format!("{place}/mapping"), &[]).await.status, 303);
    let seen = watch(&owner, &place, "Look before you import").await;
    eprintln!("{backend:?}: checked after {:?}", began.elapsed());
    assert!(seen > 0, "progress was seen");
    let (good, bad) = (count - count / 20, count / 20);
    assert_eq!(tiles(&owner.get(&place).await)[..1], [format!("{} to add", grouped(good))]);
    assert_eq!(owner.post(&format!("{place}/run")).await.status, 303);
    let seen = watch(&owner, &place, "Imported").await;
    eprintln!("{backend:?}: imported after {:?}", began.elapsed());
    assert!(seen > 0, "progress was seen");
    assert_eq!(app.count("clients") as usize, good);
    assert_eq!(app.count("client_positions") as usize, good);
    let problems = owner.get(&format!("{place}/problems.csv")).await;
    assert_eq!(problems.body.lines().count(), bad + 1);
    assert!(problems.body.lines().skip(1).all(|line| line.contains("too short")));
    let file = owner.get("/clients/export.csv").await;
    assert_eq!(file.body.lines().count(), good + 1);

    assert_eq!(owner.post(&format!("{place}/undo")).await.status, 303);
    let seen = watch(&owner, &place, "The import is undone").await;
    eprintln!("{backend:?}: undone after {:?}", began.elapsed());
    assert!(seen > 0, "progress was seen");
    assert_eq!(everything(&app), before);
}

/// Looks at the page until it says this; answers how often it showed how far it is.
async fn watch(actor: &crate::support::app::Actor, place: &str, heading: &str) -> usize {
    let mut seen = 0;
    let began = Instant::now();
    loop {
        let asked = Instant::now();
        let page = actor.get(place).await;
        assert!(asked.elapsed().as_secs() < 5, "the page waits for the import");
        if page.texts("h1") == [heading] {
            return seen;
        }
        seen += page.attributes("progress", "value").len();
        assert!(began.elapsed().as_secs() < 300, "{}", page.text());
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
}

fn grouped(number: usize) -> String {
    if number < 1_000 { number.to_string() } else { format!("{},{:03}", number / 1_000, number % 1_000) }
}
