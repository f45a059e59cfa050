//! Saved replies: in the settings, and where one writes.

use crewline::store::{conversations, message_templates};

use super::album::{Album, COMPANY, LOOKS, find};
use crate::support::app::{Backend, TestApp};

#[tokio::test]
async fn templates_fit_where_they_are_written_and_used() {
    let app = TestApp::start_demo(Backend::Sqlite).await;
    let maria = find(&app, "Maria Delgado").await;
    let record = app.read(|c| conversations::linked_clients(c, maria))[0].id;
    let dana = app.user_named("Dana Whitaker");
    let owner = app.sign_in(dana).await;
    let album = Album::open(app.url()).await;
    album.sign_in(&app.email(dana)).await;
    let title = |page: &str| format!("{page} · {COMPANY}");
    album.picture("templates", "/settings/templates", &title("Templates")).await;
    album.picture("template-new", "/settings/templates/new", &title("New template")).await;
    let first = owner.get("/settings/templates").await.attributes("ul[aria-label=Templates] a", "href")[0].clone();
    album
        .whole_page("template", &first, async |browser| {
            browser.click_button("Fields you can use").await;
        })
        .await;
    for (words, look) in LOOKS {
        album.browser.look(look).await;
        album.browser.visit(&first).await;
        album.browser.fill("Text", "Hi {{client.firstname}} and {{ }}").await;
        album.browser.sees("Did you mean {{client.first_name}}?").await;
        album.keep("template-wrong", words).await;
    }
    for (words, look) in LOOKS {
        album.browser.look(look).await;
        album.browser.visit(&format!("/conversations/{maria}")).await;
        album.browser.fill("Message", "Hello").await;
        album.browser.click_button("Templates").await;
        album.browser.click_button("Appointment reminder").await;
        album.browser.sees("The day of the appointment; ").await;
        album.keep("template-chosen", words).await;
    }
    pictures_of_the_picker(&album, "templates-picker", "Appointment reminder", maria, record).await;

    let now = app.now();
    let long = "Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenauszahlungsstellenleiter.";
    for number in 1..=60 {
        let name = format!("{number} {long}").chars().take(80).collect::<String>();
        app.write(|tx| Ok(message_templates::insert(tx, &name, &long.repeat(19), Some(dana), now)?));
    }
    album.picture("templates-crowded", "/settings/templates", &title("Templates")).await;
    let first = owner.get("/settings/templates").await.attributes("ul[aria-label=Templates] a", "href")[0].clone();
    album.whole_page("template-crowded", &first, async |_| {}).await;
    pictures_of_the_picker(&album, "templates-picker-crowded", "1 Donau", maria, record).await;
    app.write(|tx| {
        for template in message_templates::all(tx)? {
            message_templates::delete(tx, template.id)?;
        }
        Ok(())
    });
    album.picture("templates-empty", "/settings/templates", &title("Templates")).await;
    for (words, look) in LOOKS {
        album.browser.look(look).await;
        album.browser.visit(&format!("/conversations/{maria}")).await;
        album.browser.click_button("Templates").await;
        album.browser.sees("No templates yet").await;
        album.keep("templates-picker-empty", words).await;
    }
    // The browser complains of each 422 itself
    album.complaints(4).await;
}

/// Open in a thread, in a new text and in a record.
async fn pictures_of_the_picker(album: &Album, name: &str, first: &str, conversation: i64, record: i64) {
    for (words, look) in LOOKS {
        album.browser.look(look).await;
        for (place, path) in [
            ("thread", format!("/conversations/{conversation}")),
            ("new", "/conversations/new".to_owned()),
            ("record", format!("/clients/{record}/sms")),
        ] {
            album.browser.visit(&path).await;
            if place == "record" {
                album.browser.click_button("Text").await;
            }
            album.browser.click_button("Templates").await;
            album.browser.sees_a("button", first).await;
            album.keep(&format!("{name}-{place}"), words).await;
        }
    }
}
