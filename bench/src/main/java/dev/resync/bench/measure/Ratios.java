package dev.resync.bench.measure;

import dev.resync.bench.contender.DriverCopy;
import dev.resync.bench.contender.LimitRead;
import dev.resync.bench.contender.LimitWrite;
import dev.resync.bench.contender.PerDocument;
import dev.resync.bench.contender.ResyncStages;
import dev.resync.bench.contender.SpringBatch;
import dev.resync.bench.contender.WholeResync;
import java.util.List;
import java.util.Optional;

/**
 * Ratios of medians of one setting and one way to the server. The first five say how many times faster Resync is, the others how
 * many times as long it takes. Null where a row was not measured.
 *
 * @param wholeResyncVsPerDocument snapshot, sync, mapping, verification and cut-over against the incident's way
 * @param syncAndMapVsPerDocument sync and mapping alone against the incident's way
 * @param syncAndMapVsSpringBatch against Spring Batch with one find a join
 * @param syncAndMapVsSpringBatchGathered against Spring Batch with its joins gathered by chunk
 * @param wholeResyncVsSpringBatchGathered the whole run, with all its proofs, against the same
 * @param snapshotVsDriverCopy snapshot with proof against a plain copy
 * @param restoreVsDriverCopy the way back, from the snapshot to the swap, against a plain copy
 * @param wholeRestoreVsDriverCopy a whole restore, which takes a snapshot first, against a plain copy
 * @param syncAndMapVsLimit sync and mapping against reading all sources and writing all targets, one after the other
 * @param engineShare share of the whole run in which no function was at work
 */
public record Ratios(
        Double wholeResyncVsPerDocument,
        Double syncAndMapVsPerDocument,
        Double syncAndMapVsSpringBatch,
        Double syncAndMapVsSpringBatchGathered,
        Double wholeResyncVsSpringBatchGathered,
        Double snapshotVsDriverCopy,
        Double restoreVsDriverCopy,
        Double wholeRestoreVsDriverCopy,
        Double syncAndMapVsLimit,
        Double engineShare) {

    /** @param rows all of one setting and one way */
    static Ratios of(List<Row> rows) {
        Double perDocument = seconds(rows, PerDocument.NAME);
        Double whole = seconds(rows, WholeResync.NAME);
        Double syncAndMap = seconds(rows, ResyncStages.SYNC_AND_MAP);
        Double gathered = seconds(rows, SpringBatch.GATHERED);
        Double copy = seconds(rows, DriverCopy.NAME);
        Double read = seconds(rows, LimitRead.NAME);
        Double write = seconds(rows, LimitWrite.NAME);
        return new Ratios(
                ratio(perDocument, whole),
                ratio(perDocument, syncAndMap),
                ratio(seconds(rows, SpringBatch.NAME), syncAndMap),
                ratio(gathered, syncAndMap),
                ratio(gathered, whole),
                ratio(seconds(rows, ResyncStages.SNAPSHOT), copy),
                ratio(seconds(rows, ResyncStages.RESTORE), copy),
                ratio(seconds(rows, WholeResync.RESTORE), copy),
                ratio(syncAndMap, read == null || write == null ? null : read + write),
                row(rows, WholeResync.NAME).map(Row::engineShare).orElse(null));
    }

    private static Double ratio(Double one, Double other) {
        return one == null || other == null ? null : one / other;
    }

    private static Double seconds(List<Row> rows, String name) {
        return row(rows, name).map(Row::seconds).orElse(null);
    }

    private static Optional<Row> row(List<Row> rows, String name) {
        return rows.stream().filter(row -> row.name().equals(name)).findFirst();
    }
}
