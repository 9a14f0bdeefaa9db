package dev.parley.messages.internal;

import java.util.List;

/// What each of several users is in, in the order in which they were asked for.
record UserMemberships(List<Memberships> users) {}
