//! Crewline: a shared SMS inbox. Read the floors from top to bottom; `docs::architecture` is the map.

// Floor 0: pure.
pub mod assignment_policy;
pub mod automation;
pub mod domain;

// Floor 1: the outside, one folder each.
pub mod gateway;
pub mod live;
pub mod push;
pub mod store;

// Floor 2: use cases.
pub mod services;

// Floor 3: what drives them.
pub mod web;
pub mod worker;

// Floor 4: put together.
pub mod app;
pub mod cli;
pub mod config;

pub mod docs;
