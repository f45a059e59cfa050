use chrono::NaiveDateTime;

use super::company::Founded;
use super::people::Person;
use crate::store::{Stored, Writer, message_templates};

/// Saved replies of a roofer: with and without fallbacks, one long, one short.
pub(super) const TEMPLATES: [(&str, &str); 6] = [
    (
        "Appointment reminder",
        "Hi {{client.first_name|there}}, this is {{sender.first_name}} with {{company.name}}. Your inspection is on \
         {{appointment.date}} at {{appointment.time}}. Does that still work for you?",
    ),
    (
        "Introduction",
        "Hi {{client.first_name|there}}, I am {{sender.first_name}} from {{company.name}}. Thanks for reaching out about \
         your roof. When would be a good time for a short call?",
    ),
    ("On our way", "Hi {{client.first_name|there}}, our crew is on its way to {{client.address|your house}}."),
    (
        "Who to call",
        "Your contact here is {{sales_person.first_name|our office}}, and {{project_manager.first_name|our office}} runs \
         the job. This number reaches us all.",
    ),
    (
        "Review request",
        "Thank you for choosing {{company.name}}, {{client.first_name|neighbor}}! If you are happy with your new roof, a short review would help us a lot.",
    ),
    (
        "Before the crew comes",
        "Hi {{client.first_name|there}}, a few things before we start:\n- Please park your cars on the street.\n- Take down \
         what could fall from walls and shelves.\n- Keep children and pets inside while we work.\nQuestions? Just answer here.",
    ),
];

pub(super) fn write(tx: &mut Writer<'_>, company: &Founded, now: NaiveDateTime) -> Stored<()> {
    let author = Person::named("manager").and_then(|person| company.user(person));
    for (name, body) in TEMPLATES {
        message_templates::insert(tx, name, body, author, now)?;
    }
    Ok(())
}
