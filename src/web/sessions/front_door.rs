use actix_web::HttpResponse;

use crate::domain::SmsDashboard;
use crate::web::current_user::CurrentUser;
use crate::web::page::see_other;

/// `GET /`: to the page that this person works in.
pub async fn show(user: CurrentUser) -> HttpResponse {
    see_other(match user.may.sms_dashboard {
        SmsDashboard::None => "/notifications",
        SmsDashboard::All | SmsDashboard::Assigned => "/conversations",
    })
}
