use chrono::NaiveDateTime;

use super::{Done, Error, Job};
use crate::domain::{SessionId, SubscriptionId, UserId};
use crate::push::Subscription;
use crate::store::Writer;
use crate::store::push_subscriptions::{self, NewSubscription};

/// Keeps a browser's subscription. One browser is one row: signed in as somebody else, it rings for them from now on.
pub fn subscribe_device(
    tx: &mut Writer<'_>,
    user: UserId,
    session: SessionId,
    subscription: &Subscription,
    user_agent: &str,
    now: NaiveDateTime,
) -> Done<SubscriptionId> {
    match push_subscriptions::with_endpoint(tx, subscription.endpoint())? {
        Some(row) if row.p256dh == subscription.p256dh() && row.auth == subscription.auth() => {
            push_subscriptions::move_to(tx, row.id, user, session)?;
            Ok(row.id)
        }
        // The address without its keys proves nothing: a stranger could silence somebody's phone with it.
        Some(_) => {
            Err(Error::Invalid("This device is subscribed with other keys. Turn notifications off and on.".to_owned()))
        }
        None => {
            make_room(tx, user)?;
            Ok(push_subscriptions::insert(
                tx,
                &NewSubscription {
                    user_id: user,
                    session_id: session,
                    endpoint: subscription.endpoint(),
                    p256dh: subscription.p256dh(),
                    auth: subscription.auth(),
                    user_agent,
                },
                now,
            )?)
        }
    }
}

/// Nobody has more devices; each costs a job for every text.
const DEVICES: usize = 20;

/// The oldest devices go.
fn make_room(tx: &mut Writer<'_>, user: UserId) -> Done<()> {
    let devices = push_subscriptions::of_user(tx, user)?;
    for device in devices.iter().take((devices.len() + 1).saturating_sub(DEVICES)) {
        push_subscriptions::delete(tx, device.id)?;
    }
    Ok(())
}

/// Takes one of this person's own devices away. Nothing happens where there is none.
pub fn remove_device(tx: &mut Writer<'_>, user: UserId, endpoint: &str) -> Done<()> {
    if let Some(row) = push_subscriptions::with_endpoint(tx, endpoint)?.filter(|row| row.user_id == user) {
        push_subscriptions::delete(tx, row.id)?;
    }
    Ok(())
}

/// Queues a test to every device of this person and answers how many they are.
pub fn test_device(tx: &mut Writer<'_>, user: UserId, now: NaiveDateTime) -> Done<usize> {
    let devices = push_subscriptions::of_user(tx, user)?;
    for device in &devices {
        Job::TestPush { subscription: device.id }.enqueue(tx, now, now)?;
    }
    Ok(devices.len())
}
