use crewline::domain::BuiltInRole;
use crewline::store::users;

use super::album::{Album, COMPANY, LOOKS};
use crate::support::app::{Backend, TestApp};
use crate::support::browser::Browser;

#[tokio::test]
async fn every_page_about_people_fits_its_screen() {
    let app = TestApp::start_demo(Backend::Sqlite).await;
    let (owner, priya) = (app.user_named("Dana Whitaker"), app.user_named("Priya Raman"));
    let album = Album::open(app.url()).await;
    album.sign_in(&app.email(owner)).await;
    album.picture("users", "/settings/users", &format!("Users · {COMPANY}")).await;
    album.picture("user", &format!("/settings/users/{priya}"), &format!("Priya Raman · {COMPANY}")).await;
    album.picture_of_the_end("user-end", &format!("/settings/users/{priya}")).await;
    let deactivate = async |browser: &Browser| {
        browser.click_button("Preview deactivation").await;
        browser.sees("Nothing is saved yet").await;
    };
    album.whole_page("user-preview-gone", &format!("/settings/users/{priya}"), deactivate).await;
    let demote = async |browser: &Browser| {
        browser.choose("Role", "Field Employee").await;
        browser.click_button("Preview new role").await;
        browser.sees("Nothing is saved yet").await;
    };
    album.whole_page("user-preview-role", &format!("/settings/users/{priya}"), demote).await;
    album.picture("user-oneself", &format!("/settings/users/{owner}"), &format!("Dana Whitaker · {COMPANY}")).await;
    album.picture("invite-new", "/settings/invites/new", &format!("Invite · {COMPANY}")).await;
    album.picture("invites-none", "/settings/invites", &format!("Pending invites · {COMPANY}")).await;
    album.invite("Nina New", "nina@summitridge.example").await;
    let invite = album.link_shown("invite-link").await;
    let long_name = "Bartholomew Featherstonehaugh-Cholmondeley-Wolfeschlegelsteinhausenbergerdorff";
    album.invite(long_name, &format!("{}@summitridge.example", "bartholomew.featherstonehaugh".repeat(4))).await;
    for number in 1..=60 {
        let id = app.user(&format!("Person {number}"), BuiltInRole::SalesPerson);
        app.write(|tx| Ok(users::set_name(tx, id, &format!("{long_name} {number}"))?));
    }
    let somebody = app.user_named(&format!("{long_name} 7"));
    let endless = app.user("Endless", BuiltInRole::FieldEmployee);
    app.write(|tx| Ok(users::set_name(tx, endless, &"Ottoline".repeat(60))?));
    app.set_active(endless, false);
    app.set_active(app.user_named(&format!("{long_name} 1")), false);
    album.picture("invites", "/settings/invites", &format!("Pending invites · {COMPANY}")).await;
    album.picture_of_the_end("users-many-end", "/settings/users").await;
    album.picture("users-many", "/settings/users", &format!("Users · {COMPANY}")).await;
    album.picture("users-nobody", "/settings/users?q=zzz", &format!("Users · {COMPANY}")).await;
    album.picture("users-endless", "/settings/users?q=ottoline", &format!("Users · {COMPANY}")).await;
    album
        .picture("user-gone", &format!("/settings/users/{endless}"), &format!("{} · {COMPANY}", "Ottoline".repeat(60)))
        .await;
    album.browser.visit(&format!("/settings/users/{somebody}")).await;
    album.browser.click_button("Make a reset link").await;
    let reset = album.link_shown("reset-link").await;
    let admin = app.sign_in(owner).await;
    let fields = [("active", "no"), ("hand_over", "to"), ("hand_over_to", &owner.to_string())];
    assert_eq!(admin.post_form(&format!("/settings/users/{priya}"), &fields).await.status, 303);
    album.picture("user-handing-over", &format!("/settings/users/{priya}"), &format!("Priya Raman · {COMPANY}")).await;
    album.browser.sees("Being handed over to Dana Whitaker").await;
    app.drain().await;
    album.browser.sees("Handed over to Dana Whitaker").await;
    album.picture("profile-browsers", "/settings/profile", &format!("My profile · {COMPANY}")).await;
    album.complaints(0).await;
    let visitor = Album::open(app.url()).await;
    visitor.picture("invite-opened", &invite, &format!("Join · {COMPANY}")).await;
    visitor.picture("reset-opened", &reset, &format!("New password · {COMPANY}")).await;
    visitor.picture("link-gone", "/invites/nothing", &format!("Link not valid · {COMPANY}")).await;
}

impl Album {
    async fn invite(&self, name: &str, email: &str) {
        self.browser.visit("/settings/invites/new").await;
        self.browser.fill("Name", name).await;
        self.browser.fill("E-mail", email).await;
        self.browser.choose("Role", "Sales Person").await;
        self.browser.click_button("Make the link").await;
        self.browser.sees("It is shown this once").await;
    }

    /// A page that shows a secret link, which is no page to open again. Answers the link's path.
    async fn link_shown(&self, name: &str) -> String {
        self.browser.sees("It is shown this once").await;
        for (words, look) in LOOKS {
            self.browser.look(look).await;
            self.keep(name, words).await;
        }
        let script = "return new URL(document.querySelector('code').textContent).pathname";
        let path = self.browser.driver.execute(script, vec![]).await.expect("a link is shown");
        path.json().as_str().expect("a path").to_owned()
    }
}
