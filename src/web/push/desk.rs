use crate::push::EndpointGuard;

/// What pages have to do with push: the key that browsers subscribe with, and which subscriptions are taken.
pub struct PushDesk {
    /// Base64url, for `applicationServerKey`.
    pub public_key: String,
    pub guard: EndpointGuard,
    /// Told the Owner's e-mail address once there is an Owner: push services may write to it.
    pub owner_is_known: Box<dyn Fn(&str) + Send + Sync>,
}
