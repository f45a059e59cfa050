UPDATE conversations SET unassigned = TRUE
    WHERE blocked AND NOT EXISTS (SELECT 1 FROM assignments WHERE assignments.conversation_id = conversations.id);
