package dev.resync.cli.drill;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What is in flight comes to its end, or the drill does. */
class InFlightTest {

    private final InFlight inFlight = new InFlight(Duration.ofMillis(1));
    private final CountDownLatch never = new CountDownLatch(1);

    @Test
    void aLatchThatDoesNotComeIsAnErrorAndIsSaidAgainAtTheEnd() {
        assertThatThrownBy(() -> inFlight.await(never)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(inFlight::awaitAll)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("did not come");
        assertThatCode(inFlight::awaitAll).doesNotThrowAnyException();
    }

    @Test
    void aLatchThatHasComeIsNoError() {
        inFlight.await(new CountDownLatch(0));
        assertThatCode(inFlight::awaitAll).doesNotThrowAnyException();
    }
}
