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

    /// As the page that it is said on holds it.
    pub fn render(&self) -> askama::Result<String> {
        SaidToast { toast: self }.render()
    }

    pub fn error(text: impl Into<String>) -> Self {
        Self { text: text.into(), is_error: true }
    }
}

/// Where `layout.html` has toasts.
pub const TOASTS: &str = r#"<div id="toasts" class="toasts" role="status" aria-live="polite">"#;

#[derive(Template)]
#[template(path = "_toast.html")]
struct SaidToast<'t> {
    toast: &'t Toast,
}

/// A toast as the whole answer: the page it lands on stays as it is.
#[derive(Debug, Clone, Template)]
#[template(path = "_toast_part.html")]
pub struct ToastPart {
    pub toast: Toast,
}
