/// What to do about a text that failed with this code of its gateway, in plain words.
pub fn failure_words(code: &str) -> Option<&'static str> {
    crate::gateway::words_for_error(code)
}
