//! One chromedriver for the whole run, on a port it chooses itself.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

/// It ends when its standard input does, and the system closes that with our process, however our process ends.
const DRIVER_THAT_ENDS_WITH_US: &str = r#"chromedriver --port=0 & driver=$!; cat >/dev/null; kill "$driver""#;

/// Where the driver listens, like `http://127.0.0.1:43210`.
pub fn address() -> &'static str {
    static DRIVER: OnceLock<(String, Child)> = OnceLock::new();
    &DRIVER.get_or_init(start).0
}

fn start() -> (String, Child) {
    let mut driver = Command::new("sh")
        .args(["-c", DRIVER_THAT_ENDS_WITH_US])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("sh starts");
    let mut lines = BufReader::new(driver.stdout.take().expect("its words are piped")).lines().map_while(Result::ok);
    let port = lines
        .find_map(|line| port_in(&line))
        .expect("chromedriver is missing or does not start: run the tests by `tests/run`, which installs it");
    // A full pipe would stop it
    std::thread::spawn(move || lines.for_each(drop));
    (format!("http://127.0.0.1:{port}"), driver)
}

/// "ChromeDriver was started successfully on port 43210."
fn port_in(line: &str) -> Option<u16> {
    let (_, port) = line.split_once("successfully on port ")?;
    port.trim_end_matches('.').parse().ok()
}
