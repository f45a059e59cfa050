//! How the text of a step comes out for somebody. Nobody sends it, so nobody is *sender*.

use crate::domain::{ClientId, MergeFields, MergeTemplate, MergeValues, Rendered, SmsText, segments};
use crate::services::merge;
use crate::store::{DbConnection, Stored};
use crate::web::settings::templates::size;
use crate::web::view::settings::Preview;

/// Somebody made up, for who may open no client.
const MADE_UP: &[(&str, &str)] = &[
    ("client.first_name", "Maria"),
    ("client.last_name", "Sample"),
    ("client.name", "Maria Sample"),
    ("client.phone", "(303) 555-0100"),
    ("client.address", "12 Elm St, Denver"),
    ("appointment.date", "Thursday, November 26"),
    ("appointment.time", "9:30 AM"),
];

/// On whom texts are tried.
pub struct Sample {
    fields: MergeFields,
    values: MergeValues,
}

impl Sample {
    pub fn load(connection: &mut DbConnection, client: Option<ClientId>) -> Stored<Self> {
        let fields = merge::fields(connection)?;
        let values = match client {
            Some(client) => merge::values_of_client(connection, client, None)?,
            None => {
                let mut values = merge::values_of_nobody(connection, None)?;
                MADE_UP.iter().for_each(|(field, value)| values.set(field, value));
                values
            }
        };
        Ok(Self { fields, values })
    }

    pub fn preview(&self, body: &str) -> Preview {
        let parsed = match MergeTemplate::parse(body, &self.fields) {
            Ok(parsed) => parsed,
            Err(errors) => {
                return Preview { wrong: errors.iter().map(ToString::to_string).collect(), ..Preview::default() };
            }
        };
        let Rendered { text, missing } = parsed.render(&self.values);
        let characters = text.chars().count();
        let too_long = characters > SmsText::MAX_CHARACTERS;
        let most = SmsText::MAX_CHARACTERS;
        Preview {
            size: size(&segments(&text)),
            missing: self.missing(&missing),
            wrong: too_long
                .then(|| format!("It comes out with {characters} characters; {most} is the most."))
                .into_iter()
                .collect(),
            text,
        }
    }

    /// Which fields are left empty, and what can be done about it.
    pub fn missing(&self, fields: &[String]) -> Option<String> {
        let first = fields.first()?;
        let about = |name: &String| self.fields.iter().find(|field| field.name == *name).map(|field| &*field.about);
        let about: Vec<&str> = fields.iter().filter_map(about).collect();
        let about = about.join("; ");
        Some(format!(
            "Left empty, because nothing is on record: {about}. Say what stands there instead after a bar: \
             {{{{{first}|…}}}}."
        ))
    }
}
