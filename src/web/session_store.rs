//! Sessions in our own database, behind actix-session: the cookie carries a secret, the row only its hash.

use std::collections::HashMap;

use actix_session::storage::{LoadError, SaveError, SessionKey, SessionStore, UpdateError};
use actix_web::cookie::time::Duration as Ttl;
use actix_web::web::Data;
use anyhow::anyhow;
use chrono::Duration;
use rand::Rng as _;
use rand::distr::Alphanumeric;
use sha2::{Digest as _, Sha256};

use super::error::Error;
use super::site::Site;
use crate::domain::{SessionId, UserId};
use crate::store::sessions::{self, NewSession, Session};

/// A session ends after so long without use: a phone that rings has to be opened once in a while.
const IDLE: Duration = Duration::days(30);
/// Use is written down at most this often.
const TOUCH: Duration = Duration::minutes(10);

pub const USER: &str = "user_id";
pub const SESSION: &str = "session_id";
/// What the browser says of itself, and where it is; kept with a session that begins.
pub const USER_AGENT: &str = "user_agent";
pub const ADDRESS: &str = "address";
/// What the next page says.
pub const SAID: &str = "said";

type State = HashMap<String, String>;

#[derive(Clone)]
pub struct Sessions(pub Data<Site>);

impl SessionStore for Sessions {
    async fn load(&self, key: &SessionKey) -> Result<Option<State>, LoadError> {
        let now = self.0.now();
        let hash = hash(key);
        let row = self.0.read(move |c| Ok(sessions::find(c, &hash)?)).await.map_err(|e| LoadError::Other(e.into()))?;
        let Some(row) = row.filter(|row| row.expires_at > now && row.created_at + sessions::LONGEST > now) else {
            return Ok(None);
        };
        if row.last_seen_at + TOUCH < now {
            let id = row.id;
            let touched = self.0.write(move |tx| Ok(sessions::touch(tx, id, now, now + IDLE)?)).await;
            touched.map_err(|e| LoadError::Other(e.into()))?;
        }
        Ok(Some(state_of(&row)))
    }

    /// Only signed-in browsers have a session.
    async fn save(&self, state: State, _: &Ttl) -> Result<SessionKey, SaveError> {
        let user: UserId = state
            .get(USER)
            .and_then(|id| id.parse().ok())
            .ok_or_else(|| SaveError::Other(anyhow!("a session belongs to a user")))?;
        let secret: String = rand::rng().sample_iter(Alphanumeric).take(64).map(char::from).collect();
        let key = SessionKey::try_from(secret).map_err(|e| SaveError::Other(e.into()))?;
        let hash = hash(&key);
        let now = self.0.now();
        let (user_agent, address, kept) = (words(&state, USER_AGENT), words(&state, ADDRESS), kept(&state));
        let saved = self.0.write(move |tx| {
            let new = NewSession {
                token_hash: &hash,
                user_id: user,
                state: &kept,
                user_agent: &user_agent,
                address: &address,
                expires_at: now + IDLE,
            };
            Ok(sessions::insert(tx, &new, now)?)
        });
        saved.await.map_err(|e| SaveError::Other(e.into()))?;
        Ok(key)
    }

    async fn update(&self, key: SessionKey, state: State, _: &Ttl) -> Result<SessionKey, UpdateError> {
        let (hash, kept) = (hash(&key), kept(&state));
        let saved = self.0.write(move |tx| Ok(sessions::set_state(tx, &hash, &kept)?)).await;
        saved.map_err(|e| UpdateError::Other(e.into()))?;
        Ok(key)
    }

    async fn update_ttl(&self, _: &SessionKey, _: &Ttl) -> Result<(), anyhow::Error> {
        Ok(())
    }

    async fn delete(&self, key: &SessionKey) -> Result<(), anyhow::Error> {
        let hash = hash(key);
        Ok(self.0.write(move |tx| Ok(sessions::delete(tx, &hash)?)).await?)
    }
}

fn state_of(row: &Session) -> State {
    let mut state: State = serde_json::from_str(&row.state).unwrap_or_default();
    state.insert(USER.to_owned(), row.user_id.to_string());
    state.insert(SESSION.to_owned(), row.id.to_string());
    state
}

/// What of the state no column holds, as JSON.
fn kept(state: &State) -> String {
    let kept: State = state.iter().filter(|(name, _)| *name == SAID).map(|(n, v)| (n.clone(), v.clone())).collect();
    serde_json::to_string(&kept).unwrap_or_else(|_| "{}".to_owned())
}

/// A text of the state, which is kept as JSON.
fn words(state: &State, name: &str) -> String {
    state.get(name).and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default()
}

fn hash(key: &SessionKey) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(Sha256::digest(key.as_ref().as_bytes()))
}

/// Who is signed in, by the session alone.
pub fn signed_in(session: &actix_session::Session) -> Result<Option<(UserId, SessionId)>, Error> {
    let user = session.get::<UserId>(USER).map_err(Error::internal)?;
    let id = session.get::<SessionId>(SESSION).map_err(Error::internal)?;
    Ok(user.zip(id))
}
