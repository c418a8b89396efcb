package dev.resync.stages;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A deployment of one function. */
abstract class FunctionProfile implements QuarkusTestProfile {

    static final String ENVIRONMENT =
            "{\"name\":\"test\",\"colour\":\"green\",\"kind\":\"test\",\"approval\":\"none\",\"maxConcurrency\":4,"
                    + "\"starts\":{\"console\":{\"who\":[\"*\"],\"realRuns\":true},"
                    + "\"command-line\":{\"who\":[\"*\"],\"realRuns\":true}}}";

    private final Map<String, String> settings = new TreeMap<>();

    FunctionProfile(String function) {
        settings.put("quarkus.lambda.handler", function);
        settings.put("resync.environment", ENVIRONMENT);
        settings.put("resync.plans", "revalidation");
    }

    /** Changes a setting; null takes it away. */
    final void set(String name, String value) {
        if (value == null) {
            settings.remove(name);
        } else {
            settings.put(name, value);
        }
    }

    @Override
    public Map<String, String> getConfigOverrides() {
        return settings;
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(EmbeddedMongo.class), new TestResourceEntry(StepFunctionsEndpoint.class));
    }
}
