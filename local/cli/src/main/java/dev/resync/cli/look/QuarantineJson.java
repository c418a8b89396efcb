package dev.resync.cli.look;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.cli.control.RunRecords.QuarantineCounts;
import dev.resync.run.QuarantineEntry;
import dev.resync.run.QuarantineEntry.Problem;
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
    public void end(QuarantineCounts counted) {
        try {
            json.writeEndArray();
            json.writeNumberField("count", counted.count());
            json.writePOJOField("counts", counted.counts());
            json.writeBooleanField("complete", counted.complete());
            if (!counted.complete()) {
                json.writeStringField("why", counted.why());
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
