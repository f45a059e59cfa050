use askama::Template;

/// A sentence that appears in the corner and goes by itself, unless it is an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toast {
    pub text: String,
    pub is_error: bool,
}

impl Toast {
    pub fn said(text: impl Into<String>) -> Self {
        Self { text: text.into(), is_error: false }
    }

    pub fn error(text: impl Into<String>) -> Self {
        Self { text: text.into(), is_error: true }
    }
}

/// A toast as the whole answer: the page it lands on stays as it is.
#[derive(Debug, Clone, Template)]
#[template(path = "_toast_part.html")]
pub struct ToastPart {
    pub toast: Toast,
}
