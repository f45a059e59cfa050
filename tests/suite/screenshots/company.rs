use super::album::{Album, COMPANY, LOOKS};
use crate::support::app::{Backend, TestApp};

#[tokio::test]
async fn the_pages_of_the_company_fit_with_little_and_with_far_too_much() {
    let app = TestApp::start_demo(Backend::Sqlite).await;
    let dana = app.user_named("Dana Whitaker");
    let owner = app.sign_in(dana).await;
    let album = Album::open(app.url()).await;
    album.sign_in(&app.email(dana)).await;
    let title = |page: &str| format!("{page} · {COMPANY}");
    album.picture("company", "/settings/company", &title("Company")).await;
    album.picture("positions", "/settings/positions", &title("Positions")).await;
    album.picture("lead-statuses", "/settings/lead-statuses", &title("Lead statuses")).await;
    album.picture("numbers", "/settings/numbers", &title("Numbers")).await;
    album.picture("audit", "/settings/audit", &title("Audit log")).await;
    album.picture("audit-nothing-found", "/settings/audit?to=2001-01-01", &title("Audit log")).await;

    let long = "Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenauszahlungsstellenleiter.";
    for number in 1..=40 {
        let name = format!("{number} {long}").chars().take(80).collect::<String>();
        let colour = ["blue", "teal", "indigo", "violet", "pink", "red", "amber", "slate", "grey"][number % 9];
        for (page, fields) in [
            ("positions", vec![("name", name.as_str())]),
            ("lead-statuses", vec![("name", name.as_str()), ("colour", colour), ("lost", "yes")]),
        ] {
            assert_eq!(owner.post_form(&format!("/settings/{page}"), &fields).await.status, 303);
        }
    }
    let name = "Über".repeat(30);
    assert_eq!(owner.post_form("/settings/company", &[("name", &name)]).await.status, 303);
    let title = |page: &str| format!("{page} · {name}");
    album.picture("positions-crowded", "/settings/positions", &title("Positions")).await;
    album.picture("lead-statuses-crowded", "/settings/lead-statuses", &title("Lead statuses")).await;
    album.picture("audit-crowded", "/settings/audit", &title("Audit log")).await;
    for (words, look) in LOOKS {
        album.browser.look(look).await;
        album.browser.visit("/settings/positions").await;
        album.browser.click_button("Project Manager, edit").await;
        album.browser.click_button("Delete Project Manager").await;
        album.browser.sees("Deleting the position takes it from them").await;
        album.keep("positions-asks", words).await;
        album.browser.visit("/settings/lead-statuses").await;
        album.browser.click_button("Customer, edit").await;
        album.browser.click_button("Delete Customer").await;
        album.browser.sees("Choose the lead status that they get instead").await;
        album.keep("lead-statuses-asks", words).await;
    }
    // The browser complains of each 422 itself
    album.complaints(8).await;

    assert_eq!(owner.post_form("/settings/company", &[("plan", "starter"), ("name", COMPANY)]).await.status, 303);
    app.text_in("+13035550147", "Anybody there?").await;
    album.picture("company-starter", "/settings/company", &format!("Company · {COMPANY}")).await;
    album.picture("upgrade", "/conversations", &format!("Not allowed · {COMPANY}")).await;
}
