"""An experiment of selgen as an Airflow DAG: prepare, train, generate, judge, score, report.

Written for Airflow 2 and 3, whose imports both stand below, with the keywords that the Spark provider has in both.

Install
  1. On the Airflow workers: this project, built ('jobs/selgen --help' builds it), JDK 17, Spark's own 'spark-submit' on
     the PATH, and 'pip install apache-airflow-providers-apache-spark'.
  2. Link this file into Airflow's DAG folder. Through the link it finds the project; for a copy set SELGEN_HOME.
  3. A connection whose host is the Spark master. Its name is the param 'conn_id':
       airflow connections add spark_default --conn-type spark --conn-host spark://HOST --conn-port 7077
  4. Two pools. Slots of the first: applications that may use the GPUs at once (Spark deals the GPUs out among the
     trainings of one). Slots of the second: applications that may call judge models at once.
       airflow pools set selgen_gpu 1 "selgen: training and answering"
       airflow pools set selgen_judge 1 "selgen: calls of judge models"

Use
  airflow dags trigger selgen --conf '{"experiment": "conf/experiments/gcd-sweep.yaml", "overrides": ["seeds=[0]"]}'
  A relative path begins in the project. In datasets.yaml write absolute paths: a worker stands in a folder of its own.
  Keys of judge models come from the environment of the Spark processes; never put one into a param.

Every verb does only what is missing in the lake, so a retry, a cleared task and a second run of the DAG are safe, and no
date is used. A lake has one writer, so the trainings of one run follow each other; each has its own retries and log, and
Spark spreads its knobs and seeds over the cluster.
"""

from __future__ import annotations

import os
from datetime import datetime, timedelta, timezone
from pathlib import Path

from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator

try:
    from airflow.sdk import DAG, Param, task
except ImportError:  # Airflow 2
    from airflow.decorators import task
    from airflow.models.dag import DAG
    from airflow.models.param import Param

HOME = Path(os.environ.get("SELGEN_HOME") or Path(__file__).resolve().parents[2])
LIBRARIES = f"{HOME}/target/lib/*"
GPU_POOL = "selgen_gpu"
JUDGE_POOL = "selgen_judge"

# Idle native threads must sleep, and the engine stays off the network: as in jobs/selgen.
ENVIRONMENT = {
    "OMP_WAIT_POLICY": "PASSIVE",
    "GOMP_SPINCOUNT": "10000",
    "DJL_OFFLINE": "true",
    "OPT_OUT_TRACKING": "true",
}


class Submit(SparkSubmitOperator):
    """spark-submit through the connection that the run's params name."""

    template_fields = (*SparkSubmitOperator.template_fields, "_conn_id")


SPARK = {
    "application": f"{HOME}/target/selgen.jar",
    "java_class": "org.selgen.Main",
    "conn_id": "{{ params.conn_id }}",
    "name": "selgen {{ params.experiment }}",
    "jars": f"{LIBRARIES}.jar",
    # On the system class path too, since a native library loads in one class loader only.
    "conf": {
        "spark.driver.extraClassPath": LIBRARIES,
        "spark.executor.extraClassPath": f"{HOME}/target/selgen.jar:{LIBRARIES}",
        **{f"spark.executorEnv.{name}": value for name, value in ENVIRONMENT.items()},
    },
    "env_vars": ENVIRONMENT,
}


def words(verb: str, params: dict, *more: str) -> list[str]:
    """The command line of one verb."""
    settings = [word for override in params["overrides"] for word in ("--set", override)]
    return [verb, str(HOME / params["experiment"]), "--lake", str(HOME / params["lake"]), *settings, *more]


with DAG(
    dag_id="selgen",
    description="Which training method keeps the capability and leaves the alignment alone?",
    schedule=None,
    start_date=datetime(2025, 1, 1, tzinfo=timezone.utc),  # Airflow before 2.8 asks for one; nothing depends on it
    catchup=False,
    max_active_runs=1,
    default_args={"retries": 2, "retry_delay": timedelta(minutes=1)},
    params={
        "experiment": Param("conf/experiments/quickstart.yaml", type="string", description="The experiment's file."),
        "lake": Param("data-lake", type="string", description="Folder that the driver and all executors see."),
        "overrides": Param([], type="array", description="Values to replace, each as in --set: training.batch=8"),
        "conn_id": Param("spark_default", type="string", description="Spark connection: which master."),
    },
    doc_md=__doc__,
    tags=["selgen"],
):

    @task(multiple_outputs=True)
    def arguments(params=None) -> dict:
        """The command line of each verb that is one task."""
        return {verb: words(verb, params) for verb in ("prepare", "generate", "judge", "score", "report")}

    @task
    def trainings(params=None) -> list:
        """A command line for each method that the experiment names, in its order."""
        import yaml

        methods = yaml.safe_load((HOME / params["experiment"]).read_text(encoding="utf-8"))["methods"]
        for override in params["overrides"]:
            key, _, value = override.partition("=")
            if key == "methods":
                methods = yaml.safe_load(value)
        names = dict.fromkeys(method if isinstance(method, str) else next(iter(method)) for method in methods)
        return [words("train", params, "--only", name) for name in names]

    given = arguments()
    prepare = Submit(task_id="prepare", application_args=given["prepare"], **SPARK)
    train = Submit.partial(task_id="train", pool=GPU_POOL, max_active_tis_per_dag=1, **SPARK).expand(
        application_args=trainings()
    )
    generate = Submit(task_id="generate", pool=GPU_POOL, application_args=given["generate"], **SPARK)
    judge = Submit(task_id="judge", pool=JUDGE_POOL, application_args=given["judge"], **SPARK)
    score = Submit(task_id="score", application_args=given["score"], **SPARK)
    report = Submit(task_id="report", application_args=given["report"], **SPARK)

    prepare >> train >> generate >> judge >> score >> report
