package dev.resync.cli.drill;

import java.nio.file.Path;
import java.time.Clock;

/**
 * Where a drill takes place.
 *
 * @param server the database
 * @param rehearsed what is rebuilt
 * @param folder scratch folder, empty
 * @param home the repository, for the functions' package
 * @param mainClass of the command line, to start it as a process
 * @param clock says when the drill begins; after that time is virtual
 */
record DrillPlace(DrillServer server, Rehearsed rehearsed, Path folder, Path home, Class<?> mainClass, Clock clock) {}
