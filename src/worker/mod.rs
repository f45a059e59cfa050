//! Drains the outbox: claims due jobs by lease, does what they say outside of any transaction, writes down how it went.
//!
//! Any number of processes may drain one database. Must not know: pages, who may see what.

mod automating;
mod back_off;
mod catching_up;
mod handing_over;
mod importing;
mod pushing;
mod sending;
mod sweeping;
mod tidying;

use std::sync::Arc;
use std::time::Duration as Pause;

use chrono::{Duration, NaiveDateTime};
use futures_util::future::join_all;
use tokio::sync::{Notify, watch};

use crate::domain::GatewayKind;
use crate::gateway::SmsGateway;
use crate::push::{EndpointGuard, PushSender};
use crate::services::Job;
use crate::store::jobs::{self, Job as Row};
use crate::store::{Db, DbConnection, StoreError};

/// How long a claimed job is ours. Longer than any time-out of what it does.
const LEASE: Duration = Duration::seconds(30);
/// Looked for due jobs this often even if nobody woke us.
const POLL: Pause = Pause::from_secs(1);
const AT_ONCE: i64 = 16;

/// Texts leave one after the other, so that they arrive in order; pushes leave side by side.
const TEXTS: [&str; 1] = [Job::SEND_TEXT];
const PUSHES: [&str; 2] = [Job::PUSH, Job::TEST_PUSH];
/// Steps of automations only queue texts, which then wait their turn among the others.
const AUTOMATIONS: [&str; 2] = [Job::AUTOMATION_STEP, Job::RESUME_AUTOMATION];
/// Long work inside the database, in many small steps, one job at a time: it holds up neither texts nor pushes.
const CHORES: [&str; 4] = [Job::HAND_OVER, Job::IMPORT, Job::REMOVE_POSITION, Job::REMOVE_LEAD_STATUS];

/// Everything a job may need.
#[derive(Clone)]
pub struct Worker {
    pub db: Db,
    pub gateways: Vec<Arc<dyn SmsGateway>>,
    pub push: Arc<dyn PushSender>,
    pub guard: EndpointGuard,
    pub clock: Arc<dyn Fn() -> NaiveDateTime + Send + Sync>,
    pub public_url: String,
    pub wake: Arc<Notify>,
}

/// How a job went.
#[derive(Debug)]
enum Outcome {
    Done,
    /// So far, and on at once: others come in between.
    More,
    /// What it did has settled it, in the same transaction.
    Settled,
    /// Not before then, and nothing went wrong.
    Later(NaiveDateTime),
    /// Not now; after the back-off, or when the other side says.
    Again {
        after: Option<Duration>,
        why: String,
    },
    /// Never: it stays to be looked at.
    Dead {
        why: String,
    },
}

impl Worker {
    /// Works until `stop` is told; what is under way then is finished.
    pub async fn run(self, stop: watch::Receiver<bool>) {
        let texts = self.clone().lane(&TEXTS, 1, stop.clone());
        let pushes = self.clone().lane(&PUSHES, AT_ONCE, stop.clone());
        let automations = self.clone().lane(&AUTOMATIONS, 1, stop.clone());
        let chores = self.clone().lane(&CHORES, 1, stop.clone());
        tokio::join!(texts, pushes, automations, chores, self.sweep_until(stop));
    }

    /// Does everything that is due now, and answers how many jobs that were. For tests and for the end of the demo's loading.
    pub async fn drain(&self) -> Result<usize, StoreError> {
        let mut count = 0;
        loop {
            let done = self.round(&AUTOMATIONS, 1).await?
                + self.round(&TEXTS, 1).await?
                + self.round(&PUSHES, AT_ONCE).await?
                + self.round(&CHORES, 1).await?;
            if done == 0 {
                return Ok(count);
            }
            count += done;
        }
    }

