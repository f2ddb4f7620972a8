package org.selgen.job;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Base models on this machine: brings them, lists them, looks whether they are sound. */
@Command(
        name = "model",
        mixinStandardHelpOptions = true,
        subcommands = {ModelFetchJob.class, ModelListJob.class, ModelVerifyJob.class},
        synopsisSubcommandLabel = "fetch|list|verify",
        description = {
            "Fetch a model of the Hugging Face Hub into the cache that Python's tools use too, list what is there, or"
                    + " verify a model. An experiment's 'model: org/name' fetches by itself what is missing.",
            "Only safetensors, JSON and tokenizer files are fetched. The environment rules as in Python: HF_TOKEN, HF_HOME,"
                    + " HF_HUB_CACHE, HF_ENDPOINT, HF_HUB_OFFLINE.",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  selgen model fetch google/gemma-2b-it",
            "  selgen model fetch Qwen/Qwen3-8B@main",
            "  selgen model list",
            "  selgen model verify tiny",
        })
public final class ModelJob implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say fetch, list or verify");
    }
}
