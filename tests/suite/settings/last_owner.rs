use crewline::domain::{BuiltInRole, UserId};
use crewline::services::{self, By, Change};
use crewline::store::{roles, users};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use super::{page_of, role};
use crate::support::app::{Backend, TestApp, for_both};

for_both!(
    the_last_active_owner_stays_active_and_owner,
    whatever_admins_do_somebody_is_left_who_may_do_everything,
    two_owners_who_let_each_other_out_at_once_leave_one,
);

async fn the_last_active_owner_stays_active_and_owner(backend: Backend) {
    let app = TestApp::start(backend).await;
    let (me, other) = (app.owner(), app.user("Oscar Owner", BuiltInRole::Owner));
    let sales = role(&app, BuiltInRole::SalesPerson);
    let (owner, second) = (app.sign_in(me).await, app.sign_in(other).await);
    assert_eq!(owner.post_form(&page_of(other), &[("active", "no")]).await.status, 303, "there is another one");
    let refused = owner.post_form(&page_of(me), &[("role_id", &sales)]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.texts("[role=alert]")[0].contains("the last active Owner"), "{}", refused.text());
    // A deactivated Owner does not count, and may be demoted
    assert_eq!(owner.post_form(&page_of(other), &[("role_id", &sales)]).await.status, 303);
    assert_eq!(second.get("/conversations").await.status, 303, "signed out");

    let owner_role = role(&app, BuiltInRole::Owner);
    let back = [("role_id", owner_role.as_str()), ("active", "yes")];
    assert_eq!(owner.post_form(&page_of(other), &back).await.status, 303);
    assert_eq!(owner.post_form(&page_of(me), &[("role_id", &sales)]).await.status, 303, "now another one is left");
    let second = app.sign_in(other).await;
    assert_eq!(second.post_form(&page_of(other), &[("role_id", &sales)]).await.status, 422);
    assert_eq!(app.count(&format!("users where role_id = {owner_role} and active")), 1);
}

/// Everybody tries anything with anybody, also who is deactivated or may not.
async fn whatever_admins_do_somebody_is_left_who_may_do_everything(backend: Backend) {
    let app = TestApp::start(backend).await;
    let mut staff: Vec<UserId> = vec![app.owner()];
    for (number, role) in (0..8).zip(BuiltInRole::ALL.iter().cycle()) {
        staff.push(app.user(&format!("Person {number}"), *role));
    }
    let roles = app.read(roles::all);
    let now = app.now();
    let (mut done, mut refused) = (0, 0);
    for seed in 0..8 {
        let mut dice = StdRng::seed_from_u64(seed);
        for step in 0..60 {
            let (actor, target) = (staff[dice.random_range(0..staff.len())], staff[dice.random_range(0..staff.len())]);
            let change = Change {
                role_id: dice.random_bool(0.5).then(|| roles[dice.random_range(0..roles.len())].id),
                active: dice.random_bool(0.6).then(|| dice.random_bool(0.5)),
                ..Change::default()
            };
            let user = app.read(|c| users::find(c, actor)).expect("they are here");
            let by = By { user, address: String::new() };
            let answer = app.db().write(|tx| services::change_user(tx, &by, target, &change, now));
            match answer {
                Ok(()) => done += 1,
                // Who manages nobody any more finds nothing
                Err(services::Error::Forbidden(_) | services::Error::Invalid(_) | services::Error::NotFound) => {
                    refused += 1
                }
                Err(other) => panic!("seed {seed}, step {step}: {other}"),
            }
            let owners = app.read(users::active_owners);
            assert!(!owners.is_empty(), "seed {seed}, step {step}: {actor} did {change:?} to {target}");
        }
    }
    assert!(done > 20 && refused > 20, "both happened: {done}, {refused}");
}

async fn two_owners_who_let_each_other_out_at_once_leave_one(backend: Backend) {
    let app = TestApp::start(backend).await;
    for round in 0..5 {
        let name = format!("Oscar {round}");
        let (me, other) = (app.read(users::active_owners)[0], app.user(&name, BuiltInRole::Owner));
        let (one, two) = (app.sign_in(me).await, app.sign_in(other).await);
        let (page_of_one, page_of_two) = (page_of(me), page_of(other));
        let out = [("active", "no")];
        let (first, second) = tokio::join!(one.post_form(&page_of_two, &out), two.post_form(&page_of_one, &out));
        let statuses = [first.status, second.status];
        assert_eq!(statuses.iter().filter(|status| **status == 303).count(), 1, "{statuses:?}");
        assert!(statuses.iter().all(|status| [303, 401, 403, 404, 422].contains(status)), "{statuses:?}");
        assert_eq!(app.read(users::active_owners).len(), 1);
    }
}
