/** One drawing, and its parameters as Prosimos and as BPSim write them: triage by a nurse, then, for three in ten, imaging. */

const parts = `
  <startEvent id="In"/><task id="Triage"/><exclusiveGateway id="Sick"/><task id="Imaging"/><exclusiveGateway id="Join"/><endEvent id="Out"/>
  <sequenceFlow id="f1" sourceRef="In" targetRef="Triage"/><sequenceFlow id="f2" sourceRef="Triage" targetRef="Sick"/>
  <sequenceFlow id="toImaging" sourceRef="Sick" targetRef="Imaging"/><sequenceFlow id="toOut" sourceRef="Sick" targetRef="Join"/>
  <sequenceFlow id="f3" sourceRef="Imaging" targetRef="Join"/><sequenceFlow id="f4" sourceRef="Join" targetRef="Out"/>`

/** @param more what stands beside the process. @param inside what Triage and Imaging hold. */
export const drawing = (more = '', inside = { Triage: '', Imaging: '' }): string =>
  `<?xml version="1.0" encoding="UTF-8"?><definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="d" targetNamespace="t">
  <process id="visit" isExecutable="false">${parts.replace('<task id="Triage"/>', `<task id="Triage">${inside.Triage}</task>`).replace('<task id="Imaging"/>', `<task id="Imaging">${inside.Imaging}</task>`)}</process>${more}</definitions>`

const params = (...values: number[]) => values.map((value) => ({ value }))
const always = [{ from: 'MONDAY', to: 'SUNDAY', beginTime: '00:00:00', endTime: '23:59:59' }]

/** Poisson arrivals each 10 minutes, triage exponential of 7 minutes by one of one nurse: M/M/1 at 0.7. */
export const prosimos = (changes: Record<string, unknown> = {}): string =>
  JSON.stringify({
    resource_profiles: [
      {
        id: 'nurses',
        name: 'Nurse',
        resource_list: [{ id: 'n1', name: 'Alix', amount: 1, calendar: 'always', cost_per_hour: '0' }],
      },
      {
        id: 'radiology',
        name: 'Radiology',
        resource_list: [
          { id: 'r1', name: 'Scanner', amount: 2, calendar: 'days' },
          { id: 'r2', name: 'Old scanner', amount: 1, calendar: 'always' },
        ],
      },
    ],
    arrival_time_distribution: { distribution_name: 'expon', distribution_params: params(600, 0, 86_400) },
    arrival_time_calendar: always,
    gateway_branching_probabilities: [
      {
        gateway_id: 'Sick',
        probabilities: [
          { path_id: 'toImaging', value: 0.3 },
          { path_id: 'toOut', value: 0.7 },
        ],
      },
    ],
    task_resource_distribution: [
      {
        task_id: 'Triage',
        resources: [{ resource_id: 'n1', distribution_name: 'expon', distribution_params: params(420, 0, 86_400) }],
      },
      {
        task_id: 'Imaging',
        resources: ['r1', 'r2'].map((resource_id) => ({
          resource_id,
          distribution_name: 'fix',
          distribution_params: params(1_200),
        })),
      },
    ],
    resource_calendars: [
      { id: 'always', time_periods: always },
      { id: 'days', time_periods: [{ from: 'MONDAY', to: 'FRIDAY', beginTime: '08:00:00', endTime: '18:00:00' }] },
    ],
    event_distribution: [],
    ...changes,
  })

/** The same as BPSim. */
export const bpsim = (version: '1.0' | '2.0', triage = '<bpsim:NegativeExponentialDistribution mean="7"/>'): string =>
  drawing(
    `<resource id="nurse" name="Nurse"/><resource id="scanner" name="Scanner"/>
    <relationship type="BPSimData"><extensionElements><bpsim:BPSimData xmlns:bpsim="http://www.bpsim.org/schemas/${version}">
      <bpsim:Scenario id="base" name="Base">
        <bpsim:ScenarioParameters baseTimeUnit="min" replication="12" seed="3"><bpsim:Duration><bpsim:DurationParameter value="P20D"/></bpsim:Duration></bpsim:ScenarioParameters>
        <bpsim:ElementParameters elementRef="In"><bpsim:ControlParameters><bpsim:InterTriggerTimer><bpsim:NegativeExponentialDistribution mean="10"/></bpsim:InterTriggerTimer></bpsim:ControlParameters></bpsim:ElementParameters>
        <bpsim:ElementParameters elementRef="Triage"><bpsim:TimeParameters><bpsim:ProcessingTime>${triage}</bpsim:ProcessingTime></bpsim:TimeParameters></bpsim:ElementParameters>
        <bpsim:ElementParameters elementRef="Imaging"><bpsim:TimeParameters><bpsim:ProcessingTime><bpsim:FloatingParameter value="20"/></bpsim:ProcessingTime></bpsim:TimeParameters>
          <bpsim:ResourceParameters><bpsim:Selection><bpsim:ExpressionParameter value="bpsim:getResource('Scanner',1)"/></bpsim:Selection></bpsim:ResourceParameters>
          <bpsim:CostParameters><bpsim:FixedCost><bpsim:FloatingParameter value="40"/></bpsim:FixedCost></bpsim:CostParameters></bpsim:ElementParameters>
        <bpsim:ElementParameters elementRef="toImaging"><bpsim:ControlParameters><bpsim:Probability><bpsim:FloatingParameter value="0.3"/></bpsim:Probability></bpsim:ControlParameters></bpsim:ElementParameters>
        <bpsim:ElementParameters elementRef="toOut"><bpsim:ControlParameters><bpsim:Probability><bpsim:FloatingParameter value="0.7"/></bpsim:Probability></bpsim:ControlParameters></bpsim:ElementParameters>
        <bpsim:ElementParameters elementRef="scanner"><bpsim:ResourceParameters><bpsim:Quantity><bpsim:NumericParameter value="2" validFor="days"/></bpsim:Quantity></bpsim:ResourceParameters></bpsim:ElementParameters>
        <bpsim:Calendar id="days" name="Working days">BEGIN:VCALENDAR
BEGIN:VEVENT
DTSTART:20260105T080000
DTEND:20260105T180000
RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR
END:VEVENT
END:VCALENDAR</bpsim:Calendar>
      </bpsim:Scenario>
      <bpsim:Scenario id="more" name="More nurses" inherits="base">
        <bpsim:ElementParameters elementRef="nurse"><bpsim:ResourceParameters><bpsim:Quantity><bpsim:NumericParameter value="4"/></bpsim:Quantity></bpsim:ResourceParameters></bpsim:ElementParameters>
      </bpsim:Scenario>
    </bpsim:BPSimData></extensionElements><source>d</source><target>d</target></relationship>`,
    { Triage: '<performer id="who"><resourceRef>nurse</resourceRef></performer>', Imaging: '' },
  )
