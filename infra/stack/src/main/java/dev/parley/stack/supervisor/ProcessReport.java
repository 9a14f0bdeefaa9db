package dev.parley.stack.supervisor;

/// One line of `status`.
///
/// @param pid 0 if it does not run
/// @param port where it serves
/// @param state as [ProcessState#text()]
/// @param rssBytes resident memory with its children, shared pages once; 0 if unknown
public record ProcessReport(String name, long pid, int port, String state, long rssBytes) {}
