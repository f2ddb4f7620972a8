package org.selgen.cluster;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.selgen.data.Failure;

/** Tasks of a {@link TaskScheduler} that do the same work. */
public final class TaskGroup<I extends Serializable, O> {
    private final TaskScheduler scheduler;
    private final ProgressDisplay.StageProgress progress;
    private final TaskScheduler.Work<I, O> work;
    private final TaskScheduler.TaskEnds<I, O> ends;
    private final Queue<Ended<I, O>> ended = new ConcurrentLinkedQueue<>();

    private record Ended<I, O>(I item, CompletedTask<O> task) {}

    TaskGroup(
            TaskScheduler scheduler,
            ProgressDisplay.StageProgress progress,
            TaskScheduler.Work<I, O> work,
            TaskScheduler.TaskEnds<I, O> ends) {
        this.scheduler = scheduler;
        this.progress = progress;
        this.work = work;
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
        ended.add(new Ended<>(
                task.item(), new CompletedTask<>(result, task.priority().seconds())));
        scheduler.completed(this);
    }

    private TaskResult<O> attempt(String title, I item) {
        progress.starts(title);
        return scheduler.attempt(progress.name(), title, item, work);
    }

    /** Keeps all results that wait, at once; gives how many there were. */
    int keep() {
        List<CompletedTask<O>> good = new ArrayList<>();
        List<Ended<I, O>> bad = new ArrayList<>();
        for (Ended<I, O> one = ended.poll(); one != null; one = ended.poll()) {
            if (one.task().result().failure() == null) {
                good.add(one.task());
            } else {
                bad.add(one);
            }
        }
        try {
            if (!good.isEmpty()) {
                ends.keep(good);
            }
            bad.forEach(this::failed);
        } catch (RuntimeException | Error e) {
            scheduler.failed(e);
        }
        return good.size() + bad.size();
    }

    private void failed(Ended<I, O> one) {
        @Nullable Throwable thrown = one.task().result().failure();
        if (thrown == null || TaskFailure.concernsAll(thrown, scheduler.spark())) {
            scheduler.failed(thrown == null ? new IllegalStateException("a task ended with nothing") : thrown);
        } else {
            ends.failed(one.item(), one.task().result(), thrown);
        }
    }
}
