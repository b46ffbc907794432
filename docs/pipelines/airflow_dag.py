"""Every night: run the config, keep the run in a database, draw the page. Airflow 2.4 or newer."""

import pendulum
from airflow import DAG
from airflow.operators.bash import BashOperator

with DAG(
    "vendor_risk",
    schedule="0 3 * * *",
    start_date=pendulum.datetime(2026, 1, 1, tz="UTC"),
    catchup=False,
    params={"folder": "/srv/risk", "config": "vendors.yaml", "options": ""},
) as dag:
    # Exit 1 is a limit that is breached: the task fails, with its results kept. Exit 4 (could not write) and 70 are
    # worth another try; 2 and 3 (config, data) are not.
    run = BashOperator(
        task_id="run",
        bash_command="cd {{ params.folder }} && "
        "hedgerow run {{ params.config }} -o results.json --db runs.sqlite --progress json {{ params.options }}",
        retries=1,
    )
    page = BashOperator(
        task_id="page",
        bash_command="cd {{ params.folder }} && hedgerow report results.json -o vendor-risk.html",
        trigger_rule="all_done",
    )
    run >> page
