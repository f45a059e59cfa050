use super::album::{Album, COMPANY, LOOKS};
use crate::support::app::{Backend, TestApp};

#[tokio::test]
async fn client_records_fit_with_nothing_something_and_far_too_much_on_them() {
    let app = TestApp::start(Backend::Sqlite).await;
    let album = Album::open(app.url()).await;
    album.sign_in(&app.email(app.owner())).await;
    let title = |page: &str| format!("{page} · Crew & Sons Roofing");
    album.picture("clients-none", "/clients", &title("Clients")).await;
    let sparse = app.client("Ann", "+13035550101", &[]);
    album.picture("clients-one", "/clients", &title("Clients")).await;
    album.picture("client-sparse", &format!("/clients/{sparse}"), &title("Ann Client")).await;
    let crowded = crowded(&app).await;
    album.picture("clients-long", "/clients", &title("Clients")).await;
    let name = "Featherstonehaugh ".repeat(6);
    let name = format!("{} Client", name.trim());
    album.picture("client-overfull", &format!("/clients/{crowded}"), &title(&name)).await;
    album.picture("client-edit", &format!("/clients/{crowded}/edit"), &title(&format!("Edit {name}"))).await;
    album.complaints(0).await;
    album.picture_of_a_hint().await;
    album.complaints(0).await;
    album.picture_of_a_refused_client().await;
    // The browser complains of the 422 itself, once for each width
    album.complaints(2).await;

    let demo = TestApp::start_demo(Backend::Sqlite).await;
    let album = Album::open(demo.url()).await;
    album.sign_in(&demo.email(demo.user_named("Dana Whitaker"))).await;
    album.picture("clients", "/clients", &format!("Clients · {COMPANY}")).await;
    album.picture("clients-nobody-found", "/clients?q=zzz", &format!("Clients · {COMPANY}")).await;
    let george = demo.number_in("clients where first_name = 'George'", "id");
    album.picture("client", &format!("/clients/{george}"), &format!("George Okafor · {COMPANY}")).await;
    album.picture("client-new", "/clients/new?phone=%2B13035550102", &format!("New client · {COMPANY}")).await;
    album.complaints(0).await;
}

/// A record with ten phones, a long life and long words.
async fn crowded(app: &TestApp) -> i64 {
    let name = "Featherstonehaugh ".repeat(6);
    let id = app.client(name.trim(), "+13035550111", &[app.owner()]);
    let owner = app.sign_in(app.owner()).await;
    let phones: Vec<String> = (2..=10).map(|slot| format!("phone_{slot}")).collect();
    let numbers: Vec<String> = (2..=10).map(|slot| format!("+13035550{slot}")).map(|n| format!("{n:0<12}")).collect();
    let address = "7 Chatfield Overlook Circle, Building C (rear entrance), ".repeat(8);
    let notes = "Gate code 4471.\nNever call before nine.\n".repeat(12);
    let mut fields: Vec<(&str, &str)> = vec![
        ("address", address.trim()),
        ("notes", &notes),
        ("company", "Hohenstein-Papadopoulos-Featherstonehaugh & Partners"),
    ];
    fields.extend(phones.iter().zip(&numbers).map(|(name, number)| (name.as_str(), number.as_str())));
    fields.extend([
        ("email", "a.very.long.address.of.somebody@a-very-long-domain-name.example"),
        ("appointment_at", "2026-12-01T14:00"),
    ]);
    let saved = owner.post_form(&format!("/clients/{id}"), &fields).await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    for number in 0..35 {
        let status = app.number_in(&format!("lead_statuses where ordinal = {}", number % 9 + 1), "id").to_string();
        owner.post_form(&format!("/clients/{id}/lead-status"), &[("lead_status_id", &status)]).await;
    }
    app.text_in("+13035550111", "STOP").await;
    id
}

impl Album {
    async fn picture_of_a_hint(&self) {
        for (words, look) in LOOKS {
            self.browser.look(look).await;
            if !look.dark {
                self.browser.visit("/clients/new").await;
                self.browser.fill("First name", "Ann").await;
                self.browser.fill("Last name", "Client").await;
                self.browser.click_button("Create client").await;
                self.browser.sees("Ann Client (same name)").await;
                self.browser.sees_a("button", "Create anyway").await;
            }
            self.keep("client-resembling", words).await;
        }
    }

    async fn picture_of_a_refused_client(&self) {
        for (words, look) in LOOKS {
            self.browser.look(look).await;
            if !look.dark {
                self.browser.visit("/clients/new").await;
                self.browser.fill("First name", "Ann").await;
                self.browser.fill("Phone 1", "12").await;
                self.browser.click_button("Create client").await;
                self.browser.sees("Phone 1: The number is too short").await;
            }
            self.keep("client-refused", words).await;
        }
    }
}
