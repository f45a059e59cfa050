//! Roles: the list, the editor, and what a change would do before it is saved.

mod editor;
mod form;
mod index;
mod preview;
mod removal;
mod update;

pub use index::{create, index};
pub use removal::{remove, show as show_removal};
pub use update::{show, update};
