use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::mailbox::Mailbox;
use super::stream::Registration;
use super::{Event, EventName, EventStream, Topic};
use crate::domain::{SessionId, UserId};

/// Where every open stream of this process is known. Cheap to clone; all clones are one hub.
#[derive(Debug, Clone, Default)]
pub struct Hub {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    last_event: AtomicU64,
    streams: Mutex<Streams>,
}

#[derive(Debug, Default)]
struct Streams {
    last: u64,
    shut_down: bool,
    open: HashMap<u64, OpenStream>,
    of_user: HashMap<UserId, HashSet<u64>>,
}

#[derive(Debug)]
struct OpenStream {
    user: UserId,
    session: SessionId,
    mailbox: Arc<Mailbox>,
}

impl Hub {
    pub fn new() -> Self {
        Self::default()
    }

    /// Opens a stream for one tab. After `shutdown` it is a stream that has already ended.
    ///
    /// Check the session once more after this call: one that ended just before is not told.
    pub fn subscribe(&self, user: UserId, session: SessionId) -> EventStream {
        let mailbox = Arc::new(Mailbox::default());
        let mut streams = self.streams();
        streams.last += 1;
        let stream = streams.last;
        if streams.shut_down {
            mailbox.close();
        } else {
            let open = OpenStream { user, session, mailbox: Arc::clone(&mailbox) };
            streams.open.insert(stream, open);
            streams.of_user.entry(user).or_default().insert(stream);
        }
        EventStream { mailbox, registration: Registration { hub: self.clone(), stream } }
    }

    /// The last event of this process so far, whoever was told of it.
    pub fn last_event(&self) -> u64 {
        self.shared.last_event.load(Ordering::SeqCst)
    }

    /// Posts what changed to those who may know. Call it after the commit; never waits.
    pub fn publish(&self, topics: &[Topic]) {
        let streams = self.streams();
        for topic in topics {
            match topic {
                Topic::Conversation { id, seen_by } => {
                    let event = self.event(EventName::Conversation, Some(*id));
                    let people: HashSet<&UserId> = seen_by.iter().collect();
                    people.into_iter().for_each(|user| streams.post_to(*user, event));
                }
                Topic::Notifications(user) => {
                    streams.post_to(*user, self.event(EventName::Notifications, None));
                }
                Topic::Permissions(user) => {
                    streams.post_to(*user, self.event(EventName::Permissions, None));
                }
                // There is nothing to tell: the composition root ends the streams
                Topic::SessionEnded(_) => {}
                Topic::Everyone => {
                    let event = self.event(EventName::Resync, None);
                    streams.open.values().for_each(|open| open.mailbox.post(event));
                }
            }
        }
    }

    /// Sign-out, or a session that was revoked.
    pub fn end_session(&self, session: SessionId) {
        self.streams().end(|open| open.session == session);
    }

    /// Deactivation and role change: every tab of this person begins anew, if it may.
    pub fn end_user(&self, user: UserId) {
        self.streams().end(|open| open.user == user);
    }

    /// Ends every stream and opens no other: the server waits for them before it stops.
    pub fn shutdown(&self) {
        let mut streams = self.streams();
        streams.shut_down = true;
        streams.end(|_| true);
    }

    /// How many tabs are connected to this process.
    pub fn open_streams(&self) -> usize {
        self.streams().open.len()
    }

    pub(super) fn forget(&self, stream: u64) {
        self.streams().remove(stream);
    }

    pub(super) fn next_event_id(&self) -> u64 {
        self.shared.last_event.fetch_add(1, Ordering::Relaxed) + 1
    }

    fn event(&self, name: EventName, data: Option<i64>) -> Event {
        Event { id: self.next_event_id(), name, data }
    }

    /// A poisoned map is still whole: no step inside can stop half-way.
    fn streams(&self) -> MutexGuard<'_, Streams> {
        self.shared.streams.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Streams {
    fn post_to(&self, user: UserId, event: Event) {
        for stream in self.of_user.get(&user).into_iter().flatten() {
            if let Some(open) = self.open.get(stream) {
                open.mailbox.post(event);
            }
        }
    }

    fn end(&mut self, which: impl Fn(&OpenStream) -> bool) {
        let ending = self.open.iter().filter(|(_, open)| which(open));
        let ending: Vec<u64> = ending.map(|(stream, _)| *stream).collect();
        for stream in ending {
            if let Some(open) = self.remove(stream) {
                open.mailbox.close();
            }
        }
    }

    fn remove(&mut self, stream: u64) -> Option<OpenStream> {
        let open = self.open.remove(&stream)?;
        if let Some(streams) = self.of_user.get_mut(&open.user) {
            streams.remove(&stream);
            if streams.is_empty() {
                self.of_user.remove(&open.user);
            }
        }
        Some(open)
    }
}

#[cfg(test)]
mod tests;
