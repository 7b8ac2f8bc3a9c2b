/** Small BPMN files for tests. */

/** A whole file around what stands in definitions. */
export const definitions = (body: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:hospital="urn:parcours:hospital:1" id="definitions" targetNamespace="test">
  <message id="m" name="arrival"/><message id="unnamed"/><error id="nogo" errorCode="NOGO"/><error id="uncoded"/>
  <escalation id="late" escalationCode="LATE"/><signal id="alarm" name="alarm"/>
  ${body}
</definitions>`

/** A whole file around one process. */
export const process = (inside: string, attributes = 'isExecutable="true"'): string =>
  definitions(`<process id="p" name="P" ${attributes}>${inside}</process>`)

export const flow = (source: string, target: string, inside = ''): string =>
  `<sequenceFlow id="${source}_${target}" sourceRef="${source}" targetRef="${target}">${inside}</sequenceFlow>`

/** Start, the given element with id `a`, end. */
export const around = (element: string, more = ''): string =>
  process(`<startEvent id="s"/>${flow('s', 'a')}${element}${flow('a', 'e')}<endEvent id="e"/>${more}`)

/** An activity with extension elements. */
export const activity = (type: string, extensions: string, attributes = '', inside = ''): string =>
  `<${type} id="a" ${attributes}><extensionElements>${extensions}</extensionElements>${inside}</${type}>`

export const condition = (text: string): string =>
  `<conditionExpression xsi:type="tFormalExpression">${text}</conditionExpression>`
