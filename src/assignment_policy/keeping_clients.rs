use super::{ClientRecord, Staff, may_read_client};
use crate::domain::{ClientAccess, ClientScope};

/// May open any record at all: the list of clients is there.
pub fn sees_clients(u: &Staff) -> bool {
    u.active && u.may.client_scope != ClientScope::None && u.may.client_access >= ClientAccess::Read
}

/// May change what a record says, and who holds which position on it.
pub fn may_edit_client(u: &Staff, client: &ClientRecord) -> bool {
    may_read_client(u, client) && u.may.client_access >= ClientAccess::Edit
}

/// May enter new records. With scope *assigned* only those on which they take a position themselves:
/// nobody creates what they would not see.
pub fn may_create_client(u: &Staff, client: &ClientRecord) -> bool {
    may_read_client(u, client) && u.may.client_access >= ClientAccess::Create
}

/// May bring whole files of clients, and take such an import back: whoever may enter any client and sees them all,
/// since duplicates are looked for among all.
pub fn may_import_clients(u: &Staff) -> bool {
    sees_clients(u) && u.may.client_scope == ClientScope::All && u.may.client_access >= ClientAccess::Create
}

/// May delete a record; its conversations stay.
pub fn may_delete_client(u: &Staff, client: &ClientRecord) -> bool {
    may_read_client(u, client) && u.may.client_access >= ClientAccess::Delete
}
