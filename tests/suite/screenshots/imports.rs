use super::album::Album;
use crate::imports;
use crate::support::app::{Backend, TestApp};

#[tokio::test]
async fn every_page_of_an_import_fits_its_screen() {
    let app = TestApp::start(Backend::Sqlite).await;
    let album = Album::open(app.url()).await;
    let owner = app.sign_in(app.owner()).await;
    album.sign_in(&app.email(app.owner())).await;
    let company = "Crew & Sons Roofing";
    album.picture("imports-empty", "/clients/imports", &format!("Imports · {company}")).await;
    let long = "Bartholomew Featherstonehaugh-Cholmondeley ".repeat(9);
    let lines: String = (0..60).map(|n| format!("Client {n},30355{n:05},c{n}@c.example,,Customer\n")).collect();
    let text = format!(
        "Name,Cell phone,E-mail,Anything else that somebody once thought of,Status\n\
         Karen Fields,3035550101,karen@k.example,blue,Lead Received\nKen,12,,,\n{long},,not an address,{long},\n{lines}Bo,x\n"
    );
    let place = imports::uploaded(&owner, &text).await;
    album.picture("import-mapping", &place, &format!("Columns of leads.csv · {company}")).await;
    let import = format!("Import of leads.csv · {company}");
    owner.post_form(&format!("{place}/mapping"), &[]).await;
    album.picture("import-progress", &place, &import).await;
    app.drain().await;
    album.picture("import-preview", &place, &import).await;
    album.picture("import-problems", &format!("{place}?outcome=bad"), &import).await;
    owner.post(&format!("{place}/run")).await;
    app.drain().await;
    album.picture("import-done", &place, &import).await;
    app.text_in("+13035500001", "Hi").await;
    imports::uploaded(&owner, &text).await;
    album.picture("imports", "/clients/imports", &format!("Imports · {company}")).await;
    owner.post(&format!("{place}/undo")).await;
    app.drain().await;
    album.picture("import-undone", &format!("{place}?outcome=kept"), &import).await;
    let removed = format!("{place}?outcome=removed");
    album.picture("import-removed", &removed, &import).await;
    app.advance(chrono::Duration::days(91));
    app.worker.forget_old_imports().await.expect("the database is there");
    app.drain().await;
    album.sign_in(&app.email(app.owner())).await;
    album.picture("import-dropped", &place, &import).await;
    album.picture("imports-dropped", "/clients/imports", &format!("Imports · {company}")).await;
    album.complaints(0).await;
}
