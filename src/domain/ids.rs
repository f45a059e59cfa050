//! Every id is a database key: positive, decimal in addresses.

pub type UserId = i64;
pub type RoleId = i64;
pub type ClientId = i64;
pub type PositionId = i64;
pub type LeadStatusId = i64;
pub type ConversationId = i64;
pub type MessageId = i64;
pub type MessageTemplateId = i64;
pub type NumberId = i64;
pub type GatewayId = i64;
pub type NotificationId = i64;
pub type SubscriptionId = i64;
pub type SessionId = i64;
pub type JobId = i64;
pub type InviteId = i64;
pub type HandOverId = i64;
pub type AuditEntryId = i64;
pub type ConsentId = i64;
pub type ImportId = i64;
pub type ScheduledTextId = i64;
pub type AutomationId = i64;
pub type AutomationRunId = i64;
