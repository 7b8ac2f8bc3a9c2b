/** The same as a list: who is in each area and waits there; for keys and screen readers, and to go there. */
import { Table, UnstyledButton } from '@mantine/core'
import type { Trace } from '../../../twin/trace/trace.ts'
import { Role } from '../../../twin/view/agents.ts'
import type { View } from '../../../twin/view/contract.ts'
import { text } from '../../shared/language.ts'
import classes from './hospital.module.css'
import { usePlaceNames } from './place-names.ts'

export function AreasList({ view, trace, onGo }: { view: View; trace: Trace; onGo: (room: number) => void }) {
  const names = usePlaceNames()
  const { areas, rooms, floors } = trace.places
  const counts = areas.map(() => ({ patients: 0, waiting: 0, staff: 0 }))
  const agents = view.agents!
  for (let index = 0; index < agents.count; index++) {
    const area = rooms[agents.room[index]!]!.area
    const count = counts[area]
    if (!count || agents.role[index] === Role.cart) continue
    if (agents.role[index] !== Role.patient) count.staff++
    else {
      count.patients++
      if (agents.waiting[index]) count.waiting++
    }
  }
  return (
    <Table verticalSpacing={2} horizontalSpacing="xs" fz="xs" className="figures">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{text('hospital.area')}</Table.Th>
          <Table.Th ta="right">{text('hospital.patients')}</Table.Th>
          <Table.Th ta="right">{text('hospital.waiting')}</Table.Th>
          <Table.Th ta="right">{text('hospital.staff')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {areas.map(({ place, floor, waiting }, index) => (
          <Table.Tr key={place}>
            <Table.Td>
              <UnstyledButton fz="xs" className={classes.go} onClick={() => onGo(waiting)} title={names.storey(floors[floor]!)}>
                {names.place(place)}
              </UnstyledButton>
            </Table.Td>
            <Table.Td ta="right">{counts[index]!.patients}</Table.Td>
            <Table.Td ta="right">{counts[index]!.waiting}</Table.Td>
            <Table.Td ta="right">{counts[index]!.staff}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
