/** What a new pathway begins with: a beginning, one task, an end. */

const escaped = (words: string): string =>
  words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** An id that XML takes, from a name: `Prise en charge de l’AVC` is `prise-en-charge-de-l-avc`. */
export const idOf = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[-0-9]+|-+$/g, '')

/** @returns its id, '' where the name gives none, and its drawing. */
export function emptyDrawing(name: string): { id: string; bpmn: string } {
  const id = idOf(name)
  return { id, bpmn: drawing(id, escaped(name)) }
}

/** The first process of a file that came from elsewhere, '' when there is none. */
export const processOf = (bpmn: string): string => {
  const parsed = new DOMParser().parseFromString(bpmn, 'application/xml')
  return parsed.getElementsByTagNameNS('http://www.omg.org/spec/BPMN/20100524/MODEL', 'process')[0]?.getAttribute('id') ?? ''
}

const drawing = (id: string, name: string) => `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:hospital="urn:parcours:hospital:1" id="Definitions_${id}" targetNamespace="urn:parcours:${id}">
  <bpmn:process id="${id}" name="${name}" isExecutable="true">
    <bpmn:startEvent id="Start" name="Arrivée" />
    <bpmn:userTask id="First" name="Première étape" />
    <bpmn:endEvent id="End" name="Sortie" />
    <bpmn:sequenceFlow id="Start_First" sourceRef="Start" targetRef="First" />
    <bpmn:sequenceFlow id="First_End" sourceRef="First" targetRef="End" />
  </bpmn:process>
  <bpmndi:BPMNDiagram id="Diagram_${id}">
    <bpmndi:BPMNPlane id="Plane_${id}" bpmnElement="${id}">
      <bpmndi:BPMNShape id="Start_di" bpmnElement="Start"><dc:Bounds x="160" y="102" width="36" height="36" /></bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="First_di" bpmnElement="First"><dc:Bounds x="250" y="80" width="120" height="80" /></bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="End_di" bpmnElement="End"><dc:Bounds x="430" y="102" width="36" height="36" /></bpmndi:BPMNShape>
      <bpmndi:BPMNEdge id="Start_First_di" bpmnElement="Start_First"><di:waypoint x="196" y="120" /><di:waypoint x="250" y="120" /></bpmndi:BPMNEdge>
      <bpmndi:BPMNEdge id="First_End_di" bpmnElement="First_End"><di:waypoint x="370" y="120" /><di:waypoint x="430" y="120" /></bpmndi:BPMNEdge>
    </bpmndi:BPMNPlane>
  </bpmndi:BPMNDiagram>
</bpmn:definitions>
`
