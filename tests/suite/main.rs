//! The tests that need the whole house: both databases, the app over HTTP, and people at real browsers.

#[cfg(test)]
mod automating;
#[cfg(test)]
mod clients;
#[cfg(test)]
mod conversations;
#[cfg(test)]
mod crash;
#[cfg(test)]
mod falling_due;
#[cfg(test)]
mod graceful;
#[cfg(test)]
mod imports;
#[cfg(test)]
mod journeys;
#[cfg(test)]
mod policy_by_http;
#[cfg(test)]
mod proving_ground;
#[cfg(test)]
mod push;
#[cfg(test)]
mod ringing;
#[cfg(test)]
mod routes;
#[cfg(test)]
mod safety;
#[cfg(test)]
mod screenshots;
#[cfg(test)]
mod settings;
#[cfg(test)]
mod setup;
#[cfg(test)]
mod sign_in;
#[cfg(test)]
mod store;
#[cfg(test)]
mod support;
#[cfg(test)]
mod twilio;
