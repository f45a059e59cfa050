//! `/settings` and what hangs below it.

mod audit;
mod company;
mod lead_statuses;
mod numbers;
mod positions;
