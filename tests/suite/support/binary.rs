//! The real program as a process of its own, for what can only be seen from outside: killing it, its words, its exit.

use std::path::Path;
use std::process::{Child, Command};

/// `crewline`, started in `folder`, with none of our own environment's settings: an unknown `CREWLINE_…` name is an
/// error to it, and the tests have such names.
pub fn crewline(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_crewline"));
    command.current_dir(folder).env_remove("DATABASE_URL");
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("CREWLINE_")) {
        command.env_remove(name);
    }
    command
}

/// A started process that does not outlive its test.
pub struct Running(pub Child);

impl Running {
    /// Ends it as a power cut would: SIGKILL, nothing is tidied up.
    pub fn kill(mut self) {
        self.0.kill().expect("it was running");
        self.0.wait().expect("it has ended");
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself, which is fine here
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
