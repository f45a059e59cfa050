use super::{checked, rows, tiles, uploaded};
use crate::support::app::{Backend, TestApp, for_both};

for_both!(
    a_wrong_meaning_is_refused_with_the_choice_kept,
    every_row_shows_its_plan_or_its_problem,
    a_row_with_several_faults_names_them_all,
);

async fn a_wrong_meaning_is_refused_with_the_choice_kept(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let place = uploaded(&owner, "First,Cell,Anything,Salesperson\nAnn,(303) 555-0101,blue,olivia owner\n").await;
    let page = owner.get(&place).await;
    let chosen = page.attributes("select[name^=column] option[selected]", "value");
    let sales = app.number_in("positions where name = 'Sales Person'", "id");
    assert_eq!(chosen, ["first_name", "mobile", "ignore", &format!("position:{sales}")]);
    assert!(page.text().contains("(303) 555-0101") && page.text().contains("blue"), "samples");

    for (fields, why) in [
        (vec![("column_2", "first_name")], "Two columns mean the same"),
        (vec![("column_0", "ignore")], "which column is the name"),
        (vec![("column_2", "position:9999")], "not there any more"),
        (vec![("status", "9999")], "Choose a lead status"),
    ] {
        let refused = owner.post_form(&format!("{place}/mapping"), &fields).await;
        assert_eq!(refused.status, 422, "{fields:?}");
        assert!(refused.texts("[role=alert]")[0].contains(why), "{fields:?}: {}", refused.text());
        if fields[0].1 != "position:9999" && fields[0].0 != "status" {
            let name = format!("select[name={}] option[selected]", fields[0].0);
            assert_eq!(refused.attributes(&name, "value"), [fields[0].1], "the choice is kept");
        }
    }
    for odd in [("column_0", "owner"), ("duplicates", "both"), ("status", "x")] {
        assert_eq!(owner.post_form(&format!("{place}/mapping"), &[odd]).await.status, 422, "{odd:?}");
    }
    assert_eq!(app.count("jobs"), 0, "nothing began");
}

async fn every_row_shows_its_plan_or_its_problem(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    app.client("Karen", "+13035550101", &[]);
    let gone = app.user("Gail Gone", crewline::domain::BuiltInRole::SalesPerson);
    app.set_active(gone, false);
    let text = "Name,Phone,Email,Status,Time zone,Appointment,Sales Person,Notes\n\
        Ann Able,(303) 555-0102,ann@a.example,,,,,\n\
        Karen,303-555-0101,,,,,,\n\
        Bo,3035550102,,,,,,\n\
        Bea,,ANN@A.EXAMPLE,,,,,\n\
        Cy,12,,,,,,\n\
        ,,,,,,,only notes\n\
        Di,,not an address,,,,,\n\
        Ed,,,No such,,,,\n\
        Flo,,,,Mars,,,\n\
        Gus,,,,,some day,,\n\
        Hal,,,,,,Nobody,\n\
        Ida,,,,,,Gail Gone,\n\
        Jo,too,few\n\
        Kim,,,customer,america/denver,2026-03-31 14:30,OWNER@crew.example,\"=1+1\"\n";
    let place = checked(&app, &owner, text, &[]).await;
    let page = owner.get(&place).await;
    assert_eq!(page.texts("h1"), ["Look before you import"]);
    let found = rows(&page);
    let expected = [
        ("Add", ""),
        ("Skip", "Karen Client has this phone"),
        ("Skip", "Line 2 has this phone"),
        ("Skip", "Line 2 has this phone or e-mail"),
        ("Problem", "“12” cannot be used. The number is too short"),
        ("Problem", "Enter a name or a company"),
        ("Problem", "Enter the e-mail address as"),
        ("Problem", "no lead status “No such”"),
        ("Problem", "“Mars” is no time zone"),
        ("Problem", "“some day” is no date"),
        ("Problem", "nobody here is called “Nobody”"),
        ("Problem", "Gail Gone is deactivated"),
        ("Problem", "3 cells, but the header has 8"),
    ];
    for ((outcome, why), (wanted, sentence)) in found.iter().zip(expected) {
        assert!(outcome == wanted && why.contains(sentence), "{outcome} {why}, not {wanted} {sentence}");
    }
    assert_eq!(found.len(), 14);
    assert_eq!(tiles(&page), ["2 to add", "0 to update", "3 to skip", "9 with a problem"]);
    assert_eq!(app.count("clients"), 1, "nothing has changed");
    let bad = owner.get(&format!("{place}?outcome=bad")).await;
    assert_eq!(rows(&bad).len(), 9);
    assert_eq!(bad.texts("nav.tiles a[aria-current]"), ["9 with a problem"]);

    let problems = owner.get(&format!("{place}/problems.csv")).await;
    assert_eq!((problems.status, problems.header("content-type")), (200, "text/csv; charset=utf-8"));
    let lines: Vec<&str> = problems.body.trim_start_matches('\u{FEFF}').lines().collect();
    assert_eq!(lines.len(), 10);
    assert!(lines[0].ends_with(",Notes,line,problem"), "{}", lines[0]);
    assert!(lines[1].starts_with("Cy,12,,,,,,,6,"), "{}", lines[1]);

    // Another meaning, and it is looked at anew
    let again = owner.get(&format!("{place}/mapping")).await;
    assert_eq!(again.attributes("select[name=column_0] option[selected]", "value"), ["full_name"]);
    let mapped =
        owner.post_form(&format!("{place}/mapping"), &[("column_1", "ignore"), ("duplicates", "update")]).await;
    assert_eq!(mapped.status, 303);
    app.drain().await;
    let page = owner.get(&place).await;
    assert_eq!(tiles(&page), ["5 to add", "1 to update", "0 to skip", "8 with a problem"]);
}

async fn a_row_with_several_faults_names_them_all(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    app.client("Karen", "+13035550101", &[]);
    let gone = app.user("Gail Gone", crewline::domain::BuiltInRole::SalesPerson);
    app.set_active(gone, false);
    let text = "Name,Cell,Home phone,Email,Status,Time zone,Rep\n\
        ,12; 13,,not an address,No such,Mars,Gail Gone\n\
        Karen Client,3035550101,14,,,,\n";
    let place = checked(&app, &owner, text, &[("duplicates", "update")]).await;
    let found = rows(&owner.get(&place).await);
    for part in [
        "“12” cannot be used",
        "“13” cannot be used",
        "no lead status “No such”",
        "“Mars” is no time zone",
        "Gail Gone is deactivated",
        "Enter a name or a company",
        "Enter the e-mail address as",
    ] {
        assert_eq!(found[0].1.matches(part).count(), 1, "{part}: {}", found[0].1);
    }
    // What somebody who is here already lacks is on their record
    let one = "The phone “14” cannot be used. The number is too short.";
    assert!(
        found[1].1.starts_with(one.trim_end_matches('.')) && !found[1].1.contains("Enter a name"),
        "{}",
        found[1].1
    );
    let problems = owner.get(&format!("{place}/problems.csv")).await;
    assert!(problems.body.contains("“Mars” is no time zone"), "{}", problems.body);
}
