use super::text_enum;

text_enum! {
    /// How far a file of clients has come.
    pub enum ImportState {
        /// Its rows are being stored. One that stays here was interrupted.
        Reading = "reading",
        /// Waits for somebody to say what its columns mean.
        Uploaded = "uploaded",
        Checking = "checking",
        /// Every row has a plan; nothing has changed yet.
        Checked = "checked",
        Running = "running",
        Done = "done",
        Undoing = "undoing",
        Undone = "undone",
        /// Deleted; its rows go in the background.
        Removed = "removed",
    }
}

impl ImportState {
    /// It goes on by itself, in the background.
    pub const fn is_under_way(self) -> bool {
        matches!(self, Self::Checking | Self::Running | Self::Undoing)
    }

    /// Its columns may still be given another meaning.
    pub const fn may_be_mapped(self) -> bool {
        matches!(self, Self::Uploaded | Self::Checked)
    }
}

text_enum! {
    /// What is to become of a row, or became of it.
    pub enum ImportOutcome {
        Waiting = "waiting",
        /// Planned.
        Add = "add",
        Update = "update",
        Skip = "skip",
        /// It cannot be imported; the reason says why.
        Bad = "bad",
        /// Done.
        Added = "added",
        Updated = "updated",
        Skipped = "skipped",
        /// Undone: the record it had added is gone.
        Removed = "removed",
        /// Undone: the record it had changed says again what it said before.
        Restored = "restored",
        /// Not undone; the reason says why.
        Kept = "kept",
    }
}

text_enum! {
    /// What happens with a row whose phone or e-mail somebody has already.
    pub enum DuplicateRule {
        Skip = "skip",
        Update = "update",
    }
}

text_enum! {
    /// What of an import is to be forgotten.
    pub enum ImportPart {
        /// By what its rows were told apart while they were checked.
        Keys = "keys",
        /// That, and its rows.
        Rows = "rows",
        Everything = "everything",
    }
}
