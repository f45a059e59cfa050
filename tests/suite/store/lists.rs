use chrono::Duration;
use crewline::assignment_policy::{ClientRecord, Conversation, Staff, sees_on_dashboard};
use crewline::domain::{
    ClientAccess, ClientScope, ConversationFilter, ConversationId, ConversationView, Permissions, SmsAccess,
    SmsDashboard, UserId,
};
use crewline::services;
use crewline::store::conversations;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use crate::support::app::{Actor, Backend, TestApp, for_both};

for_both!(a_list_holds_exactly_what_the_policy_shows_in_any_company);

async fn a_list_holds_exactly_what_the_policy_shows_in_any_company(backend: Backend) {
    for seed in 0..3 {
        let mut dice = StdRng::seed_from_u64(seed);
        let company = Company::random(backend, &mut dice).await;
        for staff in &company.staff {
            if !staff.active {
                continue;
            }
            let actor = company.app.sign_in(staff.id).await;
            for view in ConversationView::ALL {
                for filter in [None].into_iter().chain(ConversationFilter::ALL.iter().copied().map(Some)) {
                    let query = match filter {
                        Some(filter) => format!("view={view}&filter={filter}"),
                        None => format!("view={view}"),
                    };
                    let listed = listed(&actor, &query, staff).await;
                    let expected = company.expected(staff, *view, filter);
                    assert_eq!(listed, expected, "seed {seed}, {query}, {staff:?}");
                }
            }
            for known in &company.conversations {
                let status = actor.get(&format!("/conversations/{}", known.id)).await.status;
                assert_eq!(status == 200, sees_on_dashboard(staff, &known.facts), "seed {seed}: {status}");
            }
        }
    }
}

struct Company {
    app: TestApp,
    staff: Vec<Staff>,
    conversations: Vec<Known>,
}

struct Known {
    id: ConversationId,
    facts: Conversation,
    closed: bool,
    attention: bool,
    unread_by: Vec<UserId>,
}

impl Company {
    async fn random(backend: Backend, dice: &mut StdRng) -> Company {
        let app = TestApp::start(backend).await;
        let mut staff: Vec<Staff> = (0..5).map(|number| person(&app, number, dice)).collect();
        let clients: Vec<_> = (0..6).map(|number| client(&app, number, &staff, dice)).collect();
        let mut ids = Vec::new();
        for number in 0..45 {
            let id = app.text_in(&phone(number), "Hi").await;
            for user in staff.iter().filter(|_| dice.random_bool(0.2)) {
                app.assign(id, user.id);
            }
            ids.push(id);
            app.advance(Duration::seconds(dice.random_range(0..2)));
        }
        for _ in 0..60 {
            let number = dice.random_range(0..45);
            match dice.random_range(0..4) {
                0 => drop(
                    app.text_in(&phone(number), ["Hello?", "STOP", "please stop texting me"][dice.random_range(0..3)])
                        .await,
                ),
                1 => app.write(|tx| Ok(conversations::set_closed(tx, ids[number], true)?)),
                2 => app.write(|tx| Ok(conversations::set_blocked(tx, ids[number], true)?)),
                _ => {
                    let user = staff[dice.random_range(0..staff.len())].id;
                    app.write(|tx| services::mark_read(tx, user, ids[number], i64::MAX));
                }
            }
            app.advance(Duration::seconds(dice.random_range(0..2)));
        }
        for person in &mut staff {
            person.active = dice.random_bool(0.8);
            if !person.active {
                app.set_active(person.id, false);
            }
        }
        let conversations = ids.into_iter().enumerate().map(|(number, id)| known(&app, number, id, &clients)).collect();
        Company { app, staff, conversations }
    }

    /// Newest first, as the policy and the filter say.
    fn expected(
        &self,
        staff: &Staff,
        view: ConversationView,
        filter: Option<ConversationFilter>,
    ) -> Vec<ConversationId> {
        let mut shown: Vec<&Known> = self
            .conversations
            .iter()
            .filter(|known| sees_on_dashboard(staff, &known.facts))
            .filter(|known| view == ConversationView::All || known.facts.assigned.contains(&staff.id))
            .filter(|known| match filter {
                None => true,
                Some(ConversationFilter::Unassigned) => known.facts.assigned.is_empty() && !known.facts.blocked,
                Some(ConversationFilter::Unread) => known.unread_by.contains(&staff.id),
                Some(ConversationFilter::Attention) => known.attention,
                Some(ConversationFilter::Open) => !known.closed,
                Some(ConversationFilter::Closed) => known.closed,
            })
            .collect();
        let at =
            |known: &Known| self.app.read(|c| conversations::find(c, known.id)).expect("it is stored").last_message_at;
        shown.sort_by_key(|known| std::cmp::Reverse((at(known), known.id)));
        shown.into_iter().map(|known| known.id).collect()
    }
}

fn phone(number: usize) -> String {
    format!("+130355501{number:02}")
}

fn person(app: &TestApp, number: usize, dice: &mut StdRng) -> Staff {
    let may = Permissions {
        sms_dashboard: SmsDashboard::ALL[dice.random_range(0..SmsDashboard::ALL.len())],
        sms_access: SmsAccess::ALL[dice.random_range(0..SmsAccess::ALL.len())],
        client_scope: ClientScope::ALL[dice.random_range(0..ClientScope::ALL.len())],
        client_access: ClientAccess::ALL[dice.random_range(0..ClientAccess::ALL.len())],
        may_assign: dice.random_bool(0.5),
        ..Permissions::NOTHING
    };
    Staff { id: app.user_with(&format!("Person {number}"), may), active: true, may }
}

/// The record and the number of its phone.
fn client(app: &TestApp, number: usize, staff: &[Staff], dice: &mut StdRng) -> (usize, ClientRecord) {
    let holders: Vec<UserId> = staff.iter().filter(|_| dice.random_bool(0.3)).map(|one| one.id).take(3).collect();
    let id = app.client(&format!("Client {number}"), &phone(number), &holders);
    (number, ClientRecord { id, holders })
}

fn known(app: &TestApp, number: usize, id: ConversationId, clients: &[(usize, ClientRecord)]) -> Known {
    let row = app.read(|c| conversations::find(c, id)).expect("it is stored");
    let of = |sql: &str| app.numbers(&format!("select user_id as number from {sql} where conversation_id = {id}"));
    let clients = clients.iter().filter(|(of, _)| *of == number).map(|(_, client)| client.clone()).collect();
    Known {
        id,
        facts: Conversation { assigned: of("assignments"), clients, blocked: row.blocked, ..Conversation::default() },
        closed: row.closed,
        attention: row.attention,
        unread_by: of("unreads"),
    }
}

/// All pages of a list.
async fn listed(actor: &Actor, query: &str, staff: &Staff) -> Vec<ConversationId> {
    let (mut ids, mut next) = (Vec::new(), Some(format!("/conversations?{query}")));
    while let Some(path) = next {
        let page = actor.get(&path).await;
        if staff.may.sms_dashboard == SmsDashboard::None {
            assert_eq!(page.status, 404);
            return ids;
        }
        assert_eq!(page.status, 200, "{path}");
        let links = page.attributes("[aria-label=Conversations] li a[href]", "href");
        ids.extend(links.iter().filter_map(|link| link.strip_prefix("/conversations/")?.parse::<i64>().ok()));
        next = page.attributes("a[rel=next]", "href").pop();
    }
    ids
}
