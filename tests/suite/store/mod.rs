//! The two databases are one: the same tables, the same rows whoever writes at once, lists that mirror the policy.

mod lists;
mod parity;
pub mod plans;
mod writers;
