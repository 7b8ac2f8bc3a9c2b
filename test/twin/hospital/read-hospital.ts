/** A hospital of `scenarios/`, expanded. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expandResources, type Resources } from '../../../twin/hospital/expand.ts'
import type { PlacesFile } from '../../../twin/hospital/places-file.ts'
import { HospitalFile } from '../../../twin/hospital/schema.ts'
import { checkedYaml } from '../../../twin/yaml/checked.ts'

export const readHospital = (name: string): Resources & { places: PlacesFile | undefined } => {
  const path = fileURLToPath(new URL(`../../../scenarios/${name}/hospital.yaml`, import.meta.url))
  const { value } = checkedYaml(readFileSync(path, 'utf8'), HospitalFile)
  return { ...expandResources(value!), places: value!.places }
}
