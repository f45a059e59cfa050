//! The words and values of the product: phones, texts, permissions, states.
//!
//! Everything here is pure. A value that exists is valid, and the words are the ones
//! stored in the database and used in addresses and forms.
//!
//! Must not know: databases, the network, the clock, pages.

mod automation;
mod built_in_role;
mod client;
mod conversation;
mod delivery_status;
mod gateway_kind;
mod gsm7;
mod ids;
mod import;
mod initials;
mod keyword;
mod merge_template;
mod notification;
mod notification_privacy;
mod opt_out_phrase;
mod ordering;
mod outside_address;
mod permission;
mod permissions;
mod phone_number;
mod plan;
mod search_folding;
mod segments;
mod sms_text;
mod spreadsheet_cell;
mod status_colour;
mod topic;
mod words;

pub use automation::{
    Assignee, AutomationEvent, Condition, ConditionKind, Definition, Occurrence, RunState, Step, Trigger, TriggerKind,
    Wait, WaitUnit, WhyNot,
};
pub use built_in_role::BuiltInRole;
pub use client::{ClientActivityKind, PhoneKind};
pub use conversation::{AssignmentReason, ConversationFilter, ConversationView, Direction, TimelineKind};
pub use delivery_status::DeliveryStatus;
pub use gateway_kind::GatewayKind;
pub use ids::*;
pub use import::{DuplicateRule, ImportOutcome, ImportState};
pub use initials::initials;
pub use keyword::{Keyword, is_the_word};
pub use merge_template::{
    MergeError, MergeField, MergeFields, MergeTemplate, MergeValues, Rendered, merge_name, unfilled_field,
};
pub use notification::{NotificationKind, NotificationReason};
pub use notification_privacy::NotificationPrivacy;
pub use opt_out_phrase::looks_like_opt_out;
pub use ordering::Shift;
pub use outside_address::OutsideAddress;
pub use permission::Permission;
pub use permissions::{ClientAccess, ClientScope, Permissions, SmsAccess, SmsDashboard};
pub use phone_number::{InvalidPhone, PhoneNumber};
pub use plan::Plan;
pub use search_folding::fold;
pub use segments::{Encoding, Segments, segments};
pub use sms_text::{InvalidSmsText, SmsText};
pub use spreadsheet_cell::{harmless_cell, restored_cell};
pub use status_colour::StatusColour;
pub use topic::Topic;
pub use words::UnknownWord;
pub(crate) use words::text_enum;
