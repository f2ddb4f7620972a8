package org.selgen.judge.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.data.BadInput;
import org.selgen.judge.JudgeModel.Spent;
import org.selgen.judge.VerdictJournal;
import org.selgen.judge.endpoint.CallGate.Call;
import org.selgen.judge.endpoint.CallGate.End;
import org.selgen.judge.endpoint.CallGate.Ended;
import org.selgen.judge.endpoint.DeskMessages.Channel;

/** One desk, and several processes that call by its leave. */
class CallDeskTest {
    private static final Call CALL = new Call(100, 1, false);
    private static final Ended GOOD = new Ended(End.GOOD, 9, 1, 0);
    private static final int PROCESSES = 4;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private static Endpoint endpoint(int atOnce, long maxCalls) {
        return new Endpoint("http://127.0.0.1:1/v1", "toy", null, null, 5, atOnce, 8, 30, 4, maxCalls, 0, 0, 0);
    }

    private static RemoteGate gate(CallDesk desk, String who) {
        DeskMessages messages = new DeskMessages(desk, endpoint(8, 0), Channel.PRIVATE);
        return new RemoteGate(who, messages::answer);
    }

    /** What processes of eight threads each call until they may not, or have called so often; the most at once. */
    private int most(CallDesk desk, int each) throws InterruptedException, ExecutionException {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Future<?>> calls = new ArrayList<>();
        for (int process = 0; process < PROCESSES; process++) {
            RemoteGate gate = gate(desk, process + "/");
            gate.meet();
            for (int thread = 0; thread < 8; thread++) {
                calls.add(threads.submit(() -> {
                    for (int i = 0; i < each; i++) {
                        long permit = gate.enter(CALL);
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        Thread.sleep(1);
                        inside.decrementAndGet();
                        gate.leave(permit, GOOD);
                    }
                    return null;
                }));
            }
        }
        for (Future<?> call : calls) {
            try {
                call.get();
            } catch (ExecutionException e) {
                assertThat(e.getCause()).isInstanceOf(Spent.class);
            }
        }
        return most.get();
    }

    @Test
    void processesTogetherHaveNoMoreCallsInFlightThanOneMay() throws Exception {
        assertThat(most(new CallDesk(endpoint(8, 0), VerdictJournal.NONE), 10)).isBetween(5, 8);
    }

    @Test
    void processesTogetherSpendOneBudget() throws Exception {
        CallDesk desk = new CallDesk(endpoint(8, 100), VerdictJournal.NONE);
        most(desk, 10);
        assertThat(desk.budget().calls()).isEqualTo(100);
        assertThat(desk.budget().spent()).isTrue();
        await(() -> desk.budget().toString().contains("reply-tokens=100")); // of those in flight when it was spent, too
    }

    @Test
    void aCallThatEndsGivesItsPlaceToTheNextWithoutTheDriver() throws Exception {
        CallDesk desk = new CallDesk(endpoint(1, 0), VerdictJournal.NONE);
        DeskMessages messages = new DeskMessages(desk, endpoint(1, 0), Channel.PRIVATE);
        Semaphore line = new Semaphore(1);
        RemoteGate gate = new RemoteGate("1/", message -> {
            line.acquireUninterruptibly();
            line.release();
            return messages.answer(message);
        });
        gate.meet();
        long first = gate.enter(CALL);
        Future<Long> second = threads.submit(() -> gate.enter(CALL));
        await(() -> desk.budget().calls() == 2);
        line.acquire();
        gate.leave(first, GOOD);
        assertThat(second.get(5, TimeUnit.SECONDS)).isNotEqualTo(first);
    }

    @Test
    void noPlaceIsGivenOnOnceTheServiceIsBusy() throws Exception {
        CallDesk desk = new CallDesk(endpoint(1, 0), VerdictJournal.NONE);
        RemoteGate gate = gate(desk, "1/");
        gate.meet();
        long first = gate.enter(CALL);
        Future<Long> second = threads.submit(() -> gate.enter(CALL));
        await(() -> desk.budget().calls() == 2);
        gate.leave(first, new Ended(End.BUSY, 0, 0, 60_000));
        await(() -> desk.budget().calls() == 1);
        assertThat(second.isDone()).isFalse();
    }

