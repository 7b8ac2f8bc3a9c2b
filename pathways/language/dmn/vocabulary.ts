/** Every element DMN has had in its model namespace, 1.1 to 1.5: what is not here is a mistake of whoever wrote the file. */
export const elementTypes: ReadonlySet<string> = new Set(
  `definitions import elementCollection drgElement artifact group textAnnotation text association sourceRef targetRef businessContextElement
  performanceIndicator organizationUnit decisionMade decisionOwned impactingDecision impactedPerformanceIndicator description extensionElements
  decision question allowedAnswers variable informationRequirement requiredDecision requiredInput knowledgeRequirement requiredKnowledge
  authorityRequirement requiredAuthority supportedObjective decisionMaker decisionOwner usingProcess usingTask
  businessKnowledgeModel encapsulatedLogic inputData knowledgeSource type owner decisionService outputDecision encapsulatedDecision inputDecision
  itemDefinition typeRef allowedValues typeConstraint itemComponent functionItem parameters informationItem
  literalExpression importedValues importedElement expression invocation calledFunction binding parameter bindingFormula
  context contextEntry relation column row list functionDefinition formalParameter
  decisionTable input inputExpression inputValues output outputValues defaultOutputEntry rule inputEntry outputEntry annotation annotationEntry
  unaryTests conditional if then else filter in match for every some return satisfies dmnElementRef`.split(/\s+/),
)
