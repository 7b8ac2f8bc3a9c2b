// Goal: a whole model in the shape of the standard's chapter 11 decides as its tables say. Method: loan origination, written anew and smaller:
// knowledge that holds tables, services over parts of the graph, names with signs in them, every kind of hit policy the chapter uses.
import { beforeAll, describe, expect, it } from 'vitest'
import type { Variables } from '../../../../pathways/language/feel/value.ts'
import { compiled, decide, decision, escaped, input, knowledge, literal, model, traceOf } from './model.ts'

const table = (
  policy: string,
  inputs: string[],
  output: { name: string; type: string; values?: string },
  rules: string[][],
  more = '',
) =>
  `<decisionTable hitPolicy="${policy}" ${more}>${inputs.map((text) => `<input><inputExpression><text>${text}</text></inputExpression></input>`).join('')}
   <output name="${output.name}" typeRef="${output.type}">${output.values ? `<outputValues><text>${output.values}</text></outputValues>` : ''}</output>
   ${rules.map((cells) => `<rule>${cells.map((cell, at) => (at < inputs.length ? `<inputEntry><text>${escaped(cell)}</text></inputEntry>` : `<outputEntry><text>${escaped(cell)}</text></outputEntry>`)).join('')}</rule>`).join('')}</decisionTable>`
const call = (name: string, bindings: [string, string][]) =>
  `<invocation>${literal(name)}${bindings.map(([parameter, text]) => `<binding><parameter name="${parameter}"/>${literal(text)}</binding>`).join('')}</invocation>`

const xml = model(`
  <itemDefinition name="tApplicant"><itemComponent name="Age"><typeRef>number</typeRef></itemComponent>
    <itemComponent name="MaritalStatus"><typeRef>string</typeRef><allowedValues><text>"S","M"</text></allowedValues></itemComponent>
    <itemComponent name="EmploymentStatus"><typeRef>string</typeRef></itemComponent><itemComponent name="ExistingCustomer"><typeRef>boolean</typeRef></itemComponent>
    <itemComponent name="Monthly"><itemComponent name="Income"><typeRef>number</typeRef></itemComponent><itemComponent name="Repayments"><typeRef>number</typeRef></itemComponent>
      <itemComponent name="Expenses"><typeRef>number</typeRef></itemComponent></itemComponent></itemDefinition>
  <itemDefinition name="tProduct"><itemComponent name="ProductType"><typeRef>string</typeRef></itemComponent><itemComponent name="Rate"><typeRef>number</typeRef></itemComponent>
    <itemComponent name="Term"><typeRef>number</typeRef></itemComponent><itemComponent name="Amount"><typeRef>number</typeRef></itemComponent></itemDefinition>
  <itemDefinition name="tRisk"><typeRef>string</typeRef><allowedValues><text>"DECLINE","HIGH","MEDIUM","LOW","VERY LOW"</text></allowedValues></itemDefinition>
  ${input('Applicant data', 'tApplicant')}${input('Requested product', 'tProduct')}
  ${knowledge(
    'Application risk score model',
    [
      ['Age', 'number'],
      ['Marital Status', 'string'],
      ['Employment Status', 'string'],
    ],
    table(
      'COLLECT',
      ['Age', 'Marital Status', 'Employment Status'],
      { name: 'Partial score', type: 'number' },
      [
        ['[18..22)', '-', '-', '32'],
        ['[22..26)', '-', '-', '35'],
        ['>=26', '-', '-', '40'],
        ['-', '"S"', '-', '25'],
        ['-', '"M"', '-', '45'],
        ['-', '-', '"EMPLOYED"', '45'],
        ['-', '-', 'not("EMPLOYED")', '20'],
      ],
      'aggregation="SUM"',
    ),
  )}
  ${knowledge(
    'Pre-bureau risk category table',
    [
      ['Existing Customer', 'boolean'],
      ['Application Risk Score', 'number'],
    ],
    table('UNIQUE', ['Existing Customer', 'Application Risk Score'], { name: 'Pre-Bureau Risk Category', type: 'tRisk' }, [
      ['false', '<100', '"HIGH"'],
      ['false', '[100..120)', '"MEDIUM"'],
      ['false', '>=120', '"LOW"'],
      ['true', '<100', '"DECLINE"'],
      ['true', '>=100', '"MEDIUM"'],
    ]),
    { type: 'tRisk' },
  )}
  ${knowledge(
    'Installment calculation',
    [
      ['Product Type', 'string'],
      ['Rate', 'number'],
      ['Term', 'number'],
      ['Amount', 'number'],
    ],
    `<context><contextEntry><variable name="Monthly Fee" typeRef="number"/>${literal('if Product Type = "STANDARD LOAN" then 20.00 else if Product Type = "SPECIAL LOAN" then 25.00 else null')}</contextEntry>
     <contextEntry><variable name="PMT" typeRef="number"/><functionDefinition><formalParameter name="p"/><formalParameter name="r"/><formalParameter name="n"/>${literal('(p * r / 12) / (1 - (1 + r / 12) ** -n)')}</functionDefinition></contextEntry>
     <contextEntry>${literal('decimal(PMT(Amount, Rate, Term) + Monthly Fee, 2)')}</contextEntry></context>`,
    { type: 'number' },
  )}
  ${decision(
    'Application risk score',
    call('Application risk score model', [
      ['Age', 'Applicant data.Age'],
      ['Marital Status', 'Applicant data.MaritalStatus'],
      ['Employment Status', 'Applicant data.EmploymentStatus'],
    ]),
    { type: 'number', requires: ['input:Applicant_data', 'call:Application_risk_score_model'] },
  )}
  ${decision(
    'Pre-bureau risk category',
    call('Pre-bureau risk category table', [
      ['Existing Customer', 'Applicant data.ExistingCustomer'],
      ['Application Risk Score', 'Application risk score'],
    ]),
    { type: 'tRisk', requires: ['input:Applicant_data', 'Application_risk_score', 'call:Pre-bureau_risk_category_table'] },
  )}
  ${decision(
    'Required monthly installment',
    call('Installment calculation', [
      ['Product Type', 'Requested product.ProductType'],
      ['Rate', 'Requested product.Rate'],
      ['Term', 'Requested product.Term'],
      ['Amount', 'Requested product.Amount'],
    ]),
    { type: 'number', requires: ['input:Requested_product', 'call:Installment_calculation'] },
  )}
  ${decision(
    'Pre-bureau affordability',
    literal(
      'Applicant data.Monthly.Income - (Applicant data.Monthly.Repayments + Applicant data.Monthly.Expenses) > Required monthly installment',
    ),
    {
      type: 'boolean',
      requires: ['input:Applicant_data', 'Required_monthly_installment'],
    },
  )}
  ${decision(
    'Eligibility',
    table(
      'PRIORITY',
      ['Pre-bureau risk category', 'Pre-bureau affordability', 'Applicant data.Age'],
      { name: 'Eligibility', type: 'string', values: '"INELIGIBLE","ELIGIBLE"' },
      [
        ['"DECLINE"', '-', '-', '"INELIGIBLE"'],
        ['-', 'false', '-', '"INELIGIBLE"'],
        ['-', '-', '< 18', '"INELIGIBLE"'],
        ['-', '-', '-', '"ELIGIBLE"'],
      ],
    ),
    { type: 'string', requires: ['input:Applicant_data', 'Pre-bureau_risk_category', 'Pre-bureau_affordability'] },
  )}
  <decisionService id="s" name="Eligibility of a product"><outputDecision href="#Eligibility"/><outputDecision href="#Required_monthly_installment"/>
    <encapsulatedDecision href="#Pre-bureau_affordability"/><inputDecision href="#Pre-bureau_risk_category"/><inputData href="#Applicant_data"/><inputData href="#Requested_product"/></decisionService>`)

