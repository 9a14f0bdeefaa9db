/// Transactions and reads on PostgreSQL as REST needs them, and what their failures mean to
/// clients.
@NullMarked
package dev.parley.messages.database;

import org.jspecify.annotations.NullMarked;