    @Test
    void aProcessThatComesLaterGetsItsShareOfThePlaces() throws Exception {
        CallDesk desk = new CallDesk(endpoint(8, 0), VerdictJournal.NONE);
        RemoteGate first = gate(desk, "1/");
        first.meet();
        for (int thread = 0; thread < 32; thread++) {
            var unused = threads.submit(() -> {
                while (true) {
                    long permit = first.enter(CALL);
                    Thread.sleep(1);
                    first.leave(permit, GOOD);
                }
            });
        }
        await(() -> desk.budget().calls() > 100);
        RemoteGate second = gate(desk, "2/");
        List<Future<Long>> others = IntStream.range(0, 4)
                .mapToObj(i -> threads.submit(() -> {
                    long permit = second.enter(CALL);
                    second.leave(permit, GOOD); // one ahead begins in the place of one that ends
                    return permit;
                }))
                .toList();
        for (Future<Long> other : others) {
            other.get(5, TimeUnit.SECONDS);
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (long until = System.nanoTime() + 5_000_000_000L;
                !condition.getAsBoolean() && System.nanoTime() < until; ) {
            Thread.sleep(1);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    @Test
    void callsOfALostProcessAreCountedAndTheirPlacesAreFree() throws Exception {
        CallDesk desk = new CallDesk(endpoint(1, 0), VerdictJournal.NONE);
        RemoteGate lost = gate(desk, "1/7");
        lost.meet();
        lost.enter(CALL);
        desk.lose("1/");
        gate(desk, "2/8").enter(CALL);
        assertThat(desk.budget().toString()).endsWith(" lost=1");
        assertThatThrownBy(() -> lost.enter(CALL)).isInstanceOf(Spent.class);
    }

    @Test
    void anAnsweredCallOfAnotherProcessIsInFlightUntilWhatCameOfItIsKept(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("journal");
        CallDesk desk = new CallDesk(endpoint(8, 0), VerdictJournal.in(file));
        RemoteGate gate = gate(desk, "1/");
        gate.leave(gate.enter(CALL), GOOD);
        await(() -> desk.budget().toString().contains("reply-tokens=1"));
        assertThat(VerdictJournal.left(file).inFlight()).isOne();
        gate.kept();
        gate.close();
        assertThat(VerdictJournal.left(file).inFlight()).isZero();
    }

    @Test
    void anAnsweredCallOfThisProcessIsInFlightUntilWhatCameOfItIsKept(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("journal");
        CallDesk desk = new CallDesk(endpoint(8, 0), VerdictJournal.in(file));
        desk.leave(desk.enter(CALL), GOOD);
        assertThat(VerdictJournal.left(file).inFlight()).isOne();
        desk.kept();
        assertThat(VerdictJournal.left(file).inFlight()).isZero();
    }

    @Test
    void answeredCallsOfALostProcessAreCountedUnlessWhatCameOfThemIsKept(@TempDir Path folder) throws Exception {
        CallDesk desk = new CallDesk(endpoint(8, 0), VerdictJournal.in(folder.resolve("journal")));
        RemoteGate gate = gate(desk, "1/7");
        gate.leave(gate.enter(CALL), GOOD);
        gate.kept();
        gate.leave(gate.enter(CALL), GOOD);
        await(() -> desk.budget().toString().contains("reply-tokens=2"));
        desk.lose("1/");
        assertThat(desk.budget().toString()).endsWith(" lost=1");
    }

    @Test
    void nobodyCallsWhileTheFirstCallMeetsTheEndpoint() throws Exception {
        CallDesk desk = new CallDesk(endpoint(8, 0), VerdictJournal.NONE);
        RemoteGate first = gate(desk, "1/");
        first.enter(CALL);
        Future<Long> second = threads.submit(() -> gate(desk, "2/").enter(CALL));
        Thread.sleep(50);
        assertThat(second.isDone()).isFalse();
        first.take(RequestParameters.ALL.without(RequestParameters.SEED));
        first.meet();
        second.get();
        assertThat(desk.refused()).isEqualTo("no seed");
    }

    @Test
    void aKeyIsNotGivenWhereOthersCouldReadIt() {
        Endpoint keyed = endpoint(8, 0).withKeyEnv("SELGEN_TEST_NO_SUCH_KEY");
        DeskMessages readable = new DeskMessages(new CallDesk(keyed, VerdictJournal.NONE), keyed, Channel.READABLE);
        assertThatThrownBy(() -> new EndpointSession(keyed, "1/", 8, readable::answer))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("SELGEN_TEST_NO_SUCH_KEY must hold the endpoint's key")
                .hasMessageContaining("the driver does not send it")
                .hasMessageContaining("spark.network.crypto.enabled");
    }
}
