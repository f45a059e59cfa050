//! Words of the domain as TEXT columns, on both databases, while the domain knows nothing of Diesel.

use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::Text;

use crate::domain::{
    AssignmentReason, AutomationEvent, ClientAccess, ClientActivityKind, ClientScope, ConditionKind, ConsentKind,
    ConsentSource, ConversationView, DeliveryStatus, Direction, FlagAnswer, GatewayKind, ImportOutcome, ImportState,
    NotificationKind, NotificationPrivacy, NotificationReason, PhoneKind, Plan, RunState, ScheduledState, SkipReason,
    SmsAccess, SmsDashboard, TimelineKind, TriggerKind, WaitUnit, WhyNot,
};

macro_rules! text_columns {
    ($($word:ident),+ $(,)?) => {
        $(const _: () = {
            #[derive(AsExpression, FromSqlRow)]
            #[diesel(sql_type = Text, foreign_derive)]
            #[expect(dead_code, reason = "stands for the type of the domain while the derives run")]
            struct Proxy($word);

            impl<DB: Backend> ToSql<Text, DB> for $word
            where
                str: ToSql<Text, DB>,
            {
                fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
                    self.as_str().to_sql(out)
                }
            }

            impl<DB: Backend> FromSql<Text, DB> for $word
            where
                String: FromSql<Text, DB>,
            {
                fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
                    Ok(String::from_sql(bytes)?.parse()?)
                }
            }
        };)+
    };
}

text_columns!(
    AssignmentReason,
    AutomationEvent,
    ClientAccess,
    ClientActivityKind,
    ClientScope,
    ConditionKind,
    ConsentKind,
    ConsentSource,
    ConversationView,
    DeliveryStatus,
    Direction,
    FlagAnswer,
    GatewayKind,
    ImportOutcome,
    ImportState,
    NotificationKind,
    NotificationPrivacy,
    NotificationReason,
    PhoneKind,
    Plan,
    RunState,
    ScheduledState,
    SkipReason,
    SmsAccess,
    SmsDashboard,
    TimelineKind,
    TriggerKind,
    WaitUnit,
    WhyNot,
);
