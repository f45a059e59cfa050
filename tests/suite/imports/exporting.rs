use crewline::domain::{BuiltInRole, PhoneKind};
use crewline::store::client_phones::{self, ClientPhone};
use crewline::store::clients;

use super::{imported, records};
use crate::support::app::{Backend, TestApp, for_both};

for_both!(what_goes_out_comes_back_in_the_same, only_what_one_sees_goes_out);

async fn what_goes_out_comes_back_in_the_same(backend: Backend) {
    let app = TestApp::start_demo(backend).await;
    let owner = app.sign_in(app.user_named("Dana Whitaker")).await;
    let odd = app.client("=HYPERLINK(\"x\")", "+13035550101", &[]);
    app.write(|tx| {
        let mut fields = clients::find(tx, odd)?.expect("they are here").fields;
        fields.notes = "one, \"two\"\n;three\t'=four".to_owned();
        fields.company = "'-1".to_owned();
        fields.address = "@home".to_owned();
        fields.appointment_at = Some("2026-11-01T07:30:15.250".parse().expect("a moment"));
        fields.time_zone = Some("America/New_York".to_owned());
        clients::update(tx, odd, &fields)?;
        let phone = |kind, phone: &str, texting| ClientPhone { kind, phone: phone.to_owned(), texting };
        client_phones::replace(
            tx,
            odd,
            &[
                phone(PhoneKind::Mobile, "+13035550101", false),
                phone(PhoneKind::Mobile, "+13035550111", false),
                phone(PhoneKind::Office, "+442079460018", true),
            ],
        )?;
        Ok(())
    });
    let file = owner.get("/clients/export.csv").await;
    assert_eq!(file.status, 200);
    assert!(file.header("content-disposition").contains("clients.csv"));
    assert!(file.body.starts_with("\u{FEFF}First name,Last name,Company,E-mail,"), "{}", &file.body[..80]);
    assert!(file.body.contains("\"'=HYPERLINK(\"\"x\"\")\"") && file.body.contains(",'@home,"), "{}", file.body);
    assert!(file.body.contains("+13035550101; +13035550111"), "phones stay phones");
    let logged = app.count("audit_log where action = 'clients.exported'");
    assert_eq!(logged, 1);

    let phones = |app: &TestApp| {
        app.read(|c| {
            crate::support::rows::lines(
                c,
                "select kind || phone || case when texting then '!' else '' end || c.search_terms as line from client_phones p \
                 join clients c on c.id = p.client_id order by c.search_terms, phone, kind",
            )
        })
    };
    let held = |app: &TestApp| {
        app.read(|c| {
            crate::support::rows::lines(
                c,
                "select c.search_terms || cast(h.position_id as text) || cast(h.user_id as text) as line from client_positions h \
                 join clients c on c.id = h.client_id order by 1",
            )
        })
    };
    // Terms of records that were entered otherwise may be older than the program
    let ids = app.numbers("select id as number from clients order by id");
    app.write(|tx| {
        for id in &ids {
            let fields = clients::find(tx, *id)?.expect("they are here").fields;
            clients::update(tx, *id, &fields)?;
        }
        Ok(())
    });
    let (mut before, phones_before, held_before) = (records(&app), phones(&app), held(&app));
    assert!(before.len() > 30 && phones_before.len() > 30 && held_before.len() > 10);
    app.write(|tx| {
        for id in &ids {
            clients::delete(tx, *id)?;
        }
        Ok(())
    });
    // Households share phones, so the second of them is let in by another file
    let text = file.body.clone();
    imported(&app, &owner, &text, &[]).await;
    let mut after = records(&app);
    before.sort();
    after.sort();
    let missing: Vec<&String> = before.iter().filter(|line| !after.contains(line)).collect();
    let households = app.count("import_rows where outcome = 'skipped'");
    assert_eq!(missing.len() as i64, households, "{missing:#?}\n{after:#?}");
    assert!(after.iter().all(|line| before.contains(line)), "{after:#?}");
    if households == 0 {
        assert_eq!(phones(&app), phones_before);
        assert_eq!(held(&app), held_before);
    } else {
        assert!(phones(&app).iter().all(|line| phones_before.contains(line)));
        assert!(held(&app).iter().all(|line| held_before.contains(line)));
    }
}

async fn only_what_one_sees_goes_out(backend: Backend) {
    let app = TestApp::start(backend).await;
    let sales = app.user("Sam Sales", BuiltInRole::SalesPerson);
    app.client("Mine", "+13035550101", &[sales]);
    app.client("Other", "+13035550102", &[app.owner()]);
    let names = |body: &str| {
        let lines = body.lines().skip(1);
        lines.map(|line| line.split(',').next().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    let actor = app.sign_in(sales).await;
    assert_eq!(names(&actor.get("/clients/export.csv").await.body), ["Mine"]);
    let holder = format!("/clients/export.csv?holder={}", app.owner());
    assert!(names(&actor.get(&holder).await.body).is_empty(), "a filter widens nothing");
    let owner = app.sign_in(app.owner()).await;
    assert_eq!(names(&owner.get("/clients/export.csv").await.body), ["Other", "Mine"], "as the list has them");
    assert_eq!(names(&owner.get("/clients/export.csv?q=mine").await.body), ["Mine"]);
    assert_eq!(names(&owner.get(&holder).await.body), ["Other"]);
    assert_eq!(names(&owner.get("/clients/export.csv?filter=mine").await.body), ["Other"]);
    assert!(names(&owner.get("/clients/export.csv?status=999").await.body).is_empty());
    let nonsense = owner.get("/clients/export.csv?status=x&holder=&filter=%00").await;
    assert_eq!(names(&nonsense.body), ["Other", "Mine"], "what is not understood is not asked for");
}
