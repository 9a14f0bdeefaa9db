package dev.parley.chaos.check;

import java.nio.file.Path;
import java.util.List;

/// All that a run leaves behind.
///
/// @param histories the files of the devices
/// @param log every row of the database's log, in any order
/// @param faults what was broken, in any order
/// @param replay the command that makes this run again, for example `./parley chaos --seed 7`
public record Evidence(
    List<Path> histories, List<Logged> log, List<Fault> faults, Rest rest, String replay) {}
