package dev.resync.stages;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import java.util.TreeMap;

/** Points the Step Functions client of the application to a service that knows every execution as stopped by someone. */
public final class StepFunctionsEndpoint implements QuarkusTestResourceLifecycleManager {

    private static final Map<String, String> CREDENTIALS =
            Map.of("aws.region", "eu-west-2", "aws.accessKeyId", "none", "aws.secretAccessKey", "none");

    private final FakeAws service = new FakeAws();

    @Override
    public Map<String, String> start() {
        service.answer("{\"status\": \"ABORTED\"}");
        Map<String, String> properties = new TreeMap<>(CREDENTIALS);
        properties.put("aws.endpointUrlSfn", service.endpoint().toString());
        // The client reads system properties, not the application's configuration.
        properties.forEach(System::setProperty);
        return Map.of();
    }

    @Override
    public void stop() {
        CREDENTIALS.keySet().forEach(System::clearProperty);
        System.clearProperty("aws.endpointUrlSfn");
        service.close();
    }
}
