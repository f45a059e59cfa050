use askama::Template;

use crate::domain::{ClientId, MergeField, MessageTemplateId};
use crate::web::view::{PageParts, Shell, TimeLabel};

/// `GET /settings/templates`.
#[derive(Debug, Clone, Template)]
#[template(path = "settings/templates/index.html", blocks = ["list"])]
pub struct TemplatesPage {
    pub shell: Shell,
    /// By name.
    pub rows: Vec<TemplateRow>,
}

#[derive(Debug, Clone)]
pub struct TemplateRow {
    pub id: MessageTemplateId,
    pub name: String,
    pub beginning: String,
    pub changed: TimeLabel,
    /// Who wrote it last, if it was a person.
    pub changed_by: Option<String>,
}

impl PageParts for TemplatesPage {
    fn part(&self, _target: &str) -> askama::Result<String> {
        self.as_list().render()
    }
}

/// `GET /settings/templates/new` and `/settings/templates/{id}`, the preview, and the answer to what was refused.
#[derive(Debug, Clone, Template)]
#[template(path = "settings/templates/show.html", blocks = ["preview"])]
pub struct TemplatePage {
    pub shell: Shell,
    /// None for a new one.
    pub id: Option<MessageTemplateId>,
    /// As it is stored; the title.
    pub title: String,
    pub name: String,
    pub body: String,
    /// Clients to try it on.
    pub clients: Vec<(ClientId, String)>,
    pub client: Option<ClientId>,
    pub fields: Vec<MergeField>,
    pub preview: Preview,
    pub error: Option<String>,
}

impl TemplatePage {
    /// How a field is written.
    pub fn example(&self) -> &'static str {
        "{{client.first_name|there}}"
    }

    pub fn action(&self) -> String {
        match self.id {
            Some(id) => format!("/settings/templates/{id}"),
            None => "/settings/templates".to_owned(),
        }
    }
}

/// How a template comes out for somebody.
#[derive(Debug, Clone, Default)]
pub struct Preview {
    pub text: String,
    /// "1 part, 43 characters left".
    pub size: String,
    /// Fields left empty, in a sentence.
    pub missing: Option<String>,
    /// What is wrong with it; there is no text then.
    pub wrong: Vec<String>,
}

impl PageParts for TemplatePage {
    fn part(&self, _target: &str) -> askama::Result<String> {
        self.as_preview().render()
    }
}
