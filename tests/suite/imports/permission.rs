use crewline::domain::{ClientAccess, ClientScope, Permissions};

use super::{upload, uploaded};
use crate::support::app::{Backend, TestApp, for_both};

for_both!(whoever_may_enter_any_client_may_import_and_nobody_else);

async fn whoever_may_enter_any_client_may_import_and_nobody_else(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let place = uploaded(&owner, "Name\nAnn\n").await;
    let gets =
        ["/clients/imports".to_owned(), place.clone(), format!("{place}/mapping"), format!("{place}/problems.csv")];
    let posts = ["mapping", "removal", "run", "undo"].map(|verb| format!("{place}/{verb}"));
    let mut seen = [0; 3];
    for &client_scope in ClientScope::ALL {
        for &client_access in ClientAccess::ALL {
            let may = Permissions { client_scope, client_access, ..Permissions::NOTHING };
            let name = format!("{client_scope} {client_access}");
            let actor = app.sign_in(app.user_with(&name, may)).await;
            let sees = client_scope != ClientScope::None && client_access >= ClientAccess::Read;
            let imports = client_scope == ClientScope::All && client_access >= ClientAccess::Create;
            let status = if imports {
                200
            } else if sees {
                403
            } else {
                404
            };
            seen[usize::from(sees) + usize::from(imports)] += 1;
            for path in &gets {
                // Nothing was checked yet: there are no problems to download
                let expected = if path.ends_with(".csv") && imports { 404 } else { status };
                let answered = actor.get(path).await;
                assert_eq!(answered.status, expected, "{name}: GET {path}");
                assert!(status != 403 || answered.text().contains("Your role may not import clients"), "{name}");
            }
            if !imports {
                for path in &posts {
                    assert_eq!(actor.post(path).await.status, status, "{name}: POST {path}");
                }
                assert_eq!(upload(&actor, "x.csv", b"Name\nBo\n").await.status, status, "{name}: upload");
            }
            assert_eq!(actor.get("/clients/export.csv").await.status, if sees { 200 } else { 404 }, "{name}: export");
        }
    }
    assert_eq!(seen, [7, 6, 2], "every kind was tried");
    assert_eq!((app.count("imports"), app.count("jobs")), (1, 0), "nothing began");

    for id in ["0", "-1", "999999", "x", "99999999999999999999"] {
        for verb in ["", "/mapping", "/problems.csv"] {
            assert_eq!(owner.get(&format!("/clients/imports/{id}{verb}")).await.status, 404, "{id}{verb}");
        }
        for verb in ["mapping", "removal", "run", "undo"] {
            assert_eq!(owner.post(&format!("/clients/imports/{id}/{verb}")).await.status, 404, "{id}/{verb}");
        }
    }
    let visitor = app.visitor();
    assert_eq!(
        visitor.get(&place).await.location.as_deref(),
        Some(format!("/sign-in?next={}", place.replace('/', "%2F")).as_str())
    );
    assert_eq!(visitor.post(&format!("{place}/run")).await.status, 401);
    assert_eq!(upload(&visitor, "x.csv", b"Name\nBo\n").await.status, 401);
    let early = owner.post(&format!("{place}/run")).await;
    assert!(early.status == 422 && early.text().contains("not ready"), "{}", early.text());
    assert_eq!(owner.post(&format!("{place}/undo")).await.status, 422);
}