    async fn lane(self, kinds: &'static [&'static str], limit: i64, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            let woken = self.wake.notified();
            match self.round(kinds, limit).await {
                Ok(0) => {}
                Ok(_) => continue,
                Err(error) => tracing::warn!(%error, "the outbox could not be read; trying again"),
            }
            tokio::select! {
                _ = stop.changed() => {}
                () = woken => {}
                () = tokio::time::sleep(POLL) => {}
            }
        }
    }

    async fn round(&self, kinds: &'static [&'static str], limit: i64) -> Result<usize, StoreError> {
        let now = (self.clock)();
        // Asked first, so that an idle worker never takes the writer's place.
        if !self.read(move |c| jobs::is_due(c, kinds, now)).await? {
            return Ok(0);
        }
        let claimed = self.write(move |tx| jobs::claim(tx, kinds, now, now + LEASE, limit)).await?;
        join_all(claimed.iter().map(|row| self.perform(row))).await;
        Ok(claimed.len())
    }

    async fn perform(&self, row: &Row) {
        let outcome = match Job::parse(&row.payload) {
            Ok(Job::SendText { message }) => sending::send(self, message, row).await,
            Ok(Job::Push { notification, subscription }) => pushing::push(self, notification, subscription, row).await,
            Ok(Job::TestPush { subscription }) => pushing::test(self, subscription, row).await,
            Ok(Job::HandOver { hand_over }) => handing_over::go_on(self, hand_over).await,
            Ok(Job::RemovePosition { position, by }) => tidying::remove_position(self, position, by).await,
            Ok(Job::RemoveLeadStatus { status, heir, by }) => tidying::remove_lead_status(self, status, heir, by).await,
            Ok(Job::AutomationStep { run }) => automating::step(self, run, row).await,
            Ok(Job::ResumeAutomation { automation, after }) => automating::resume(self, automation, after, row).await,
            Ok(Job::Import { import, state, reached }) => importing::step(self, import, state, reached).await,
            Err(error) => Ok(Outcome::Dead { why: format!("the job cannot be read: {error}") }),
        };
        let outcome = outcome.unwrap_or_else(|error| Outcome::Again { after: None, why: error.to_string() });
        if let Err(error) = self.settle(row, outcome).await {
            tracing::warn!(job = row.id, %error, "how a job went could not be written down; its lease will run out");
        }
    }

    async fn settle(&self, row: &Row, outcome: Outcome) -> Result<(), StoreError> {
        let (id, attempts, now) = (row.id, row.attempts, (self.clock)());
        if let Outcome::Again { why, .. } | Outcome::Dead { why } = &outcome {
            tracing::info!(job = id, kind = row.kind, attempts, why, "a job did not succeed");
        }
        self.write(move |tx| match &outcome {
            Outcome::Done => jobs::done(tx, id),
            Outcome::More => jobs::more(tx, id, now),
            Outcome::Settled => Ok(()),
            Outcome::Later(at) => jobs::later(tx, id, *at),
            Outcome::Again { after, why } => {
                jobs::again(tx, id, now + after.unwrap_or_else(|| back_off::pause(attempts)), why)
            }
            Outcome::Dead { why } => jobs::bury(tx, id, why),
        })
        .await
    }

    fn gateway(&self, kind: GatewayKind) -> Option<&Arc<dyn SmsGateway>> {
        self.gateways.iter().find(|gateway| gateway.kind() == kind)
    }

    async fn read<T: Send + 'static>(
        &self,
        run: impl FnOnce(&mut DbConnection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let db = self.db.clone();
        let read = tokio::task::spawn_blocking(move || db.read(run)).await;
        read.unwrap_or_else(|error| Err(StoreError::Corrupt(error.to_string())))
    }

    async fn write<T, E>(
        &self,
        run: impl Fn(&mut crate::store::Writer<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + std::error::Error + Send + 'static,
    {
        let db = self.db.clone();
        match tokio::task::spawn_blocking(move || db.write(run)).await {
            Ok(answer) => answer,
            Err(error) => Err(StoreError::Corrupt(error.to_string()).into()),
        }
    }
}
