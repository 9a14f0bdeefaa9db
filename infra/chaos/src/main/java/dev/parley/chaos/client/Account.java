package dev.parley.chaos.client;

import java.util.UUID;

/// A registered user.
public record Account(UUID user, String username, String password) {}
