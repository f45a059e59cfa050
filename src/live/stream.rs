use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use futures_util::Stream;

use super::hub::Hub;
use super::mailbox::Mailbox;
use super::{Event, EventName};

/// The events of one tab. Ends at sign-out, deactivation and shutdown; dropping it unregisters it.
#[derive(Debug)]
pub struct EventStream {
    pub(super) mailbox: Arc<Mailbox>,
    /// Dropped with the stream, however that happens: the tab closed, or the server did.
    pub(super) registration: Registration,
}

impl EventStream {
    /// For a tab that was connected before (`Last-Event-ID`): whatever it missed, it asks again.
    pub fn beginning_with_resync(self) -> Self {
        let id = self.registration.hub.next_event_id();
        self.mailbox.post(Event { id, name: EventName::Resync, data: None });
        self
    }
}

impl Stream for EventStream {
    type Item = Event;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Event>> {
        self.mailbox.poll_next(context)
    }
}

/// Takes the stream out of the hub when it is dropped.
#[derive(Debug)]
pub(super) struct Registration {
    pub(super) hub: Hub,
    pub(super) stream: u64,
}

impl Drop for Registration {
    fn drop(&mut self) {
        self.hub.forget(self.stream);
    }
}
