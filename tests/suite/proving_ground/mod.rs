//! Whether the tests' own tools tell the truth: on a small page that is not Crewline's.

mod browsers;
mod notifications;
mod push_services;
mod site;
