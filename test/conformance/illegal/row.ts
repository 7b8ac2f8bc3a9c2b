/** A rule of BPMN 2.0.2: a model that breaks it, and its legal twin. */

/** A rule, its section of BPMN 2.0.2, the element that breaks it, a model that does, and one that is like it and legal. */
export type Row = [rule: string, section: string, element: string, illegal: string, legal: string]