const applicant = {
  Age: 51,
  MaritalStatus: 'M',
  EmploymentStatus: 'EMPLOYED',
  ExistingCustomer: false,
  Monthly: { Income: 10000, Repayments: 2500, Expenses: 3000 },
}
const product = { ProductType: 'STANDARD LOAN', Rate: '0.0395', Term: 360, Amount: 100000 }
const given = (changed: Variables = {}): Variables => ({
  'Applicant data': { ...applicant, ...changed },
  'Requested product': product,
})

describe('loan origination', () => {
  beforeAll(async () => expect((await compiled(xml)).findings).toEqual([]))

  it.each([
    ['Application risk score', {}, 130],
    ['Pre-bureau risk category', {}, 'LOW'],
    ['Required monthly installment', {}, 494.54],
    ['Pre-bureau affordability', {}, true],
    ['Eligibility', {}, 'ELIGIBLE'],
    ['Eligibility', { Age: 17 }, 'INELIGIBLE'],
    ['Eligibility', { Monthly: { Income: 1, Repayments: 0, Expenses: 0 } }, 'INELIGIBLE'],
    ['Pre-bureau risk category', { ExistingCustomer: true, Age: 20, MaritalStatus: 'S', EmploymentStatus: 'STUDENT' }, 'DECLINE'],
  ] as [string, Variables, unknown][])('%s of %j is %j', async (name, changed, expected) => {
    expect(await decide(xml, name, given(changed))).toEqual(expected)
  })

  it('serves a part of the graph, its input decisions given', async () => {
    const asked = { ...given(), 'Pre-bureau risk category': 'DECLINE' }
    expect(await decide(xml, 'Eligibility of a product', asked, 'services')).toEqual({
      Eligibility: 'INELIGIBLE',
      'Required monthly installment': 494.54,
    })
  })

  it('takes an applicant out of its types as null, and says so', async () => {
    const { value, warnings } = await traceOf(xml, 'Application risk score', given({ MaritalStatus: 'X' }))
    expect(value).toBe(20)
    expect(warnings[0]).toContain('Applicant data')
  })
})
