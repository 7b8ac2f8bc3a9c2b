"""m1 in Prosimos: the same drawing, with its parameters as Prosimos writes them. usage: prosimos_model.py CUSTOMERS SEED"""

import json
import random
import sys
import tempfile
import time
from pathlib import Path

import numpy
from prosimos.simulation_engine import run_simulation

ALWAYS = [{"from": "MONDAY", "to": "SUNDAY", "beginTime": "00:00:00", "endTime": "23:59:59.999999"}]


def exponential(mean_seconds):
    values = (mean_seconds, 0, 86_400)
    return {"distribution_name": "expon", "distribution_params": [{"value": value} for value in values]}


PARAMETERS = {
    "resource_profiles": [
        {
            "id": "servers",
            "name": "servers",
            "resource_list": [
                {"id": f"server{n}", "name": f"server{n}", "amount": 1, "cost_per_hour": "0", "calendar": "always", "assignedTasks": ["Serve"]}
                for n in range(5)
            ],
        }
    ],
    "arrival_time_distribution": exponential(60 / 4.5),
    "arrival_time_calendar": ALWAYS,
    "gateway_branching_probabilities": [],
    "task_resource_distribution": [
        {"task_id": "Serve", "resources": [{"resource_id": f"server{n}", **exponential(60)} for n in range(5)]}
    ],
    "resource_calendars": [{"id": "always", "name": "always", "time_periods": ALWAYS}],
    "event_distribution": [],
}

customers, seed = int(sys.argv[1]), int(sys.argv[2])
random.seed(seed)
numpy.random.seed(seed)
with tempfile.TemporaryDirectory() as folder:
    path = Path(folder) / "m1.json"
    path.write_text(json.dumps(PARAMETERS))
    began = time.process_time()
    # Without a log or statistics to write: that is not what is measured.
    run_simulation(str(Path(__file__).parent / "m1.bpmn"), str(path), customers)
    print(json.dumps({"seconds": time.process_time() - began, "waits": []}))
