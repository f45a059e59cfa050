use std::collections::BTreeSet;

use chrono::NaiveDateTime;

use super::company::Founded;
use super::people::Person;
use super::plan::{self, Happening};
use super::script::unreadable;
use crate::assignment_policy::{ClientRecord, Conversation as Facts, Staff, audience, sees_on_dashboard};
use crate::domain::{
    AssignmentReason, ConversationId, Direction, MessageId, NotificationKind, NotificationReason, TimelineKind, UserId,
};
use crate::store::notifications::{self, NewNotification};
use crate::store::timeline::NewEntry;
use crate::store::{Stored, Writer, clients, conversations, unreads};

/// A conversation while it happens once more.
pub(super) struct Running<'a> {
    pub(super) id: ConversationId,
    pub(super) plan: &'a plan::Conversation,
    pub(super) company: &'a Founded,
    staff: &'a [Staff],
    pub(super) facts: Facts,
    pub(super) closed: bool,
    pub(super) attention: bool,
    /// For whom it is unread.
    pub(super) unread: BTreeSet<UserId>,
    /// Who has not seen a notification of it.
    unseen: BTreeSet<UserId>,
    /// What lists show of it is written once, at the end.
    pub(super) newest: Option<Newest>,
    /// The last text that reads like a wish to stop, and that nobody answered.
    pub(super) flagged: Option<MessageId>,
    /// The last text that failed, and its words.
    pub(super) failed: Option<(MessageId, String)>,
}

/// The newest text, as the list will show it.
pub(super) struct Newest {
    pub id: MessageId,
    pub at: NaiveDateTime,
    pub preview: String,
    pub direction: Direction,
}

/// A notification of this conversation.
pub(super) struct News {
    pub kind: NotificationKind,
    pub reason: NotificationReason,
    pub user: UserId,
    pub message: Option<MessageId>,
    pub actor: Option<UserId>,
}

impl<'a> Running<'a> {
    pub(super) fn begin(
        tx: &mut Writer<'_>,
        company: &'a Founded,
        staff: &'a [Staff],
        plan: &'a plan::Conversation,
    ) -> Stored<Self> {
        let (Some((begins, _)), Some(number)) = (plan.happenings.first(), company.numbers.get(plan.number)) else {
            return Err(unreadable(plan.phone));
        };
        let known = clients::with_phone(tx, plan.phone)?;
        let id = conversations::insert(tx, *number, plan.phone, &known, *begins)?;
        let linked = conversations::linked_clients(tx, id)?.into_iter();
        let facts = Facts {
            clients: linked.map(|client| ClientRecord { id: client.id, holders: client.holders }).collect(),
            ..Facts::default()
        };
        let (unread, unseen) = (BTreeSet::new(), BTreeSet::new());
        Ok(Self {
            id,
            plan,
            company,
            staff,
            facts,
            closed: false,
            attention: false,
            unread,
            unseen,
            newest: None,
            flagged: None,
            failed: None,
        })
    }

    pub(super) fn step(&mut self, tx: &mut Writer<'_>, happening: &Happening, at: NaiveDateTime) -> Stored<()> {
        match happening {
            Happening::Text { by: None, body, with } => self.text_in(tx, body, with, at),
            Happening::Text { by: Some(by), body, with } => self.text_out(tx, self.user(*by)?, body, with, at),
            Happening::Assigned { by, whom } if by == whom => {
                self.assign(tx, self.user(*by)?, self.user(*by)?, AssignmentReason::SelfAssigned, at)
            }
            Happening::Assigned { by, whom } => {
                self.assign(tx, self.user(*by)?, self.user(*whom)?, AssignmentReason::Picked, at)
            }
            Happening::Removed { by, whom } => self.remove(tx, self.user(*by)?, self.user(*whom)?, at),
            Happening::Closed { by } => self.close(tx, self.user(*by)?, at),
            Happening::Consented { by, what } => self.consent(tx, self.user(*by)?, *what, at),
            Happening::Retried { by } => self.retry(tx, self.user(*by)?, at),
            Happening::Blocked { by, blocked } => self.set_blocked(tx, self.user(*by)?, *blocked, at),
        }
    }

    /// Everybody has read it but those whom the script leaves behind.
    pub(super) fn end(mut self, tx: &mut Writer<'_>) -> Stored<()> {
        let still = self.plan.unread.iter().map(|person| self.user(*person)).collect::<Stored<Vec<_>>>()?;
        self.read_by(tx, |user| !still.contains(&user))?;
        if let Some(newest) = &self.newest {
            conversations::set_last_message(tx, self.id, newest.at, &newest.preview, newest.direction)?;
        }
        conversations::set_attention(tx, self.id, self.attention || self.plan.attention)
    }

    /// A text came in: new to who sees it, and told to the policy's audience.
    pub(super) fn tell(&mut self, tx: &mut Writer<'_>, message: MessageId, at: NaiveDateTime) -> Stored<()> {
        if self.facts.blocked {
            return Ok(());
        }
        for user in self.staff.iter().filter(|user| sees_on_dashboard(user, &self.facts)) {
            if self.unread.insert(user.id) {
                unreads::mark(tx, self.id, user.id, message, at)?;
            }
        }
        for told in audience(self.staff, &self.facts) {
            let kind = NotificationKind::Inbound;
            let news = News { kind, reason: told.reason, user: told.user, message: Some(message), actor: None };
            self.notify(tx, news, at)?;
        }
        Ok(())
    }

    /// The people for whom nothing is new any more.
    pub(super) fn read_by(&mut self, tx: &mut Writer<'_>, who: impl Fn(UserId) -> bool) -> Stored<()> {
        let (read, unread) = std::mem::take(&mut self.unread).into_iter().partition(|user| who(*user));
        let (seen, unseen) = std::mem::take(&mut self.unseen).into_iter().partition(|user| who(*user));
        (self.unread, self.unseen) = (unread, unseen);
        let (read, seen): (BTreeSet<UserId>, BTreeSet<UserId>) = (read, seen);
        for user in read {
            unreads::clear(tx, self.id, user)?;
        }
        for user in seen {
            notifications::see_conversation(tx, user, self.id, None)?;
        }
        Ok(())
    }

    /// An entry between the texts.
    pub(super) fn note(&self, kind: TimelineKind, actor: Option<UserId>) -> NewEntry {
        NewEntry { conversation_id: self.id, kind, actor, subject: None, reason: None }
    }

    pub(super) fn notify(&mut self, tx: &mut Writer<'_>, news: News, at: NaiveDateTime) -> Stored<()> {
        self.unseen.insert(news.user);
        let new = NewNotification {
            user_id: news.user,
            kind: news.kind,
            reason: news.reason,
            conversation_id: self.id,
            message_id: news.message,
            actor: news.actor,
        };
        notifications::insert(tx, &new, at).map(|_| ())
    }

    pub(super) fn sees(&self, user: UserId) -> bool {
        self.staff.iter().any(|other| other.id == user && sees_on_dashboard(other, &self.facts))
    }

    fn user(&self, person: Person) -> Stored<UserId> {
        self.company.user(person).ok_or_else(|| unreadable(self.plan.phone))
    }
}
