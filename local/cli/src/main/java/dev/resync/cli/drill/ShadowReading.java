package dev.resync.cli.drill;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.engine.FunctionError;
import dev.resync.run.CollectionKind;
import dev.resync.run.Run;
import dev.resync.run.RunCollection;
import dev.resync.run.RunTarget;
import dev.resync.run.Sealed;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Does nothing to a dry run but read what it would publish, before that is dropped. */
final class ShadowReading extends Injection {

    private final Ground ground;
    private final Map<String, ViewDocuments> documents = new ConcurrentHashMap<>();

    ShadowReading(Ground ground) {
        super(Ground.NOTHING);
        this.ground = ground;
    }

    @Override
    JsonNode call(String function, JsonNode payload, Supplier<JsonNode> call) throws FunctionError {
        JsonNode answer = call.get();
        if (function.equals("verify")) {
            Run run = ground.platform()
                    .context()
                    .runs()
                    .require(payload.path("runId").textValue());
            for (RunTarget target : run.targets()) {
                Sealed shadow = run.sealedAs(RunCollection.of(run, CollectionKind.SHADOW, target));
                documents.put(target.name(), ViewDocuments.of(ground.store(), shadow.where()));
            }
        }
        return answer;
    }

    /** Returns the documents of the new views by name; nothing where the dry run did not come to be verified. */
    Map<String, ViewDocuments> documents() {
        return Map.copyOf(documents);
    }
}
