/** A scenario as it is sent to the API. */

export const QUEUE = `<?xml version="1.0"?><definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t" id="d">
  <process id="visit"><startEvent id="In"/><task id="Exam"/><endEvent id="Out"/><sequenceFlow id="a" sourceRef="In" targetRef="Exam"/><sequenceFlow id="b" sourceRef="Exam" targetRef="Out"/></process></definitions>`

/** Two doctors, one of them busy on average; as YAML. */
export const scenarioText = (changes: Record<string, string> = {}): string =>
  Object.entries({
    name: 'two doctors',
    hospital: '{ pools: [{ id: doctor, units: 2 }] }',
    pathways:
      '[{ file: queue.bpmn, elements: { Exam: { duration: { distribution: exponential, mean: PT10M }, needs: [{ pool: doctor }] } } }]',
    demand: '[{ id: patients, pathway: visit, perHour: 6, variables: { acuity: { shares: { low: 0.7, high: 0.2, b: 0.1 } } } }]',
    horizon: 'P4D',
    warmUp: 'P1D',
    replications: '7',
    ...changes,
  })
    .map(([key, value]) => `${key}: ${value}`)
    .join('\n')
