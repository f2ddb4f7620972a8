package org.selgen.cluster;

import java.util.ArrayList;
import java.util.List;
import org.selgen.data.Failure;

/** Keeps what tasks gave, and why those that failed did. */
final class KeptTasks implements TaskEnds<String, String> {
    final List<String> values = new ArrayList<>();
    final List<String> failures = new ArrayList<>();

    @Override
    public void keep(List<CompletedTask<String, String>> some) {
        some.forEach(done -> values.add(done.value()));
    }

    @Override
    public void failed(CompletedTask<String, String> task, Throwable why) {
        failures.add(task.item() + ": " + Failure.reason(why));
    }

    @Override
    public String smaller(String item) {
        return item.substring(0, item.length() / 2);
    }
}
