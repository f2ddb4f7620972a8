package org.selgen.cluster;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.selgen.data.Failure;

/** Tasks of a {@link TaskScheduler} that do the same work. */
public final class TaskGroup<I extends Serializable, O> {
    private final TaskScheduler scheduler;
    private final ProgressDisplay.StageProgress progress;
    private final TaskScheduler.Execution<I, O> execution;
    private final TaskScheduler.TaskEnds<I, O> ends;
    private final Queue<CompletedTask<I, O>> ended = new ConcurrentLinkedQueue<>();

    TaskGroup(
            TaskScheduler scheduler,
            ProgressDisplay.StageProgress progress,
            TaskScheduler.Execution<I, O> execution,
            TaskScheduler.TaskEnds<I, O> ends) {
        this.scheduler = scheduler;
        this.progress = progress;
        this.execution = execution;
        this.ends = ends;
    }

    /** Its progress, as it is displayed. */
    public ProgressDisplay.StageProgress progress() {
        return progress;
    }

    /**
     * Queues a task.
     *
     * @param title what it is called in {@link Progress}
     */
    public void add(String title, I item, TaskPriority priority) {
        progress.begin();
        progress.expect(title, priority.seconds());
        scheduler.add(new QueuedTask<>(this, title, item, priority, scheduler.next()));
    }

    /** Does a task; what fails for a cause that may pass is done again. */
    void run(QueuedTask<I, O> task) {
        TaskResult<O> result = attempt(task.title(), task.item());
        Throwable thrown = result.failure();
        if (thrown != null && TaskFailure.mayPass(thrown, scheduler.spark())) {
            scheduler.say(
                    progress.name() + " " + task.title() + ": " + TaskFailure.line(thrown) + "; it is begun again");
            boolean memory = Failure.outOfMemory(thrown);
            result = attempt(task.title(), memory ? ends.smaller(task.item()) : task.item());
        }
        ended.add(new CompletedTask<>(task.item(), result, task.priority().seconds()));
        scheduler.completed(this);
    }

    private TaskResult<O> attempt(String title, I item) {
        progress.starts(title);
        return scheduler.attempt(progress.name(), title, item, execution);
    }

    /** Keeps all results that wait, at once; gives how many there were. */
    int keep() {
        List<CompletedTask<I, O>> good = new ArrayList<>();
        List<CompletedTask<I, O>> bad = new ArrayList<>();
        for (CompletedTask<I, O> one = ended.poll(); one != null; one = ended.poll()) {
            (one.result().failure() == null ? good : bad).add(one);
        }
        try {
            if (!good.isEmpty()) {
                ends.keep(good);
            }
            for (CompletedTask<I, O> one : bad) {
                failed(one);
            }
        } catch (IOException e) {
            scheduler.failed(new UncheckedIOException(e));
        } catch (RuntimeException | Error e) {
            scheduler.failed(e);
        }
        return good.size() + bad.size();
    }

    private void failed(CompletedTask<I, O> one) throws IOException {
        Throwable thrown = Objects.requireNonNull(one.result().failure());
        if (TaskFailure.concernsAll(thrown, scheduler.spark())) {
            scheduler.failed(thrown);
        } else {
            ends.failed(one, thrown);
        }
    }
}
