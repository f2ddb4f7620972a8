"""Reads a log of selgen with Inspect, all of it, its header, its list of samples and one sample alone."""
import sys

from inspect_ai.log import read_eval_log, read_eval_log_sample, read_eval_log_sample_summaries

path = sys.argv[1]
log = read_eval_log(path)
header = read_eval_log(path, header_only=True)
print("log", log.status, log.eval.task, log.eval.model, header.results.total_samples, "samples")
for score in header.results.scores:
    print("result", score.name, *(f"{name} {metric.value}" for name, metric in score.metrics.items()))
print("listed", len(read_eval_log_sample_summaries(path)))
for sample in log.samples:
    one = read_eval_log_sample(path, sample.id, sample.epoch)
    assert one == sample, sample.id
    answer = one.output.completion
    assert answer == one.messages[-1].text, sample.id
    said = ascii(answer)[1:-1] if len(answer) < 1000 else f"{len(answer)} characters"
    values = [score.value for score in one.scores.values()]
    print("sample", one.id, one.epoch, *values, one.output.choices[0].stop_reason, said)
