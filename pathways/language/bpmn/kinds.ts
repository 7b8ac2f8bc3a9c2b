/** Which BPMN types are executed, as which kind of node, and which are refused by name. */
import { NodeKind } from '../program.ts'

export const nodeKinds: Record<string, NodeKind> = {
  'bpmn:StartEvent': NodeKind.startEvent,
  'bpmn:EndEvent': NodeKind.endEvent,
  'bpmn:IntermediateCatchEvent': NodeKind.intermediateCatchEvent,
  'bpmn:IntermediateThrowEvent': NodeKind.intermediateThrowEvent,
  'bpmn:BoundaryEvent': NodeKind.boundaryEvent,
  'bpmn:Task': NodeKind.task,
  'bpmn:UserTask': NodeKind.userTask,
  'bpmn:ServiceTask': NodeKind.serviceTask,
  'bpmn:SendTask': NodeKind.sendTask,
  'bpmn:ReceiveTask': NodeKind.receiveTask,
  'bpmn:BusinessRuleTask': NodeKind.businessRuleTask,
  'bpmn:ScriptTask': NodeKind.scriptTask,
  'bpmn:ManualTask': NodeKind.manualTask,
  'bpmn:ExclusiveGateway': NodeKind.exclusiveGateway,
  'bpmn:ParallelGateway': NodeKind.parallelGateway,
  'bpmn:InclusiveGateway': NodeKind.inclusiveGateway,
  'bpmn:ComplexGateway': NodeKind.complexGateway,
  'bpmn:EventBasedGateway': NodeKind.eventBasedGateway,
  'bpmn:SubProcess': NodeKind.subProcess,
  'bpmn:Transaction': NodeKind.subProcess,
  'bpmn:AdHocSubProcess': NodeKind.subProcess,
  'bpmn:CallActivity': NodeKind.callActivity,
}

/** Elements that carry no token: they are drawn, not executed. */
export const drawnOnly: ReadonlySet<string> = new Set([
  'bpmn:DataObject',
  'bpmn:DataObjectReference',
  'bpmn:DataStoreReference',
  'bpmn:TextAnnotation',
  'bpmn:Association',
  'bpmn:Group',
])

export const isActivity = (kind: NodeKind): boolean =>
  (kind >= NodeKind.task && kind <= NodeKind.manualTask) || kind === NodeKind.subProcess || kind === NodeKind.callActivity

export const isTask = (kind: NodeKind): boolean => kind >= NodeKind.task && kind <= NodeKind.manualTask

export const isGateway = (kind: NodeKind): boolean =>
  (kind >= NodeKind.exclusiveGateway && kind <= NodeKind.eventBasedGateway) ||
  kind === NodeKind.inclusiveGateway ||
  kind === NodeKind.complexGateway

export const isIntermediate = (kind: NodeKind): boolean =>
  kind === NodeKind.intermediateCatchEvent || kind === NodeKind.intermediateThrowEvent

/** Gateways that choose by conditions. */
export const choosesByCondition = (kind: NodeKind): boolean =>
  kind === NodeKind.exclusiveGateway || kind === NodeKind.inclusiveGateway

/** Where a flow without a condition is one that somebody forgot; after a complex gateway it is taken at its start. */
export const mayHaveConditions = (kind: NodeKind): boolean => choosesByCondition(kind) || kind === NodeKind.complexGateway

export const isScope = (kind: NodeKind): boolean =>
  kind === NodeKind.process || kind === NodeKind.subProcess || kind === NodeKind.eventSubProcess
