//! The tests that need the whole house: both databases, the app over HTTP, and people at real browsers.

#[cfg(test)]
mod proving_ground;
#[cfg(test)]
mod push;
#[cfg(test)]
mod support;
