package dev.parley.messages.change;

/// An answer to a request that may be a repetition.
///
/// @param status of the HTTP answer
/// @param body of the HTTP answer
/// @param repeated whether this is the answer of an earlier request with the same key
public record Answer<T>(int status, T body, boolean repeated) {}
