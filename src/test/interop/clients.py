"""Asks a server with two real clients: clients.py URL MODEL. Prints one line for each thing that holds; ends with status 1 and the reason at the first that does not."""

import os
import sys
import tempfile

from openai import BadRequestError, NotFoundError, OpenAI

URL, MODEL = sys.argv[1:3]
WORDS = "what is the capital of france ?"
CHAT = [{"role": "user", "content": WORDS}]


def held(what, true):
    if not true:
        sys.exit(f"does not hold: {what}")
    print(f"holds: {what}", flush=True)


def openai_client():
    client = OpenAI(base_url=URL, api_key="none", max_retries=0, timeout=120)

    def chat(**more):
        return client.chat.completions.create(model=MODEL, messages=CHAT, temperature=0, max_tokens=32, **more)

    whole = chat().choices[0].message.content
    held("a chat has an answer", whole)
    pieces = [chunk.choices[0].delta.content or "" for chunk in chat(stream=True) if chunk.choices]
    held("a stream has the same answer", "".join(pieces).strip() == whole and len(pieces) > 2)
    tokens = chat(logprobs=True, top_logprobs=5).choices[0].logprobs.content
    held("log-probabilities, likeliest first", tokens and all(t.logprob == t.top_logprobs[0].logprob <= 0 for t in tokens))
    stop = whole.split()[-2]
    stopped = chat(stop=[stop]).choices[0]
    held("an answer ends before its stop", whole.startswith(stopped.message.content) and stop not in stopped.message.content)
    held("several answers", [c.index for c in chat(n=3).choices] == [0, 1, 2])
    text = client.completions.create(model=MODEL, prompt="the capital of", max_tokens=4, temperature=0, logprobs=2)
    held("a text is continued", text.choices[0].text and len(text.choices[0].logprobs.token_logprobs) > 0)
    held("a model is found by its name", client.models.retrieve(MODEL).id == MODEL)
    held("the models are listed", MODEL in [model.id for model in client.models.list()])
    for why, error, ask in [
        ("a field that is not supported is refused", BadRequestError, lambda: chat(extra_body={"top_k": 5})),
        ("an unknown model is told", NotFoundError, lambda: client.models.retrieve("no-such-model")),
    ]:
        try:
            ask()
            held(why, False)
        except error as problem:
            held(why, str(problem))


def inspect_client():
    os.environ.update(SELGEN_API_KEY="none", SELGEN_BASE_URL=URL)
    from inspect_ai import Task, eval
    from inspect_ai.dataset import Sample
    from inspect_ai.model import GenerateConfig
    from inspect_ai.scorer import includes
    from inspect_ai.solver import generate

    samples = [Sample(input=WORDS, target="paris"), Sample(input=WORDS, target="no such word")]
    task = Task(dataset=samples, solver=generate(), scorer=includes())
    with tempfile.TemporaryDirectory() as logs:
        config = GenerateConfig(temperature=0, max_tokens=32)
        log = eval(task, model="openai-api/selgen/" + MODEL, log_dir=logs, display="none", **config.model_dump(exclude_none=True))[0]
    held("Inspect evaluates a task", log.status == "success")
    accuracy = log.results.scores[0].metrics["accuracy"].value
    held("Inspect reads the answers", accuracy == 0.5)


openai_client()
inspect_client()
