package dev.resync.chunk;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.resync.store.ControlJson;
import java.util.List;
import java.util.Map;

/**
 * Where a run's key spaces are cut, decided once: the first to write it wins, and all chunks derive from it.
 *
 * @param id {@code runId/epoch/plan}, or {@code runId/epoch/apply-plan}
 * @param covers the key spaces that are cut
 * @param counted documents of each source when the chunks were planned, by source
 */
public record ChunkPlan(@JsonProperty("_id") String id, List<Cover> covers, Map<String, Long> counted) {

    public ChunkPlan {
        covers = List.copyOf(covers);
        counted = Map.copyOf(counted);
    }

    /** Returns the id of a plan. */
    public static String id(String run, long epoch) {
        return run + "/" + epoch + "/plan";
    }

    /** Returns the id of the plan by which live is changed in place, which is made when a cut-over begins. */
    public static String applyId(String run, long epoch) {
        return run + "/" + epoch + "/apply-plan";
    }

    /**
     * One key space.
     *
     * @param stage stage that works on it
     * @param target index of the target; 0 where the stage is not per target
     * @param family bracket of the keys
     * @param boundaries ascending, as extended JSON
     */
    public record Cover(ChunkStage stage, int target, KeyFamily family, List<String> boundaries) {

        public Cover {
            boundaries = List.copyOf(boundaries);
        }

        /** Returns the parts that cover the key space, the complement last. */
        public List<KeyRange> ranges() {
            return KeyRange.cover(
                    family, boundaries.stream().map(ControlJson::decode).toList());
        }
    }
}
