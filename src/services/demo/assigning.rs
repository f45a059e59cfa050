use chrono::NaiveDateTime;

use super::running::{News, Running};
use crate::domain::{AssignmentReason, NotificationKind, NotificationReason, TimelineKind, UserId};
use crate::store::assignments::{self, NewAssignment};
use crate::store::timeline::{self, NewEntry};
use crate::store::{Stored, Writer, conversations, unreads};

impl Running<'_> {
    pub(super) fn assign(
        &mut self,
        tx: &mut Writer<'_>,
        by: UserId,
        whom: UserId,
        reason: AssignmentReason,
        at: NaiveDateTime,
    ) -> Stored<()> {
        if self.facts.assigned.contains(&whom) {
            return Ok(());
        }
        let chosen_by = (reason != AssignmentReason::Replied).then_some(by);
        let new = NewAssignment { conversation_id: self.id, user_id: whom, reason, by: chosen_by };
        assignments::insert(tx, &new, at)?;
        self.facts.assigned.push(whom);
        let entry = self.note(TimelineKind::Assigned, Some(by));
        timeline::insert(tx, &NewEntry { subject: Some(whom), reason: Some(reason), ..entry }, at)?;
        if by == whom {
            return Ok(());
        }
        if let Some(newest) = self.newest.as_ref().filter(|_| self.sees(whom))
            && self.unread.insert(whom)
        {
            unreads::mark(tx, self.id, whom, newest.id, newest.at)?;
        }
        let (kind, reason) = (NotificationKind::Assigned, NotificationReason::AssignedBy);
        self.notify(tx, News { kind, reason, user: whom, message: None, actor: Some(by) }, at)
    }

    pub(super) fn remove(&mut self, tx: &mut Writer<'_>, by: UserId, whom: UserId, at: NaiveDateTime) -> Stored<()> {
        if !assignments::delete(tx, self.id, whom)? {
            return Ok(());
        }
        self.facts.assigned.retain(|user| *user != whom);
        let entry = self.note(TimelineKind::Unassigned, Some(by));
        timeline::insert(tx, &NewEntry { subject: Some(whom), ..entry }, at)?;
        if !self.sees(whom) && self.unread.remove(&whom) {
            unreads::clear(tx, self.id, whom)?;
        }
        let (kind, reason) = (NotificationKind::Removed, NotificationReason::RemovedBy);
        self.notify(tx, News { kind, reason, user: whom, message: None, actor: Some(by) }, at)
    }

    pub(super) fn close(&mut self, tx: &mut Writer<'_>, by: UserId, at: NaiveDateTime) -> Stored<()> {
        self.closed = true;
        self.attention = false;
        conversations::set_closed(tx, self.id, true)?;
        timeline::insert(tx, &self.note(TimelineKind::Closed, Some(by)), at)
    }

    pub(super) fn set_blocked(
        &mut self,
        tx: &mut Writer<'_>,
        by: UserId,
        blocked: bool,
        at: NaiveDateTime,
    ) -> Stored<()> {
        self.facts.blocked = blocked;
        conversations::set_blocked(tx, self.id, blocked)?;
        if blocked {
            self.read_by(tx, |_| true)?;
        }
        let kind = if blocked { TimelineKind::Blocked } else { TimelineKind::Unblocked };
        timeline::insert(tx, &self.note(kind, Some(by)), at)
    }
}
