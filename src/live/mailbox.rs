use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use super::{Event, EventName};

/// How many events may wait for one tab before they become one `resync`.
const CAPACITY: usize = 64;

/// The bounded queue between the hub and one stream.
///
/// Not a channel: on overflow the waiting events are replaced, which a sender cannot do.
#[derive(Debug, Default)]
pub(super) struct Mailbox {
    inside: Mutex<Inside>,
}

#[derive(Debug, Default)]
struct Inside {
    waiting: VecDeque<Event>,
    closed: bool,
    reader: Option<Waker>,
}

impl Mailbox {
    /// Never waits. When the box is full, all that waited becomes one `resync`.
    pub(super) fn post(&self, event: Event) {
        let mut inside = self.open();
        if inside.closed {
            return;
        }
        if inside.waiting.len() < CAPACITY {
            inside.waiting.push_back(event);
        } else {
            inside.waiting.clear();
            inside.waiting.push_back(Event { name: EventName::Resync, data: None, ..event });
        }
        wake(inside);
    }

    /// Nothing more comes in; what waits is still read, then the stream ends.
    pub(super) fn close(&self) {
        let mut inside = self.open();
        inside.closed = true;
        wake(inside);
    }

    pub(super) fn poll_next(&self, context: &Context<'_>) -> Poll<Option<Event>> {
        let mut inside = self.open();
        if let Some(event) = inside.waiting.pop_front() {
            return Poll::Ready(Some(event));
        }
        if inside.closed {
            return Poll::Ready(None);
        }
        inside.reader = Some(context.waker().clone());
        Poll::Pending
    }

    /// A poisoned box is still whole: no step inside can stop half-way.
    fn open(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Wakes the reader after the lock is gone.
fn wake(mut inside: MutexGuard<'_, Inside>) {
    let reader = inside.reader.take();
    drop(inside);
    if let Some(reader) = reader {
        reader.wake();
    }
}
