import type { ConformanceCase } from '../case.ts'
import { single } from '../model.ts'

export const lanes: ConformanceCase[] = [
  {
    concept: 'lanes',
    name: 'a token goes from lane to lane as if there were none, nested ones too',
    bpmn: single(`<laneSet id="lanes"><lane id="ward" name="Ward"><flowNodeRef>start</flowNodeRef><flowNodeRef>A</flowNodeRef>
        <childLaneSet id="inner"><lane id="nurses" name="Nurse"><flowNodeRef>A</flowNodeRef></lane></childLaneSet></lane>
        <lane id="lab" name="Laboratory"><flowNodeRef>B</flowNodeRef><flowNodeRef>end</flowNodeRef></lane></laneSet>
      <startEvent id="start"/><userTask id="A"/><userTask id="B"/><endEvent id="end"/>
      flow: start > A > B > end`),
    script: { tasks: { A: { takes: 'PT1M' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered A
      PT1M completed A
      PT1M entered B
      PT1M completed B
      PT1M entered end
      PT1M completed end
      => completed PT1M
    `,
  },
]
