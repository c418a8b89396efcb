package dev.resync.cli.look;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.run.QuarantineCompleteness;
import dev.resync.run.QuarantineEntry;
import dev.resync.run.QuarantineEntry.Problem;
import dev.resync.run.QuarantineTally;
import dev.resync.store.ControlJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** Quarantined bundles as one JSON value: {@code {runId, bundles: [{key, problems}], count, counts, complete}}. */
final class QuarantineJson implements QuarantineListing {

    private final PrintWriter out;
    private final JsonGenerator json;

    QuarantineJson(PrintWriter out, String runId) {
        this.out = out;
        try {
            json = ControlJson.mapper().createGenerator(out).useDefaultPrettyPrinter();
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.writeStartObject();
            json.writeStringField("runId", runId);
            json.writeArrayFieldStart("bundles");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void bundle(JsonNode key, List<Problem> problems) {
        try {
            json.writePOJO(new QuarantineEntry(key, problems));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void end(QuarantineTally tally, QuarantineCompleteness completeness) {
        try {
            json.writeEndArray();
            json.writeNumberField("count", tally.bundles());
            json.writePOJOField("counts", tally.counts());
            json.writeBooleanField("complete", completeness.complete());
            if (!completeness.complete()) {
                json.writeStringField("why", completeness.why());
            }
            json.writeEndObject();
            json.close();
            out.println();
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
