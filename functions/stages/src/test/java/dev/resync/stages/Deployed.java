package dev.resync.stages;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import java.util.TreeMap;

/** What a deployment says of itself, for tests without an application. */
final class Deployed {

    private Deployed() {}

    /** Returns settings with these properties and version 1.0. */
    static Settings with(Map<String, String> properties) {
        Map<String, String> all = new TreeMap<>(properties);
        all.put("quarkus.application.version", "1.0");
        return new Settings(new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(all, "deployment", 100))
                .build());
    }
}
