"""m1 in Cimba, as its own examples are written: servers that take from a queue. usage: cimba_model.py CUSTOMERS SEED"""

import json
import sys
import time

import cimba as cb
from cimba import inputs


class M1(cb.Model):
    customers: int
    interarrival: cb.Input[float] = inputs.dist.exponential(mean=1 / 4.5)
    service: cb.Input[float] = inputs.dist.exponential(mean=1)
    queue: cb.Store[float]
    served: cb.Container
    waits: cb.Dataset
    wait_mean: cb.Output[float]

    @cb.process
    def arrivals(self):
        left = self.customers
        while left > 0:
            cb.hold(self.interarrival.next())
            self.queue.put(cb.now())
            left -= 1

    @cb.process(copies=5)
    def server(self):
        while True:
            arrived = self.queue.get()
            self.waits.record(cb.now() - arrived)
            cb.hold(self.service.next())
            self.served.put(1)

    @cb.process
    def end(self):
        self.served.get(self.customers)
        cb.end_trial()

    @cb.on_end
    def measure(self):
        self.wait_mean = self.waits.sample_mean()


def simulate(customers, seed):
    model = M1()
    model.customers = customers
    began = time.process_time()
    results = cb.Experiment(model, replications=1, seed=seed).run()
    return time.process_time() - began, float(results[model].wait_mean.values[0][0])


customers, seed = int(sys.argv[1]), int(sys.argv[2])
# What compiling costs is not what is measured.
simulate(1_000, seed)
seconds, wait = simulate(customers, seed)
print(json.dumps({"seconds": seconds, "waits": [wait]}))
