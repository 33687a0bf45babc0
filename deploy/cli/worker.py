"""`liaison worker`: the workflows, and the bridge from events to them."""


def worker() -> None:
    """Run the workflows and the bridge from events to them, until SIGTERM or SIGINT."""
    from deploy.one_process import run_and_exit
    from workflows.settings import WorkflowSettings
    from workflows.worker import run

    run_and_exit(run(WorkflowSettings()))
