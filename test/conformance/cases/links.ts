import type { ConformanceCase } from '../case.ts'
import { single } from '../model.ts'

const concept = 'links'
const link = (name: string) => `<linkEventDefinition name="${name}"/>`

export const links: ConformanceCase[] = [
  {
    concept,
    name: 'link: what is thrown goes on where it is caught, from several places',
    bpmn: single(`<startEvent id="start"/><exclusiveGateway id="split" default="split-two"/><task id="A"/><endEvent id="end"/>
      <intermediateThrowEvent id="one">${link('on')}</intermediateThrowEvent><intermediateThrowEvent id="two">${link('on')}</intermediateThrowEvent>
      <intermediateCatchEvent id="here">${link('on')}</intermediateCatchEvent>
      flow: start > split
      flow: split > one if false
      flow: split > two
      flow: here > A > end`),
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered split
      PT0S completed split
      PT0S entered two
      PT0S thrown two
      PT0S completed two
      PT0S entered here
      PT0S caught here
      PT0S completed here
      PT0S entered A
      PT0S completed A
      PT0S entered end
      PT0S completed end
      => completed PT0S
    `,
  },
  {
    concept,
    name: 'link: an inclusive join waits for a token that comes by a link',
    bpmn: single(`<startEvent id="start"/><parallelGateway id="fork"/><task id="A"/><task id="B"/><inclusiveGateway id="join"/><endEvent id="end"/>
      <intermediateThrowEvent id="off">${link('on')}</intermediateThrowEvent><intermediateCatchEvent id="here">${link('on')}</intermediateCatchEvent>
      flow: start > fork > A > join > end
      flow: fork > B > off
      flow: here > join`),
    script: { tasks: { A: { takes: 'PT1S' }, B: { takes: 'PT2S' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered fork
      PT0S completed fork
      PT0S entered A
      PT0S entered B
      PT1S completed A
      PT2S completed B
      PT2S entered off
      PT2S thrown off
      PT2S completed off
      PT2S entered here
      PT2S caught here
      PT2S completed here
      PT2S entered join
      PT2S completed join
      PT2S entered end
      PT2S completed end
      => completed PT2S
    `,
  },
  {
    concept,
    name: 'link: one that points to where it is caught goes there, whatever the names',
    bpmn: single(`<startEvent id="start"/><intermediateThrowEvent id="off"><linkEventDefinition id="from" name="off"><target>to</target></linkEventDefinition></intermediateThrowEvent>
      <intermediateCatchEvent id="here"><linkEventDefinition id="to" name="here"><source>from</source></linkEventDefinition></intermediateCatchEvent><endEvent id="end"/>
      flow: start > off
      flow: here > end`),
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered off
      PT0S thrown off
      PT0S completed off
      PT0S entered here
      PT0S caught here
      PT0S completed here
      PT0S entered end
      PT0S completed end
      => completed PT0S
    `,
  },
]
