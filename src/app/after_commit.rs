use std::sync::Arc;

use tokio::sync::Notify;

use crate::domain::Topic;
use crate::live::Hub;
use crate::store::{AfterCommit, Effects};

/// Tells open pages and wakes the worker. Who may do something else now gets new streams, with new eyes.
pub struct TellAndWake {
    pub hub: Hub,
    pub wake: Arc<Notify>,
}

impl AfterCommit for TellAndWake {
    fn committed(&self, effects: Effects) {
        self.hub.publish(&effects.topics);
        for topic in &effects.topics {
            match topic {
                Topic::Permissions(user) => self.hub.end_user(*user),
                Topic::SessionEnded(session) => self.hub.end_session(*session),
                _ => {}
            }
        }
        if effects.jobs {
            self.wake.notify_waiters();
        }
    }
}
