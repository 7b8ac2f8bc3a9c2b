// Goal: a hospital that is there is asked what if with the resources it has. Method: the synthetic hospital, expanded, contracted and expanded again.
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { contractResources } from '../../../twin/hospital/contract.ts'
import { expandResources } from '../../../twin/hospital/expand.ts'
import { HospitalFile } from '../../../twin/hospital/schema.ts'
import { checkedYaml } from '../../../twin/yaml/checked.ts'

const { value } = checkedYaml(readFileSync('scenarios/hopital-demo/hospital.yaml', 'utf8'), HospitalFile)
const hospital = value!

it('gives the same units, stock and opening hours again', () => {
  const resources = expandResources(hospital)
  const contracted = contractResources(resources, hospital.site)
  expect(HospitalFile.parse(contracted)).toEqual(contracted)
  expect(expandResources(contracted)).toEqual(resources)
})

it('leaves out what is out of service, and lots that are used up', () => {
  const resources = expandResources(hospital)
  resources.units[0]!.outOfService = true
  resources.lots[0]!.quantity = 0
  const again = expandResources(contractResources(resources, hospital.site))
  expect([again.units.length, again.lots.length]).toEqual([resources.units.length - 1, resources.lots.length - 1])
})
