package dev.resync.cli.look;

import dev.resync.cli.control.RunRecords.Bundles;
import dev.resync.cli.control.RunRecords.QuarantineCounts;

/** Puts quarantined bundles out, one after the other. */
interface QuarantineListing extends Bundles {

    /** Puts out what was counted. */
    void end(QuarantineCounts counted);
}
