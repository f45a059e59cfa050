//! Runs the judges of `tests/judges/`: other people's implementations, in Python and JavaScript, that say whether ours is
//! right.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

/// What a judge (a file of `tests/judges/`) answers to a question. Panics with its words when it refuses.
pub fn ask(name: &str, question: &Value) -> Value {
    let answer = consult(name, question).unwrap_or_else(|words| panic!("{name} says no: {words}"));
    serde_json::from_str(&answer).unwrap_or_else(|error| panic!("{name}: {error} in {answer}"))
}

/// The signature that Twilio's own SDK puts on a hook with these parameters.
pub fn twilio_signature(token: &str, url: &str, parameters: &[(&str, &str)]) -> String {
    let request = json!({ "token": token, "url": url, "params": parameters });
    let answer = consult("twilio_sign.py", &request);
    answer.unwrap_or_else(|words| panic!("the SDK says no: {words}")).trim().to_owned()
}

/// What it prints, or the words with which it refuses.
pub fn consult(name: &str, question: &Value) -> Result<String, String> {
    let interpreter = if name.ends_with(".js") { node() } else { python() };
    let mut judge = Command::new(interpreter)
        .arg(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/judges").join(name))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("what runs {name} cannot be started: {error}"));
    // Taken, so that it is closed after the question: the judge reads to the end
    let mut stdin = judge.stdin.take().expect("the judge listens");
    // One that refuses early does not read to the end; its words come by stderr
    let _ = stdin.write_all(question.to_string().as_bytes());
    drop(stdin);
    let verdict = judge.wait_with_output().expect("the judge ends");
    let words = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    if verdict.status.success() { Ok(words(&verdict.stdout)) } else { Err(words(&verdict.stderr)) }
}

fn python() -> String {
    std::env::var("CREWLINE_TEST_PYTHON").expect(
        "CREWLINE_TEST_PYTHON is not set: run the tests by `tests/run`, which installs the judges of \
         tests/judges/requirements.txt into a Python environment under target/ and names it there",
    )
}

fn node() -> String {
    std::env::var("CREWLINE_TEST_NODE_MODULES").expect(
        "CREWLINE_TEST_NODE_MODULES is not set: run the tests by `tests/run`, which installs the judges of \
         tests/judges/package.json under target/ and names the folder there",
    );
    "node".to_owned()
}
