use url::form_urlencoded;

/// A hook that was signed but cannot be used. Repeating it will not help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadHook {
    #[error("the hook carries no {field}")]
    Missing { field: &'static str },
    /// Acknowledge and ignore: new words appear without notice.
    #[error("the hook reports a delivery status nobody here has heard of")]
    UnknownStatus,
}

/// The fields of a hook, read from its raw bytes as forgivingly as can be: a text that is refused is lost.
///
/// Repeated keys are no error, invalid UTF-8 is replaced, NUL (which PostgreSQL cannot keep) is dropped.
pub(super) struct HookForm(Vec<(String, String)>);

impl HookForm {
    pub(super) fn parse(raw: &[u8]) -> Self {
        Self(form_urlencoded::parse(raw).map(|(key, value)| (key.into_owned(), value.replace('\0', ""))).collect())
    }

    /// The first value of that name, as it is.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.entries().find(|(key, _)| *key == name).map(|(_, value)| value)
    }

    /// The first value of the first of these names that is not blank, trimmed.
    pub(super) fn word(&self, names: &[&'static str]) -> Option<&str> {
        names.iter().filter_map(|name| self.text(name).map(str::trim)).find(|value| !value.is_empty())
    }

    /// Like [`HookForm::word`]; what is missing is named by the first of the names.
    pub(super) fn required(&self, names: &[&'static str]) -> Result<&str, BadHook> {
        self.word(names).ok_or(BadHook::Missing { field: names.first().copied().unwrap_or_default() })
    }

    pub(super) fn entries(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value.as_str()))
    }
}
