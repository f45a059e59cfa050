use super::*;

mod daylight;
mod properties;
mod simulator;
mod tables;
