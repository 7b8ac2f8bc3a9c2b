/** The storeys, one above the other as they stand: up to which the building is shown. */
import { UnstyledButton } from '@mantine/core'
import type { HospitalPlaces } from '../../../twin/hospital/places.ts'
import { text } from '../../shared/language.ts'
import classes from './hospital.module.css'
import { usePlaceNames } from './place-names.ts'

interface StoreyPickerProps {
  floors: HospitalPlaces['floors']
  top: number
  onPick: (floor: number) => void
}

export function StoreyPicker({ floors, top, onPick }: StoreyPickerProps) {
  const names = usePlaceNames()
  return (
    <nav className={classes.storeys} aria-label={text('hospital.storey')}>
      {floors
        .map((floor, index) => (
          <UnstyledButton
            key={floor.level}
            aria-pressed={index === top}
            aria-label={names.storey(floor)}
            title={names.storey(floor)}
            onClick={() => onPick(index)}
          >
            {floor.level}
          </UnstyledButton>
        ))
        .reverse()}
    </nav>
  )
}
