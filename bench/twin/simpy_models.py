"""The bench's two models in SimPy, as its users write them. Prints one JSON line: CPU seconds, and mean waits in minutes."""

import json
import math
import random
import sys
import time

import simpy


def lognormal(mean, sd):
    variance = math.log(1 + (sd / mean) ** 2)
    return random.lognormvariate(math.log(mean) - variance / 2, math.sqrt(variance))


def m1(customers):
    environment = simpy.Environment()
    servers = simpy.Resource(environment, capacity=5)
    waits = [0.0, 0]

    def customer():
        asked = environment.now
        with servers.request() as request:
            yield request
            waits[0] += environment.now - asked
            waits[1] += 1
            yield environment.timeout(random.expovariate(1))

    def arrivals():
        for _ in range(customers):
            yield environment.timeout(random.expovariate(4.5))
            environment.process(customer())

    environment.process(arrivals())
    environment.run()
    return [waits[0] / waits[1]]


def m2(patients):
    environment = simpy.Environment()
    nurses = simpy.Resource(environment, capacity=2)
    cubicles = simpy.Resource(environment, capacity=30)
    doctors = simpy.PriorityResource(environment, capacity=6)
    scanners = simpy.Resource(environment, capacity=2)
    beds = simpy.Resource(environment, capacity=394)
    waits = {name: [0.0, 0] for name in ("triage", "cubicle", "exam", "imaging", "bed")}

    def waited(name, asked):
        waits[name][0] += environment.now - asked
        waits[name][1] += 1

    def patient():
        luck = random.random()
        acuity = 1 if luck < 0.05 else 2 if luck < 0.2 else 3 if luck < 0.55 else 4 if luck < 0.85 else 5
        asked = environment.now
        with nurses.request() as request:
            yield request
            waited("triage", asked)
            yield environment.timeout(lognormal(6, 3))
        asked = environment.now
        cubicle = cubicles.request()
        yield cubicle
        waited("cubicle", asked)
        asked = environment.now
        with doctors.request(priority=acuity) as request:
            yield request
            waited("exam", asked)
            yield environment.timeout(lognormal(25, 15))
        if random.random() < 0.4:
            asked = environment.now
            with scanners.request() as request:
                yield request
                waited("imaging", asked)
                yield environment.timeout(random.gammavariate(6.25, 3.2))
        if random.random() >= 0.3:
            cubicles.release(cubicle)
            return
        asked = environment.now
        with beds.request() as request:
            yield request
            waited("bed", asked)
            cubicles.release(cubicle)
            yield environment.timeout(lognormal(4.2 * 1440, 3 * 1440))

    def arrivals():
        for _ in range(patients):
            yield environment.timeout(random.expovariate(12 / 60))
            environment.process(patient())

    environment.process(arrivals())
    environment.run()
    return [total / max(1, count) for total, count in waits.values()]


if __name__ == "__main__":
    model, size, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    random.seed(seed)
    began = time.process_time()
    waits = {"m1": m1, "m2": m2}[model](size)
    print(json.dumps({"seconds": time.process_time() - began, "waits": waits}))
