package dev.resync.stages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.resync.aws.Database;
import dev.resync.stage.StageContext;
import dev.resync.stage.Stages;
import io.quarkus.arc.Arc;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Singleton;
import java.lang.reflect.Type;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sns.SnsClient;

/** SnapStart freezes a function before its first call: what is made until then is the same wherever it is restored. */
@QuarkusTest
@TestProfile(FrozenFunctionTest.Deployment.class)
class FrozenFunctionTest {

    public static final class Deployment extends FunctionProfile {
        public Deployment() {
            super("reconcile");
        }
    }

    @Test
    void connectionsRandomNumbersAndTimesAreMadeByTheFirstCall() {
        assertThat(made())
                .doesNotContain(
                        StageContext.class,
                        Stages.class,
                        Database.class,
                        SfnClient.class,
                        SnsClient.class,
                        SecretsManagerClient.class,
                        Clock.class);

        Event.answer(JsonNodeFactory.instance.objectNode());

        assertThat(made()).contains(StageContext.class, Stages.class, Database.class, Clock.class);
    }

    private static List<Type> made() {
        return Stream.of(Singleton.class, ApplicationScoped.class)
                .flatMap(scope ->
                        Arc.container().getActiveContext(scope).getState().getContextualInstances().keySet().stream())
                .flatMap(bean -> bean.getTypes().stream())
                .toList();
    }
}
