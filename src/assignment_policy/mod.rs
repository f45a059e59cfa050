//! Who sees a conversation, who may act in it, who is told when the client writes, and why.
//!
//! Pages, fan-out, previews and tests all ask these functions, so there is one answer.
//! They are pure, total and deterministic: facts in, decision out, evaluated live.
//!
//! Must not know: databases, clocks, devices, pages. It could be a crate of its own, unchanged.

mod acting;
mod administering;
mod contradicting;
mod facts;
mod keeping_clients;
mod previewing;
mod reaching;
mod seeing;
mod telling;
#[cfg(test)]
mod tests;

pub use acting::{
    WhyNotPickable, may_assign, may_block, may_bring_conversation, may_link_client, may_remove, may_send, pickable,
};
pub use administering::{is_last_owner, may_administer, may_edit_templates, may_manage_automations};
pub use contradicting::{Contradiction, contradictions};
pub use facts::{ClientRecord, Conversation, Staff};
pub use keeping_clients::{may_create_client, may_delete_client, may_edit_client, may_import_clients, sees_clients};
pub use previewing::{HandedOver, Heard, PersonChange, Preview, Silence, preview, preview_handing_over};
pub use reaching::{Extent, Reach, reach};
pub use seeing::{may_read, may_read_client, may_read_texts_of, sees_from_client, sees_on_dashboard};
pub use telling::{Told, audience, can_be_told};
